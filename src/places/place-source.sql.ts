/** The places a filter means, as SQL over the gazetteer: the public door for the view here and for what is served otherwise. */
import { areaCondition, borderPair, checkedCountry } from '../graphql/filter-conditions.sql.ts';
import type { AreaInput } from '../graphql/filters.input.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import type { Parameters } from '../platform/parameters.ts';
import { foldName, normaliseName } from './normalise-name.ts';

export interface PlaceSearch {
  readonly ids?: readonly string[] | undefined;
  readonly name?: string | undefined;
  readonly nameBegins?: string | undefined;
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
  if (search.nameBegins != null) {
    const begins = beginningOf(search.nameBegins);
    // By bytes: the same on every database, and found by the index whatever plan is kept.
    const [from, to] = [parameters.bind(begins), parameters.bind(`${begins}${LAST_LETTER}`)];
    conditions.push(
      `p.id in (select a.place_id from place_alias a where a.normalised ~>=~ ${from} and a.normalised ~<~ ${to})`,
    );
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

const LAST_LETTER = '\u{10FFFF}';
const SHORTEST = 2;
const LONGEST = 100;

/** As names are filed. Throws BAD_INPUT. */
function beginningOf(text: string): string {
  const folded = foldName(text);
  const { length } = folded;
  if (length >= SHORTEST && length <= LONGEST) return folded;
  throw new HeadwaterError(
    'BAD_INPUT',
    `nameBegins: found ${length} letters and digits, wanted ${SHORTEST} to ${LONGEST}`,
  );
}
