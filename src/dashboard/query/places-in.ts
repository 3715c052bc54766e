/** What of an answer has a place: positions, geometries and cells, wherever they stand in it and whatever they are called there. */
import type { Position } from '../map/layer.ts';

export type PlaceKind = 'position' | 'geometry' | 'cell';

export interface FoundPlace {
  /** Where it stands in the answer, like `movements.nodes.3.waypoints.0`. */
  readonly path: string;
  /** Of whatever it belongs to; null where the answer names nothing. */
  readonly name: string | null;
  readonly kind: PlaceKind;
  readonly geometry: GeoJSON.Geometry;
}

export interface FoundPlaces {
  readonly places: readonly FoundPlace[];
  /** Found and left out. */
  readonly more: number;
}

/** The ring of a cell, or null for what is no cell. */
export type CellShape = (cell: string) => GeoJSON.Polygon | null;

/** More of them are no map that anybody reads. */
const MOST = 5_000;
const GEOMETRIES: ReadonlySet<unknown> = new Set([
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
]);
const CELL = /^8[0-9a-f]{14}$/;

type Tree = Readonly<Record<string, unknown>>;

export function placesIn(data: unknown, shapeOf: CellShape): FoundPlaces {
  const places: FoundPlace[] = [];
  let more = 0;
  const add = (place: FoundPlace): void => {
    if (places.length < MOST) places.push(place);
    else more += 1;
  };
  const walk = (value: unknown, path: string, name: string | null, hasShape: boolean): void => {
    if (typeof value === 'string') {
      // A cell beside its own geometry would be drawn twice.
      const geometry = !hasShape && CELL.test(value) ? shapeOf(value) : null;
      if (geometry !== null) add({ path, name, kind: 'cell', geometry });
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      value.forEach((one: unknown, index) => walk(one, joined(path, index), name, hasShape));
      return;
    }
    const tree = value as Tree;
    const own = nameOf(tree) ?? name;
    const geometry = positionOf(tree) ?? geometryOf(tree);
    if (geometry !== null) {
      const kind = tree.type === undefined ? 'position' : 'geometry';
      add({ path, name: own, kind, geometry });
      return;
    }
    const isDrawn = Object.values(tree).some(
      (one) => typeof one === 'object' && one !== null && geometryOf(one as Tree) !== null,
    );
    for (const [field, one] of Object.entries(tree)) walk(one, joined(path, field), own, isDrawn);
  };
  walk(data, '', null, false);
  return { places, more };
}

/** Whether anything in it may be a cell: then their shapes have to be known. */
export function mayHaveCells(data: unknown): boolean {
  if (typeof data === 'string') return CELL.test(data);
  if (typeof data !== 'object' || data === null) return false;
  return Object.values(data).some(mayHaveCells);
}

export function positionsOf(geometry: GeoJSON.Geometry): readonly Position[] {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(positionsOf);
  const flat = (coordinates: unknown): readonly Position[] => {
    if (!Array.isArray(coordinates)) return [];
    const [longitude, latitude] = coordinates as readonly unknown[];
    if (typeof longitude === 'number' && typeof latitude === 'number') return [[longitude, latitude]];
    return coordinates.flatMap(flat);
  };
  return flat(geometry.coordinates);
}

function nameOf({ name, label, id }: Tree): string | null {
  return [name, label, id].filter((one) => typeof one === 'string').find((one) => one !== '') ?? null;
}

function positionOf({ longitude, latitude }: Tree): GeoJSON.Point | null {
  if (typeof longitude !== 'number' || typeof latitude !== 'number') return null;
  return { type: 'Point', coordinates: [longitude, latitude] };
}

function geometryOf(tree: Tree): GeoJSON.Geometry | null {
  return GEOMETRIES.has(tree.type) && Array.isArray(tree.coordinates)
    ? (tree as unknown as GeoJSON.Geometry)
    : null;
}

function joined(path: string, part: string | number): string {
  return path === '' ? String(part) : `${path}.${part}`;
}
