/** Changes of crossing clusters from what the database handed over, in one piece of pure work that a background thread can do. */
import type { Position } from '../../../geo/position.ts';
import { greatCircleKm } from '../../../geo/sphere.ts';
import type { BackgroundWork, Tell } from '../../../platform/background.ts';
import { DETECTIONS_ONLY, type Refusal, refuseToDerive } from '../../derivation.ts';
import { type CrossingBlock, type ReadColumns, readColumns } from '../crossing-columns.ts';
import { type CrossingClusterParameters, FINEST_KM, obstacleToDiscovery } from '../crossing-grouping.ts';
import { sitesOf } from '../crossing-sites.ts';
import { type BorderChange, type BorderPeriods, borderChanges } from './border-changes.ts';
import {
  type ClusterInPeriod,
  describeGroup,
  type RegionEvidence,
  regionEvidence,
} from './change-evidence.ts';
import type { TransitionKind } from './cluster-transitions.ts';
import { type Period, periodsOfIncidents } from './incident-periods.ts';
import { type IncidentPlaces, incidentPlaces } from './incident-places.ts';
import { nearbyPlaces } from './nearby-places.ts';
import { PeriodTally, regionOf, type TwoPeriods } from './transition-strength.ts';

export const CROSSING_CHANGES = { method: 'cluster-transitions/periods-dealt-again', version: 1 } as const;

export interface WatchPost {
  readonly position: Position;
  /** Worked in each period. */
  readonly staffMonths: readonly number[];
}

export interface ChangesTask {
  readonly blocks: readonly CrossingBlock[];
  readonly parameters: CrossingClusterParameters;
  /** Ascending, one after the other. */
  readonly periods: readonly Period[];
  readonly stations: readonly WatchPost[];
  readonly replications: number;
  readonly seed: number;
  /** One that was kept is a change where its p is at most this. */
  readonly alpha: number;
  /** How many changes to describe. */
  readonly first: number;
  /** How many incidents to name for each. */
  readonly evidence: number;
}

export interface FoundChange extends RegionEvidence {
  readonly border: readonly [string, string];
  /** Which of the periods it led to. */
  readonly period: number;
  readonly kind: TransitionKind;
  readonly p: number;
  readonly movedKm: number | null;
  readonly before: readonly ClusterInPeriod[];
  readonly after: readonly ClusterInPeriod[];
  /** Worked by stations within reach; null where there is none. */
  readonly staffMonths: { readonly before: number; readonly after: number } | null;
}

export interface ChangesWork {
  /** Least p first, then in order of border and period; of `total` the first. */
  readonly changes: readonly FoundChange[];
  readonly total: number;
  /** Clusters that did not change. */
  readonly kept: number;
  readonly periods: readonly { readonly incidents: number; readonly clusters: number }[];
  readonly counts: { readonly records: number; readonly incidents: number; readonly owners: number };
  readonly refusal: Refusal | null;
  readonly unknowns: readonly string[];
}

export const CHANGES_WORK: BackgroundWork<ChangesTask, ChangesWork> = {
  module: new URL(import.meta.url),
  work,
};

/** Where HDBSCAN* looks, a place is the same as one of another period within this. */
export const USUAL_REACH_KM = 5;
/** Places gathered, and incidents seen at them, in all, over all worlds: some tens of seconds. HDBSCAN* takes that much longer for a place. */
const MOST_GATHERED = 100_000_000;
const DISCOVERY_COSTS = 20;
const MOST_PAIRS = 10_000_000;
const LEAST_INCIDENTS = 10;

