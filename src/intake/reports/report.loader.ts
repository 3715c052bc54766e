/** Reports by id, one statement a request. */
import { perReader } from '../../access/reader.ts';
import { oneLoader } from '../../graphql/batch.loader.ts';
import { reportsByIds } from './report.view.ts';

export const reportLoader = perReader((reader) =>
  oneLoader(
    (ids) => reportsByIds(reader, ids),
    (row) => row.id,
  ),
);
