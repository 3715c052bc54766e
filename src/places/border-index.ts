/**
 * Land borders indexed as runs of segments under bounding caps: no grid, no boxes, so the antimeridian and
 * the poles are nowhere special.
 */
import { EARTH_RADIUS_KM, toUnitVector, type UnitVector } from '../geo/sphere.ts';
import type { BorderRow } from './borders.ts';

/**
 * Columns over all vertices of all lines, in the order of the rows: ~70,000 for the world, 12 MB. Vertex i
 * and i + 1 are a segment unless `lastOfLine` says so of i. Chainage of a border runs through its lines one
 * after the other, without the gaps.
 */
export interface BorderIndex {
  readonly rows: readonly BorderRow[];
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  /** Index into `rows`, by vertex. */
  readonly row: Uint16Array;
  /** Kilometres from the start of the border, by vertex. */
  readonly chainageKm: Float64Array;
  readonly lastOfLine: Uint8Array;
  readonly runs: Runs;
}

/**
 * Up to 16 segments in a row each, all inside a cap. Columns by run: segments start at vertices `from` … `to`
 * − 1, the cap's centre is a unit vector, its angular radius is in radians.
 */
export interface Runs {
  readonly count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly radius: Float64Array;
  /** Sine of the radius: a great circle with normal n misses the cap when |n · centre| is more. */
  readonly sine: Float64Array;
}

/** 16 keeps the caps near 10 km while a look through all of them (4,600) costs some 10 µs. */
const SEGMENTS_PER_RUN = 16;

export function indexBorders(rows: readonly BorderRow[]): BorderIndex {
  const size = rows.reduce((sum, { lines }) => sum + lines.reduce((n, line) => n + line.length, 0), 0);
  const index = {
    rows,
    x: new Float64Array(size),
    y: new Float64Array(size),
    z: new Float64Array(size),
    row: new Uint16Array(size),
    chainageKm: new Float64Array(size),
    lastOfLine: new Uint8Array(size),
  };
  const bounds: [from: number, to: number][] = [];
  let vertex = 0;
  rows.forEach(({ lines }, row) => {
    let km = 0;
    for (const line of lines) {
      const first = vertex;
      for (const position of line) {
        [index.x[vertex], index.y[vertex], index.z[vertex]] = toUnitVector(position) as [
          number,
          number,
          number,
        ];
        if (vertex > first)
          km += EARTH_RADIUS_KM * angle(vectorAt(index, vertex - 1), vectorAt(index, vertex));
        index.row[vertex] = row;
        index.chainageKm[vertex] = km;
        vertex += 1;
      }
      index.lastOfLine[vertex - 1] = 1;
      for (let from = first; from < vertex - 1; from += SEGMENTS_PER_RUN) {
        bounds.push([from, Math.min(from + SEGMENTS_PER_RUN, vertex - 1)]);
      }
    }
  });
  return { ...index, runs: boundRuns(index, bounds) };
}

export function vectorAt(index: Pick<BorderIndex, 'x' | 'y' | 'z'>, vertex: number): UnitVector {
  return [index.x[vertex] ?? 0, index.y[vertex] ?? 0, index.z[vertex] ?? 0];
}

export function dot(a: UnitVector, b: UnitVector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: UnitVector, b: UnitVector): UnitVector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function unit(v: UnitVector): UnitVector {
  const length = Math.hypot(v[0], v[1], v[2]);
  return [v[0] / length, v[1] / length, v[2] / length];
}

/** Radians between two unit vectors, precise for near ones. */
export function angle(a: UnitVector, b: UnitVector): number {
  return 2 * Math.asin(Math.min(1, Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) / 2));
}

function boundRuns(vertices: Pick<BorderIndex, 'x' | 'y' | 'z'>, bounds: readonly [number, number][]): Runs {
  const count = bounds.length;
  const column = (): Float64Array => new Float64Array(count);
  const [x, y, z, radii, sine] = [column(), column(), column(), column(), column()];
  bounds.forEach(([from, to], run) => {
    let sum: UnitVector = [0, 0, 0];
    for (let i = from; i <= to; i += 1) {
      const v = vectorAt(vertices, i);
      sum = [sum[0] + v[0], sum[1] + v[1], sum[2] + v[2]];
    }
    const centre = unit(sum);
    let radius = 0;
    for (let i = from; i <= to; i += 1) radius = Math.max(radius, angle(centre, vectorAt(vertices, i)));
    // A great-circle segment between two points of a cap stays inside it; the margin is for rounding only.
    radius += 1e-9;
    x[run] = centre[0];
    y[run] = centre[1];
    z[run] = centre[2];
    radii[run] = radius;
    sine[run] = Math.sin(radius);
  });
  const ends = bounds.map(([, to]) => to);
  return {
    count,
    from: Int32Array.from(bounds, ([from]) => from),
    to: Int32Array.from(ends),
    x,
    y,
    z,
    radius: radii,
    sine,
  };
}
