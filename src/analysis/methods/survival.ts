/** How long until something happens, where some are still waited for and some are known to within days only: the share that is left, day by day. */
import { normalQuantile } from '../../geo/normal.ts';
import type { Random } from '../../kernel/random.ts';

/** One wait: it ended on a day from `low` to `high`, both included and counted from its beginning; `high` null: not before `low`, as far as is known. */
export interface Wait {
  readonly low: number;
  readonly high: number | null;
  /** What waits are alike in: whole clusters are drawn again where no formula gives an interval. */
  readonly cluster: string;
}

export interface SurvivalPoint {
  /** Days in which the share fell to `share`: one where days are known, else a stretch in which nothing says when. */
  readonly fromDays: number;
  readonly days: number;
  /** Left after `days`. */
  readonly share: number;
  /** null where no interval can be given. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface SurvivalCurve {
  readonly points: readonly SurvivalPoint[];
  /** Days until no more than half is left; null: never, as far as was watched. */
  readonly median: {
    readonly days: number | null;
    readonly low: number | null;
    readonly high: number | null;
  };
  readonly interval: 'greenwood' | 'bootstrap' | 'none';
}

export const DRAWS = 200;
/** Fewer clusters drawn again say nothing of others. */
export const LEAST_CLUSTERS = 3;
const NOTHING = 1e-6;

/**
 * Where every day is known the product limit (Kaplan & Meier, JASA 53, 1958) with Greenwood's variance on the log-log scale; else Turnbull's estimate (JRSS B 38, 1976),
 * with percentiles of whole clusters drawn again. The median's interval is the days at which the interval of the share holds a half (Brookmeyer & Crowley 1982).
 */
export function survivalCurve(waits: readonly Wait[], confidence: number, random: Random): SurvivalCurve {
  const exact = waits.every(({ low, high }) => high === null || high === low);
  const steps = exact ? productLimit(waits, confidence) : withDraws(waits, confidence, random);
  const fallen = (of: (point: SurvivalPoint) => number | null): number | null =>
    steps.points.find((point) => (of(point) ?? 1) <= 0.5 + 1e-9)?.days ?? null;
  return {
    ...steps,
    median: {
      days: fallen(({ share }) => share),
      low: fallen(({ low }) => low),
      high: fallen(({ high }) => high),
    },
  };
}

function productLimit(waits: readonly Wait[], confidence: number): Omit<SurvivalCurve, 'median'> {
  const z = normalQuantile((1 + confidence) / 2);
  const ended = waits.flatMap(({ high }) => (high === null ? [] : [high])).sort((a, b) => a - b);
  // Not seen to end by `low` − 1, and so still waited for on that day.
  const open = waits.flatMap(({ low, high }) => (high === null ? [low - 1] : [])).sort((a, b) => a - b);
  const points: SurvivalPoint[] = [];
  let share = 1;
  let variance = 0;
  let gone = 0;
  for (let at = 0; at < ended.length; ) {
    const days = ended[at]!;
    let events = 0;
    while (ended[at + events] === days) events += 1;
    while (gone < open.length && open[gone]! < days) gone += 1;
    const waiting = ended.length - at + open.length - gone;
    share = waiting === events ? 0 : share * (1 - events / waiting);
    variance += events / (waiting * (waiting - events));
    points.push({ fromDays: days, days, share, ...logLog(share, variance, z) });
    at += events;
  }
  return { points, interval: 'greenwood' };
}

/** Where nobody is left the scale has no end, and the interval none. */
function logLog(share: number, variance: number, z: number): { low: number | null; high: number | null } {
  if (share === 0) return { low: null, high: null };
  const width = (z * Math.sqrt(variance)) / Math.log(share);
  return { low: share ** Math.exp(-width), high: share ** Math.exp(width) };
}

