/** Whether a geometry meets a box: what `bbox` means of features that are held in memory. */
import { boxOf, clipLine, clipRing, meets } from '../../geo/clip-to-box.ts';
import type { BoundingBox, Position } from '../../geo/position.ts';
import type { Geometry } from '../exports/geometry.ts';

/** Nothing meets a box without a geometry. West > east crosses the antimeridian. */
export function meetsBox(geometry: Geometry | null, { west, south, east, north }: BoundingBox): boolean {
  if (geometry === null) return false;
  const across = (from: number, to: number) => ({ minX: from, minY: south, maxX: to, maxY: north });
  const boxes = west > east ? [across(west, 180), across(-180, east)] : [across(west, east)];
  return partsOf(geometry).some(({ kind, positions }) =>
    boxes.some((box) => {
      if (!meets(boxOf(positions), box)) return false;
      if (kind === 'point') return true;
      return kind === 'line' ? clipLine(positions, box).length > 0 : clipRing(positions, box).length > 0;
    }),
  );
}

interface Part {
  readonly kind: 'point' | 'line' | 'area';
  readonly positions: readonly Position[];
}

/** Areas here have no holes. */
function partsOf(geometry: Geometry): readonly Part[] {
  const area = ([outer = []]: readonly (readonly Position[])[]): Part => ({
    kind: 'area',
    positions: outer.slice(0, -1),
  });
  switch (geometry.type) {
    case 'Point':
      return [{ kind: 'point', positions: [geometry.coordinates] }];
    case 'LineString':
      return [{ kind: 'line', positions: geometry.coordinates }];
    case 'MultiLineString':
      return geometry.coordinates.map((positions) => ({ kind: 'line', positions }));
    case 'Polygon':
      return [area(geometry.coordinates)];
    case 'MultiPolygon':
      return geometry.coordinates.map(area);
  }
}
