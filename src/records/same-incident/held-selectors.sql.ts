/** Identifiers of suspects, vehicles, phones and other things by incident, as a viewer sees them; of whom a report protects and who is suspected no more, none. */
import { KNOWN_NOW, projected } from '../../access/projected.sql.ts';
import type { ProjectedTable } from '../../access/projected-columns.sql.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { Parameters } from '../../platform/parameters.ts';
import { unsuspected } from '../entities/unsuspected.sql.ts';
import { PROTECTED_ROLE } from './protected-roles.ts';

/** A select of incident_id, role, kind and token; kind and token are null for an entity without identifiers. Subjects have none at all. */
export function heldSelectors(viewer: Viewer, parameters: Parameters): string {
  const source = (table: ProjectedTable): string => projected(table, viewer, parameters);
  const role = parameters.bind(PROTECTED_ROLE);
  return (
    `select q.incident_id, q.role, c.kind, c.token from ${source('participation')} q ` +
    `join ${source('entity')} e on e.row_id = q.entity_id left join ${source('selector')} c on c.entity_id = e.row_id ` +
    `where not exists (select 1 from ${source('participation')} x where x.entity_id = e.row_id and x.role ~* ${role}::text) ` +
    `and not exists (select 1 from (${unsuspected(viewer, parameters, KNOWN_NOW)}) gone where gone.row_id = e.row_id)`
  );
}
