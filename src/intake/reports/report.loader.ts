/** Reports by id, one statement a request. */
import { perMoment } from '../../access/reader.ts';
import { oneLoader } from '../../graphql/batch.loader.ts';
import { reportsByIds, withdrawnSourceOf } from './report.view.ts';

export const reportLoader = perMoment((reader, asKnown) =>
  oneLoader(
    (ids) => reportsByIds(reader, ids, asKnown),
    (row) => row.id,
  ),
);

/** Whether what a report was made from was withdrawn. */
export const sourceWithdrawnLoader = perMoment((reader, asKnown) =>
  oneLoader(
    (ids) => withdrawnSourceOf(reader, ids, asKnown),
    (row) => row.id,
  ),
);
