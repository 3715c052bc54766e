/** Records with a place, as points of a map: from where, which of them, and what little is told of each. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { Parameters } from '../../platform/parameters.ts';
import { type IncidentSearch, incidentConditions } from '../../records/incidents/incident-source.sql.ts';
import { type CrossingSearch, crossingConditions } from '../../records/movements/crossing-source.sql.ts';
import type { MovementSearch } from '../../records/movements/movement-search.service.ts';
import { movementSource } from '../../records/movements/movement-source.sql.ts';

export interface PointSource {
  readonly from: string;
  readonly conditions: readonly string[];
  /** Shows longitude, latitude, z, cell and cell_resolution as the viewer sees them. */
  readonly alias: string;
  /** Of one record, `id` first. */
  readonly columns: readonly string[];
}

export type MakeSource = (viewer: Viewer, parameters: Parameters) => PointSource;

const MONTH = `to_char(r.month, 'YYYY-MM') as month`;

export function incidentPoints(search: IncidentSearch, asKnown: AsKnown): MakeSource {
  return (viewer, parameters) => ({
    from: `${projected('incident', viewer, parameters, asKnown)} r`,
    conditions: incidentConditions(search, parameters),
    alias: 'r',
    columns: ['r.id', 'r.kind', 'r.population', 'r.verification', 'r.country', MONTH],
  });
}

export function crossingPoints(search: CrossingSearch, asKnown: AsKnown): MakeSource {
  return (viewer, parameters) => ({
    from: `${projected('crossing', viewer, parameters, asKnown)} r`,
    conditions: crossingConditions(search, parameters),
    alias: 'r',
    columns: ['r.id', 'r.kind', 'r.from_country as "from"', 'r.to_country as "to"', MONTH],
  });
}

/** Each place on the way of each movement. */
export function waypointPoints(search: MovementSearch, asKnown: AsKnown): MakeSource {
  return (viewer, parameters) => {
    const { from, conditions } = movementSource(viewer, search, asKnown, parameters);
    const waypoint = projected('waypoint', viewer, parameters, asKnown);
    return {
      from: `${waypoint} w join ${from} on w.movement_id = r.row_id`,
      conditions,
      alias: 'w',
      columns: ['r.id', 'w.ordinal', 'w.kind', 'w.country', 'r.mode', 'r.purpose', 'r.status', MONTH],
    };
  };
}
