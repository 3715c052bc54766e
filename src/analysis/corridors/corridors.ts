/** Corridors: stretches of travel that independent cases share, with their stages, their evidence and a line that was really reported. */
import type { Position } from '../../geo/position.ts';
import { theilSenSlope } from '../../geo/theil-sen.ts';
import { DETECTIONS_ONLY, type Derivation, type Refusal, refuseToDerive } from '../derivation.ts';
import { monthName, monthNumber } from '../month-number.ts';
import { countIncidents, mineClosedPaths, stampsFor } from './closed-paths.ts';
import { type CorridorEvidence, EvidenceReader } from './corridor-evidence.ts';
import { corridorLine } from './corridor-line.ts';
import { type CorridorStage, stagesOf } from './corridor-stages.ts';
import { distinctPaths, rowsOfPaths } from './distinct-paths.ts';
import { type MonthSpan, type MovementColumns, monthSpan, withoutRepeatedStops } from './movement-columns.ts';
import { casesByPath, rowsAlone } from './path-cases.ts';
import type { PlaceNode, PlaceNodes } from './place-graph.ts';
import { type KeyedPath, RankedPaths } from './ranked-paths.ts';

export const CORRIDORS = { method: 'closed-contiguous-paths/frechet-medoid', version: 2 } as const;

export interface CorridorParameters {
  /** Distinct incidents a corridor must have. */
  readonly minIncidents: number;
  /** Independent origins it must have; unknown ones count as one together, and only when none is known. */
  readonly minOrigins: number;
  /** Stages of the longest corridor looked for. */
  readonly longest: number;
  /** Above this many distinct lines only the most followed are compared for the representative one. */
  readonly mostLines: number;
  /** First and last month (both included) of the data, "2024-03": quiet months inside it count as zero. null: from first to last dated movement. */
  readonly window: { readonly first: string; readonly last: string } | null;
}

export const DEFAULT_CORRIDOR_PARAMETERS: CorridorParameters = {
  minIncidents: 3,
  minOrigins: 1,
  longest: 64,
  mostLines: 200,
  window: null,
};

/** Below these a trend is not told. */
export const LEAST_TREND_INCIDENTS = 10;
export const LEAST_TREND_MONTHS = 6;

export interface Corridor extends Omit<CorridorEvidence, 'months'> {
  /** Keys of its places in order: the same in every run that finds it. */
  readonly key: string;
  readonly stages: readonly CorridorStage[];
  /** Shares of all legs of all its incidents; they sum to 1. */
  readonly legShare: { readonly observed: number; readonly stated: number; readonly inferred: number };
  /** Months with incidents, ascending. */
  readonly months: readonly { readonly month: string; readonly incidents: number }[];
  readonly trend: { readonly refused: false; readonly incidentsPerMonthPerMonth: number } | Refusal;
  readonly line: readonly (readonly Position[])[];
  readonly widthKm: number | null;
  readonly unknowns: readonly string[];
}

/** Corridors in order: most incidents first, then longest, then by key. They are described on demand, so that a million movements fit. */
export interface MinedCorridors extends Derivation<CorridorParameters> {
  readonly size: number;
  corridor(number: number): Corridor;
  /** The rows of the columns that travel it. */
  memberRows(number: number): Int32Array;
  /** Of several at once: what travels more than one of them counts once. */
  together(numbers: readonly number[]): {
    readonly incidents: number;
    readonly independentOrigins: number;
    rows(): Int32Array;
  };
  /**
   * The corridor each row fits best, or -1: the longest it contains, then the one with most incidents. A partition of the movements, to be scored
   * or coloured by; support counts all members.
   */
  assignRows(): Int32Array;
}

/**
 * `columns`: movements whose purpose is not return, each row one. The order of rows and the numbers of nodes, incidents and origins do not
 * change any corridor.
 */
