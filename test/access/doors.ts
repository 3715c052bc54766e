/**
 * The surfaces that are not GraphQL: every tile layer and every exported collection. A test fails while one that the hub serves is missing here, and random
 * worlds ask each of them, twice: before and after what is hidden was changed.
 */
import 'reflect-metadata';
import { EXPORT_NAMES } from '../../src/serving/exports/shapes.ts';
import { LAYER_NAMES, type LayerName } from '../../src/serving/tiles/tile-layers.ts';

export type Tile = readonly [z: number, x: number, y: number];

export interface TileDoor {
  readonly kind: 'tile';
  readonly layer: LayerName;
  /** The worlds lie around Kathmandu: the whole Earth, and there. */
  readonly tiles: readonly Tile[];
}

export interface ExportDoor {
  readonly kind: 'export';
  readonly collection: string;
  /** All formats of a collection are written from the same rows: the plainest is asked for. */
  readonly extension: string;
}

export type Door = TileDoor | ExportDoor;

const EARTH: Tile = [0, 0, 0];
const NEPAL: Tile = [5, 23, 13];
const KATHMANDU: Tile = [10, 754, 429];

const tiles = (layer: LayerName, ...asked: readonly Tile[]): TileDoor => ({
  kind: 'tile',
  layer,
  tiles: asked,
});
const exported = (collection: string, extension = 'ndjson'): ExportDoor => ({
  kind: 'export',
  collection,
  extension,
});

export const DOORS: readonly Door[] = [
  tiles('density', EARTH, NEPAL),
  tiles('route-hotspots', EARTH),
  tiles('crossing-clusters', NEPAL),
  tiles('corridors', NEPAL),
  tiles('incidents', EARTH, KATHMANDU),
  tiles('crossings', EARTH, KATHMANDU),
  tiles('movements', KATHMANDU),
  tiles('flows', EARTH),
  exported('incidents'),
  exported('movements'),
  exported('crossings'),
  exported('entities'),
  exported('reports'),
  exported('interdictions'),
  exported('corridors'),
  exported('route-hotspots'),
  exported('crossing-clusters'),
  exported('network', 'ftm.json'),
  exported('persons', 'htcds.csv'),
];

/** The same for every viewer, records or none. */
export const DOORS_FOR_ALL: readonly LayerName[] = ['places', 'land', 'borders', 'countries'];

/** Layers and collections that the hub serves, whatever the format. */
export const EVERY_DOOR: readonly string[] = [
  ...LAYER_NAMES.map((layer) => `tile ${layer}`),
  ...new Set(EXPORT_NAMES.map((name) => `export ${name.slice(0, name.indexOf('.'))}`)),
];

export function nameOf(door: Door): string {
  return door.kind === 'tile' ? `tile ${door.layer}` : `export ${door.collection}`;
}
