/** `/views`: the views for partner apps as plain JSON with an ETag, for whoever polls. */
import { Router } from 'express';
import { HeadwaterError } from '../kernel/errors.ts';
import { readSharedView, readTold } from '../serving/views/read-shared-view.service.ts';
import { noticeOf, sharedCell, sharedEpoch, sharedFeature } from '../serving/views/tell-shared-view.ts';
import { featuresOf } from '../serving/views/view-features.ts';
import { viewerIn } from './authenticate.ts';
import type { HttpServices } from './http-services.ts';
import { isKnown, toldWhatIsWrong } from './telling.ts';

/** For who has been let in. */
export function viewRoutes({ hub, now }: Pick<HttpServices, 'hub' | 'now'>): Router {
  const tools = { ...hub.imports, database: hub.database, now };
  const router = Router({ strict: true });
  router.get(
    '/',
    toldWhatIsWrong(async (_request, response) => {
      const told = await readTold(tools, viewerIn(response));
      response.json({
        views: told.map(({ view, epochs }) => ({
          name: view.name,
          version: view.version,
          title: view.title,
          query: view.query,
          layer: view.layer,
          epochs: epochs.map(sharedEpoch),
        })),
      });
    }),
  );
  router.get(
    '/:name',
    toldWhatIsWrong(async (request, response) => {
      const [, name = '', isGeoJson] = /^(.*?)(\.geojson)?$/s.exec(String(request.params.name)) ?? [];
      const asked = {
        name,
        version: numberIn(request.query.version, 'version'),
        changedSince: numberIn(request.query.changedSince, 'changedSince'),
      };
      const found = await readSharedView(tools, viewerIn(response), asked);
      const { view, at, cells, gone } = found;
      const form = isGeoJson === undefined ? '' : '-geo';
      const etag = `"${Buffer.from(at.digest).toString('hex').slice(0, 32)}-${asked.changedSince ?? 'all'}${form}"`;
      response.set({ etag, 'cache-control': 'private, no-cache' });
      if (isKnown(request, etag)) {
        response.status(304).end();
        return;
      }
      const { version, title, layer } = view;
      const told = { name: view.name, version, title, at: sharedEpoch(at), layer, notice: noticeOf(layer) };
      if (isGeoJson !== undefined) {
        // What has to be said beside a map comes with it, as foreign members (RFC 7946, 6.1).
        response
          .type('application/geo+json')
          .send(JSON.stringify({ type: 'FeatureCollection', ...told, features: featuresOf(found) }));
        return;
      }
      response.json({
        ...told,
        cells: cells.map(sharedCell),
        gone: gone.map(sharedCell),
        features: found.features.map(sharedFeature),
        goneFeatures: found.goneFeatures.map(sharedFeature),
      });
    }),
  );
  return router;
}

function numberIn(value: unknown, name: string): number | null {
  if (value === undefined) return null;
  if (typeof value === 'string' && /^\d{1,9}$/.test(value)) return Number(value);
  throw new HeadwaterError('BAD_INPUT', `${name}: found ${JSON.stringify(value)}, wanted a whole number`);
}
