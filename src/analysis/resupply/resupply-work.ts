/** Re-supply from what the database handed over, in one piece of pure work that a background thread can do. */
import { seededRandom } from '../../kernel/random.ts';
import type { BackgroundWork } from '../../platform/background.ts';
import { type DaySpan, nextArrivals } from '../methods/resupply.ts';
import { type RaidedPlace, type ResupplyAction, raidedPlaces } from './raided-places.ts';
import { type ReadLines, readLines } from './read-lines.ts';
import { type Replacement, replacementsOf } from './replacements.ts';
import {
  type BeforeAfter,
  beforeAndAfter,
  type OwnersMonth,
  type PlaceWaits,
  type PooledWaits,
  pooledWaits,
} from './resupply-figures.ts';

export interface ResupplyTask {
  readonly blocks: readonly string[];
  /** The id of one of its records; null: all establishments. */
  readonly establishmentId: string | null;
  readonly actions: readonly ResupplyAction[];
  readonly sameWithinKm: number;
  /** Days that the question takes in, today not among them. */
  readonly asked: DaySpan;
  readonly windowDays: number;
  readonly replacementDays: number;
  readonly confidence: number;
  readonly staff: readonly OwnersMonth[] | null;
  /** Establishments that are shown; all are counted. */
  readonly first: number;
  readonly seed: number;
}

export interface ShownPlace extends PlaceWaits {
  readonly replacements: readonly (readonly Replacement[])[];
}

export interface ResupplyWork {
  /** Whether the asked establishment is there, for this viewer. */
  readonly isKnown: boolean;
  readonly establishments: number;
  /** The same, but that those named in one event are one. */
  readonly strata: number;
  readonly places: readonly ShownPlace[];
  readonly pooled: PooledWaits;
  readonly change: BeforeAfter;
  readonly undated: number;
  /** Journeys to places from which somebody was taken, the distinct dated events behind all that is told, and whose they are. */
  readonly counts: { readonly records: number; readonly incidents: number; readonly owners: number };
  /** Days of what is told: the first, and the one after the last. */
  readonly told: DaySpan | null;
}

export const RESUPPLY_WORK: BackgroundWork<ResupplyTask, ResupplyWork> = {
  module: new URL(import.meta.url),
  work,
};

export function work(task: ResupplyTask): ResupplyWork {
  const lines = readLines(task.blocks);
  const { establishmentId } = task;
  const { places, strata } = raidedPlaces(
    lines,
    task.actions,
    task.sameWithinKm,
    task.asked,
    establishmentId,
  );
  const observed = observedDays(lines, task.asked);
  const waitsOf = (place: RaidedPlace): PlaceWaits => ({
    place,
    next: nextArrivals(place.recoveries, place.arrivals, observed.to),
  });
  const shown = [...places]
    .sort(
      (a, b) =>
        b.recoveries.length - a.recoveries.length ||
        b.arrivals.length - a.arrivals.length ||
        (a.key < b.key ? -1 : 1),
    )
    .slice(0, task.first)
    .map(waitsOf);
  const things = Map.groupBy(lines.things, ({ event }) => event);
  return {
    isKnown: establishmentId === null || lines.mentions.some(({ entityId }) => entityId === establishmentId),
    establishments: places.length,
    strata: strata.length,
    places: shown.map((one) => ({
      ...one,
      replacements: replacementsOf(
        one.place,
        [...one.place.events].sort().flatMap((event) => things.get(event) ?? []),
        task.replacementDays,
      ),
    })),
    pooled: pooledWaits(strata.map(waitsOf), lines.origins, task.confidence, seededRandom(task.seed)),
    change: beforeAndAfter(strata, lines.origins, {
      days: task.windowDays,
      observed,
      confidence: task.confidence,
      staff: task.staff,
    }),
    undated: strata.reduce((sum, { undated }) => sum + undated, 0),
    ...toldOf(places, lines),
  };
}

/** Without a dated journey nothing is known of any day. */
function observedDays({ window }: ReadLines, asked: DaySpan): DaySpan {
  const from = Math.max(window?.from ?? asked.to, asked.from);
  return { from, to: Math.max(from, Math.min(window?.to ?? asked.from, asked.to)) };
}

function toldOf(
  places: readonly RaidedPlace[],
  { arrivals }: ReadLines,
): Pick<ResupplyWork, 'counts' | 'told'> {
  const events = new Set(places.flatMap((place) => [...place.events]));
  const journeys = arrivals.filter(({ event }) => events.has(event));
  const told = places.flatMap((place) => [...place.recoveries, ...place.arrivals]);
  const incidents = told.filter(({ incidentIds }) => incidentIds.length > 0);
  const owners = new Set([
    ...told.flatMap(({ ownerIds }) => ownerIds),
    ...journeys.map(({ ownerId }) => ownerId),
  ]);
  return {
    counts: {
      records: journeys.length,
      incidents: new Set(incidents.map(({ key }) => key)).size,
      owners: owners.size,
    },
    told:
      told.length === 0
        ? null
        : {
            from: told.reduce((first, { span }) => Math.min(first, span.from), Infinity),
            to: told.reduce((last, { span }) => Math.max(last, span.to), -Infinity),
          },
  };
}
