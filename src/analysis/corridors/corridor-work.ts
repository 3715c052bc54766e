/** Corridors from what the database handed over, in one piece of pure work that a background thread can do. */
import type { BackgroundWork, Tell } from '../../platform/background.ts';
import { leastIds } from '../least-ids.ts';
import { monthName } from '../month-number.ts';
import { scopedIdIn } from '../scoped-id.ts';
import {
  type Corridor,
  type CorridorParameters,
  countDistinct,
  countDistinctAt,
  type MinedCorridors,
  mineCorridors,
} from './corridors.ts';
import { type MovementColumns, monthSpan } from './movement-columns.ts';
import { type Following, type ForecastTest, NextStages } from './next-stages.ts';
import { flowOf, leaderGroups, parallelsOf } from './parallel-corridors.ts';
import { placedColumns } from './placed-columns.ts';
import type { KnownPlace, NodeParameters } from './site-forms.ts';
import { buffersOf, type Travel } from './travel.ts';
import { type TravelBlock, takeBlocks } from './travel-blocks.ts';

export interface CorridorTask {
  /** What was read before, or nothing. */
  readonly travel: Travel;
  /** All that there is, or what changed since. */
  readonly blocks: readonly TravelBlock[];
  /** Those of the sites' places that may be stages by name, and all known crossing points. */
  readonly places: readonly KnownPlace[];
  readonly nodes: NodeParameters;
  readonly corridors: CorridorParameters;
  /** How many corridors to describe. */
  readonly first: number;
  /** Corridors whose flow dissimilarity is at most this are parallel. */
  readonly parallelWithin: number;
  /** How many ids of movements and incidents to name for each. */
  readonly evidence: number;
  /** Whether it is wanted where those who travel it go on to. */
  readonly forecast: boolean;
  /** Whether it is wanted how well such a forecast holds. */
  readonly forecastTest: boolean;
  /** Evidence and forecast of these alone, by their ids for whoever has the scope; null: of all that are described. */
  readonly only: { readonly scope: string; readonly ids: readonly string[] } | null;
}

export interface CorridorWork {
  /** All that the answer rests on, for the next one. */
  readonly travel: Travel;
  /** Whether a movement that was there is no more. */
  readonly lost: boolean;
  /** All that were found; `corridors` holds the first of them, most incidents first. */
  readonly total: number;
  readonly corridors: readonly FoundCorridor[];
  /** For each of those, the numbers of those parallel to it, ascending. */
  readonly parallels: readonly (readonly number[])[];
  /** Each of those in one. */
  readonly bundles: readonly FoundBundle[];
  readonly counts: { readonly movements: number; readonly incidents: number; readonly owners: number };
  /** First and last month with a movement, both included. */
  readonly window: { readonly first: string; readonly last: string } | null;
  readonly unknowns: readonly string[];
  /** Null unless asked for, and where there is too little. */
  readonly forecastTest: ForecastTest | null;
}

export interface FoundCorridor extends Corridor {
  readonly owners: number;
  /** Ascending, as many as were asked for. */
  readonly movementIds: readonly string[];
  readonly incidentIds: readonly string[];
  /** Null unless asked for, and of it. */
  readonly following: Following | null;
}

/** Near-parallel corridors and what stands behind them together. */
export interface FoundBundle {
  /** Numbers of corridors, the leader first, most incidents before fewer. */
  readonly members: readonly number[];
  /** Distinct: one that travels several of them counts once. */
  readonly incidents: number;
  readonly independentOrigins: number;
  /** Ascending, as many as were asked for. */
  readonly incidentIds: readonly string[];
}

/** Where this module is, for the thread; `work` is what it exports for it. */
export const CORRIDOR_WORK: BackgroundWork<CorridorTask, CorridorWork> = {
  module: new URL(import.meta.url),
  work,
  handsOver,
  staysWarm: true,
};

/** The columns are not copied between threads. */
export function handsOver({ travel }: CorridorTask | CorridorWork): readonly ArrayBuffer[] {
  return buffersOf(travel);
}

/** Of what there is to do, roughly: once movements are read, and once corridors are found but not described. */
const READ = 0.3;
const MINED = 0.7;

