/** A GeoJSON geometry is checked, position by position, and its ends are named so that a profile can speak of them as columns. */
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import type { Cells } from './source-rows.ts';

/** How deep each type nests its positions: a point is one position, a line a list of them. */
const DEPTHS: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

/** Fewest positions of one list, from RFC 7946: lines two, rings four. */
const FEWEST: Readonly<Record<string, number>> = {
  LineString: 2,
  MultiLineString: 2,
  Polygon: 4,
  MultiPolygon: 4,
};

/**
 * Cells of a geometry: `geometry.type`, and for a point `geometry.longitude`, `geometry.latitude`, for a line
 * `geometry.first.longitude` … `geometry.last.latitude`. A null geometry gives no cells. Refuses unknown types, wrong nesting and
 * positions outside ±180, ±90.
 */
export function geometryCells(geometry: unknown, where: string): Outcome<Cells> {
  if (geometry === null) return accept({});
  if (typeof geometry !== 'object' || !('type' in geometry) || typeof geometry.type !== 'string') {
    return refuse({ where: `${where}, geometry`, found: 'no type', wanted: 'a geometry or null' });
  }
  const { type } = geometry;
  const depth = DEPTHS[type];
  if (depth === undefined) {
    return refuse({
      where: `${where}, geometry`,
      found: 'another type',
      wanted: Object.keys(DEPTHS).join(', '),
    });
  }
  const coordinates = 'coordinates' in geometry ? geometry.coordinates : undefined;
  const positions: [number, number][] = [];
  const wrong = collect(coordinates, depth, FEWEST[type] ?? 1, positions);
  if (wrong !== null) return refuse({ ...wrong, where: `${where}, geometry` });
  const cells: Record<string, string> = { 'geometry.type': type };
  const first = positions[0];
  const last = positions.at(-1);
  if (type === 'Point' && first !== undefined) name(cells, 'geometry', first);
  if (type === 'LineString' && first !== undefined && last !== undefined) {
    name(cells, 'geometry.first', first);
    name(cells, 'geometry.last', last);
  }
  return accept(cells);
}

function name(cells: Record<string, string>, prefix: string, [longitude, latitude]: [number, number]): void {
  cells[`${prefix}.longitude`] = String(longitude);
  cells[`${prefix}.latitude`] = String(latitude);
}

function collect(
  value: unknown,
  depth: number,
  fewest: number,
  positions: [number, number][],
): Omit<Reason, 'where'> | null {
  if (!Array.isArray(value)) return { found: 'no list', wanted: `coordinates nested ${depth + 1} deep` };
  if (depth === 0) {
    const [longitude, latitude] = value as unknown[];
    if (typeof longitude !== 'number' || typeof latitude !== 'number' || value.length > 4) {
      return { found: 'a position that is not two or three numbers', wanted: '[longitude, latitude]' };
    }
    if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) {
      const swapped =
        Math.abs(longitude) <= 90 && Math.abs(latitude) <= 180 ? ', as if latitude came first' : '';
      return {
        found: `a position outside the Earth${swapped}`,
        wanted: 'longitude within ±180, latitude within ±90',
      };
    }
    positions.push([longitude, latitude]);
    return null;
  }
  if (depth === 1 && value.length < fewest) {
    return { found: `${value.length} positions`, wanted: `${fewest} at least` };
  }
  for (const member of value) {
    const wrong = collect(member, depth - 1, fewest, positions);
    if (wrong !== null) return wrong;
  }
  return null;
}
