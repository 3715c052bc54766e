/** Tiles asked for as a viewer, and what is in them, read by a decoder of others. */
import { gunzipSync } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
import type { GraphQLSchema } from 'graphql';
import { PbfReader } from 'pbf';
import { readSlugs } from '../../src/access/organisation.view.ts';
import { readerFor } from '../../src/access/reader.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import type { Hub } from '../../src/cli/hub.ts';
import type { Services } from '../../src/graphql/services.ts';
import { buildHubSchema, hubServices } from '../../src/schema.ts';
import { nameTile } from '../../src/serving/tiles/tile.service.ts';
import { TileCache } from '../../src/serving/tiles/tile-cache.ts';
import { TEST_NOW } from './test-hub.ts';

export interface ReadFeature {
  /** 1 point, 2 line, 3 polygon. */
  readonly type: number;
  readonly tags: Readonly<Record<string, unknown>>;
  readonly geometry: readonly (readonly { readonly x: number; readonly y: number }[])[];
}

export type ReadTile = Readonly<Record<string, readonly ReadFeature[]>>;

let schema: GraphQLSchema | undefined;

/** Compressed; null where nothing is to be seen. Nothing is kept from one question to the next unless services are given. */
export async function askTile(
  hub: Hub,
  viewer: Viewer,
  layer: string,
  [z, x, y]: readonly [number, number, number],
  filter?: unknown,
  services: Services = hubServices(hub),
): Promise<Buffer | null> {
  schema ??= buildHubSchema();
  const context = {
    reader: readerFor(hub.database, viewer),
    now: TEST_NOW,
    slugs: () => readSlugs(hub.database),
    services,
  };
  const asked = { layer, z: String(z), x: String(x), y: String(y) };
  const text = filter === undefined ? undefined : JSON.stringify(filter);
  const tools = { schema, cache: new TileCache(10_000_000) };
  const { draw } = await nameTile(tools, context, { ...asked, filter: text });
  return draw();
}

/** By layer. */
export function readTile(tile: Buffer | null): ReadTile {
  if (tile === null) return {};
  const { layers } = new VectorTile(new PbfReader(gunzipSync(tile)));
  return Object.fromEntries(
    Object.entries(layers).map(([name, layer]) => {
      if (layer.extent !== 4_096 || layer.version !== 2) throw new Error(`found ${layer.extent} units`);
      const features = Array.from({ length: layer.length }, (_, at): ReadFeature => {
        const feature = layer.feature(at);
        return { type: feature.type, tags: { ...feature.properties }, geometry: feature.loadGeometry() };
      });
      return [name, features];
    }),
  );
}

/** Of points: inside the tile itself, not in its buffer. */
export function isInside({ geometry }: ReadFeature): boolean {
  return geometry.flat().some(({ x, y }) => x >= 0 && x < 4_096 && y >= 0 && y < 4_096);
}

/** Every tile of a zoom. */
export function tilesOf(zoom: number): [number, number, number][] {
  const across = Array.from({ length: 2 ** zoom }, (_, at) => at);
  return across.flatMap((x) => across.map((y): [number, number, number] => [zoom, x, y]));
}

export function tileAt(zoom: number, longitude: number, latitude: number): [number, number, number] {
  const radians = (latitude * Math.PI) / 180;
  const across = 2 ** zoom;
  const y = (1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2;
  return [zoom, Math.floor(((longitude + 180) / 360) * across), Math.floor(y * across)];
}
