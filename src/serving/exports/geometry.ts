/** Geometries as RFC 7946 has them, cut at the antimeridian, and the same as well-known text. */
import { cutLine } from '../../geo/antimeridian.ts';
import type { Position } from '../../geo/position.ts';

export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
  | { readonly type: 'MultiLineString'; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] };

export function pointGeometry(longitude: number | null, latitude: number | null): Geometry | null {
  return longitude === null || latitude === null
    ? null
    : { type: 'Point', coordinates: [longitude, latitude] };
}

/** Straight from one position to the next; a point where all are the same, null where there is none. */
export function lineGeometry(positions: readonly Position[]): Geometry | null {
  const [first] = positions;
  if (first === undefined) return null;
  const [line, ...more] = cutLine(positions);
  if (line === undefined) return { type: 'Point', coordinates: first };
  return more.length === 0
    ? { type: 'LineString', coordinates: line }
    : { type: 'MultiLineString', coordinates: [line, ...more] };
}

/** Well-known text, as spreadsheets and databases read it. */
export function wellKnownText(geometry: Geometry): string {
  const at = ([longitude, latitude]: Position): string => `${longitude} ${latitude}`;
  const line = (positions: readonly Position[]): string => `(${positions.map(at).join(', ')})`;
  const rings = (lines: readonly (readonly Position[])[]): string => `(${lines.map(line).join(', ')})`;
  switch (geometry.type) {
    case 'Point':
      return `POINT (${at(geometry.coordinates)})`;
    case 'LineString':
      return `LINESTRING ${line(geometry.coordinates)}`;
    case 'MultiLineString':
      return `MULTILINESTRING ${rings(geometry.coordinates)}`;
    case 'Polygon':
      return `POLYGON ${rings(geometry.coordinates)}`;
    case 'MultiPolygon':
      return `MULTIPOLYGON (${geometry.coordinates.map(rings).join(', ')})`;
  }
}
