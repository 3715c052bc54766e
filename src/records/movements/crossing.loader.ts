/** Crossings of movements, one statement a request. */
import { perReader } from '../../access/reader.ts';
import { manyLoader } from '../../graphql/batch.loader.ts';
import { crossingsByMovements } from './crossing.view.ts';

export const crossingsOfMovement = perReader((reader) =>
  manyLoader(
    (ids) => crossingsByMovements(reader, ids),
    (row) => row.movement_id,
  ),
);
