/** The line that stands for a corridor: one that was really reported, never an average through a mountain. */
import { cutLine } from '../../geo/antimeridian.ts';
import { discreteFrechet } from '../../geo/frechet.ts';
import type { Position } from '../../geo/position.ts';
import { densify, EARTH_RADIUS_KM, greatCircleKm, toUnitVector, type UnitVector } from '../../geo/sphere.ts';
import type { ClosedPath } from './closed-paths.ts';
import { forEachJourney } from './corridor-evidence.ts';
import type { DistinctPaths } from './distinct-paths.ts';
import { emptyJourneys, journeyOf } from './journeys.ts';
import type { MovementColumns } from './movement-columns.ts';
import type { PlaceNode } from './place-graph.ts';

/** Share of members, stop by stop, that the width takes in. */
const WIDTH_SHARE = 0.8;

/** Great circles are drawn with a vertex at least every this many km, which keeps a drawn leg within a km of the true one. */
const STEP_KM = 100;

export interface CorridorLine {
  /** Coordinates of a GeoJSON MultiLineString, cut at ±180; empty where fewer than two stages have a place. */
  readonly line: Position[][];
  /** Full width that takes in 80 % of the members' stops with their uncertainty; null where no radius is known. */
  readonly widthKm: number | null;
  /** Distinct member lines, and how many of them were compared. */
  readonly distinctLines: number;
  readonly comparedLines: number;
}

/**
 * The medoid: the member line from which all others, by how many movements follow them, have the least summed discrete Fréchet distance. Members share
 * their stages one by one, and between stages all run along great circles, so their vertices are what has to be compared. Above
 * `mostLines` distinct lines only the most followed are compared.
 */
export function corridorLine(
  path: ClosedPath,
  stages: readonly PlaceNode[],
  columns: MovementColumns,
  distinct: DistinctPaths,
  mostLines: number,
): CorridorLine {
  const located = [...stages.keys()].filter((stage) => stages[stage]!.position);
  const members = memberLines(path, stages, located, columns, distinct);
  const compared = members.slice(0, mostLines);
  const medoid = compared[medoidOf(compared)]!;
  return {
    line: located.length < 2 ? [] : cutLine(densify(medoid.line, STEP_KM)),
    widthKm: widthOf(
      compared,
      medoid,
      located.map((stage) => stages[stage]!.radiusKm),
    ),
    distinctLines: members.length,
    comparedLines: compared.length,
  };
}

interface MemberLine {
  readonly line: readonly Position[];
  followers: number;
}

/** Most followed first, then by coordinates, so that the order of the movements never decides. */
function memberLines(
  path: ClosedPath,
  stages: readonly PlaceNode[],
  located: readonly number[],
  columns: MovementColumns,
  distinct: DistinctPaths,
): MemberLine[] {
  const { spots } = columns;
  const centres = located.map((stage) => stages[stage]!.position!);
  if (!spots) return [{ line: centres, followers: 1 }];
  const { of, positions } = spots;
  // By the spots passed: many share them, and a line is put together once for them all.
  const sequences = emptyJourneys();
  const followers: number[] = [];
  const sequence = new Int32Array(located.length);
  forEachJourney(path, distinct, columns, (journey, first) => {
    const count = distinct.rowStarts[journey + 1]! - distinct.rowStarts[journey]!;
    if (count === 0) return;
    for (let i = 0; i < sequence.length; i += 1) sequence[i] = of[first + located[i]!]!;
    const number = journeyOf(sequences, sequence, 0, sequence.length);
    followers[number] = (followers[number] ?? 0) + count;
  });
  const lines = new Map<string, MemberLine>();
  for (const [number, count] of followers.entries()) {
    const line = centres.map((centre, i): Position => {
      const spot = sequences.stops[sequences.starts[number]! + i]!;
      const longitude = positions[2 * spot]!;
      return Number.isNaN(longitude) ? centre : [longitude, positions[2 * spot + 1]!];
    });
    const key = line.join(' ');
    const known = lines.get(key);
    if (known) known.followers += count;
    else lines.set(key, { line, followers: count });
  }
  return [...lines.entries()]
    .sort(([a, { followers: m }], [b, { followers: n }]) => n - m || (a < b ? -1 : 1))
    .map(([, line]) => line);
}

function medoidOf(members: readonly MemberLine[]): number {
  const vectors = members.map(({ line }) => line.map(toUnitVector));
  const sums = new Float64Array(members.length);
  for (let i = 0; i < members.length; i += 1) {
    for (let j = i + 1; j < members.length; j += 1) {
      const km =
        2 *
        EARTH_RADIUS_KM *
        Math.asin(Math.min(1, Math.sqrt(discreteFrechet(vectors[i]!, vectors[j]!, squaredChord)) / 2));
      sums[i]! += km * members[j]!.followers;
      sums[j]! += km * members[i]!.followers;
    }
  }
  return sums.indexOf(Math.min(...sums));
}

/** Orders pairs as the great circle does, without a trigonometric function a pair. */
function squaredChord(a: UnitVector, b: UnitVector): number {
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
}

function widthOf(
  members: readonly MemberLine[],
  medoid: MemberLine,
  radii: readonly (number | null)[],
): number | null {
  const reaches: { km: number; weight: number }[] = [];
  for (const { line, followers } of members) {
    for (const [i, radius] of radii.entries()) {
      if (radius !== null)
        reaches.push({ km: radius + greatCircleKm(line[i]!, medoid.line[i]!), weight: followers });
    }
  }
  reaches.sort((a, b) => a.km - b.km);
  const wanted = WIDTH_SHARE * reaches.reduce((sum, { weight }) => sum + weight, 0);
  let below = 0;
  for (const { km, weight } of reaches) {
    below += weight;
    if (below >= wanted - 1e-9) return 2 * km;
  }
  return null;
}
