/** Corridors from what the database handed over, in one piece of pure work that a background thread can do. */
import type { BackgroundWork, Tell } from '../../platform/background.ts';
import { monthName } from '../month-number.ts';
import { type Corridor, type CorridorParameters, mineCorridors } from './corridors.ts';
import type { MovementColumns } from './movement-columns.ts';
import { type Following, type ForecastTest, NextStages } from './next-stages.ts';
import { flowOf, leaderGroups, parallelsOf } from './parallel-corridors.ts';
import { type KnownPlace, type NodeParameters, nodesOfSites, type Site } from './place-nodes.ts';
import { readSites, readTravel, type Travel, type TravelBlock } from './travel-blocks.ts';

export interface CorridorTask {
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
}

export interface CorridorWork {
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
  /** Null unless asked for. */
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
};

/** Of what there is to do, roughly: once movements are read, and once corridors are found but not described. */
const READ = 0.3;
const MINED = 0.7;

export function work(task: CorridorTask, tell?: Tell): CorridorWork {
  const travel = readTravel(task.blocks);
  tell?.(READ);
  const places = new Map(task.places.map((place) => [place.id, place]));
  const crossings = task.places.filter(({ kind }) => kind === 'crossing_point');
  const visits = visitsOf(travel);
  const sites = readSites(task.blocks).map(
    ({ placeId, ...line }, site): Site => ({
      ...line,
      place: places.get(placeId ?? '') ?? null,
      visits: visits[site]!,
    }),
  );
  const { graph, nodes, positions } = nodesOfSites(sites, crossings, task.nodes);
  const columns: MovementColumns = {
    ...travel,
    nodes: travel.sites.map((site) => nodes[site]!),
    positions: Float64Array.from({ length: 2 * travel.sites.length }, (_, i) => {
      const position = positions[travel.sites[i >> 1]!];
      return position ? position[i & 1]! : Number.NaN;
    }),
  };
  const mined = mineCorridors(columns, graph, task.corridors);
  tell?.(MINED);
  const members = Array.from({ length: Math.min(mined.size, task.first) }, (_, number) =>
    mined.memberRows(number),
  );
  const nextStages = task.forecast ? new NextStages(columns, graph) : null;
  const corridors = members.map((rows, number) => {
    const corridor = mined.corridor(number);
    const found = {
      ...corridor,
      ...evidenceOf(rows, travel, task.evidence),
      following: nextStages?.after(corridor.stages.map(({ place }) => place)) ?? null,
    };
    tell?.(MINED + ((1 - MINED) * (number + 1)) / members.length);
    return found;
  });
  const parallels = parallelsOf(
    corridors.map(({ stages }) => flowOf(stages.map(({ place }) => place.position))),
    task.parallelWithin,
  );
  return {
    total: mined.size,
    corridors,
    forecastTest: nextStages?.test() ?? null,
    parallels,
    bundles: leaderGroups(parallels).map((numbers) => ({
      members: numbers,
      ...togetherOf(
        numbers.map((number) => members[number]!),
        travel,
        task.evidence,
      ),
    })),
    counts: {
      movements: travel.movements.length,
      incidents: mined.counts.incidents,
      owners: new Set(travel.owners).size,
    },
    window: windowOf(travel.months),
    unknowns: [...mined.unknowns, ...undated(travel.months), ...unresolved(columns)],
  };
}

function visitsOf({ sites }: Travel): Int32Array {
  const visits = new Int32Array(sites.reduce((most, site) => Math.max(most, site + 1), 0));
  for (const site of sites) visits[site]! += 1;
  return visits;
}

function evidenceOf(
  rows: Int32Array,
  { owners, movements, incidentIds }: Travel,
  most: number,
): Pick<FoundCorridor, 'owners' | 'movementIds' | 'incidentIds'> {
  const ids = (all: readonly string[]): string[] =>
    most === 0 ? [] : [...new Set(Array.from(rows, (row) => all[row]!))].sort().slice(0, most);
  return {
    owners: new Set(Array.from(rows, (row) => owners[row]!)).size,
    movementIds: ids(movements),
    incidentIds: ids(incidentIds),
  };
}

function togetherOf(
  members: readonly Int32Array[],
  { incidents, origins, incidentIds }: Travel,
  most: number,
): Omit<FoundBundle, 'members'> {
  const rows = [...new Set(members.flatMap((ofOne) => [...ofOne]))];
  const known = new Set(rows.map((row) => origins[row]!).filter((origin) => origin >= 0));
  return {
    incidents: new Set(rows.map((row) => incidents[row]!)).size,
    independentOrigins: Math.max(1, known.size),
    incidentIds: most === 0 ? [] : [...new Set(rows.map((row) => incidentIds[row]!))].sort().slice(0, most),
  };
}

function windowOf(months: Int32Array): CorridorWork['window'] {
  let first = Infinity;
  let last = -Infinity;
  for (const month of months) {
    if (month < 0) continue;
    first = Math.min(first, month);
    last = Math.max(last, month);
  }
  return last < first ? null : { first: monthName(first), last: monthName(last) };
}

function undated(months: Int32Array): string[] {
  const count = months.filter((month) => month < 0).length;
  return count === 0
    ? []
    : [
        `${count} of ${months.length} movements have no month: they count in every total, and in no month and no trend.`,
      ];
}

/** Counts movements with a stop that no corridor can run over. */
function unresolved({ starts, nodes }: MovementColumns): string[] {
  let count = 0;
  for (let row = 0; row + 1 < starts.length; row += 1) {
    if (nodes.subarray(starts[row], starts[row + 1]).includes(-1)) count += 1;
  }
  return count === 0
    ? []
    : [
        `${count} of ${starts.length - 1} movements have a stop whose place is not known: no corridor runs over it.`,
      ];
}
