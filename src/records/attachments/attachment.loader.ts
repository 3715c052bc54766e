/** Files by id, and of what they hang on, one statement a request each. */
import { perMoment } from '../../access/reader.ts';
import { manyLoader, oneLoader } from '../../graphql/batch.loader.ts';
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

export const attachmentsOfExhibit = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) => attachmentsOf(reader, 'exhibit_id', ids, asKnown),
    (row) => row.exhibit_id,
  ),
);

export const attachmentById = perMoment((reader, asKnown) =>
  oneLoader(
    (ids) => attachmentsOf(reader, 'id', ids, asKnown),
    (row) => row.id,
  ),
);
