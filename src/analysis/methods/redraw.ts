/** Null models by lot: events thrown again, with chances in proportion to effort, by a seeded generator. */
import type { Random } from '../../kernel/random.ts';

/** Running sums of shares (each ≥ 0, not all 0): the wheel that `throwEvents` spins. */
export function wheelOf(shares: ArrayLike<number>): Float64Array {
  const wheel = new Float64Array(shares.length);
  let sum = 0;
  for (let i = 0; i < shares.length; i += 1) {
    if (!(shares[i]! >= 0)) throw new RangeError(`wheelOf: found a share of ${shares[i]}, wanted 0 or more`);
    sum += shares[i]!;
    wheel[i] = sum;
  }
  if (!(sum > 0)) throw new RangeError('wheelOf: found no share above 0');
  return wheel;
}

/** Fills `counts` with so many events, each where the wheel stops: a multinomial draw. */
export function throwEvents(random: Random, events: number, wheel: Float64Array, counts: Float64Array): void {
  counts.fill(0);
  const whole = wheel.at(-1)!;
  for (let event = 0; event < events; event += 1) counts[spin(wheel, random.next() * whole)]! += 1;
}

/** Puts the values in a random order, in place (Fisher & Yates). */
export function shuffle(random: Random, values: Int32Array): void {
  for (let i = values.length - 1; i > 0; i -= 1) {
    const j = random.int(i + 1);
    const held = values[i]!;
    values[i] = values[j]!;
    values[j] = held;
  }
}

/** The first place whose running sum is above the stop: one with no share is never it. */
function spin(wheel: Float64Array, stop: number): number {
  let low = 0;
  let high = wheel.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (wheel[middle]! > stop) high = middle;
    else low = middle + 1;
  }
  return low;
}
