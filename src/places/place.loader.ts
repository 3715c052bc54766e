/** Places by id, one statement a request. */
import { perReader } from '../access/reader.ts';
import { oneLoader } from '../graphql/batch.loader.ts';
import { placesByIds } from './place.view.ts';

export const placeLoader = perReader((reader) =>
  oneLoader(
    (ids) => placesByIds(reader, ids),
    (row) => row.id,
  ),
);
