/** The places a filter means, as SQL over the gazetteer: the public door for the view here and for what is served otherwise. */
import { areaCondition, borderPair, checkedCountry } from '../graphql/filter-conditions.sql.ts';
import type { AreaInput } from '../graphql/filters.input.ts';
import type { Parameters } from '../platform/parameters.ts';
import { normaliseName } from './normalise-name.ts';

export interface PlaceSearch {
  readonly ids?: readonly string[] | undefined;
  readonly name?: string | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly country?: string | undefined;
  readonly border?: readonly string[] | undefined;
  readonly area?: AreaInput | undefined;
}

/** On a place `p`. */
export function placeConditions(search: PlaceSearch, parameters: Parameters): string[] {
  // Which other places are here tells what records name, so that those are met through records alone.
  const conditions: string[] = ['p.core'];
  if (search.ids) conditions.push(`p.id = any(${parameters.bind(search.ids)}::uuid[])`);
  if (search.name != null) {
    const name = parameters.bind(normaliseName(search.name));
    conditions.push(`p.id in (select a.place_id from place_alias a where a.normalised = ${name})`);
  }
  if (search.kinds != null) conditions.push(`p.kind = any(${parameters.bind(search.kinds)}::text[])`);
  if (search.country != null)
    conditions.push(`p.country = ${parameters.bind(checkedCountry('country', search.country))}`);
  if (search.border != null) {
    const pair = borderPair('border', search.border);
    conditions.push(`p.border_countries @> ${parameters.bind(pair)}::text[]`);
  }
  if (search.area != null) conditions.push(areaCondition('p', search.area, parameters));
  return conditions;
}