export function mineCorridors(
  columns: MovementColumns,
  places: PlaceNodes,
  parameters: CorridorParameters = DEFAULT_CORRIDOR_PARAMETERS,
): MinedCorridors {
  const travel = withoutRepeatedStops(columns);
  const distinct = distinctPaths(travel);
  const isAlone = rowsAlone(travel);
  const reader = new EvidenceReader(travel, distinct, isAlone);
  const cases = casesByPath(travel, distinct, isAlone);
  const stamps = stampsFor(travel.incidentCount);
  const { closed, isCut } = mineClosedPaths(
    cases,
    stamps,
    distinct,
    parameters.minIncidents,
    parameters.longest,
  );
  const ranked = new RankedPaths(
    closed.filter(
      ({ paths }) =>
        parameters.minOrigins <= 1 ||
        reader.countOrigins(paths, parameters.minOrigins) >= parameters.minOrigins,
    ),
    ({ nodes }) => Array.from(nodes, (node) => places.node(node).key).join(' > '),
  );
  const window = windowOf(travel.months, parameters);
  const rows = travel.journeys.length;
  return {
    refused: false,
    ...CORRIDORS,
    parameters,
    counts: { records: rows, incidents: countDistinct(columns.incidents, columns.incidentCount) },
    unknowns: [
      DETECTIONS_ONLY,
      'Between two stages the line is the shortest one: the road taken is not known.',
      'Only a stretch reported place by place is found: a journey that leaves out a stage does not support it.',
      ...(isCut ? [`Stretches of more than ${parameters.longest} stages were not looked for.`] : []),
    ],
    size: ranked.size,
    corridor: (number) => describe(ranked.at(number)),
    memberRows: (number) => rowsOfPaths(distinct, ranked.at(number).path.paths),
    together: (numbers) => {
      const paths = Int32Array.from(new Set(numbers.flatMap((number) => [...ranked.at(number).path.paths])));
      return {
        incidents: countIncidents(cases, paths, stamps),
        independentOrigins: reader.countOrigins(paths),
        rows: () => rowsOfPaths(distinct, paths),
      };
    },
    assignRows: () => {
      const best = new Int32Array(distinct.count).fill(-1);
      const paths = Array.from({ length: ranked.size }, (_, number) => ranked.at(number).path);
      const longestFirst = [...paths.keys()].sort(
        (a, b) => paths[b]!.nodes.length - paths[a]!.nodes.length || a - b,
      );
      for (const number of longestFirst) {
        for (const path of paths[number]!.paths) if (best[path]! < 0) best[path] = number;
      }
      return travel.journeys.map((journey) => best[distinct.pathOf[journey]!]!);
    },
  };

  function describe({ path, key }: KeyedPath): Corridor {
    const stages = stagesOf(Array.from(path.nodes, (node) => places.node(node)));
    const { months, ...evidence } = reader.read(path);
    const { line, widthKm, distinctLines, comparedLines } = corridorLine(
      path,
      stages.map(({ place }) => place),
      travel,
      distinct,
      parameters.mostLines,
    );
    return {
      key,
      stages,
      ...evidence,
      legShare: legShareOf(evidence),
      months: [...months]
        .sort(([a], [b]) => a - b)
        .map(([month, incidents]) => ({ month: monthName(month), incidents })),
      trend: trendOf(months, window),
      line,
      widthKm,
      unknowns: [
        ...stages.flatMap(({ place }) => vaguenessOf(place)),
        ...(evidence.undatedIncidents > 0
          ? [`${evidence.undatedIncidents} incidents are not dated to the month.`]
          : []),
        ...(comparedLines < distinctLines
          ? [`The line was chosen among the ${comparedLines} most followed of ${distinctLines}.`]
          : []),
      ],
    };
  }
}

/** Numbers are below `limit`; `rows`: at which of them. */
export function countDistinctAt(numbers: Int32Array, rows: Int32Array, limit: number): number {
  const seen = new Uint8Array(limit);
  let count = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const number = numbers[rows[at]!]!;
    if (seen[number] === 1) continue;
    seen[number] = 1;
    count += 1;
  }
  return count;
}

/** Numbers are below `limit`. */
export function countDistinct(numbers: Int32Array, limit: number): number {
  const seen = new Uint8Array(limit);
  let count = 0;
  for (let at = 0; at < numbers.length; at += 1) {
    if (seen[numbers[at]!] === 1) continue;
    seen[numbers[at]!] = 1;
    count += 1;
  }
  return count;
}

function legShareOf({ legs, incidents }: Pick<CorridorEvidence, 'legs' | 'incidents'>): Corridor['legShare'] {
  const all = legs.length * incidents;
  const share = (kind: 'observed' | 'stated' | 'inferred'): number =>
    legs.reduce((sum, leg) => sum + leg[kind], 0) / all;
  return { observed: share('observed'), stated: share('stated'), inferred: share('inferred') };
}

function windowOf(months: Int32Array, { window }: CorridorParameters): MonthSpan {
  return window ? { first: monthNumber(window.first), last: monthNumber(window.last) } : monthSpan(months);
}

function trendOf(months: ReadonlyMap<number, number>, { first, last }: MonthSpan): Corridor['trend'] {
  const length = last >= first ? last - first + 1 : 0;
  const series = Array.from({ length }, (_, i) => months.get(first + i) ?? 0);
  const dated = series.reduce((sum, incidents) => sum + incidents, 0);
  if (dated < LEAST_TREND_INCIDENTS || length < LEAST_TREND_MONTHS) {
    return refuseToDerive(
      'not enough data',
      `${dated} dated incidents over ${length} months`,
      `${LEAST_TREND_INCIDENTS} or more over ${LEAST_TREND_MONTHS} or more`,
    );
  }
  return { refused: false, incidentsPerMonthPerMonth: theilSenSlope(series) ?? 0 };
}

function vaguenessOf({ label, position, level, radiusKm }: PlaceNode): string[] {
  if (!position) return [`${label} has no place on the map and is left out of the line.`];
  if (level === 'country')
    return [`${label} is known only as a country: its place on the line is that country’s centre.`];
  return radiusKm === null ? [`How exactly ${label} is known is not recorded.`] : [];
}
