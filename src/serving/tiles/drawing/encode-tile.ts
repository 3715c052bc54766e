/** Features of a tile as Mapbox Vector Tile 2.1, compressed once. */
import { gzipSync } from 'node:zlib';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import { EXTENT, type TileAddress } from '../tile-address.ts';
import type { MapShape } from './map-shape.ts';
import { placeShape, type TileFeature } from './place-shape.ts';

/** What a layer of a tile is called, and what is drawn in it, in an order that does not depend on the database. */
export type DrawnLayers = Readonly<Record<string, readonly MapShape[]>>;

/** Part of every tile's version: tiles of before are not taken for those of now. */
export const ENCODING = 'mvt/1';
const KINDS = { point: 1, line: 2, area: 3 } as const;

/** Null where nothing is to be seen. The same features are the same bytes. */
export function encodeTile(layers: DrawnLayers, address: TileAddress): Buffer | null {
  const shown = Object.entries(layers).flatMap(([name, shapes]) => {
    const features = shapes.flatMap((shape) => placeShape(shape, address) ?? []);
    return features.length === 0 ? [] : [[name, { features: features.map(written) }] as const];
  });
  if (shown.length === 0) return null;
  const options = { version: 2, extent: EXTENT };
  return gzipSync(fromGeojsonVt(Object.fromEntries(shown) as Written, options));
}

type Written = Parameters<typeof fromGeojsonVt>[0];

function written({ kind, geometry, tags }: TileFeature) {
  return { type: KINDS[kind], geometry: kind === 'point' ? geometry.flat() : geometry, tags };
}
