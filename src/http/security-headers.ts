/** Headers that every answer carries: nothing may frame, sniff, refer or load but what a page names for itself. */
import type { RequestHandler } from 'express';

/** For answers that are no pages: a browser that opens one may do nothing with it. */
const NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** For the hub's own pages: own scripts and own requests only. GraphiQL sets styles on elements, hence the inline styles. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** For the dashboard: nothing inline at all; MapLibre draws icons from `data:` and reads its worker from the hub. */
export const DASHBOARD_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const ALWAYS = {
  'content-security-policy': NOTHING,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  // What a viewer sees must not stay in a proxy or on a shared disk; pages and their files say otherwise.
  'cache-control': 'no-store',
} as const;
const OVER_HTTPS = { ...ALWAYS, 'strict-transport-security': 'max-age=31536000' } as const;

export function securityHeadersFor(secure: boolean): Readonly<Record<string, string>> {
  return secure ? OVER_HTTPS : ALWAYS;
}

export const securityHeaders: RequestHandler = (request, response, next) => {
  response.set(securityHeadersFor(request.secure));
  next();
};
