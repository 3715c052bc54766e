/** How far two groupings of the same things agree beyond chance (Hubert & Arabie, Journal of Classification 2, 1985). */

/** 1: the same groups; about 0: as by chance; may be negative. Labels are any integers, used as names only. */
export function adjustedRandIndex(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) {
    throw new RangeError(
      `adjustedRandIndex: found ${a.length} and ${b.length} labels, wanted as many of each`,
    );
  }
  const both = new Map<string, number>();
  const first = new Map<number, number>();
  const second = new Map<number, number>();
  for (let i = 0; i < a.length; i += 1) {
    const pair = `${a[i]} ${b[i]}`;
    both.set(pair, (both.get(pair) ?? 0) + 1);
    first.set(a[i]!, (first.get(a[i]!) ?? 0) + 1);
    second.set(b[i]!, (second.get(b[i]!) ?? 0) + 1);
  }
  const together = pairsWithin(both.values());
  const inFirst = pairsWithin(first.values());
  const inSecond = pairsWithin(second.values());
  const all = (a.length * (a.length - 1)) / 2;
  const expected = all === 0 ? 0 : (inFirst * inSecond) / all;
  const highest = (inFirst + inSecond) / 2;
  // Both groupings trivial in the same way (all together, or all alone): they agree.
  return highest === expected ? 1 : (together - expected) / (highest - expected);
}

function pairsWithin(counts: Iterable<number>): number {
  let pairs = 0;
  for (const count of counts) pairs += (count * (count - 1)) / 2;
  return pairs;
}
