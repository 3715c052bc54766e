/** Distances, lines and centres on a sphere: one radius, unit vectors, and formulas that hold for near and antipodal points. */
import { normaliseLongitude } from './antimeridian.ts';
import type { Position } from './position.ts';

/**
 * The mean radius of the WGS 84 ellipsoid, (2a + b) / 3 with a = 6378.137 km and b = 6356.752314 km (IUGG 1980), in km.
 * A sphere of this radius is up to 0.56 % off the ellipsoid: PostGIS geography is the ellipsoid, this is not.
 */
export const EARTH_RADIUS_KM = 6371.0088;

/** Km to the whole metre: no distance here is known better, and a stored figure should read as it was meant. */
export function toMetre(km: number): number {
  return Math.round(km * 1000) / 1000;
}

/** A point of the unit sphere: x through (0°, 0°), y through (90° E, 0°), z through the north pole. */
export type UnitVector = readonly [x: number, y: number, z: number];

const RADIANS = Math.PI / 180;

export function toUnitVector([longitude, latitude]: Position): UnitVector {
  const lambda = longitude * RADIANS;
  const phi = latitude * RADIANS;
  const equatorial = Math.cos(phi);
  return [equatorial * Math.cos(lambda), equatorial * Math.sin(lambda), Math.sin(phi)];
}

/** The position in the direction of any non-zero vector, longitude in [-180, 180). */
export function toPosition([x, y, z]: UnitVector): Position {
  return [normaliseLongitude(Math.atan2(y, x) / RADIANS), Math.atan2(z, Math.hypot(x, y)) / RADIANS];
}

/** The straight line through the unit sphere between two positions, 0 to 2. */
export function chord(a: Position, b: Position): number {
  const [ax, ay, az] = toUnitVector(a);
  const [bx, by, bz] = toUnitVector(b);
  return Math.hypot(ax - bx, ay - by, az - bz);
}

/** The chord of the unit sphere under an arc of this many km; at or beyond half the circumference it is 2. */
export function chordOfKm(km: number): number {
  return 2 * Math.sin(Math.min(km / (2 * EARTH_RADIUS_KM), Math.PI / 2));
}

/** Great-circle distance in km. Kahan's angle keeps all digits where haversine (antipodes) and arccosine (near) lose them. */
export function greatCircleKm(a: Position, b: Position): number {
  return EARTH_RADIUS_KM * angleBetween(toUnitVector(a), toUnitVector(b));
}

/** Length of a line of great-circle legs, in km. */
export function lineLengthKm(line: readonly Position[]): number {
  let km = 0;
  for (let i = 1; i < line.length; i += 1) km += greatCircleKm(line[i - 1]!, line[i]!);
  return km;
}

/** The position at `fraction` (0–1) of the great circle from a to b. Antipodes have no single one: that over a fixed normal is taken. */
export function interpolate(a: Position, b: Position, fraction: number): Position {
  if (fraction <= 0) return a;
  if (fraction >= 1) return b;
  const from = toUnitVector(a);
  const to = toUnitVector(b);
  const angle = angleBetween(from, to);
  if (angle === 0) return a;
  const tangent = tangentTowards(from, to);
  const along = Math.cos(angle * fraction);
  const across = Math.sin(angle * fraction);
  return toPosition([
    from[0] * along + tangent[0] * across,
    from[1] * along + tangent[1] * across,
    from[2] * along + tangent[2] * across,
  ]);
}

/** The same line with positions added along each great-circle leg, so that no step is longer than `stepKm`. Vertices stay as given. */
export function densify(line: readonly Position[], stepKm: number): Position[] {
  if (!(stepKm > 0)) throw new RangeError(`densify: found a step of ${stepKm} km, wanted more than 0`);
  const dense: Position[] = line.length > 0 ? [line[0]!] : [];
  for (let i = 1; i < line.length; i += 1) {
    const from = line[i - 1]!;
    const to = line[i]!;
    const steps = Math.ceil(greatCircleKm(from, to) / stepKm);
    for (let step = 1; step < steps; step += 1) dense.push(interpolate(from, to, step / steps));
    dense.push(to);
  }
  return dense;
}

/** Weighted mean centre: the direction of the summed unit vectors. Null where there is none (no weight, or opposite places cancel). */
export function meanCentre(positions: readonly Position[], weights?: ArrayLike<number>): Position | null {
  let x = 0;
  let y = 0;
  let z = 0;
  let total = 0;
  for (let i = 0; i < positions.length; i += 1) {
    const weight = weights ? weights[i]! : 1;
    const vector = toUnitVector(positions[i]!);
    x += weight * vector[0];
    y += weight * vector[1];
    z += weight * vector[2];
    total += weight;
  }
  // Below this the remaining direction is rounding, not a place.
  return Math.hypot(x, y, z) > 1e-12 * total ? toPosition([x, y, z]) : null;
}

function angleBetween(a: UnitVector, b: UnitVector): number {
  return (
    2 *
    Math.atan2(
      Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]),
      Math.hypot(a[0] + b[0], a[1] + b[1], a[2] + b[2]),
    )
  );
}

/** The unit vector at right angles to `from`, in the plane of both, on the side of `to`. */
function tangentTowards(from: UnitVector, to: UnitVector): UnitVector {
  let normal = cross(from, to);
  if (Math.hypot(...normal) < 1e-15) normal = cross(from, Math.abs(from[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0]);
  const tangent = cross(normal, from);
  const length = Math.hypot(...tangent);
  return [tangent[0] / length, tangent[1] / length, tangent[2] / length];
}

function cross(a: UnitVector, b: UnitVector): UnitVector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
