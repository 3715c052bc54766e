/** `/tiles`: vector tiles and what a map has to know of them, for whoever has been let in. */
import { gunzipSync } from 'node:zlib';
import { type Request, type Response, Router } from 'express';
import type { GraphQLSchema } from 'graphql';
import type { Services } from '../graphql/services.ts';
import { describeLayer, nameTile, type TileTools } from '../serving/tiles/tile.service.ts';
import { TileCache } from '../serving/tiles/tile-cache.ts';
import { viewerIn } from './authenticate.ts';
import type { HttpServices } from './http-services.ts';
import { closedBeforeAnswered, contextFor } from './request-context.ts';
import { isKnown, toldWhatIsWrong } from './telling.ts';

const MOST_BYTES = 64 * 1_048_576;
/** Kept by the client that asked, for nobody else, and looked after each time: what was shown may have been taken back. */
const CACHE = 'private, no-cache';
const VARY = 'Authorization, Cookie, Headwater-Purpose, Accept-Encoding';

export function tileRoutes(services: HttpServices, schema: GraphQLSchema, wired: Services): Router {
  const tools: TileTools = { schema, cache: new TileCache(MOST_BYTES) };
  const router = Router({ strict: true });
  router.get(
    '/:layer.json',
    toldWhatIsWrong(async (request, response) => {
      const hub = `${request.protocol}://${request.get('host') ?? ''}`;
      response.json(describeLayer(tools, String(request.params.layer), request.query.filter, hub));
    }),
  );
  router.get(
    '/:layer/:z/:x/:y.mvt',
    toldWhatIsWrong(async (request, response) => {
      const { layer, z, x, y } = request.params as Record<'layer' | 'z' | 'x' | 'y', string>;
      const gone = closedBeforeAnswered(response);
      const context = { ...contextFor(services, viewerIn(response), wired), gone };
      const { etag, draw } = await nameTile(tools, context, { layer, z, x, y, filter: request.query.filter });
      if (isKnown(request, etag)) {
        response.set({ etag, 'cache-control': CACHE }).vary(VARY).status(304).end();
        return;
      }
      const tile = await draw();
      response.vary(VARY).set('cache-control', CACHE);
      if (tile === null) response.status(204).end();
      else send(request, response.set('etag', etag), tile);
    }),
  );
  return router;
}

function send(request: Request, response: Response, tile: Buffer): void {
  response.type('application/vnd.mapbox-vector-tile');
  if (request.acceptsEncodings('gzip') === 'gzip') response.set('content-encoding', 'gzip').end(tile);
  else response.end(gunzipSync(tile));
}
