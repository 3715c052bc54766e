/** Whether what was closed moved next door: the displacement quotient (Bowers & Johnson, JQC 19, 2003) and difference (Wheeler & Ratcliffe, Crime Science 7, 2018). */
import { normalQuantile } from '../../geo/normal.ts';
import type { Random } from '../../kernel/random.ts';
import { dealtAgainP, type Shares } from './dealt-again.ts';

/**
 * Where something was closed; where it may have moved to (the other corridors of the same origins and destinations); and two places like them that were
 * left alone. The control of displacement may be left out of all patterns.
 */
export const ZONES = ['treated', 'displacement', 'control', 'displacementControl'] as const;

export type Zone = (typeof ZONES)[number];

/** How many incidents touched exactly these zones, before and after. An incident that touches two is one incident. */
export interface ZonePattern {
  readonly zones: readonly Zone[];
  readonly before: number;
  readonly after: number;
}

/** How much each zone was watched, above 0. */
export type ZoneEffort = Readonly<Record<Zone, { readonly before: number; readonly after: number }>>;

export interface DisplacementOptions {
  readonly random: Random;
  /** 0.95 */
  readonly confidence?: number;
  /** 999 */
  readonly replications?: number;
  /** The least number of incidents, before and after together, in each of treated, displacement and control; 10. */
  readonly leastIncidents?: number;
  /** Of how many independent origins they come, where known: under 3 nothing is said. */
  readonly origins?: number;
  readonly effort?: ZoneEffort;
  /** Where watching changed by more than a tenth in some zone: say nothing (the default), or hold events against effort. */
  readonly onChangedEffort?: 'refuse' | 'offset';
}

export interface DisplacementRefusal {
  readonly kind: 'refused';
  readonly reason: 'too few incidents' | 'too few origins' | 'effort changed';
  /** The zone it failed on, where it is one. */
  readonly zone: Zone | null;
}

export interface DisplacementEstimate {
  readonly kind: 'estimated';
  /** Below 0: fewer incidents than without closing, displacement counted. In incidents of the period after. */
  readonly difference: {
    readonly estimate: number;
    readonly variance: number;
    readonly low: number;
    readonly high: number;
  };
  /** The two halves of the difference: in the treated zone, and in the displacement zone. */
  readonly local: number;
  readonly displaced: number;
  /**
   * Below 0: displacement, at −1 all of it; above 0: benefits spread. Null where a control has no incident before or after. Its interval is Fieller's;
   * null where it has no end, because the treated zone did not surely change: then the quotient says nothing.
   */
  readonly quotient: {
    readonly estimate: number;
    readonly interval: readonly [low: number, high: number] | null;
  } | null;
  /** Two-sided, that all zones changed in one proportion: periods dealt again to whole incidents. */
  readonly p: number;
}

const SIGNS: Readonly<Record<Zone, number>> = {
  treated: 1,
  displacement: 1,
  control: -1,
  displacementControl: -1,
};
const LEAST_ORIGINS = 3;
const SAME_EFFORT = 0.1;

/**
 * The difference is Δtreated − Δcontrol + Δdisplacement − Δ(its control), its variance the sum of the counts (of each incident, its share squared). It
 * supposes controls about as large as what they are held against; the p does not, because it asks for one proportion. With effort, counts before are
 * scaled to the effort after; where that changed unequally, p is from draws with the fitted proportion and no longer exact.
 */
export function displacement(
  patterns: readonly ZonePattern[],
  options: DisplacementOptions,
): DisplacementEstimate | DisplacementRefusal {
  const refusal = refuse(patterns, options);
  if (refusal) return refusal;
  const { random, confidence = 0.95, replications = 999, effort } = options;
  const scale = (zone: Zone): number => (effort ? effort[zone].after / effort[zone].before : 1);
  const shares = patterns.map(({ zones }) => ({
    before: -zones.reduce((sum, zone) => sum + SIGNS[zone] * scale(zone), 0),
    after: zones.reduce((sum, zone) => sum + SIGNS[zone], 0),
  }));
  const estimate = weighted(patterns, (i) => shares[i]!);
  const variance = weighted(patterns, (i) => ({
    before: shares[i]!.before ** 2,
    after: shares[i]!.after ** 2,
  }));
  const half = normalQuantile((1 + confidence) / 2) * Math.sqrt(variance);
  const of = (zone: Zone): ZoneChange => zoneChange(patterns, zone, scale(zone));
  const change = (zone: Zone): number => of(zone).after - of(zone).before;
  return {
    kind: 'estimated',
    difference: { estimate, variance, low: estimate - half, high: estimate + half },
    local: change('treated') - change('control'),
    displaced: change('displacement') - change('displacementControl'),
    quotient: quotient(of('treated'), of('displacement'), of('control'), confidence),
    p: dealtAgainP(
      patterns,
      shares,
      patterns.map(({ zones }) => geometricMean(zones.map(scale))),
      random,
      replications,
    ),
  };
}

