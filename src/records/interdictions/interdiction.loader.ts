/** Edges of interdictions, one statement a request each. */
import { perMoment, perReader } from '../../access/reader.ts';
import { manyLoader, oneLoader } from '../../graphql/batch.loader.ts';
import {
  entitiesByIds,
  incidentsOfInterdictions,
  interdictionsOfEntities,
  interdictionsOfIncidents,
  interdictionsOfStations,
} from './interdiction.view.ts';

export const interdictionsOfIncident = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) => interdictionsOfIncidents(reader, ids, asKnown),
    (row) => row.of_incident,
  ),
);

export const interdictionsOfEntity = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) => interdictionsOfEntities(reader, ids, asKnown),
    (row) => row.of_entity,
  ),
);

export const interdictionsOfStation = perReader((reader) =>
  manyLoader(
    (ids) => interdictionsOfStations(reader, ids),
    (row) => row.station_id,
  ),
);

export const incidentsOfInterdiction = perMoment((reader, asKnown) =>
  manyLoader(
    (rowIds) => incidentsOfInterdictions(reader, rowIds, asKnown),
    (row) => row.of_interdiction,
  ),
);

export const entityById = perMoment((reader, asKnown) =>
  oneLoader(
    (ids) => entitiesByIds(reader, ids, asKnown),
    (row) => row.id,
  ),
);
