/** The interdictions a filter means, as SQL over the viewer's projection: the public door for views here and for what is served otherwise. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { Viewer } from '../../access/viewer.ts';
import {
  areaCondition,
  checkedCountry,
  oneOfCondition,
  overlapCondition,
} from '../../graphql/filter-conditions.sql.ts';
import type { AreaInput, TimeSpanInput } from '../../graphql/filters.input.ts';
import type { Parameters } from '../../platform/parameters.ts';

export interface InterdictionSearch {
  readonly ids?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly bases?: readonly string[] | undefined;
  readonly countries?: readonly string[] | undefined;
  readonly area?: AreaInput | undefined;
  readonly occurred?: TimeSpanInput | undefined;
  readonly incidentIds?: readonly string[] | undefined;
  readonly ownerIds?: readonly string[] | undefined;
}

/** Withdrawn ones stand as marks for imports only. */
export const STANDING = 'r.retracted_at is null';

/** On a projected interdiction `r`. */
export function interdictionConditions(
  viewer: Viewer,
  search: InterdictionSearch,
  asKnown: AsKnown,
  parameters: Parameters,
): string[] {
  const conditions: string[] = [STANDING];
  if (search.ids != null) conditions.push(`r.id = any(${parameters.bind(search.ids)}::uuid[])`);
  if (search.kinds != null) conditions.push(oneOfCondition('r.kind', search.kinds, parameters));
  if (search.bases != null) conditions.push(oneOfCondition('r.basis', search.bases, parameters));
  if (search.countries != null) {
    const codes = search.countries.map((code) => checkedCountry('countries', code));
    conditions.push(oneOfCondition('r.country', codes, parameters));
  }
  if (search.area != null) conditions.push(areaCondition('r', search.area, parameters));
  if (search.occurred != null)
    conditions.push(
      overlapCondition(
        `(r.occurred_on::timestamp at time zone 'UTC')`,
        `((r.occurred_on + 1)::timestamp at time zone 'UTC')`,
        search.occurred,
        parameters,
      ),
    );
  if (search.ownerIds != null)
    conditions.push(`r.owner_id = any(${parameters.bind(search.ownerIds)}::uuid[])`);
  if (search.incidentIds != null) {
    const pairs = pairsOf(viewer, search.incidentIds, asKnown, parameters);
    conditions.push(`r.row_id in (select pair.row_id from (${pairs}) pair)`);
  }
  return conditions;
}

/** Which interdictions belong to which of the incidents: by id, or by the number of the owner's own report. Only incidents the viewer sees. */
export function pairsOf(
  viewer: Viewer,
  incidentIds: readonly string[],
  asKnown: AsKnown,
  parameters: Parameters,
): string {
  const ids = `${parameters.bind(incidentIds)}::uuid[]`;
  const incident = projected('incident', viewer, parameters, asKnown);
  const interdiction = projected('interdiction', viewer, parameters, asKnown);
  const report = projected('report', viewer, parameters, asKnown);
  return (
    `select i.id as incident_id, t.row_id from ${incident} i join ${interdiction} t on i.id = any(t.incident_ids) where i.id = any(${ids}) ` +
    `union select i.id as incident_id, t.row_id from ${incident} i join ${report} p on p.id = i.report_id ` +
    `join ${interdiction} t on t.owner_id = p.owner_id and t.reference = p.external_reference where i.id = any(${ids})`
  );
}
