/** Whether a corridor is travelled in some months of the year more than in others. */
import { benjaminiHochberg } from '../../geo/benjamini-hochberg.ts';
import { seededRandom } from '../../kernel/random.ts';
import { type Seasonality, seasonality } from '../methods/seasonality.ts';
import { monthNumber } from '../month-number.ts';

export interface CorridorSeasonFound extends Seasonality {
  /** False discovery rate over all corridors that were looked at. */
  readonly q: number;
}

/** Fewer say nothing of a season, whatever their months. */
export const LEAST_SEASON_INCIDENTS = 30;
export const LEAST_SEASON_YEARS = 2;
const DRAWS = 999;
const MONTHS = 12;

interface Dated {
  readonly months: readonly { readonly month: string; readonly incidents: number }[];
}

/** Of the last whole years of the window; null where there are too few of them or of incidents in them. */
export function seasonsOf(
  corridors: readonly Dated[],
  window: { readonly first: string; readonly last: string } | null,
): readonly (CorridorSeasonFound | null)[] {
  if (window === null) return corridors.map(() => null);
  const last = monthNumber(window.last);
  const years = Math.floor((last + 1 - monthNumber(window.first)) / MONTHS);
  if (years < LEAST_SEASON_YEARS) return corridors.map(() => null);
  const first = last + 1 - years * MONTHS;
  const found = corridors.map(({ months }) => {
    const counts = new Array<number>(years * MONTHS).fill(0);
    for (const { month, incidents } of months) {
      const at = monthNumber(month) - first;
      if (at >= 0 && at < counts.length) counts[at]! += incidents;
    }
    if (counts.reduce((sum, count) => sum + count, 0) < LEAST_SEASON_INCIDENTS) return null;
    // Each its own draws: a corridor's season is the same whatever others were found beside it.
    return seasonality(counts, (first % MONTHS) + 1, DRAWS, seededRandom(1));
  });
  const q = benjaminiHochberg(found.map((season) => season?.p ?? Number.NaN));
  return found.map((season, at) => season && { ...season, q: q[at]! });
}
