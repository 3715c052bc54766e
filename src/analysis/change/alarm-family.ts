/** All series of one month tested together, so that of many tests few are false alarms: Benjamini and Hochberg over the family. */
import { benjaminiHochberg } from '../../geo/benjamini-hochberg.ts';
import { seededRandom } from '../../kernel/random.ts';
import { questionSeed } from '../question-seed.ts';
import { type ChangeMethod, type Judgement, judgeMonth, type Watch } from './judge-month.ts';
import { type MonthlySeries, total } from './monthly-series.ts';

export interface FamilySettings {
  readonly method: ChangeMethod;
  /** False discovery rate over all series of a month, and the level of the method's own bound. */
  readonly alpha: number;
  /** CUSUM's draws a series. */
  readonly replications: number;
  readonly stopAfter: number;
  readonly seed: number;
}

/** What a series is tested by: its counts, against staff-time where that is known. */
export interface FamilyMember {
  readonly name: string;
  readonly watch: Watch;
  readonly dispersion: number;
}

export interface Verdict {
  readonly judgement: Judgement;
  /** Two-sided. */
  readonly p: number;
  readonly q: number;
  /** 1: more than expected; −1: fewer; 0: no alarm. */
  readonly direction: -1 | 0 | 1;
}

/** One a series, in order; null where nothing can be said of it in that step, and then it counts as no test. */
export function testFamily(
  members: readonly FamilyMember[],
  step: number,
  settings: FamilySettings,
): readonly (Verdict | null)[] {
  const { method, alpha, replications, stopAfter, seed } = settings;
  const judgements = members.map(({ name, watch, dispersion }) =>
    judgeMonth(watch, step, {
      method,
      alpha,
      dispersion,
      replications,
      stopAfter,
      // Its own for each series, so that what else is tested does not show.
      random: seededRandom(method === 'cusum' ? questionSeed([seed, name]) : seed),
    }),
  );
  const p = judgements.map((found) =>
    found === null ? Number.NaN : Math.min(1, 2 * Math.min(found.pUp, found.pDown)),
  );
  const q = benjaminiHochberg(p);
  return judgements.map((judgement, i) => {
    if (judgement === null) return null;
    const { isAbove, isBelow, pUp, pDown } = judgement;
    // Both must hold: the method's own alarm for this series, and the rate over all of them.
    const side = isAbove && pUp <= pDown ? 1 : isBelow && pDown < pUp ? -1 : 0;
    return { judgement, p: p[i]!, q: q[i]!, direction: q[i]! <= alpha ? side : 0 };
  });
}

/** `by` 'staff-time': what seen staff-time found, against it, where there is such; else all counts, every month alike. */
export function membersOf(
  series: readonly MonthlySeries[],
  step: number,
  by: 'staff-time' | 'counts',
): readonly FamilyMember[] {
  const watches = series.map((one) => watchOf(one, by));
  const dispersions = dispersionsOf(watches, step);
  return series.map(({ kind, key }, i) => ({
    name: `${kind} ${key}`,
    watch: watches[i]!,
    dispersion: dispersions[i]!,
  }));
}

/** Of each series of a family, in order: what the steps before `step` show of it and of all together; 1 or more. */
export function dispersionsOf(watches: readonly Watch[], step: number): readonly number[] {
  const own = watches.map((watch) => dispersionOf(watch, step));
  // Added up by size, so that no order of the series shows in the last digit.
  const pairs = total(own.map((one) => one.pairs));
  const weighed = Float64Array.from(own, (one) => one.pairs * one.dispersion).sort();
  const pooled = pairs === 0 ? 1 : total([...weighed]) / pairs;
  // A short series knows its own badly: half of it is what all of them show, and less than that is luck.
  return own.map(({ dispersion }) => Math.max(1, pooled, (dispersion + pooled) / 2));
}

export function watchOf({ counts, watched }: MonthlySeries, by: 'staff-time' | 'counts'): Watch {
  return by === 'staff-time' && watched !== null
    ? { counts: watched.counts, effort: watched.effort }
    : { counts, effort: counts.map(() => 1) };
}

/**
 * Variance over mean of the steps before `step`, from the moves between neighbouring ones (von Neumann et al., Ann. Math. Stat. 12, 1941): seasons, trends and lasting
 * changes of level hardly raise it.
 */
function dispersionOf(
  { counts, effort }: Watch,
  step: number,
): { readonly dispersion: number; readonly pairs: number } {
  const steps = Array.from({ length: step }, (_, at) => at).filter((at) => effort[at]! > 0);
  const rate = total(steps.map((at) => counts[at]!)) / total(steps.map((at) => effort[at]!));
  if (!(rate > 0) || steps.length < 2) return { dispersion: 1, pairs: 0 };
  let sum = 0;
  for (let i = 1; i < steps.length; i += 1) {
    const [a, b] = [steps[i - 1]!, steps[i]!];
    const move = counts[b]! / effort[b]! - counts[a]! / effort[a]!;
    sum += move ** 2 / (rate * (1 / effort[a]! + 1 / effort[b]!));
  }
  const pairs = steps.length - 1;
  return { dispersion: sum / pairs, pairs };
}
