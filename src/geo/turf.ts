/** The one place through which Turf is used: longitudes are unwrapped before and cut at ±180 after, which Turf does not do itself. */
import {
  booleanPointInPolygon,
  buffer,
  convex,
  lineString,
  multiPoint,
  multiPolygon,
  point,
  simplify,
} from '@turf/turf';
import { cutLine, cutRing, normaliseLongitude, unwrap, unwrapAround } from './antimeridian.ts';
import type { Position } from './position.ts';
import { meanCentre } from './sphere.ts';

/** Coordinates of a GeoJSON MultiPolygon, every ring inside [-180, 180]. */
export type Polygons = readonly (readonly (readonly Position[])[])[];

/**
 * The convex hull (straight in longitude and latitude) of positions that lie within half the Earth; null where they span no area.
 * The sequence does not matter.
 */
export function hull(positions: readonly Position[]): Polygons | null {
  const outline = convex(multiPoint(unwrapAround(positions, middleMeridian(positions)).map(mutable)));
  return outline ? cutOuterRing(outline.geometry.coordinates) : null;
}

/** Everything within `radiusKm` of a line of positions (one position: a circle). 32 steps a quarter turn; Turf's sphere. Holes are filled. */
export function bufferAround(line: readonly Position[], radiusKm: number): Polygons {
  const path = unwrap(line).map(mutable);
  const isPoint = path.every(([x, y]) => x === path[0]![0] && y === path[0]![1]);
  const shape = isPoint ? point(path[0]!) : lineString(path);
  const grown = buffer(shape, radiusKm, { units: 'kilometers', steps: 32 });
  if (!grown) throw new RangeError(`bufferAround: found a radius of ${radiusKm} km, wanted more than 0`);
  const { geometry } = grown;
  return geometry.type === 'Polygon'
    ? cutOuterRing(geometry.coordinates)
    : geometry.coordinates.flatMap(cutOuterRing);
}

/** The line with fewer vertices, off by at most `toleranceDegrees` (Douglas–Peucker), cut at ±180. */
export function simplifyLine(line: readonly Position[], toleranceDegrees: number): Position[][] {
  const simple = simplify(lineString(unwrap(line).map(mutable)), {
    tolerance: toleranceDegrees,
    highQuality: true,
  });
  return cutLine(simple.geometry.coordinates.map(asPosition));
}

/** Whether a position lies in polygons that are already cut at ±180; edges count as inside. Planar, as RFC 7946 edges are. */
export function isInside([longitude, latitude]: Position, polygons: Polygons): boolean {
  const shape = multiPolygon(polygons.map((rings) => rings.map((ring) => ring.map(mutable))));
  const meridian = normaliseLongitude(longitude);
  const sides = meridian === -180 ? [-180, 180] : [meridian];
  return sides.some((side) => booleanPointInPolygon([side, latitude], shape));
}

function cutOuterRing(rings: readonly (readonly (readonly number[])[])[]): Position[][][] {
  return cutRing((rings[0] ?? []).map(asPosition)).map((ring) => [ring]);
}

/** Opposite places cancel and leave no middle; then any meridian serves as well as another. */
function middleMeridian(positions: readonly Position[]): number {
  return meanCentre(positions)?.[0] ?? 0;
}

function asPosition(coordinates: readonly number[]): Position {
  return [coordinates[0]!, coordinates[1]!];
}

function mutable([longitude, latitude]: Position): [number, number] {
  return [longitude, latitude];
}
