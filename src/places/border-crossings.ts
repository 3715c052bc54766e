/**
 * Where a straight leg crosses land borders, and which border is nearest: for *inferred* crossings, never for
 * observed ones.
 */
import type { Position } from '../geo/position.ts';
import { EARTH_RADIUS_KM, toPosition, toUnitVector, type UnitVector } from '../geo/sphere.ts';
import { angle, type BorderIndex, cross, dot, unit, vectorAt } from './border-index.ts';

/**
 * One crossing of a straight line. It is an artefact of the line: the traveller crossed wherever the road
 * does.
 */
export interface LegCrossing {
  /** The border's pair, alphabetical. */
  readonly countries: readonly [string, string];
  readonly position: Position;
  /** Great-circle km from the start of the leg. */
  readonly alongKm: number;
  /** Km from the start of the border, as BorderRow.lines run. */
  readonly chainageKm: number;
}

export interface NearestBorder {
  readonly countries: readonly [string, string];
  /** Which of the index's rows. */
  readonly row: number;
  /** The nearest point of the border. */
  readonly position: Position;
  readonly distanceKm: number;
  readonly chainageKm: number;
}

/**
 * The borders that the great circle from one position to another crosses, in the order of travel. A river
 * border meets a straight line again and again: crossings of one border within `mergeWithinKm` of each other
 * are one, the middle one, if they are odd in number, and none if they are even (in and out again). A leg of
 * no length, or between antipodes, has no crossings. About 30 µs.
 */
export function crossingsOfLeg(
  index: BorderIndex,
  from: Position,
  to: Position,
  mergeWithinKm = 15,
): readonly LegCrossing[] {
  const [start, end] = [toUnitVector(from), toUnitVector(to)];
  const across = cross(start, end);
  if (Math.hypot(across[0], across[1], across[2]) < 1e-12) return [];
  const normal = unit(across);
  const middle = unit([start[0] + end[0], start[1] + end[1], start[2] + end[2]]);
  const half = angle(start, middle);
  const found: LegCrossing[] = [];
  const { runs } = index;
  for (let run = 0; run < runs.count; run += 1) {
    const x = runs.x[run] ?? 0;
    const y = runs.y[run] ?? 0;
    const z = runs.z[run] ?? 0;
    if (Math.abs(normal[0] * x + normal[1] * y + normal[2] * z) > (runs.sine[run] ?? 0)) continue;
    if (angle(middle, [x, y, z]) > half + (runs.radius[run] ?? 0)) continue;
    const to = runs.to[run] ?? 0;
    // One look per vertex: is it left of the leg's great circle? Half-open, so that a vertex on it is counted
    // once.
    let left = isLeft(index, runs.from[run] ?? 0, normal);
    for (let i = runs.from[run] ?? 0; i < to; i += 1) {
      const wasLeft = left;
      left = isLeft(index, i + 1, normal);
      if (left === wasLeft) continue;
      const meeting = meet(index, i, start, end, normal);
      const row = index.rows[index.row[i] ?? 0];
      if (meeting !== undefined && row !== undefined) found.push({ countries: row.countries, ...meeting });
    }
  }
  return mergeRuns(
    found.sort((a, b) => a.alongKm - b.alongKm),
    mergeWithinKm,
  );
}

/**
 * The nearest land border within `withinKm`, or null. `countries` limits the search to one border. About 20
 * µs.
 */
