/** The movements a filter means, as SQL over the viewer's projection: the public door for views here and for analysis. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { Viewer } from '../../access/viewer.ts';
import {
  areaCondition,
  checkedCountry,
  gradeCondition,
  oneOfCondition,
  overlapCondition,
} from '../../graphql/filter-conditions.sql.ts';
import type { Parameters } from '../../platform/parameters.ts';
import type { AreaPart } from './movement-filter.input.ts';
import type { MovementSearch } from './movement-search.service.ts';

/** A `from` item named `r` and the conditions on it. */
export function movementSource(
  viewer: Viewer,
  search: MovementSearch,
  asKnown: AsKnown,
  parameters: Parameters,
): { readonly from: string; readonly conditions: readonly string[] } {
  return {
    from: `${projected('movement', viewer, parameters, asKnown)} r`,
    conditions: movementConditions(viewer, search, asKnown, parameters),
  };
}

export function movementConditions(
  viewer: Viewer,
  search: MovementSearch,
  asKnown: AsKnown,
  parameters: Parameters,
): readonly string[] {
  const conditions: string[] = [];
  if (search.ids) conditions.push(`r.id = any(${parameters.bind(search.ids)}::uuid[])`);
  if (search.incidentIds)
    conditions.push(`r.incident_id = any(${parameters.bind(search.incidentIds)}::uuid[])`);
  if (search.ownerIds) conditions.push(`r.owner_id = any(${parameters.bind(search.ownerIds)}::uuid[])`);
  if (search.occurred)
    conditions.push(overlapCondition('r.occurred_from', 'r.occurred_to', search.occurred, parameters));
  if (search.purposes) conditions.push(oneOfCondition('r.purpose', search.purposes, parameters));
  if (search.modes) conditions.push(oneOfCondition('r.mode', search.modes, parameters));
  if (search.statuses) conditions.push(oneOfCondition('r.status', search.statuses, parameters));
  if (search.exploitations)
    conditions.push(oneOfCondition('r.exploitation', search.exploitations, parameters));
  conditions.push(
    search.verifications
      ? oneOfCondition('r.verification', search.verifications, parameters)
      : `r.verification <> 'should_not_count'`,
  );
  if (search.gradeAtLeast) conditions.push(gradeCondition('r', search.gradeAtLeast, parameters));
  for (const { country, role } of search.countries ?? [])
    conditions.push(countryCondition(country, role ?? null, parameters));
  if (search.area || search.waypointKinds)
    conditions.push(waypointCondition(viewer, search, asKnown, parameters));
  return conditions;
}

/** Source and destination have columns of their own, which the index of country pairs serves. */
function countryCondition(country: string, role: string | null, parameters: Parameters): string {
  const code = parameters.bind(checkedCountry('countries', country));
  if (role === 'source') return `r.origin_country = ${code}`;
  if (role === 'destination') return `r.destination_country = ${code}`;
  if (role === null) return `r.countries @> array[${code}::text]`;
  return (
    'exists (select 1 from unnest(r.countries, r.roles) as step (country, role) ' +
    `where step.country = ${code} and step.role = ${parameters.bind(role)})`
  );
}

function waypointCondition(
  viewer: Viewer,
  search: MovementSearch,
  asKnown: AsKnown,
  parameters: Parameters,
): string {
  const parts = [`w.movement_id = r.row_id`];
  if (search.area) {
    parts.push(areaCondition('w', search.area, parameters));
    parts.push(partCondition(search.areaOf ?? 'anywhere'));
  }
  if (search.waypointKinds) parts.push(oneOfCondition('w.kind', search.waypointKinds, parameters));
  return `exists (select 1 from ${projected('waypoint', viewer, parameters, asKnown)} w where ${parts.join(' and ')})`;
}

function partCondition(part: AreaPart): string {
  if (part === 'origin') return 'w.ordinal = 0';
  if (part === 'destination') return `w.basis in ('destination', 'exploitation')`;
  if (part === 'crossing') return `w.basis = 'crossing'`;
  return 'true';
}
