/**
 * Which events tell of a closed crossing, of where its flow may have gone, and of what would have happened anyway. All of it is chosen by what was
 * there before (ends of journeys, distances, months): whoever picks alternatives by what grew afterwards finds displacement in noise.
 */
import type { Zone } from '../methods/displacement.ts';
import { type ClosingEvent, type CrossingPlaceKnown, kmBetween } from './closing-events.ts';

export interface ZoneParameters {
  /** Of the treated crossing. */
  readonly ringKm: number;
  /** Months before, and after. */
  readonly months: number;
  /** The month number that `before` ends with (not included), and the one that `after` begins with. */
  readonly beforeEnds: number;
  readonly afterBegins: number;
}

export const WHYS = ['closed', 'same pair', 'near', 'control', 'control of displacement'] as const;
export type Why = (typeof WHYS)[number];

export interface ZonePlace {
  readonly placeId: string;
  readonly zone: Zone;
  readonly why: Why;
  readonly before: number;
  readonly after: number;
  /** From the closed crossing; null where one of the two is not placed. */
  readonly distanceKm: number | null;
  /** Of a control: how far its months before, each as a share of all, are from those of what it is held against: 0 alike, 1 nothing in common. */
  readonly unlikeness: number | null;
}

export interface Zones {
  /** One entry an event of the two periods; null: in none. */
  readonly zones: readonly (Zone | null)[];
  readonly places: readonly ZonePlace[];
}

/** Pairs that make up this much of the treated crossing's events are its pairs; the rest is strays. */
const PAIRS_COVER = 0.9;
/** Of few incidents, those whose months look alike were lucky, and go back to their usual afterwards. */
const LEAST_CANDIDATE = 10;
/** More unlike than this is no control. */
const UNLIKE = 0.5;

export function periodOf({ months, beforeEnds, afterBegins }: ZoneParameters, month: number): -1 | 0 | 1 {
  if (month >= beforeEnds - months && month < beforeEnds) return -1;
  return month >= afterBegins && month < afterBegins + months ? 1 : 0;
}

export function zonesOf(
  events: readonly ClosingEvent[],
  treated: ReadonlySet<string>,
  known: ReadonlyMap<string, CrossingPlaceKnown>,
  parameters: ZoneParameters,
  /** Crossings at which watching is known to have changed: no control. */
  isUnsteady: (placeId: string) => boolean = () => false,
): Zones {
  const period = events.map(({ month }) => periodOf(parameters, month));
  const isTreated = events.map(({ places }) => places.some((place) => treated.has(place)));
  const { pairs, strays } = pairsOf(events.filter((_, i) => isTreated[i] && period[i] === -1));
  const near = nearPlaces(treated, known, parameters.ringKm);
  const borders = new Set([...treated].flatMap((place) => known.get(place)?.border ?? []));
  /** The crossing that an event is listed under: one of the closed crossing's border if it has any. */
  const placeOf = ({ places }: ClosingEvent): string =>
    places.find((place) => borders.has(known.get(place)?.border ?? '')) ?? places[0]!;
  const groups = new Map<string, Group>();
  const group = (placeId: string, why: Why | null): Group => {
    const key = `${why ?? ''} ${placeId}`;
    let found = groups.get(key);
    if (!found) {
      found = { placeId, why, events: [], before: new Float64Array(parameters.months), after: 0 };
      groups.set(key, found);
    }
    return found;
  };
  events.forEach((event, i) => {
    if (period[i] === 0) return;
    const why: Why | null | undefined = isTreated[i]
      ? 'closed'
      : event.pairs.some((pair) => pairs.has(pair))
        ? 'same pair'
        : event.places.some((place) => near.has(place))
          ? 'near'
          : // Pairs that strayed through the closed crossing tell neither of alternatives nor of what was left alone.
            event.pairs.some((pair) => strays.has(pair))
            ? undefined
            : null;
    if (why === undefined) return;
    const place = isTreated[i] ? event.places.find((id) => treated.has(id))! : placeOf(event);
    const into = group(place, why);
    into.events.push(i);
    if (period[i] === -1) into.before[event.month - (parameters.beforeEnds - parameters.months)]! += 1;
    else into.after += 1;
  });
  const all = [...groups.values()].sort((a, b) => (a.placeId < b.placeId ? -1 : 1));
  const closed = all.filter(({ why }) => why === 'closed');
  const moved = all.filter(({ why }) => why === 'same pair' || why === 'near');
  // The same crossing may stand for both with other ends: whatever changes there in watching, changes for both.
  const candidates = all.filter(({ why, placeId }) => why === null && !isUnsteady(placeId));
  const control = controlsFor(closed, candidates);
  const rest = candidates.filter((candidate) => !control.has(candidate));
  const displacementControl = controlsFor(moved, rest);
  const zones = new Array<Zone | null>(events.length).fill(null);
  const places: ZonePlace[] = [];
  const put = (groupsOf: Iterable<readonly [Group, number | null]>, zone: Zone, why: Why | null): void => {
    for (const [{ placeId, events: members, why: own, ...counts }, unlikeness] of groupsOf) {
      for (const i of members) zones[i] = zone;
      places.push({
        placeId,
        zone,
        why: why ?? own!,
        before: total(counts),
        after: counts.after,
        distanceKm: distanceFrom(treated, placeId, known),
        unlikeness,
      });
    }
  };
  const plain = (list: readonly Group[]) => list.map((item) => [item, null] as const);
  put(plain(closed), 'treated', null);
  put(plain(moved), 'displacement', null);
  put(control, 'control', 'control');
  put(displacementControl, 'displacementControl', 'control of displacement');
  return { zones, places };
}

