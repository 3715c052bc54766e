/** Crossings of movements, one statement a request. */
import { perMoment } from '../../access/reader.ts';
import { manyLoader } from '../../graphql/batch.loader.ts';
import { crossingsByMovements } from './crossing.view.ts';

export const crossingsOfMovement = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) => crossingsByMovements(reader, ids, asKnown),
    (row) => row.movement_id,
  ),
);
