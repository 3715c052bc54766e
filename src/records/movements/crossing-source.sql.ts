/** The crossings a filter means, as SQL over the viewer's projection: the public door for views here and for what is served otherwise. */
import {
  areaCondition,
  borderPair,
  oneOfCondition,
  overlapCondition,
} from '../../graphql/filter-conditions.sql.ts';
import type { AreaInput, TimeSpanInput } from '../../graphql/filters.input.ts';
import type { Parameters } from '../../platform/parameters.ts';

export interface CrossingSearch {
  readonly area?: AreaInput | undefined;
  readonly occurred?: TimeSpanInput | undefined;
  readonly border?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly ownerIds?: readonly string[] | undefined;
}

/** Unless a filter says which kinds. */
export const CROSSINGS_UNLESS_SAID = { kinds: ['observed'] } as const satisfies CrossingSearch;

/** On a projected crossing `r`. */
export function crossingConditions(search: CrossingSearch, parameters: Parameters): string[] {
  const conditions: string[] = ['true'];
  if (search.area) conditions.push(areaCondition('r', search.area, parameters));
  if (search.occurred)
    conditions.push(overlapCondition('r.occurred_from', 'r.occurred_to', search.occurred, parameters));
  if (search.kinds) conditions.push(oneOfCondition('r.kind', search.kinds, parameters));
  if (search.ownerIds) conditions.push(`r.owner_id = any(${parameters.bind(search.ownerIds)}::uuid[])`);
  if (search.border) {
    const [a, b] = borderPair('border', search.border);
    conditions.push(`r.country_a = ${parameters.bind(a)} and r.country_b = ${parameters.bind(b)}`);
  }
  return conditions;
}
