/** Whether this step has more than the few steps before it: EARS C1, C2 and C3 (Hutwagner et al., J. Urban Health 80, 2003; Fricker, Hegler & Dunfee, 2008). */

export interface EarsOptions {
  /** C1: the steps just before. C2: the same, two steps earlier, so that a rise does not hide itself. C3: C2 of three steps together. */
  readonly method: 'C1' | 'C2' | 'C3';
  /** How many steps are looked back at; 7, at least 3. */
  readonly baseline?: number;
  /** Standard deviations (C1, C2: 3) or the sum of them beyond 1 (C3: 4; published as 2, with which it calls up to 14 in 100 steps of noise). */
  readonly threshold?: number;
  /**
   * The least standard deviation, in events per effort of 1; 1/3. Without it a place of no events has none, and its first event is an alarm: so the
   * default asks C1 and C2 for two events at least.
   */
  readonly minSigma?: number;
  /** How much was watched, by step, above 0; 1 each if left out. Steps are compared by events per effort. */
  readonly effort?: ArrayLike<number>;
}

export interface EarsStep {
  readonly expected: number;
  /** More events than this are an alarm; 0 where C3 is an alarm already by its two steps before. */
  readonly bound: number;
  /** What is held against the threshold. */
  readonly statistic: number;
  readonly alarm: boolean;
}

/**
 * By step, in events; null where the baseline is not complete. Of noise in steps of one Poisson mean, C1, C2 and C3 call at most 5 in 100 steps.
 * C3 sums this
 * step and the two before, as published; R's surveillance leaves this one out and so is a step late.
 */
export function ears(counts: ArrayLike<number>, options: EarsOptions): (EarsStep | null)[] {
  const { method, baseline = 7, threshold = method === 'C3' ? 4 : 3, minSigma = 1 / 3, effort } = options;
  if (!(Number.isInteger(baseline) && baseline >= 3 && minSigma >= 0)) {
    throw new RangeError(
      `ears: found a baseline of ${baseline} and a least deviation of ${minSigma}, wanted 3 or more and 0 or more`,
    );
  }
  const rates = Float64Array.from(counts, (count, step) => count / effortAt(effort, step));
  const gap = method === 'C1' ? 0 : 2;
  const looks = Array.from(rates, (_, step) => lookBack(rates, step - gap - baseline, step - gap, minSigma));
  const scores = looks.map((look, step) => (look ? deviations(rates[step]!, look) : null));
  return looks.map((look, step) => {
    if (!look) return null;
    const own = effortAt(effort, step);
    const expected = own * look.mean;
    if (method !== 'C3') {
      const bound = own * (look.mean + threshold * look.sigma);
      return { expected, bound, statistic: scores[step]!, alarm: counts[step]! > bound };
    }
    const before = [scores[step - 1], scores[step - 2]];
    if (before.some((score) => score == null)) return null;
    const carried = before.reduce<number>((sum, score) => sum + Math.max(0, score! - 1), 0);
    const statistic = carried + Math.max(0, scores[step]! - 1);
    const bound =
      carried > threshold ? 0 : Math.max(0, own * (look.mean + look.sigma * (1 + threshold - carried)));
    return { expected, bound, statistic, alarm: statistic > threshold };
  });
}

interface Look {
  readonly mean: number;
  readonly sigma: number;
}

function lookBack(rates: Float64Array, from: number, to: number, minSigma: number): Look | null {
  if (from < 0) return null;
  const past = rates.subarray(from, to);
  const mean = past.reduce((sum, rate) => sum + rate, 0) / past.length;
  const squares = past.reduce((sum, rate) => sum + (rate - mean) ** 2, 0);
  return { mean, sigma: Math.max(minSigma, Math.sqrt(squares / (past.length - 1))) };
}

/** With no deviation at all, anything above the mean is beyond every threshold. */
function deviations(rate: number, { mean, sigma }: Look): number {
  if (sigma > 0) return (rate - mean) / sigma;
  return rate > mean ? Infinity : 0;
}

function effortAt(effort: ArrayLike<number> | undefined, step: number): number {
  const found = effort ? effort[step]! : 1;
  if (!(found > 0)) throw new RangeError(`ears: found an effort of ${found}, wanted more than 0`);
  return found;
}