export function work(task: ChangesTask, tell?: Tell): ChangesWork {
  const { blocks, parameters, periods, replications, seed } = task;
  const columns = readColumns(blocks);
  const sites = sitesOf(columns);
  const reachKm = parameters.epsKm ?? USUAL_REACH_KM;
  const seen = columns.borders.map((_, number) => ({
    places: incidentPlaces(columns, sites, sites.ofBorder[number]!),
    own: sites.ofBorder[number]!,
  }));
  const periodsOf = seen.map(({ places, own }) => periodsOfIncidents(columns, sites, places, own, periods));
  const inPeriod = periods.map(() => new Set<number>());
  for (const [border, found] of periodsOf.entries())
    for (const [local, period] of found.entries())
      if (period >= 0) inPeriod[period]!.add(seen[border]!.places.numbers[local]!);
  const inAny = new Set(inPeriod.flatMap((incidents) => [...incidents]));
  const answer = {
    changes: [],
    total: 0,
    kept: 0,
    periods: inPeriod.map((incidents) => ({ incidents: incidents.size, clusters: 0 })),
    counts: { records: columns.count, incidents: inAny.size, owners: columns.owners.length },
    unknowns: unknownsOf(columns, parameters),
  };
  const refusal = obstacle(
    task,
    seen.map(({ places }) => places),
    inAny.size,
  );
  if (refusal !== null) return { ...answer, refusal };
  const nearby = seen.map(({ places }) => nearbyPlaces(places.positions, reachKm, MOST_PAIRS));
  if (nearby.includes(null))
    return { ...answer, refusal: tooMuch(`places with more than ${MOST_PAIRS} neighbours on one border`) };
  const pairs = periods
    .slice(1)
    .flatMap((_, at) => seen.map((_border, border) => ({ border, period: at + 1 })));
  const given = pairs.map(({ border, period }): BorderPeriods => {
    const { places } = seen[border]!;
    return {
      places,
      nearby: nearby[border]!,
      periods: periodsOf[border]!.map((own) =>
        own === period || own === period - 1 ? own - period + 1 : -1,
      ),
    };
  });
  const found = borderChanges(given, parameters, { seed, replications }, tell);
  for (const [at, { border: _border, period }] of pairs.entries()) {
    answer.periods[period]!.clusters += found.periods[at]!.after.members.length;
    if (period === 1) answer.periods[0]!.clusters += found.periods[at]!.before.members.length;
  }
  const tallies = seen.map(({ places }) => new PeriodTally(places.numbers.length));
  const changed = found.changes
    .filter(({ movedKm, p }) => movedKm === null || p <= task.alpha)
    .sort((a, b) => a.p - b.p);
  return {
    ...answer,
    refusal: null,
    total: changed.length,
    kept: found.changes.length - changed.length,
    changes: changed.slice(0, task.first).map((change): FoundChange => {
      const { border, period } = pairs[change.border]!;
      const two = found.periods[change.border]!;
      const region = regionOf(two, change);
      return {
        border: columns.borders[border]!,
        period,
        kind: change.kind,
        p: change.p,
        movedKm: change.movedKm,
        ...described(two, change, tallies[border]!, parameters.epsKm ?? FINEST_KM),
        ...regionEvidence(columns, sites, seen[border]!.own, two, region, task.evidence),
        staffMonths: watchedBy(task.stations, two, region, period, reachKm),
      };
    }),
  };
}

function described(
  two: TwoPeriods,
  { before, after }: Pick<BorderChange, 'before' | 'after'>,
  tally: PeriodTally,
  epsKm: number,
): Pick<FoundChange, 'before' | 'after'> {
  return {
    before: before.map((cluster) => {
      const group = two.before.members[cluster]!;
      return describeGroup(two.places, group, two.before.weights, tally.at(two, group).before, epsKm);
    }),
    after: after.map((cluster) => {
      const group = two.after.members[cluster]!;
      return describeGroup(two.places, group, two.after.weights, tally.at(two, group).after, epsKm);
    }),
  };
}

function watchedBy(
  stations: readonly WatchPost[],
  { places }: TwoPeriods,
  region: readonly number[],
  period: number,
  reachKm: number,
): FoundChange['staffMonths'] {
  const own = stations.filter(({ position }) =>
    region.some((place) => greatCircleKm(position, places.positions[place]!) <= reachKm),
  );
  if (own.length === 0) return null;
  const sum = (at: number): number => own.reduce((all, { staffMonths }) => all + staffMonths[at]!, 0);
  return { before: sum(period - 1), after: sum(period) };
}

function obstacle(
  { parameters, periods, replications }: ChangesTask,
  borders: readonly IncidentPlaces[],
  incidents: number,
): Refusal | null {
  if (incidents < LEAST_INCIDENTS)
    return refuseToDerive(
      'not enough data',
      `${incidents} incidents with an observed crossing in these periods`,
      `${LEAST_INCIDENTS} or more`,
    );
  const costs = parameters.epsKm === null ? DISCOVERY_COSTS : 1;
  const once = borders.reduce(
    (sum, places) => sum + places.positions.length * costs + places.incidents.length,
    0,
  );
  const all = once * (periods.length - 1) * (replications + 1);
  if (all > MOST_GATHERED) return tooMuch(`${all} places and incidents over all worlds`);
  return obstacleToDiscovery(parameters, Math.max(0, ...borders.map(({ positions }) => positions.length)));
}

function tooMuch(found: string): Refusal {
  return refuseToDerive(
    'too much to gather again and again',
    found,
    `${MOST_GATHERED} or fewer: one border, a smaller area, fewer periods or replications, or DBSCAN`,
  );
}

function unknownsOf({ month, count }: ReadColumns, { epsKm }: CrossingClusterParameters): string[] {
  const without = month.reduce((sum, then) => (then < 0 ? sum + 1 : sum), 0);
  return [
    DETECTIONS_ONLY,
    'Crossings whose place was not observed are not here.',
    'That a border as a whole saw more or less is no change along it, and not told here.',
    'Where a station was opened or closed within reach, a change may be the watching: `watching` says where staff-time is seen.',
    ...(without === 0 ? [] : [`${without} of ${count} crossings have no month: they are in no period.`]),
    ...(epsKm === null
      ? [`No distance was given: places of two periods are the same within ${USUAL_REACH_KM} km.`]
      : []),
  ];
}
