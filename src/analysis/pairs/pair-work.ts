/** Pairs of ends that carry more than chance, from what the database handed over, in one piece of pure work that a background thread can do. */
import { centreOf } from '../../geo/cells.ts';
import { positionsWithin } from '../../geo/distance-band.ts';
import type { Neighbours } from '../../geo/gi-star.ts';
import { seededRandom } from '../../kernel/random.ts';
import type { BackgroundWork, Tell } from '../../platform/background.ts';
import { DETECTIONS_ONLY, type Refusal } from '../derivation.ts';
import { type PairScore, pairChance } from '../methods/pair-chance.ts';
import { type NumberedFlows, pairFlows } from '../methods/pair-flows.ts';
import { type PairCluster, pairScan } from '../methods/pair-scan.ts';
import { evidenceOf, type Journey, type JourneyEvidence, readJourneyLines } from './journeys.ts';
import { PairJourneys } from './pair-journeys.ts';

export interface PairTask {
  readonly blocks: readonly string[];
  readonly reachKm: number;
  readonly maxRadiusKm: number;
  readonly replications: number;
  readonly mostPairs: number;
  readonly mostClusters: number;
  /** How many incidents to name for each. */
  readonly evidence: number;
  /** Whether to name those of the pairs near each pair, too. */
  readonly withAround: boolean;
  /** Of the origins around a pair no more need be told apart. */
  readonly enoughOrigins: number;
  readonly seed: number;
}

export interface FoundPair extends PairScore {
  /** Cells as text. */
  readonly fromCell: string;
  readonly toCell: string;
  readonly own: JourneyEvidence;
  /** Of the pair and the pairs near it. */
  readonly around: AroundEvidence;
}

export interface AroundEvidence {
  /** Counted up to as many as are enough; 1 when none is known. */
  readonly independentOrigins: number;
  /** Ascending; none unless asked for. */
  readonly incidentIds: readonly string[];
}

export interface FoundPairCluster extends PairCluster {
  /** Cells as text, the centre first. */
  readonly fromCells: readonly string[];
  readonly toCells: readonly string[];
  readonly evidence: JourneyEvidence;
}

export interface PairWork {
  readonly pairRefusal: Refusal | null;
  readonly clusterRefusal: Refusal | null;
  /** Those with more than expected first, the least likely by chance before others. */
  readonly pairs: readonly FoundPair[];
  readonly tested: number;
  readonly clusters: readonly FoundPairCluster[];
  readonly dealt: number;
  readonly counts: { readonly records: number; readonly incidents: number; readonly owners: number };
  readonly window: { readonly first: string; readonly last: string } | null;
  readonly unknowns: readonly string[];
}

export const PAIR_WORK: BackgroundWork<PairTask, PairWork> = { module: new URL(import.meta.url), work };

/** So many dealt worlds that reached the best cluster end them: its p value is above any level one would alarm at. */
const STOP_AFTER = 100;

/** Pairs near each other share their incidents: so many ids are named around all pairs, as many around each. */
const MOST_AROUND = 1_000_000;