interface ZoneChange {
  /** Scaled to the effort after. */
  readonly before: number;
  readonly after: number;
  readonly varianceBefore: number;
  readonly varianceAfter: number;
}

function refuse(patterns: readonly ZonePattern[], options: DisplacementOptions): DisplacementRefusal | null {
  const { leastIncidents = 10, origins = Infinity, effort, onChangedEffort = 'refuse' } = options;
  const because = (reason: DisplacementRefusal['reason'], zone: Zone | null): DisplacementRefusal => ({
    kind: 'refused',
    reason,
    zone,
  });
  if (origins < LEAST_ORIGINS) return because('too few origins', null);
  for (const zone of ['treated', 'displacement', 'control'] as const) {
    const { before, after } = zoneChange(patterns, zone, 1);
    if (before + after < leastIncidents) return because('too few incidents', zone);
  }
  if (!effort) return null;
  for (const zone of ZONES) {
    const { before, after } = effort[zone];
    if (!(before > 0 && after > 0)) {
      throw new RangeError(
        `displacement: found an effort of ${before} and ${after} in ${zone}, wanted more than 0`,
      );
    }
    if (onChangedEffort === 'refuse' && Math.abs(after / before - 1) > SAME_EFFORT)
      return because('effort changed', zone);
  }
  return null;
}

function zoneChange(patterns: readonly ZonePattern[], zone: Zone, scale: number): ZoneChange {
  const inside = patterns.filter(({ zones }) => zones.includes(zone));
  const before = inside.reduce((sum, pattern) => sum + pattern.before, 0);
  const after = inside.reduce((sum, pattern) => sum + pattern.after, 0);
  return { before: before * scale, after, varianceBefore: before * scale * scale, varianceAfter: after };
}

function weighted(patterns: readonly ZonePattern[], shareOf: (pattern: number) => Shares): number {
  return patterns.reduce((sum, { before, after }, i) => {
    const share = shareOf(i);
    return sum + share.before * before + share.after * after;
  }, 0);
}

/** WDQ = (Da/Ca − Db/Cb) / (Ra/Ca − Rb/Cb), with the interval of a ratio of two estimates (Fieller, JRSS B 16, 1954). */
function quotient(
  treated: ZoneChange,
  displaced: ZoneChange,
  control: ZoneChange,
  confidence: number,
): DisplacementEstimate['quotient'] {
  if (control.before === 0 || control.after === 0) return null;
  const top = displaced.after / control.after - displaced.before / control.before;
  const bottom = treated.after / control.after - treated.before / control.before;
  if (bottom === 0) return null;
  const covariance = (a: ZoneChange, b: ZoneChange): number => {
    const own = a === b ? a.varianceBefore / control.before ** 2 + a.varianceAfter / control.after ** 2 : 0;
    return (
      own +
      (a.before * b.before * control.varianceBefore) / control.before ** 4 +
      (a.after * b.after * control.varianceAfter) / control.after ** 4
    );
  };
  const reach = normalQuantile((1 + confidence) / 2) ** 2;
  // The ratios ρ that (top − ρ · bottom) cannot be told from 0 with: a quadratic, with ends only if bottom is surely not 0.
  const a = bottom ** 2 - reach * covariance(treated, treated);
  const b = top * bottom - reach * covariance(displaced, treated);
  const c = top ** 2 - reach * covariance(displaced, displaced);
  const estimate = top / bottom;
  if (a <= 0) return { estimate, interval: null };
  const root = Math.sqrt(Math.max(0, b * b - a * c));
  return { estimate, interval: [(b - root) / a, (b + root) / a] };
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / Math.max(1, values.length));
}
