/** What is said of all recoveries together: how long until the next arrival, and whether more or fewer came afterwards. */
import type { Random } from '../../kernel/random.ts';
import {
  detectionRate,
  LEAST_RATE_INCIDENTS,
  LEAST_RATE_ORIGINS,
} from '../../records/flows/detection-rate.ts';
import type { DetectionRate } from '../../records/flows/flow.type.ts';
import { type Refusal, refuseToDerive } from '../derivation.ts';
import { hasChanged } from '../displacement/zone-figures.ts';
import { type DaySpan, daysOf, liesIn, type NextArrival, sidesOf } from '../methods/resupply.ts';
import { type CommonRatio, commonRatio, type Stratum } from '../methods/stratified-rates.ts';
import { type SurvivalCurve, survivalCurve } from '../methods/survival.ts';
import type { ArrivedEvent, RaidedPlace } from './raided-places.ts';

export interface PlaceWaits {
  readonly place: RaidedPlace;
  /** In the order of the place's recoveries. */
  readonly next: readonly NextArrival[];
}

/** Staff-months of one organisation in one month, by its number. */
export interface OwnersMonth {
  readonly ownerId: string;
  readonly month: number;
  readonly staffMonths: number;
}

export interface PooledWaits {
  readonly refusal: Refusal | null;
  readonly curve: SurvivalCurve | null;
  /** Recoveries of which something is known to have been waited for, and how many of those waits were seen to end. */
  readonly recoveries: number;
  readonly ended: number;
  readonly origins: number;
}

/** Places are strata below: no event is in two of them. */
type Origins = ReadonlyMap<string, readonly string[]>;

export function pooledWaits(
  places: readonly PlaceWaits[],
  origins: Origins,
  confidence: number,
  random: Random,
): PooledWaits {
  const told = places.flatMap(({ place, next }) =>
    next.flatMap(({ wait, candidates }, i) =>
      wait.high === null && wait.low <= 1
        ? []
        : [
            {
              wait: { ...wait, cluster: place.key },
              events: [place.recoveries[i]!.key, ...candidates.map(({ key }) => key)],
            },
          ],
    ),
  );
  const found = new Set(told.flatMap(({ events }) => events.flatMap((event) => origins.get(event) ?? [])));
  const waits = told.map(({ wait }) => wait);
  const counts = {
    recoveries: waits.length,
    ended: waits.filter(({ high }) => high !== null).length,
    origins: found.size,
  };
  if (waits.length < LEAST_RATE_INCIDENTS || found.size < LEAST_RATE_ORIGINS)
    return {
      ...counts,
      refusal: refuseToDerive(
        'not enough data',
        `${waits.length} dated recoveries of ${found.size} independent origins`,
        `${LEAST_RATE_INCIDENTS} recoveries and ${LEAST_RATE_ORIGINS} independent origins`,
      ),
      curve: null,
    };
  return { ...counts, refusal: null, curve: survivalCurve(waits, confidence, random) };
}

export interface Side {
  readonly arrivals: number;
  readonly days: number;
  readonly staffed: DetectionRate | null;
}

export interface BeforeAfter {
  readonly refusal: Refusal | null;
  readonly before: Side;
  readonly after: Side;
  readonly ratio: CommonRatio | null;
  /** Arrivals whose days may lie on either side. */
  readonly straddling: number;
  /** Arrivals that touch the days compared and are known from a recovery there. */
  readonly ofTaken: number;
}

const SIDES = ['before', 'after'] as const;

