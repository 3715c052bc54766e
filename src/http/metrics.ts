/** What Prometheus reads at `/metrics`: how much, how long, how often it failed; never who asked, nor for what. */
import type { ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface RequestMetrics {
  readonly observe: RequestHandler;
  /** The clock of a request starts here, whoever answers it. */
  begin(response: ServerResponse): void;
  /** The same for an answer that no handler of express gives. */
  observeAnswer(route: Route, response: ServerResponse): void;
  countError(code: string): void;
  /** The text of `/metrics`, and its media type. */
  print(): Promise<{ readonly type: string; readonly text: string }>;
}

/** Paths are a closed set, so that a scanner cannot fill the registry. */
const ROUTES = [
  '/graphql',
  '/exports',
  '/ogc',
  '/tiles',
  '/views',
  '/auth',
  '/graphiql',
  '/healthz',
  '/readyz',
  '/metrics',
  '/',
] as const;
type Route = (typeof ROUTES)[number];

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function requestMetrics(): RequestMetrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'headwater_requests_total',
    help: 'Requests answered, by route and status.',
    labelNames: ['route', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'headwater_request_seconds',
    help: 'Seconds from the first byte of a request to the end of its answer, by route.',
    labelNames: ['route'],
    buckets: SECONDS,
    registers,
  });
  const errors = new Counter({
    name: 'headwater_query_errors_total',
    help: 'Errors told in GraphQL answers, by code.',
    labelNames: ['code'],
    registers,
  });
  const begun = new WeakMap<ServerResponse, number>();
  const observeAnswer = (route: Route | 'other', response: ServerResponse): void => {
    const began = begun.get(response) ?? performance.now();
    response.once('close', () => {
      seconds.observe({ route }, (performance.now() - began) / 1_000);
      requests.inc({ route, status: response.statusCode });
    });
  };
  return {
    observe: (request, response, next) => {
      observeAnswer(routeOf(request.path), response);
      next();
    },
    begin: (response) => void begun.set(response, performance.now()),
    observeAnswer,
    countError: (code) => errors.inc({ code }),
    print: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}

function routeOf(path: string): Route | 'other' {
  return ROUTES.find((route) => path === route || (route !== '/' && path.startsWith(`${route}/`))) ?? 'other';
}
