/** The stages of a corridor and the roles their countries play in it; a crossing point belongs to the side that is left there. */
import type { CountryRole } from '../../kernel/vocabulary.ts';
import type { PlaceNode } from './place-graph.ts';

/** The role a country plays in this corridor; 'domestic' when it never leaves the country, 'unknown' where the country is. */
export type StageRole = CountryRole | 'domestic' | 'unknown';

export interface CorridorStage {
  readonly place: PlaceNode;
  /** Alpha-3; of a crossing point the country that is left there. */
  readonly country: string | null;
  readonly role: StageRole;
}

/** The first places within the first country are its source, the last within the last country its destination; all between is transit. */
export function stagesOf(places: readonly PlaceNode[]): CorridorStage[] {
  const countries = places.map((place, stage) => countryOf(place, places[stage - 1], places[stage + 1]));
  // A corridor that ends at a border goes on beyond it, wherever to.
  const beyond = otherSide(places[places.length - 1], countries[countries.length - 1] ?? null);
  const passed = beyond === null ? countries : [...countries, beyond];
  const first = passed[0];
  const last = passed[passed.length - 1];
  const isDomestic = first !== null && passed.every((country) => country === first);
  const leaves = passed.findIndex((country) => country !== first);
  const arrives = passed.findLastIndex((country) => country !== last) + 1;
  return places.map((place, stage) => {
    const country = countries[stage] ?? null;
    if (country === null) return { place, country, role: 'unknown' };
    if (isDomestic) return { place, country, role: 'domestic' };
    return { place, country, role: stage < leaves ? 'source' : stage >= arrives ? 'destination' : 'transit' };
  });
}

/** At a crossing point: the country that the stage before is in, or else the one that the stage after is not in. */
function countryOf(
  { country, joins }: PlaceNode,
  before: PlaceNode | undefined,
  after: PlaceNode | undefined,
): string | null {
  if (!joins) return country;
  const sides = (place: PlaceNode | undefined): readonly string[] => place?.joins ?? [place?.country ?? ''];
  const from = joins.filter((side) => sides(before).includes(side));
  if (from.length === 1) return from[0]!;
  const to = joins.filter((side) => sides(after).includes(side));
  return to.length === 1 ? (joins.find((side) => side !== to[0]) ?? null) : null;
}

function otherSide(place: PlaceNode | undefined, side: string | null): string | null {
  return side === null ? null : (place?.joins?.find((country) => country !== side) ?? null);
}