interface Group {
  readonly placeId: string;
  readonly why: Why | null;
  readonly events: number[];
  /** By month. */
  readonly before: Float64Array;
  after: number;
}

function total({ before }: { readonly before: Float64Array }): number {
  return before.reduce((sum, count) => sum + count, 0);
}

function pairsOf(through: readonly ClosingEvent[]): { pairs: Set<string>; strays: Set<string> } {
  const counts = new Map<string, number>();
  // An end that nobody knows is no end in common.
  for (const { pairs } of through)
    for (const pair of pairs)
      if (!pair.startsWith(' >') && !pair.endsWith('> ')) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  const ranked = [...counts].sort(([a, i], [b, j]) => j - i || (a < b ? -1 : 1));
  const all = ranked.reduce((sum, [, count]) => sum + count, 0);
  const pairs = new Set<string>();
  let covered = 0;
  for (const [pair, count] of ranked) {
    if (covered >= PAIRS_COVER * all) break;
    pairs.add(pair);
    covered += count;
  }
  return { pairs, strays: new Set(ranked.map(([pair]) => pair).filter((pair) => !pairs.has(pair))) };
}

function nearPlaces(
  treated: ReadonlySet<string>,
  known: ReadonlyMap<string, CrossingPlaceKnown>,
  ringKm: number,
): Set<string> {
  const centres = [...treated].flatMap((place) => known.get(place) ?? []);
  const near = new Set<string>();
  for (const place of known.values())
    if (!treated.has(place.id) && centres.some((centre) => kmBetween(centre, place) <= ringKm))
      near.add(place.id);
  return near;
}

function distanceFrom(
  treated: ReadonlySet<string>,
  placeId: string,
  known: ReadonlyMap<string, CrossingPlaceKnown>,
): number | null {
  const place = known.get(placeId);
  const distances = [...treated].flatMap((id) => {
    const centre = known.get(id);
    return centre && place ? [kmBetween(centre, place)] : [];
  });
  return distances.length === 0 ? null : Math.min(...distances);
}

/** The candidates whose months before were most like those of `wanted`, until they are about as many. */
function controlsFor(wanted: readonly Group[], candidates: readonly Group[]): Map<Group, number> {
  const series = sumOf(wanted);
  const size = total({ before: series });
  const ranked = candidates
    .filter((candidate) => total(candidate) >= LEAST_CANDIDATE)
    .map((candidate) => [candidate, unlikenessOf(series, candidate.before)] as const)
    .filter(([, unlikeness]) => unlikeness <= UNLIKE)
    .sort(([a, i], [b, j]) => i - j || total(b) - total(a) || (a.placeId < b.placeId ? -1 : 1));
  const chosen = new Map<Group, number>();
  let found = 0;
  for (const [candidate, unlikeness] of ranked) {
    if (found >= size) break;
    chosen.set(candidate, unlikeness);
    found += total(candidate);
  }
  return chosen;
}

function sumOf(groups: readonly Group[]): Float64Array {
  const sum = new Float64Array(groups[0]?.before.length ?? 0);
  for (const { before } of groups) for (const [month, count] of before.entries()) sum[month]! += count;
  return sum;
}

/** Half the sum of differences of shares (total variation), in quarters of the period at least, since single months of few events are noise. */
function unlikenessOf(a: Float64Array, b: Float64Array): number {
  const [left, right] = [inParts(a), inParts(b)];
  return left.reduce((sum, share, part) => sum + Math.abs(share - right[part]!), 0) / 2;
}

const PARTS = 4;

function inParts(series: Float64Array): number[] {
  const all = series.reduce((sum, count) => sum + count, 0);
  const parts = Math.min(PARTS, series.length);
  const shares = new Array<number>(parts).fill(0);
  for (const [month, count] of series.entries())
    shares[Math.floor((month * parts) / series.length)]! += all === 0 ? 0 : count / all;
  return shares;
}
