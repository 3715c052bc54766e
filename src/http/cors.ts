/** Which other sites' pages may call the API: the configured origins, with a key in the header, never with cookies. */
import type { RequestHandler } from 'express';
import { NOTICES_HEADER, PURPOSE_HEADER } from './authenticate.ts';
import { CHECKPOINT_HEADER } from './checkpoint-header.ts';
import { CASE_HEADER, EXPORT_HEADER, HANDLING_HEADER } from './export-routes.ts';

const PREFLIGHT_SECONDS = 600;

/** None for an origin that is not allowed. */
export function corsHeaders(
  allowed: readonly string[],
  origin: string | undefined,
): Readonly<Record<string, string>> {
  if (origin === undefined || !allowed.includes(origin)) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST',
    // The tag and what it is asked again with: without both a page could not ask whether anything is new.
    'access-control-expose-headers': `etag, retry-after, ${CHECKPOINT_HEADER}, ${NOTICES_HEADER}, ${EXPORT_HEADER}, ${HANDLING_HEADER}`,
    'access-control-allow-headers': `authorization, content-type, if-none-match, apollo-require-preflight, ${PURPOSE_HEADER}, ${CASE_HEADER}`,
    'access-control-max-age': String(PREFLIGHT_SECONDS),
  };
}

export function cors(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    response.vary('Origin');
    response.set(corsHeaders(origins, request.headers.origin));
    if (request.method === 'OPTIONS') response.status(204).end();
    else next();
  };
}