export function nearestBorder(
  index: BorderIndex,
  position: Position,
  withinKm: number,
  countries?: readonly [string, string],
): NearestBorder | null {
  const at = toUnitVector(position);
  let best = withinKm / EARTH_RADIUS_KM;
  let nearest: { vertex: number; point: UnitVector } | undefined;
  let chordReach = chord(best);
  const { runs } = index;
  for (let run = 0; run < runs.count; run += 1) {
    const reach = chordReach + (runs.radius[run] ?? 0);
    const dz = at[2] - (runs.z[run] ?? 0);
    // Latitude alone rules out nearly all.
    if (dz > reach || dz < -reach) continue;
    const dx = at[0] - (runs.x[run] ?? 0);
    const dy = at[1] - (runs.y[run] ?? 0);
    // A sum of chords is never less than the chord of the summed angles, nor a radius less than its chord.
    if (dx * dx + dy * dy + dz * dz > reach * reach) continue;
    const from = runs.from[run] ?? 0;
    if (countries !== undefined && !isPair(index.rows[index.row[from] ?? 0]?.countries, countries)) continue;
    for (let i = from; i < (runs.to[run] ?? 0); i += 1) {
      const point = nearestOfSegment(at, vectorAt(index, i), vectorAt(index, i + 1));
      const distance = angle(at, point);
      if (distance <= best) {
        best = distance;
        chordReach = chord(best);
        nearest = { vertex: i, point };
      }
    }
  }
  if (nearest === undefined) return null;
  const number = index.row[nearest.vertex] ?? 0;
  const row = index.rows[number];
  if (row === undefined) return null;
  return {
    countries: row.countries,
    row: number,
    position: toPosition(nearest.point),
    distanceKm: best * EARTH_RADIUS_KM,
    chainageKm: chainage(index, nearest.vertex, nearest.point),
  };
}

function isLeft(index: BorderIndex, vertex: number, normal: UnitVector): boolean {
  const [x, y, z] = [index.x[vertex] ?? 0, index.y[vertex] ?? 0, index.z[vertex] ?? 0];
  return normal[0] * x + normal[1] * y + normal[2] * z >= 0;
}

/** Where the leg meets a segment whose ends lie on both sides of the leg's great circle. */
function meet(
  index: BorderIndex,
  vertex: number,
  start: UnitVector,
  end: UnitVector,
  normal: UnitVector,
): { position: Position; alongKm: number; chainageKm: number } | undefined {
  const [c, d] = [vectorAt(index, vertex), vectorAt(index, vertex + 1)];
  const segment = cross(c, d);
  if (dot(segment, start) >= 0 === dot(segment, end) >= 0) return undefined;
  const direction = unit(cross(normal, segment));
  const point: UnitVector = dot(direction, c) > 0 ? direction : [-direction[0], -direction[1], -direction[2]];
  // Both planes are straddled twice around the globe; only one of the two meetings lies on the leg.
  if (dot(point, start) + dot(point, end) <= 0) return undefined;
  return {
    position: toPosition(point),
    alongKm: angle(start, point) * EARTH_RADIUS_KM,
    chainageKm: chainage(index, vertex, point),
  };
}

function chainage(index: BorderIndex, vertex: number, point: UnitVector): number {
  return (index.chainageKm[vertex] ?? 0) + angle(vectorAt(index, vertex), point) * EARTH_RADIUS_KM;
}

function mergeRuns(crossings: readonly LegCrossing[], withinKm: number): readonly LegCrossing[] {
  const merged: LegCrossing[] = [];
  const open = new Map<string, LegCrossing[]>();
  const close = (group: readonly LegCrossing[]): void => {
    const middle = group[(group.length - 1) / 2];
    if (group.length % 2 === 1 && middle !== undefined) merged.push(middle);
  };
  for (const crossing of crossings) {
    const pair = crossing.countries.join(' ');
    const group = open.get(pair);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && crossing.alongKm - last.alongKm <= withinKm) {
      group.push(crossing);
    } else {
      if (group !== undefined) close(group);
      open.set(pair, [crossing]);
    }
  }
  for (const group of open.values()) close(group);
  return merged.sort((a, b) => a.alongKm - b.alongKm);
}

function nearestOfSegment(p: UnitVector, c: UnitVector, d: UnitVector): UnitVector {
  const m = cross(c, d);
  const size = dot(m, m);
  // Shorter than a millimetre: an end is as near as anything.
  if (size < 1e-20) return c;
  const off = dot(p, m) / size;
  const q: UnitVector = [p[0] - off * m[0], p[1] - off * m[1], p[2] - off * m[2]];
  if (dot(cross(c, q), m) >= 0 && dot(cross(q, d), m) >= 0) return unit(q);
  return dot(p, c) >= dot(p, d) ? c : d;
}

/** The straight line under an angle, on the unit sphere; 2 for the half circle and more. */
function chord(radians: number): number {
  return 2 * Math.sin(Math.min(radians, Math.PI) / 2);
}

function isPair(found: readonly [string, string] | undefined, wanted: readonly [string, string]): boolean {
  return found?.includes(wanted[0]) === true && found.includes(wanted[1]);
}
