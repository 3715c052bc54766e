/** How surprising it is that one identifier recurs: ranked by surprise against the base rate, not by degree. */

/**
 * −log10 P(X ≥ seen), X binomial(incidents, 1/identifiers): the chance of at least `seen` incidents for one identifier when each
 * of the kind's incidents drew one of the kind's identifiers at random. 0 when there is nothing to be surprised about.
 */
export function surprise(seen: number, incidents: number, identifiers: number): number {
  if (seen <= 1 || identifiers <= 1 || incidents < seen) return 0;
  const logP = Math.log(1 / identifiers);
  const logQ = Math.log1p(-1 / identifiers);
  const term = (k: number): number => logChoose(incidents, k) + k * logP + (incidents - k) * logQ;
  // Terms fall quickly past the mean; log-sum-exp keeps tails of 1e-300 apart.
  const terms = Array.from({ length: Math.min(incidents - seen + 1, 2_000) }, (_, step) => term(seen + step));
  const greatest = Math.max(...terms);
  const log = greatest + Math.log(terms.reduce((sum, value) => sum + Math.exp(value - greatest), 0));
  return Math.max(0, -log / Math.LN10);
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** Exact sum below 256, Stirling's series (error under 1e-12 there) above. */
function logFactorial(n: number): number {
  if (n < 256) {
    let sum = 0;
    for (let i = 2; i <= n; i += 1) sum += Math.log(i);
    return sum;
  }
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3);
}
