/** The hub over HTTP: GraphQL, vector tiles, features, exports, the dashboard, GraphiQL, health and metrics, under headers that let nothing else in. */
import type { RequestListener } from 'node:http';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { KnownViewers } from '../access/known-viewers.ts';
import { buildHubSchema, hubServices } from '../schema.ts';
import { authRoutes, keepSession, signOut } from './auth-routes.ts';
import { authenticate, type Gate } from './authenticate.ts';
import { checkpointHeader } from './checkpoint-header.ts';
import { cors } from './cors.ts';
import { dashboardRoutes } from './dashboard-routes.ts';
import { exportRoutes } from './export-routes.ts';
import { graphqlEndpoint } from './graphql-endpoint.ts';
import { healthRoutes } from './health.ts';
import { type HttpServices, uploadMegabytes } from './http-services.ts';
import { requestMetrics } from './metrics.ts';
import { ogcRoutes } from './ogc-routes.ts';
import { pageRoutes } from './pages.ts';
import { RateLimit } from './rate-limit.ts';
import { refuseRequest, tooLarge } from './refusal.ts';
import { securityHeaders } from './security-headers.ts';
import { shortLane } from './short-lane.ts';
import { tileRoutes } from './tile-routes.ts';
import { viewRoutes } from './view-routes.ts';

export interface HubApp {
  /** For `createServer`; header and request timeouts are the server's. */
  readonly handler: RequestListener;
  /** `/readyz` says 503 while false. True from the start. */
  setReady(ready: boolean): void;
  /** Not ready any more, and each answer asks for its connection to be closed; requests under way end as usual. */
  close(): Promise<void>;
}

const REQUESTS_A_MINUTE = 600;
/** One look at a map is dozens of tiles: they are counted apart, and this many of them as one. */
const TILES_A_REQUEST = 10;

/** Holds no port and no timer. Throws when the schema cannot be built. */
export async function createApp(services: HttpServices): Promise<HubApp> {
  const state = { ready: true, closing: false };
  const metrics = requestMetrics();
  const perMinute = services.requestsAMinute ?? REQUESTS_A_MINUTE;
  const clock = (): number => services.now().getTime();
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.set('trust proxy', services.trustProxy ? 1 : false).set('query parser', 'simple');
  app.use(securityHeaders, cors(services.corsOrigins), metrics.observe);
  app.use((_request, response, next) => {
    if (state.closing) response.set('connection', 'close');
    next();
  });
  app.use(
    healthRoutes({ isReady: () => state.ready && !state.closing, database: services.hub.database, metrics }),
  );
  app.use(dashboardRoutes(), pageRoutes());
  const gate: Gate = {
    database: services.hub.database,
    now: services.now,
    requests: new RateLimit(perMinute, clock),
    failures: new RateLimit(perMinute / 10, clock),
    viewers: new KnownViewers(),
  };
  const lane = shortLane({ services, gate, metrics, isClosing: () => state.closing });
  const letIn = authenticate(gate);
  app.post('/auth/session', letIn, keepSession(services));
  app.post('/auth/sign-out', letIn, signOut(services));
  app.use(authRoutes(services));
  const schema = buildHubSchema();
  const wired = hubServices(services.hub);
  const marked = checkpointHeader(services);
  app.use('/views', letIn, marked, viewRoutes(services));
  app.use('/graphql', letIn, marked, await graphqlEndpoint(services, metrics, schema, wired, lane));
  const letInToMaps = authenticate({ ...gate, requests: new RateLimit(perMinute * TILES_A_REQUEST, clock) });
  app.use('/tiles', letInToMaps, marked, tileRoutes(services, schema, wired));
  app.use('/exports', letIn, marked, exportRoutes(services, schema, wired));
  app.use('/ogc', letIn, marked, ogcRoutes(services, schema, wired));
  app.use(nothingThere, failed(services.log, uploadMegabytes(services)));
  return {
    handler: lane.before(app),
    setReady: (ready) => {
      state.ready = ready;
    },
    close: async () => {
      state.closing = true;
    },
  };
}

const nothingThere: RequestHandler = (_request, response) => {
  refuseRequest(
    response,
    404,
    'NOT_FOUND',
    'there is nothing here; the map is at /, the API at /graphql, its explorer at /graphiql',
  );
};

/** Bodies that cannot be read have a status of their own; anything else is our mistake, and only the log hears of it. */
function failed(log: Logger, megabytes: number): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = statusOf(error);
    if (status === 404) nothingThere(request, response, next);
    else if (status === 413) refuseRequest(response, 413, 'BAD_INPUT', tooLarge(megabytes));
    else if (status >= 400 && status < 500) {
      refuseRequest(
        response,
        400,
        'BAD_INPUT',
        'the body cannot be read; wanted JSON like {"query": "{ … }"}',
      );
    } else {
      log.error({ err: error }, 'a request failed');
      refuseRequest(response, 500, 'INTERNAL', 'something went wrong on our side');
    }
  };
}

function statusOf(error: unknown): number {
  return typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : 500;
}
