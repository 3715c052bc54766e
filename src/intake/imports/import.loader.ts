/** Counts of a page of imports in one statement. */
import { perReader } from '../../access/reader.ts';
import { manyLoader } from '../../graphql/batch.loader.ts';
import { readOutcomeCounts } from './import.view.ts';

export const outcomesOfImport = perReader((reader) =>
  manyLoader(
    (ids) => readOutcomeCounts(reader, ids),
    (row) => row.batch_id,
  ),
);
