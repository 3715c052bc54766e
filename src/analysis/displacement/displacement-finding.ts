/** What may be claimed of a closing: each zone against its control, and in plain words what that shows. */
import { normalQuantile } from '../../geo/normal.ts';
import type { Random } from '../../kernel/random.ts';
import { dealtAgainP } from '../methods/dealt-again.ts';
import type { Zone, ZoneEffort } from '../methods/displacement.ts';
import type { ZoneFigures } from './zone-figures.ts';

export const FINDINGS = ['displacement', 'diffusion', 'reduction', 'not shown'] as const;
export type Finding = (typeof FINDINGS)[number];

export function displacedOf(
  figures: readonly ZoneFigures[],
  effort: ZoneEffort | null,
  estimate: number,
  confidence: number,
): Interval {
  const variance = figures
    .filter(({ zone }) => zone === 'displacement' || zone === 'displacementControl')
    .reduce((sum, { zone, before, after }) => {
      const scale = effort ? effort[zone].after / effort[zone].before : 1;
      return sum + before * scale * scale + after;
    }, 0);
  const half = normalQuantile((1 + confidence) / 2) * Math.sqrt(variance);
  return { estimate, low: estimate - half, high: estimate + half };
}

export interface Change {
  /** Above 0: the zone grew more than its control, in proportion. */
  readonly growth: number;
  readonly p: number;
}

/**
 * One zone against its control. The net difference cannot decide: where everything was displaced, what the closed crossing lost the
 * alternatives won, and it is 0.
 */
export function changeOf(
  zone: Zone,
  figures: readonly ZoneFigures[],
  effort: ZoneEffort | null,
  options: { readonly random: Random; readonly replications: number },
): Change {
  const of = (name: Zone): ZoneFigures => figures.find((candidate) => candidate.zone === name)!;
  const own = of('displacementControl');
  const hasOwn = zone === 'displacement' && own.before + own.after > 0;
  const pair = [of(zone), hasOwn ? own : of('control')] as const;
  const scales = pair.map(({ zone: name }) => (effort ? effort[name].after / effort[name].before : 1));
  const [inside, outside] = pair;
  return {
    growth: inside.after * outside.before * scales[1]! - inside.before * scales[0]! * outside.after,
    p: dealtAgainP(
      pair,
      [
        { before: -scales[0]!, after: 1 },
        { before: scales[1]!, after: -1 },
      ],
      scales,
      options.random,
      options.replications,
    ),
  };
}

/** What is claimed of the alternatives is claimed only where the closed crossing itself surely lost. */
export function findingOf(local: Change, displaced: Change, alpha: number): Finding {
  if (local.p > alpha || local.growth >= 0) return 'not shown';
  if (displaced.p > alpha || displaced.growth === 0) return 'reduction';
  return displaced.growth > 0 ? 'displacement' : 'diffusion';
}

export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}
