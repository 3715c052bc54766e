/** Series of incidents by month, and the watching that found them: who stood at which crossing for how long. */
import { monthNumber } from '../month-number.ts';

export const SERIES_KINDS = ['pair', 'crossing', 'cell', 'indicator', 'mode'] as const;
export type SeriesKind = (typeof SERIES_KINDS)[number];

/** A place watched by one organisation, and how many of the series' incidents it found there in staff-time that is seen. */
export interface WatchedPlace {
  readonly ownerId: string;
  readonly placeId: string;
  readonly incidents: number;
}

/** One series over the months of a window; the tested month is the last. */
export interface MonthlySeries {
  readonly kind: SeriesKind;
  readonly key: string;
  /** Independent incidents by month. */
  readonly counts: readonly number[];
  /** Distinct known origins of them; unknown ones count as one, and only where none is known. */
  readonly origins: number;
  /** What was found in staff-time that is seen; null where too little was. */
  readonly watched: Watched | null;
}

export interface Watched {
  /** Incidents by month that seen staff-time found, and no others: organisations with and without it are never pooled. */
  readonly counts: readonly number[];
  /** By month, what each place would find at one rate of its own: incidents, in proportion to its staff-time. */
  readonly effort: readonly number[];
  /** By month, staff-months: each place by its share of these incidents. */
  readonly staffMonths: readonly number[];
  /** By month, the share of these incidents at places where staff-time began in it, or ended with the month before. */
  readonly turned: readonly number[];
}

/** A text of lines of one part, as the database hands them over. */
export interface SeriesBlock {
  readonly kind: SeriesKind;
  readonly part: 'month' | 'place' | 'origins' | 'few';
  readonly block: string;
}

/** Staff-months of an organisation at a crossing point in a month, "2026-04". */
export interface StaffMonth {
  readonly ownerId: string;
  readonly placeId: string;
  readonly month: string;
  readonly staffMonths: number;
}

/** What seen staff-time found must be this share of a series, or it tells of another series. */
const LEAST_SHARE_WATCHED = 0.5;

/**
 * Sorted by kind and key, so that no order of the input shows. `firstMonth`: number of the first month of the window; `months` of them. Lines of 'month': key, month,
 * incidents, those of them that seen staff-time found; of 'place': key, owner, place, incidents; of 'origins': key, number.
 */
export function readSeries(
  blocks: readonly SeriesBlock[],
  staff: readonly StaffMonth[],
  firstMonth: number,
  months: number,
): readonly MonthlySeries[] {
  const drafts = new Map<string, Draft>();
  const draftOf = (kind: SeriesKind, key: string): Draft => {
    const name = `${kind}\t${key}`;
    let draft = drafts.get(name);
    if (!draft) {
      draft = { kind, key, counts: zeros(months), found: zeros(months), places: [], origins: 0 };
      drafts.set(name, draft);
    }
    return draft;
  };
  for (const { kind, part, block } of blocks) {
    if (part === 'few') continue;
    for (const line of block.split('\n')) {
      const [key, ...fields] = line.split('\t') as [string, ...string[]];
      const draft = draftOf(kind, key);
      if (part === 'origins') draft.origins = Number(fields[0]);
      else if (part === 'place')
        draft.places.push({ ownerId: fields[0]!, placeId: fields[1]!, incidents: Number(fields[2]) });
      else {
        const at = monthNumber(fields[0]!) - firstMonth;
        draft.counts[at] = Number(fields[1]);
        draft.found[at] = Number(fields[2]);
      }
    }
  }
  const byPlace = staffByPlace(staff, firstMonth, months);
  return [...drafts.values()]
    .sort((a, b) => SERIES_KINDS.indexOf(a.kind) - SERIES_KINDS.indexOf(b.kind) || (a.key < b.key ? -1 : 1))
    .map(({ kind, key, counts, found, places, origins }) => {
      const share = total(found) / Math.max(1, total(counts));
      const watched = share >= LEAST_SHARE_WATCHED ? watchedOf(found, places, byPlace) : null;
      return { kind, key, counts, origins, watched };
    });
}

/** How many series had too few incidents to be handed over. */
export function tooFew(blocks: readonly SeriesBlock[]): number {
  return blocks.reduce((sum, { part, block }) => (part === 'few' ? sum + Number(block) : sum), 0);
}

interface Draft {
  readonly kind: SeriesKind;
  readonly key: string;
  readonly counts: number[];
  readonly found: number[];
  readonly places: WatchedPlace[];
  origins: number;
}

export function staffByPlace(
  staff: readonly StaffMonth[],
  firstMonth: number,
  months: number,
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const { ownerId, placeId, month, staffMonths } of staff) {
    const at = monthNumber(month) - firstMonth;
    if (at < 0 || at >= months) continue;
    const name = `${ownerId} ${placeId}`;
    let worked = found.get(name);
    if (!worked) {
      worked = zeros(months);
      found.set(name, worked);
    }
    worked[at]! += staffMonths;
  }
  return found;
}

/**
 * Σ over places of incidents × staff-time ÷ all staff-time of the place: what a null of one rate a place expects. The tested month's own incidents are among them, so
 * that a station that opened in it explains what it finds.
 */
export function watchedOf(
  found: readonly number[],
  places: readonly WatchedPlace[],
  byPlace: ReadonlyMap<string, readonly number[]>,
): Watched | null {
  const incidents = places.reduce((sum, place) => sum + place.incidents, 0);
  if (incidents === 0) return null;
  const effort = zeros(found.length);
  const staffMonths = zeros(found.length);
  const turned = zeros(found.length);
  // In one order, so that sums of fractions end in the same digits.
  const ordered = [...places].sort((a, b) =>
    `${a.ownerId} ${a.placeId}` < `${b.ownerId} ${b.placeId}` ? -1 : 1,
  );
  for (const { ownerId, placeId, incidents: here } of ordered) {
    const worked = byPlace.get(`${ownerId} ${placeId}`) ?? [];
    const whole = total(worked);
    for (const [at, months] of worked.entries()) {
      if (whole > 0) effort[at]! += (here * months) / whole;
      staffMonths[at]! += (here / incidents) * months;
      if (at > 0 && months > 0 !== worked[at - 1]! > 0) turned[at]! += here / incidents;
    }
  }
  return { counts: found, effort, staffMonths, turned };
}

export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}
