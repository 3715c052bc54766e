/** The incidents a filter means, as SQL over the viewer's projection: the public door for views here and for what is served otherwise. */
import {
  areaCondition,
  checkedCountry,
  oneOfCondition,
  overlapCondition,
} from '../../graphql/filter-conditions.sql.ts';
import type { AreaInput, TimeSpanInput } from '../../graphql/filters.input.ts';
import type { Parameters } from '../../platform/parameters.ts';

export interface IncidentSearch {
  readonly ids?: readonly string[] | undefined;
  readonly area?: AreaInput | undefined;
  readonly occurred?: TimeSpanInput | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly populations?: readonly string[] | undefined;
  readonly countries?: readonly string[] | undefined;
  readonly verifications?: readonly string[] | undefined;
  readonly ownerIds?: readonly string[] | undefined;
}

/** On a projected incident `r`. */
export function incidentConditions(search: IncidentSearch, parameters: Parameters): string[] {
  const conditions: string[] = ['true'];
  if (search.ids != null) conditions.push(`r.id = any(${parameters.bind(search.ids)}::uuid[])`);
  if (search.area != null) conditions.push(areaCondition('r', search.area, parameters));
  if (search.occurred != null)
    conditions.push(overlapCondition('r.occurred_from', 'r.occurred_to', search.occurred, parameters));
  if (search.kinds != null) conditions.push(oneOfCondition('r.kind', search.kinds, parameters));
  if (search.populations != null)
    conditions.push(oneOfCondition('r.population', search.populations, parameters));
  if (search.verifications != null)
    conditions.push(oneOfCondition('r.verification', search.verifications, parameters));
  if (search.countries != null) {
    const codes = search.countries.map((code) => checkedCountry('countries', code));
    conditions.push(oneOfCondition('r.country', codes, parameters));
  }
  if (search.ownerIds != null)
    conditions.push(`r.owner_id = any(${parameters.bind(search.ownerIds)}::uuid[])`);
  return conditions;
}
