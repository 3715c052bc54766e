/** `/ogc`: OGC API – Features 1.0, for whoever has been let in: JSON alone, and of each collection what GraphQL and exports show the same viewer. */
import { type Request, type Response, Router } from 'express';
import type { GraphQLSchema } from 'graphql';
import type { Services } from '../graphql/services.ts';
import type { Purpose } from '../kernel/vocabulary.ts';
import {
  collectionPage,
  collectionsPage,
  conformance,
  GEOJSON_TYPE,
  JSON_TYPE,
  landingPage,
  OPENAPI_TYPE,
} from '../serving/ogc/feature-documents.ts';
import { noOther } from '../serving/ogc/feature-question.ts';
import type { Asker, OgcTools } from '../serving/ogc/feature-source.ts';
import {
  findSource,
  type NamedAnswer,
  nameItem,
  nameItems,
  visibleSources,
} from '../serving/ogc/features.service.ts';
import { openApi } from '../serving/ogc/openapi.ts';
import { PURPOSE_HEADER, viewerIn } from './authenticate.ts';
import { CASE_HEADER, HANDLING_HEADER } from './export-routes.ts';
import type { HttpServices } from './http-services.ts';
import { refuseRequest } from './refusal.ts';
import { closedBeforeAnswered, contextFor } from './request-context.ts';
import { isKnown, toldWhatIsWrong } from './telling.ts';

const CACHE = 'private, no-cache';
const VARY = 'Authorization, Cookie, Headwater-Purpose, Accept';
/** Of what can be asked here. */
const VERSION = '1.0.0';

export function ogcRoutes(services: HttpServices, schema: GraphQLSchema, wired: Services): Router {
  const { database, keys } = services.hub;
  const tools: OgcTools = { database, keys, schema, now: services.now };
  const askerIn = (request: Request, response: Response): Asker => ({
    context: {
      ...contextFor(services, viewerIn(response), wired),
      gone: closedBeforeAnswered(response),
    },
    // Its word was checked when the key was.
    purpose: (request.get(PURPOSE_HEADER)?.trim().toLowerCase() ?? null) as Purpose | null,
    caseReference: request.get(CASE_HEADER) ?? null,
  });
  const router = Router();
  // Records that are read leave a trace: what only looks whether they are there is not answered by reading them.
  router.use((request, response, next) => {
    if (request.method === 'GET') next();
    else refuseRequest(response.set('allow', 'GET'), 405, 'BAD_INPUT', `found ${request.method}, wanted GET`);
  });
  const document = (
    path: string,
    type: string,
    write: (root: string, asker: Asker, request: Request) => unknown,
  ): void => {
    router.get(
      path,
      toldWhatIsWrong(async (request, response) => {
        if (!isAcceptable(request, response, type)) return;
        const body = await write(rootOf(request), askerIn(request, response), request);
        noOther(request.query, []);
        send(response, type, body);
      }),
    );
  };
  document('/', JSON_TYPE, landingPage);
  document('/conformance', JSON_TYPE, conformance);
  document('/api', OPENAPI_TYPE, async (root, asker) =>
    openApi(root, await visibleSources(tools, asker), VERSION),
  );
  document('/collections', JSON_TYPE, async (root, asker) =>
    collectionsPage(root, await visibleSources(tools, asker)),
  );
  document('/collections/:id', JSON_TYPE, async (root, asker, request) =>
    collectionPage(root, await findSource(tools, asker, String(request.params.id))),
  );
  router.get(
    '/collections/:id/items',
    toldWhatIsWrong(async (request, response) => {
      if (!isAcceptable(request, response, GEOJSON_TYPE)) return;
      const asker = askerIn(request, response);
      const id = String(request.params.id);
      await sendNamed(request, response, await nameItems(tools, asker, rootOf(request), id, request.query));
    }),
  );
  router.get(
    '/collections/:id/items/:featureId',
    toldWhatIsWrong(async (request, response) => {
      if (!isAcceptable(request, response, GEOJSON_TYPE)) return;
      const { id, featureId } = request.params as Record<'id' | 'featureId', string>;
      const asker = askerIn(request, response);
      const named = await nameItem(tools, asker, rootOf(request), { id, featureId }, request.query);
      await sendNamed(request, response, named);
    }),
  );
  return router;
}

async function sendNamed(request: Request, response: Response, { etag, read }: NamedAnswer): Promise<void> {
  if (isKnown(request, etag)) {
    response.set({ etag, 'cache-control': CACHE }).vary(VARY).status(304).end();
    return;
  }
  const { body, handling } = await read();
  response.set({ etag, 'cache-control': CACHE }).vary(VARY);
  if (handling !== null) response.set(HANDLING_HEADER, handling);
  send(response, GEOJSON_TYPE, body);
}

/** Looked at before anything is read. */
function isAcceptable(request: Request, response: Response, type: string): boolean {
  const [plain = type] = type.split(';');
  if (request.accepts([plain, JSON_TYPE]) !== false) return true;
  const message = `accept: found no type that is here, wanted ${plain} or ${JSON_TYPE}`;
  refuseRequest(response, 406, 'BAD_INPUT', message);
  return false;
}

/** Past Express's own sending, which would add a character set to the type. */
function send(response: Response, type: string, body: unknown): void {
  response.setHeader('content-type', type);
  response.send(Buffer.from(JSON.stringify(body)));
}

function rootOf(request: Request): string {
  return `${request.protocol}://${request.get('host') ?? ''}${request.baseUrl}`;
}
