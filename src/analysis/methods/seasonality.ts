/** Whether a count comes back in the same months each year: its first yearly harmonic, against years whose months were shuffled. */
import { symmetricInverse } from '../../geo/symmetric-inverse.ts';
import type { Random } from '../../kernel/random.ts';

export interface Seasonality {
  /** The calendar month around which most fall, 1 to 12. */
  readonly peakMonth: number;
  /** Rate at the peak over the mean rate, by the harmonic: 1 is no season; 2 is where the wave's trough is at nothing. */
  readonly strength: number;
  /** Of as strong a season where months of a year come in any order. */
  readonly p: number;
}

const MONTHS = 12;

/**
 * `counts`: of consecutive months, whole years of them (at least 2), the first being calendar month `firstMonth` (1–12). The wave is
 * fitted beside a slope within years, so that growth is not taken for a December peak; then the months of each year are shuffled, so that years that
 * differ and months that vary more than Poisson has it are no season. The p is exact where there is no slope: (1 + draws at least as strong) / (1 + draws). The wave is that of
 * Edwards' test (Annals of Human Genetics 25, 1961). RangeError for part of a year; null where nothing was counted.
 */
export function seasonality(
  counts: readonly number[],
  firstMonth: number,
  draws: number,
  random: Random,
): Seasonality | null {
  if (counts.length < 2 * MONTHS || counts.length % MONTHS !== 0)
    throw new RangeError(`seasonality: found ${counts.length} months, wanted whole years and at least 2`);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const found = harmonic(counts);
  const shuffled = counts.slice();
  let asStrong = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    for (let year = 0; year < shuffled.length; year += MONTHS) shuffleYear(shuffled, year, random);
    // What is only rounded otherwise is as strong.
    if (harmonic(shuffled).size >= found.size * (1 - 1e-12)) asStrong += 1;
  }
  const peak = (found.angle / (2 * Math.PI)) * MONTHS;
  return {
    peakMonth: ((firstMonth - 1 + Math.round(peak) + 2 * MONTHS) % MONTHS) + 1,
    strength: 1 + (found.size * counts.length) / total,
    p: (1 + asStrong) / (1 + draws),
  };
}

/**
 * The yearly wave of least squares, beside a slope within years (of levels of years it knows nothing: whole years have none): x · cos + y · sin of the
 * month's angle. Removing the slope first and then looking for the wave would take some of the wave with it.
 */
function harmonic(counts: readonly number[]): { readonly size: number; readonly angle: number } {
  const sums = [0, 0, 0];
  for (const [at, count] of counts.entries())
    for (let term = 0; term < 3; term += 1) sums[term]! += TERMS[term]![at % MONTHS]! * count;
  const years = counts.length / MONTHS;
  const [x, y] = [1, 2].map((row) =>
    sums.reduce((sum, value, term) => sum + (INVERSE[row * sums.length + term]! * value) / years, 0),
  ) as [number, number];
  return { size: Math.hypot(x, y), angle: Math.atan2(y, x) };
}

/** Slope, cosine and sine of the twelve months, each adding up to nothing over a year. */
const TERMS: readonly (readonly number[])[] = [
  Array.from({ length: MONTHS }, (_, at) => at - (MONTHS - 1) / 2),
  Array.from({ length: MONTHS }, (_, at) => Math.cos((2 * Math.PI * at) / MONTHS)),
  Array.from({ length: MONTHS }, (_, at) => Math.sin((2 * Math.PI * at) / MONTHS)),
];

/** Row by row; the three terms do not depend on one another. */
const INVERSE = symmetricInverse(
  Float64Array.from(
    TERMS.flatMap((a) => TERMS.map((b) => a.reduce((sum, value, at) => sum + value * b[at]!, 0))),
  ),
  TERMS.length,
)!;

function shuffleYear(values: number[], year: number, random: Random): void {
  for (let at = MONTHS - 1; at > 0; at -= 1) {
    const other = random.int(at + 1);
    const kept = values[year + at]!;
    values[year + at] = values[year + other]!;
    values[year + other] = kept;
  }
}
