/** The session of the hub's own pages, in a cookie that no script reads and no other site's page can use. */
import type { IncomingHttpHeaders } from 'node:http';
import type { CookieOptions, Request, Response } from 'express';
import { readKey } from '../access/keys.ts';
import { LONGEST_SESSION_MS } from '../access/session.store.ts';

/** Over https under a name that a browser takes from this host alone, for all of its paths, and never over http. */
const NAMES = { secure: '__Host-headwater', plain: 'headwater' } as const;
/** They change nothing. */
const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** The session that came in the cookie; undefined where there is none, or the request is not known to come from a page of this hub. */
export function sessionInCookie(request: Request): string | undefined {
  const text = onlySession(request.headers.cookie, request.secure);
  return text !== undefined && isFromOwnPage(request) ? text : undefined;
}

/** The same for a request that the browser itself says comes from a page of this hub. */
export function sessionOfOwnPage(headers: IncomingHttpHeaders, secure: boolean): string | undefined {
  return headers['sec-fetch-site'] === 'same-origin' ? onlySession(headers.cookie, secure) : undefined;
}

/** A session and nothing else: a key is never kept in a browser. */
function onlySession(cookie: string | undefined, secure: boolean): string | undefined {
  const name = secure ? NAMES.secure : NAMES.plain;
  const pairs = (cookie ?? '').split(';').map((pair) => pair.trim());
  const found = pairs
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  // Given twice, one of them was set by somebody else.
  const [text = ''] = found.length === 1 ? found : [];
  return readKey(text)?.kind === 'session' ? text : undefined;
}

export function setSessionCookie(request: Request, response: Response, session: string): void {
  response.cookie(nameFor(request), session, { ...optionsFor(request), maxAge: LONGEST_SESSION_MS });
}

export function clearSessionCookie(request: Request, response: Response): void {
  response.clearCookie(nameFor(request), optionsFor(request));
}

/**
 * SameSite stops other sites and not other ports of this host, so the browser's word on where the request was made is looked at too.
 * Where it says nothing (over plain http to an address that is not this machine) what changes something has to name this host as its origin.
 */
function isFromOwnPage(request: Request): boolean {
  const safe = SAFE.includes(request.method);
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || (safe && site === 'none');
  const { origin } = request.headers;
  return origin === undefined ? safe : hostOf(origin) === request.host;
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function nameFor(request: Request): string {
  return request.secure ? NAMES.secure : NAMES.plain;
}

function optionsFor(request: Request): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure: request.secure, path: '/' };
}
