/** Which records speak of one thing: those that share an identifier, and for a place a country and a neighbourhood too. */
import { centreOf, inradiusKm, resolutionOf } from '../../geo/cells.ts';
import { DisjointSets } from '../../geo/disjoint-sets.ts';
import { greatCircleKm } from '../../geo/sphere.ts';

interface Known {
  readonly tokens: readonly string[];
}

interface Placed extends Known {
  readonly country: string;
  readonly cell: string;
}

/** Groups of those with a token in common, over any number of steps; one without tokens is alone. Groups and members in the order given. */
export function groupByTokens<Item extends Known>(items: readonly Item[]): readonly (readonly Item[])[] {
  return groupsOf(items, (members) => [members]);
}

/**
 * The same of places: a name that many houses have joins only what lies in one country and within `sameWithinKm` of another of them, as finely as it is seen. What is known by
 * its country, or not at all, joins where there is one such place alone.
 */
export function groupPlaces<Item extends Placed>(
  items: readonly Item[],
  sameWithinKm: number,
): readonly (readonly Item[])[] {
  return groupsOf(items, (members) => neighbourhoods(members, sameWithinKm));
}

function groupsOf<Item extends Known>(
  items: readonly Item[],
  apart: (members: readonly Item[]) => readonly (readonly Item[])[],
): readonly (readonly Item[])[] {
  const sets = new DisjointSets(items.length);
  const numbers = new Map(items.map((item, number) => [item, number]));
  const byToken = new Map<string, Item[]>();
  for (const item of items)
    for (const token of item.tokens) {
      const members = byToken.get(token) ?? [];
      byToken.set(token, members);
      members.push(item);
    }
  for (const members of byToken.values())
    for (const group of apart(members))
      for (const member of group) sets.join(numbers.get(group[0]!)!, numbers.get(member)!);
  const groups = Map.groupBy(items, (item) => sets.find(numbers.get(item)!));
  return [...groups.values()];
}

function neighbourhoods<Item extends Placed>(
  members: readonly Item[],
  sameWithinKm: number,
): readonly (readonly Item[])[] {
  const located = Map.groupBy(
    members.filter(({ cell, country }) => cell !== '' && country !== ''),
    ({ country, cell }) => `${country} ${cell}`,
  );
  const spots = [...located.values()].map((at) => ({
    at,
    cell: BigInt(at[0]!.cell),
    country: at[0]!.country,
  }));
  const sets = new DisjointSets(spots.length);
  for (const [i, a] of spots.entries())
    for (const [j, b] of spots.entries())
      if (j > i && a.country === b.country && areNear(a.cell, b.cell, sameWithinKm)) sets.join(i, j);
  const groups = [...Map.groupBy(spots, (_, i) => sets.find(i)).values()].map((group) => ({
    country: group[0]!.country,
    members: group.flatMap(({ at }) => at),
  }));
  const coarse = Map.groupBy(
    members.filter(({ cell, country }) => cell === '' && country !== ''),
    ({ country }) => country,
  );
  for (const [country, at] of coarse) {
    const [only, ...others] = groups.filter((group) => group.country === country);
    if (only !== undefined && others.length === 0) for (const one of at) only.members.push(one);
    else groups.push({ country, members: [...at] });
  }
  const unknown = members.filter(({ country }) => country === '');
  if (unknown.length > 0) {
    if (groups.length === 1) for (const one of unknown) groups[0]!.members.push(one);
    else groups.push({ country: '', members: [...unknown] });
  }
  return groups.map((group) => group.members);
}

/** Cells are areas: two whose nearest ends are within the distance may hold one house. */
function areNear(a: bigint, b: bigint, km: number): boolean {
  if (a === b) return true;
  const reach = inradiusKm(resolutionOf(a)) + inradiusKm(resolutionOf(b));
  return greatCircleKm(centreOf(a), centreOf(b)) <= km + reach;
}
