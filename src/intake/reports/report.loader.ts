/** Reports by id, one statement a request. */
import { perMoment } from '../../access/reader.ts';
import { oneLoader } from '../../graphql/batch.loader.ts';
import { reportsByIds } from './report.view.ts';

export const reportLoader = perMoment((reader, asKnown) =>
  oneLoader(
    (ids) => reportsByIds(reader, ids, asKnown),
    (row) => row.id,
  ),
);
