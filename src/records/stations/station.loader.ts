/** Stations by id, one statement a request. */
import { perReader } from '../../access/reader.ts';
import { oneLoader } from '../../graphql/batch.loader.ts';
import { stationsByIds } from './station.view.ts';

export const stationLoader = perReader((reader) =>
  oneLoader(
    (ids) => stationsByIds(reader, ids),
    (row) => row.id,
  ),
);