/** Cells are numbered in order of their ids, so that no order of the input shows. */
export function work(task: PairTask, tell?: Tell): PairWork {
  const { reachKm, maxRadiusKm, replications, seed, evidence } = task;
  const journeys = readJourneyLines(task.blocks);
  const whole = journeys.filter(({ from, to }) => from !== '' && to !== '');
  const paired = whole.filter(({ from, to }) => from !== to);
  const cells = [...new Set(paired.flatMap(({ from, to }) => [from, to]))].sort();
  const numbers = new Map(cells.map((cell, number) => [cell, number]));
  const byEvent = new Map<string, (readonly [number, number])[]>();
  const byPair = new PairJourneys();
  for (const journey of paired) {
    const pair = [numbers.get(journey.from)!, numbers.get(journey.to)!] as const;
    listIn(byEvent, journey.event).push(pair);
    byPair.add(...pair, journey);
  }
  const flows = pairFlows(
    cells.map((cell) => centreOf(BigInt(cell))),
    [...byEvent.values()],
  );
  const chance = pairChance(flows, { reachKm, replications, random: seededRandom(seed) }, (share) =>
    tell?.(share / 2),
  );
  const scan = pairScan(flows, {
    random: seededRandom(seed + 1),
    maxRadiusKm,
    replications,
    stopAfter: STOP_AFTER,
    mostClusters: task.mostClusters,
    tell: (share) => tell?.((1 + share) / 2),
  });
  const begins = (origins: readonly number[]): readonly number[] =>
    origins.map((origin) => flows.originPlaces[origin]!);
  const ends = (destinations: readonly number[]): readonly number[] =>
    destinations.map((destination) => flows.destinationPlaces[destination]!);
  const behind = (origins: readonly number[], destinations: readonly number[]): JourneyEvidence =>
    evidenceOf(byPair.between(begins(origins), ends(destinations)), evidence);
  const fromCell = (origin: number): string => cells[flows.originPlaces[origin]!]!;
  const toCell = (destination: number): string => cells[flows.destinationPlaces[destination]!]!;
  const ranked = chance.refused ? [] : chance.pairs.toSorted(byChance).slice(0, task.mostPairs);
  const mostAround = task.withAround ? Math.min(evidence, Math.floor(MOST_AROUND / ranked.length)) : 0;
  // Where there is no pair to tell of, there may be too many cells to find who is near whom.
  const [nearOrigins, nearDestinations] = [flows.origins, flows.destinations].map((places) =>
    positionsWithin(ranked.length === 0 ? [] : places, reachKm),
  ) as [Neighbours, Neighbours];
  const around = ({ origin, destination }: PairScore): AroundEvidence => {
    const from = begins(near(nearOrigins, origin));
    const to = ends(near(nearDestinations, destination));
    return {
      independentOrigins: byPair.originsBetween(from, to, task.enoughOrigins),
      incidentIds: byPair.idsBetween(from, to, mostAround),
    };
  };
  return {
    pairRefusal: chance.refused ? chance : null,
    clusterRefusal: scan.refused ? scan : null,
    pairs: ranked.map((pair) => ({
      ...pair,
      fromCell: fromCell(pair.origin),
      toCell: toCell(pair.destination),
      own: behind([pair.origin], [pair.destination]),
      around: around(pair),
    })),
    tested: chance.refused ? 0 : chance.pairs.length,
    clusters: scan.refused
      ? []
      : scan.clusters.map((cluster) => ({
          ...cluster,
          fromCells: cluster.origins.map(fromCell),
          toCells: cluster.destinations.map(toCell),
          evidence: behind(cluster.origins, cluster.destinations),
        })),
    dealt: scan.refused ? 0 : scan.replications,
    counts: {
      records: journeys.length,
      incidents: new Set(journeys.map(({ event }) => event)).size,
      owners: new Set(journeys.map(({ owner }) => owner)).size,
    },
    window: windowOf(journeys),
    unknowns: unknownsOf(journeys, whole, paired, flows),
  };
}

/** A pair that carries less than its own ends explain stands only on those near it: it comes after the others. */
function byChance(a: PairScore, b: PairScore): number {
  const [less, lessOfB] = [a, b].map(({ flow, expected }) => (flow > expected ? 0 : 1)) as [number, number];
  return less - lessOfB || a.q - b.q || a.p - b.p || (b.z || 0) - (a.z || 0) || b.flow - a.flow;
}

function near({ offsets, neighbours }: Neighbours, place: number): readonly number[] {
  return [place, ...neighbours.subarray(offsets[place], offsets[place + 1])];
}

function listIn<Item>(lists: Map<string, Item[]>, key: string): Item[] {
  const known = lists.get(key);
  if (known) return known;
  const list: Item[] = [];
  lists.set(key, list);
  return list;
}

function windowOf(journeys: readonly Journey[]): PairWork['window'] {
  let [first, last] = ['', ''];
  for (const { month } of journeys) {
    if (month === '') continue;
    if (first === '' || month < first) first = month;
    if (month > last) last = month;
  }
  return first === '' ? null : { first, last };
}

function unknownsOf(
  journeys: readonly Journey[],
  whole: readonly Journey[],
  paired: readonly Journey[],
  flows: NumberedFlows,
): string[] {
  const events = (of: readonly Journey[]): Set<string> => new Set(of.map(({ event }) => event));
  const all = events(journeys).size;
  const known = events(whole).size;
  const told = events(paired);
  const observed = events(paired.filter(({ isObserved }) => isObserved));
  const unobserved = told.size - observed.size;
  const several = flows.starts.reduce(
    (sum, start, i) => sum + (i > 0 && start - flows.starts[i - 1]! > 1 ? 1 : 0),
    0,
  );
  return [
    DETECTIONS_ONLY,
    'A pair is held against how busy its two ends are: one that carries just what they explain is not named, however much it carries.',
    ...(all > known
      ? [
          `${all - known} of ${all} incidents have an end that is known only as a country, more coarsely than these cells, or not at all: they are in no pair.`,
        ]
      : []),
    ...(known > told.size
      ? [`${known - told.size} of ${all} incidents begin and end in one cell: they are in no pair.`]
      : []),
    ...(unobserved > 0
      ? [
          `In ${unobserved} of ${told.size} incidents with a pair nobody was seen at the destination: it is stated, or inferred.`,
        ]
      : []),
    ...(several > 0
      ? [`${several} of ${told.size} incidents have several pairs, and count once in each of them.`]
      : []),
  ];
}
