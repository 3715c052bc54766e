/** Movements, waypoints and parties, one statement a request each. */
import { perReader } from '../../access/reader.ts';
import { manyLoader, oneLoader } from '../../graphql/batch.loader.ts';
import {
  movementsByIds,
  movementsByIncidents,
  partiesByMovements,
  waypointsByMovements,
} from './movement.view.ts';

export const movementLoader = perReader((reader) =>
  oneLoader(
    (ids) => movementsByIds(reader, ids),
    (row) => row.id,
  ),
);

export const movementsOfIncident = perReader((reader) =>
  manyLoader(
    (ids) => movementsByIncidents(reader, ids),
    (row) => row.incident_id,
  ),
);

export const waypointsOfMovement = perReader((reader) =>
  manyLoader(
    (ids) => waypointsByMovements(reader, ids),
    (row) => row.movement_id,
  ),
);

export const partyOfMovement = perReader((reader) =>
  manyLoader(
    (ids) => partiesByMovements(reader, ids),
    (row) => row.movement_id,
  ),
);