/** Stretches of days that hold all there is to say, and how much of all waits ended in each; `to` Infinity: not yet. */
export interface Mass {
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

interface Patience {
  /** No share changes by more in a pass. */
  readonly change: number;
  readonly passes: number;
}

const PATIENT: Patience = { change: 1e-9, passes: 20_000 };
/** Of draws, whose spread is far wider than what is left to come. */
const HASTY: Patience = { change: 1e-5, passes: 500 };

/** Turnbull's estimate by self-consistency; a pass costs as much as there are waits and stretches. */
export function turnbull(
  waits: readonly Pick<Wait, 'low' | 'high'>[],
  { change: enough, passes }: Patience = PATIENT,
): readonly Mass[] {
  const stretches = innermost(waits);
  const count = stretches.length;
  const [starts, ends] = [stretches.map(({ from }) => from), stretches.map(({ to }) => to)];
  const spans = waits.map(({ low, high }) => {
    const first = firstAtLeast(starts, low);
    return [first, high === null ? count : firstAtLeast(ends, high + 1)] as const;
  });
  let shares = new Float64Array(count).fill(1 / count);
  for (let pass = 0; pass < passes; pass += 1) {
    const sums = new Float64Array(count + 1);
    for (let i = 0; i < count; i += 1) sums[i + 1] = sums[i]! + shares[i]!;
    const weights = new Float64Array(count + 1);
    for (const [first, end] of spans) {
      const weight = 1 / Math.max(sums[end]! - sums[first]!, Number.MIN_VALUE);
      weights[first]! += weight;
      weights[end]! -= weight;
    }
    let weight = 0;
    let change = 0;
    const next = new Float64Array(count);
    for (let i = 0; i < count; i += 1) {
      weight += weights[i]!;
      next[i] = (shares[i]! * weight) / waits.length;
      change = Math.max(change, Math.abs(next[i]! - shares[i]!));
    }
    shares = next;
    if (change < enough) break;
  }
  return stretches.map((stretch, i) => ({ ...stretch, share: shares[i]! }));
}

/** From a beginning to the next end with no other beginning between them: no estimate puts anything elsewhere. */
function innermost(waits: readonly Pick<Wait, 'low' | 'high'>[]): readonly { from: number; to: number }[] {
  const starts = [...new Set(waits.map(({ low }) => low))].sort((a, b) => a - b);
  const ends = [...new Set(waits.map(({ high }) => high ?? Infinity))].sort((a, b) => a - b);
  return starts.flatMap((from, i) => {
    const to = ends[firstAtLeast(ends, from)]!;
    return to < (starts[i + 1] ?? Infinity) || i === starts.length - 1 ? [{ from, to }] : [];
  });
}

function firstAtLeast(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function withDraws(
  waits: readonly Wait[],
  confidence: number,
  random: Random,
): Omit<SurvivalCurve, 'median'> {
  const masses = turnbull(waits).filter(({ to, share }) => to !== Infinity && share > NOTHING);
  const clusters = [...Map.groupBy(waits, ({ cluster }) => cluster).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, members]) => members);
  const drawn =
    clusters.length < LEAST_CLUSTERS
      ? []
      : Array.from({ length: DRAWS }, () =>
          turnbull(
            clusters.flatMap(() => clusters[random.int(clusters.length)]!),
            HASTY,
          ),
        );
  const outside = (1 - confidence) / 2;
  let share = 1;
  const points = masses.map(({ from, to, share: mass }) => {
    share = Math.max(0, share - mass);
    const again = drawn
      .map((one) => one.reduce((left, { to: end, share: part }) => (end <= to ? left - part : left), 1))
      .sort((a, b) => a - b);
    const at = (part: number): number | null =>
      again.length === 0 ? null : Math.max(0, again[Math.round(part * (again.length - 1))]!);
    return { fromDays: from, days: to, share, low: at(outside), high: at(1 - outside) };
  });
  return { points, interval: drawn.length === 0 ? 'none' : 'bootstrap' };
}
