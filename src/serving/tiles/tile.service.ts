/** One tile for one viewer: named by everything it depends on, drawn at most once for that name. */
import { createHash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { readScopeVersion } from '../../access/scope-version.view.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { sightOf } from '../../graphql/kept-answers.ts';
import { stableText } from '../../kernel/stable-text.ts';
import { drawLayer } from './draw-layer.service.ts';
import { ENCODING, encodeTile } from './drawing/encode-tile.ts';
import { readAddress } from './tile-address.ts';
import type { FinishedTile, TileCache } from './tile-cache.ts';
import { readTileFilter } from './tile-filter.ts';
import { tileJson } from './tile-json.ts';
import { readLayer } from './tile-layers.ts';

export interface TileTools {
  /** That filters are read by. */
  readonly schema: GraphQLSchema;
  readonly cache: TileCache;
}

/** As they stand in a request, unread. */
export interface AskedTile {
  readonly layer: string;
  readonly z: string;
  readonly x: string;
  readonly y: string;
  readonly filter: unknown;
}

export interface NamedTile {
  /** The same for the same sight, question and state of what that sight shows; it says nothing by itself. */
  readonly etag: string;
  /** Compressed with gzip; null where nothing is to be seen. */
  draw(): Promise<FinishedTile>;
}

/** Throws NOT_FOUND for a layer that is none, BAD_INPUT for an address or a filter that cannot be. */
export async function nameTile(
  { schema, cache }: TileTools,
  context: RequestContext,
  asked: AskedTile,
): Promise<NamedTile> {
  const layer = readLayer(asked.layer);
  const address = readAddress(asked.z, asked.x, asked.y);
  const filter = readTileFilter<unknown>(schema, layer, asked.filter);
  const { reader, now, gone } = context;
  const said = {
    encoding: ENCODING,
    layer: layer.name,
    address,
    filter,
    sight: sightOf(reader.viewer),
    day: now.toISOString().slice(0, 10),
    version: await readScopeVersion(reader),
  };
  const name = createHash('sha256').update(stableText(said)).digest('base64url');
  const draw = async (): Promise<FinishedTile> => {
    if (address.z < layer.minZoom) return null;
    return cache.keep(
      name,
      // Whoever asked first may go while others wait: the work goes by all of them.
      async ({ signal }) =>
        encodeTile(await drawLayer({ ...context, gone: signal }, layer.name, filter, address), address),
      gone,
    );
  };
  return { etag: `"${name}"`, draw };
}

/** `hub`: its address, as whoever asks knows it. Throws as `nameTile` does. */
export function describeLayer({ schema }: TileTools, name: string, filter: unknown, hub: string): unknown {
  const layer = readLayer(name);
  readTileFilter(schema, layer, filter);
  return tileJson(layer, hub, typeof filter === 'string' && filter !== '' ? filter : null);
}
