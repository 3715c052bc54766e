/** How much of a shared row is seen: its place and time no finer than a level, and which of its details. Only the owner, or a grant of all, sees it whole. */

/** Finest first: a spot; H3 cells of resolution 5 (some 250 km²), 4 (1,770 km²) and 3 (12,400 km²). */
export const SHARED_PLACES = ['exact', 'district', 'area', 'region'] as const;
export type SharedPlace = (typeof SHARED_PLACES)[number];

export const SHARED_TIMES = ['exact', 'month', 'quarter', 'year'] as const;
export type SharedTime = (typeof SHARED_TIMES)[number];

/** What a partial sight leaves out unless it is named. Stations, references and collectors are never among them: only a whole row has those. */
export const SHARED_DETAILS = [
  'counts',
  'red_flags',
  'indicators',
  'party',
  'participations',
  'labels',
  'identifiers',
  'links',
  'basis',
] as const;
export type SharedDetail = (typeof SHARED_DETAILS)[number];

export interface PartialSight {
  readonly place: SharedPlace;
  readonly time: SharedTime;
  /** In the order of `SHARED_DETAILS`, each once. */
  readonly details: readonly SharedDetail[];
}

/** What "coarse" means where nothing else is said. */
export const COARSE: PartialSight = { place: 'area', time: 'quarter', details: [] };

/** Of every cell seen at that level; null: as fine as it is. */
export const SHARED_RESOLUTIONS: Readonly<Record<SharedPlace, number | null>> = {
  exact: null,
  district: 5,
  area: 4,
  region: 3,
};

/** One spelling for one sight. */
export function sightOf(
  place: SharedPlace,
  time: SharedTime,
  details: readonly SharedDetail[],
): PartialSight {
  return { place, time, details: SHARED_DETAILS.filter((detail) => details.includes(detail)) };
}

/**
 * What whoever holds both grants sees: rows have one id under each, so it can put the two together by itself. The least sight that is no
 * less than either: the join of a lattice.
 */
export function join(one: PartialSight, other: PartialSight): PartialSight {
  return sightOf(finer(SHARED_PLACES, one.place, other.place), finer(SHARED_TIMES, one.time, other.time), [
    ...one.details,
    ...other.details,
  ]);
}

export function sightKey({ place, time, details }: PartialSight): string {
  return [place, time, ...details].join('.');
}

/** What a grant says of itself; absent or null: coarse. Throws when it is no sight. */
export function readSight(
  stored: { readonly place: string; readonly time: string; readonly details: readonly string[] } | null,
): PartialSight {
  if (stored === null) return COARSE;
  const place = SHARED_PLACES.find((level) => level === stored.place);
  const time = SHARED_TIMES.find((level) => level === stored.time);
  const details = SHARED_DETAILS.filter((detail) => stored.details.includes(detail));
  if (place === undefined || time === undefined || details.length !== new Set(stored.details).size)
    throw new Error('found a grant whose sight is none');
  return { place, time, details };
}

function finer<T>(levels: readonly T[], one: T, other: T): T {
  return levels.indexOf(one) < levels.indexOf(other) ? one : other;
}
