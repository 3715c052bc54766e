/** Movements, waypoints and parties, one statement a request each. */
import { perMoment, perReader } from '../../access/reader.ts';
import { manyLoader, oneLoader } from '../../graphql/batch.loader.ts';
import {
  movementsByIds,
  movementsByIncidents,
  partiesByMovements,
  waypointsByMovements,
} from './movement.view.ts';

export const movementLoader = perMoment((reader, asKnown) =>
  oneLoader(
    (ids) => movementsByIds(reader, ids, asKnown),
    (row) => row.id,
  ),
);

export const movementsOfIncident = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) => movementsByIncidents(reader, ids, asKnown),
    (row) => row.incident_id,
  ),
);

export const waypointsOfMovement = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) => waypointsByMovements(reader, ids, asKnown),
    (row) => row.movement_id,
  ),
);

export const partyOfMovement = perReader((reader) =>
  manyLoader(
    (ids) => partiesByMovements(reader, ids),
    (row) => row.movement_id,
  ),
);
