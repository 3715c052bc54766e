/** Entities' selectors, statements and incidents, one statement a request each. */
import { perMoment, perReader } from '../../access/reader.ts';
import { manyLoader, oneLoader } from '../../graphql/batch.loader.ts';
import { readByIds } from '../../graphql/list.sql.ts';
import type { EntityColumns } from './entity.type.ts';
import {
  participationsByEntities,
  participationsByIncidents,
  selectorsByEntities,
  statementsAbout,
} from './entity.view.ts';

export const entityByRow = perMoment((reader, asKnown) =>
  oneLoader(
    async (ids) => await readByIds<EntityColumns>(reader, 'entity', 'row_id', ids, 'r.row_id', asKnown),
    (row) => row.row_id,
  ),
);

export const selectorsOfEntity = perReader((reader) =>
  manyLoader(
    (ids) => selectorsByEntities(reader, ids),
    (row) => row.entity_id,
  ),
);

export const statementsOf = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) => statementsAbout(reader, ids, asKnown),
    (row) => row.about_id,
  ),
);

export const incidentsOfEntity = perReader((reader) =>
  manyLoader(
    (ids) => participationsByEntities(reader, ids),
    (row) => row.entity_id,
  ),
);

export const entitiesOfIncident = perReader((reader) =>
  manyLoader(
    (ids) => participationsByIncidents(reader, ids),
    (row) => row.incident_id,
  ),
);
