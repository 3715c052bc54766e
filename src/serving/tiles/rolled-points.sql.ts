/** Which questions of maps are answered from what was counted by square as it was written, and from which of its rows. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { Parameters } from '../../platform/parameters.ts';
import { type IncidentSearch, incidentConditions } from '../../records/incidents/incident-source.sql.ts';
import { type CrossingSearch, crossingConditions } from '../../records/movements/crossing-source.sql.ts';

/** Squares that are kept are of a grid of so many levels: those of the nearest zoom that draws no record alone. */
export const ROLLED_LEVELS = 15;

/** Rows of the rollup, `r`: a square of the grid, a cell, and how many records. */
export type MakeRolled = (
  viewer: Viewer,
  parameters: Parameters,
) => { readonly from: string; readonly conditions: readonly string[] };

/** Filters that the rows can apply. Any other, and one that is added later, wants the records. */
const INCIDENTS_BY: ReadonlySet<string> = new Set([
  'kinds',
  'populations',
  'countries',
  'verifications',
  'ownerIds',
] satisfies (keyof IncidentSearch)[]);
const CROSSINGS_BY: ReadonlySet<string> = new Set([
  'border',
  'kinds',
  'ownerIds',
] satisfies (keyof CrossingSearch)[]);

/** Null where only the records can answer. */
export function rolledIncidents(search: IncidentSearch, asKnown: AsKnown): MakeRolled | null {
  if (!isRolled(search, asKnown, INCIDENTS_BY)) return null;
  return (viewer, parameters) => ({
    from: `${projected('map_rollup', viewer, parameters)} r`,
    conditions: [`r.layer = 'incident'`, ...incidentConditions(search, parameters)],
  });
}

/** Null where only the records can answer. */
export function rolledCrossings(search: CrossingSearch, asKnown: AsKnown): MakeRolled | null {
  if (!isRolled(search, asKnown, CROSSINGS_BY)) return null;
  return (viewer, parameters) => ({
    from: `${projected('map_rollup', viewer, parameters)} r`,
    conditions: [`r.layer = 'crossing'`, ...crossingConditions(search, parameters)],
  });
}

function isRolled(search: object, asKnown: AsKnown, applied: ReadonlySet<string>): boolean {
  return (
    asKnown.at === null && Object.entries(search).every(([name, value]) => value == null || applied.has(name))
  );
}
