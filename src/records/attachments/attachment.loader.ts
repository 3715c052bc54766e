/** Files of reports and legal cases, one statement a request each. */
import { perMoment } from '../../access/reader.ts';
import { manyLoader } from '../../graphql/batch.loader.ts';
import { attachmentsOf } from './attachment.view.ts';

export const attachmentsOfReport = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) => attachmentsOf(reader, 'report_id', ids, asKnown),
    (row) => row.report_id,
  ),
);

export const attachmentsOfCase = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) => attachmentsOf(reader, 'legal_case_id', ids, asKnown),
    (row) => row.legal_case_id,
  ),
);