/** `staff`: null where none can be held against this question. */
export function beforeAndAfter(
  places: readonly RaidedPlace[],
  origins: Origins,
  options: {
    readonly days: number;
    readonly observed: DaySpan;
    readonly confidence: number;
    readonly staff: readonly OwnersMonth[] | null;
  },
): BeforeAfter {
  const parts = places.map((place) => {
    const spans = place.recoveries.map(({ span }) => span);
    const sides = sidesOf(spans, options.days, options.observed);
    // What a recovery brought to light was there before it by its nature, and nothing of the kind can be after it.
    const inside = (side: 'before' | 'after'): readonly ArrivedEvent[] =>
      place.arrivals.filter(({ span, isOfTaken }) => !isOfTaken && liesIn(span, sides[side]));
    return { place, sides, before: inside('before'), after: inside('after') };
  });
  // Only what was watched on both sides can be compared.
  const compared = parts.filter(({ sides }) => daysOf(sides.before) > 0 && daysOf(sides.after) > 0);
  const strata = compared.map(
    ({ sides, before, after }): Stratum => ({
      before: { count: before.length, exposure: daysOf(sides.before) },
      after: { count: after.length, exposure: daysOf(sides.after) },
    }),
  );
  const counted = compared.flatMap(({ before, after }) => [...before, ...after]);
  const known = new Set(counted.flatMap(({ key }) => origins.get(key) ?? []));
  const staffed = staffOf(compared, origins, options.staff ?? []);
  const side = (name: 'before' | 'after'): Side => ({
    arrivals: strata.reduce((sum, stratum) => sum + stratum[name].count, 0),
    days: strata.reduce((sum, stratum) => sum + stratum[name].exposure, 0),
    staffed: staffed === null ? null : staffed[name].rate,
  });
  const touching = compared.flatMap(({ place, sides }) =>
    place.arrivals
      .filter(({ span }) =>
        [...sides.before, ...sides.after].some(({ from, to }) => span.from < to && from < span.to),
      )
      .map(({ span, isOfTaken }) => ({
        isOfTaken,
        isInside: liesIn(span, sides.before) || liesIn(span, sides.after),
      })),
  );
  const refusal =
    counted.length < LEAST_RATE_INCIDENTS || known.size < LEAST_RATE_ORIGINS
      ? refuseToDerive(
          'not enough data',
          `${counted.length} arrivals of ${known.size} independent origins on both sides`,
          `${LEAST_RATE_INCIDENTS} arrivals and ${LEAST_RATE_ORIGINS} independent origins`,
        )
      : staffed !== null && hasChanged({ before: staffed.before.aMonth, after: staffed.after.aMonth })
        ? refuseToDerive(
            'effort changed',
            'staff-time that is more than a tenth other after recoveries than before',
            'watching that stayed the same: what is not watched is not seen to arrive',
          )
        : null;
  return {
    refusal,
    before: side('before'),
    after: side('after'),
    ratio: refusal === null ? commonRatio(strata, options.confidence) : null,
    straddling: touching.filter(({ isOfTaken, isInside }) => !isOfTaken && !isInside).length,
    ofTaken: touching.filter(({ isOfTaken }) => isOfTaken).length,
  };
}

type Part = {
  readonly place: RaidedPlace;
  readonly sides: Record<'before' | 'after', readonly DaySpan[]>;
} & Record<'before' | 'after', readonly ArrivedEvent[]>;

/**
 * Staff-months of those who tell of a place, in whole months on either side, and what they found in these months. Who watched several places in a month worked
 * that month once. null where none is seen.
 */
function staffOf(
  parts: readonly Part[],
  origins: Origins,
  staff: readonly OwnersMonth[],
): Record<'before' | 'after', { readonly rate: DetectionRate; readonly aMonth: number }> | null {
  const worked = staff.filter(({ staffMonths }) => staffMonths > 0);
  const sums = SIDES.map((name) => {
    const months = new Map<string, number>();
    const events = new Map<string, ArrivedEvent>();
    for (const { place, sides, [name]: arrived } of parts) {
      const owners = new Set([...place.ownerIds, ...place.arrivals.flatMap(({ ownerIds }) => ownerIds)]);
      for (const { ownerId, month, staffMonths: spent } of worked) {
        const days = monthDays(month);
        if (!owners.has(ownerId) || !liesIn(days, sides[name])) continue;
        months.set(`${ownerId} ${month}`, spent);
        for (const arrival of arrived)
          if (arrival.ownerIds.includes(ownerId) && liesIn(arrival.span, [days]))
            events.set(arrival.key, arrival);
      }
    }
    const staffMonths = [...months.values()].reduce((sum, spent) => sum + spent, 0);
    const known = new Set([...events.values()].flatMap(({ key }) => origins.get(key) ?? []));
    const rate = detectionRate({ incidents: events.size, independentOrigins: known.size }, staffMonths);
    return { rate, aMonth: months.size === 0 ? 0 : staffMonths / months.size };
  });
  const [before, after] = sums as [(typeof sums)[number], (typeof sums)[number]];
  return before.aMonth === 0 && after.aMonth === 0 ? null : { before, after };
}

const DAY_MS = 86_400_000;

function monthDays(month: number): DaySpan {
  const first = (number: number): number => Date.UTC(Math.floor(number / 12), number % 12, 1) / DAY_MS;
  return { from: first(month), to: first(month + 1) };
}
