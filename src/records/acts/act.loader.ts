/** Histories and acknowledgements, one statement a request each. */
import { perReader } from '../../access/reader.ts';
import { manyLoader } from '../../graphql/batch.loader.ts';
import { acknowledgementsOf, historiesOf } from './history.view.ts';

export const historyOfReport = perReader((reader) =>
  manyLoader(
    (ids) => historiesOf(reader, ids),
    (row) => row.record_id,
  ),
);

export const acknowledgementsOfReport = perReader((reader) =>
  manyLoader(
    (ids) => acknowledgementsOf(reader, ids),
    (row) => row.report_id,
  ),
);