/** Takes what was read into the task's travel, which comes back with the answer. */
export function work(task: CorridorTask, tell?: Tell): CorridorWork {
  const { travel } = task;
  const lost = takeBlocks(travel, task.blocks);
  tell?.(READ);
  const { columns, graph } = placedColumns(travel, task);
  const mined = mineCorridors(columns, graph, task.corridors);
  tell?.(MINED);
  const shown = Math.min(mined.size, task.first);
  const nextStages = task.forecast || task.forecastTest ? new NextStages(columns, graph) : null;
  const isAskedOf = askedOf(task);
  const corridors = Array.from({ length: shown }, (_, number) => {
    const corridor = mined.corridor(number);
    const isAsked = isAskedOf(corridor);
    const places = corridor.stages.map(({ place }) => place);
    const found = {
      ...corridor,
      ...evidenceOf(mined.memberRows(number), travel, isAsked ? task.evidence : 0),
      following: (task.forecast && isAsked && nextStages?.after(places)) || null,
    };
    tell?.(MINED + ((1 - MINED) * (number + 1)) / shown);
    return found;
  });
  const parallels = parallelsOf(
    corridors.map(({ stages }) => flowOf(stages.map(({ place }) => place.position))),
    task.parallelWithin,
  );
  return {
    travel,
    lost,
    total: mined.size,
    corridors,
    forecastTest: (task.forecastTest && nextStages?.test()) || null,
    parallels,
    bundles: leaderGroups(parallels).map((numbers) => ({
      members: numbers,
      ...(numbers.length === 1
        ? aloneOf(corridors[numbers[0]!]!)
        : togetherOf(
            numbers,
            mined,
            travel,
            numbers.some((number) => isAskedOf(corridors[number]!)) ? task.evidence : 0,
          )),
    })),
    counts: {
      movements: travel.count,
      incidents: mined.counts.incidents,
      owners: countDistinct(travel.rows.owner.subarray(0, travel.count), travel.owners.size),
    },
    window: windowOf(columns.months),
    unknowns: [...mined.unknowns, ...undated(columns.months), ...unresolved(columns)],
  };
}

/** The id of a corridor for whoever has this scope. */
export function corridorIdIn(scope: string, key: string): string {
  return scopedIdIn(scope, 'corridor', key);
}

function askedOf({ only }: CorridorTask): (corridor: Pick<Corridor, 'key'>) => boolean {
  if (only === null) return () => true;
  const ids = new Set(only.ids);
  return ({ key }) => ids.has(corridorIdIn(only.scope, key));
}

function evidenceOf(
  members: Int32Array,
  { rows, movements, incidents, owners }: Travel,
  most: number,
): Pick<FoundCorridor, 'owners' | 'movementIds' | 'incidentIds'> {
  return {
    owners: countDistinctAt(rows.owner, members, owners.size),
    movementIds: most === 0 ? [] : leastIds(movements, valuesAt(rows.movement, members), most),
    incidentIds: most === 0 ? [] : leastIds(incidents, valuesAt(rows.incident, members), most),
  };
}

function aloneOf({
  incidents,
  independentOrigins,
  incidentIds,
}: FoundCorridor): Omit<FoundBundle, 'members'> {
  return { incidents, independentOrigins, incidentIds };
}

function togetherOf(
  numbers: readonly number[],
  mined: MinedCorridors,
  { rows, incidents }: Travel,
  most: number,
): Omit<FoundBundle, 'members'> {
  const together = mined.together(numbers);
  return {
    incidents: together.incidents,
    independentOrigins: together.independentOrigins,
    incidentIds: most === 0 ? [] : leastIds(incidents, valuesAt(rows.incident, together.rows()), most),
  };
}

function valuesAt(column: Int32Array, rows: Int32Array): Int32Array {
  return rows.map((row) => column[row]!);
}

function windowOf(months: Int32Array): CorridorWork['window'] {
  const { first, last } = monthSpan(months);
  return last < first ? null : { first: monthName(first), last: monthName(last) };
}

function undated(months: Int32Array): string[] {
  let count = 0;
  for (let row = 0; row < months.length; row += 1) if (months[row]! < 0) count += 1;
  return count === 0
    ? []
    : [
        `${count} of ${months.length} movements have no month: they count in every total, and in no month and no trend.`,
      ];
}

/** Counts movements with a stop that no corridor can run over. */
function unresolved({ starts, nodes, journeys }: MovementColumns): string[] {
  const isUnresolved = new Uint8Array(starts.length - 1);
  for (let journey = 0; journey < isUnresolved.length; journey += 1)
    for (let at = starts[journey]!; at < starts[journey + 1]!; at += 1)
      if (nodes[at]! < 0) isUnresolved[journey] = 1;
  let count = 0;
  for (let row = 0; row < journeys.length; row += 1) count += isUnresolved[journeys[row]!]!;
  return count === 0
    ? []
    : [
        `${count} of ${journeys.length} movements have a stop whose place is not known: no corridor runs over it.`,
      ];
}
