/** Who asks: a key or a session in the Authorization header, or the session of a page of the hub, read anew for every request that the short lane leaves to it. */
import type { Request, RequestHandler, Response } from 'express';
import { maybeHoldsKey } from '../access/keys.ts';
import type { KnownViewers } from '../access/known-viewers.ts';
import { wasSession } from '../access/session.store.ts';
import type { Viewer } from '../access/viewer.ts';
import { lookUpViewer, readViewer } from '../access/viewer.view.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import { PURPOSES, type Purpose } from '../kernel/vocabulary.ts';
import type { Database } from '../platform/database.ts';
import type { RateLimit } from './rate-limit.ts';
import { refuseRequest } from './refusal.ts';
import { clearSessionCookie, sessionInCookie } from './session-cookie.ts';

/** One sentence for every cause: none, malformed, unknown, expired, revoked, or sent where it does not belong. */
const NO_KEY =
  'a valid key or session is wanted in the header "Authorization: Bearer hw_…" and nowhere else; it was missing, or is not known, has expired or was revoked';

/** How many broken glasses wait for the review of whoever asks. */
export const NOTICES_HEADER = 'headwater-notices';

/** What a request is for: nothing is shown that was shared for something else. */
export const PURPOSE_HEADER = 'headwater-purpose';
const NO_PURPOSE = `the header "Headwater-Purpose" is not one that is known, wanted one of ${PURPOSES.join(', ')}, or none`;
const NOT_FOR_THAT =
  'the header "Headwater-Purpose" says what this key or account is not for; ask your data officer for one that is';

export interface Gate {
  readonly database: Database;
  readonly now: () => Date;
  /** By key or account. */
  readonly requests: RateLimit;
  /** By address: guesses that failed. */
  readonly failures: RateLimit;
  /** Whom it let in, for whoever asks whether they still are. */
  readonly viewers: KnownViewers;
}

export function authenticate(gate: Gate): RequestHandler {
  return async (request, response, next) => {
    const purpose = purposeIn(request.headers[PURPOSE_HEADER]);
    if (purpose === undefined) {
      refuseRequest(response, 400, 'BAD_INPUT', NO_PURPOSE);
      return;
    }
    const credential = credentialOf(request);
    const viewer = await findViewer(gate, credential, request.originalUrl, purpose);
    if (viewer === 'not for that') {
      refuseRequest(response, 403, 'FORBIDDEN', NOT_FOR_THAT);
      return;
    }
    if (viewer === null) {
      const inCookie = cameInCookie(request);
      // A browser whose session is over forgets it, so that its next request is one of somebody who is not signed in.
      if (inCookie && !maybeHoldsKey(request.originalUrl)) clearSessionCookie(request, response);
      if (await isGuess(gate, request, credential, inCookie)) {
        // Whoever has a good key is let in, whatever others guess at the same address: behind a proxy it is everybody's.
        const blocked = gate.failures.wait(request.ip ?? '');
        if (blocked > 0) {
          tooMany(response, blocked);
          return;
        }
        gate.failures.take(request.ip ?? '');
      }
      response.set('www-authenticate', 'Bearer');
      refuseRequest(response, 401, 'UNAUTHENTICATED', NO_KEY);
      return;
    }
    const wait = gate.requests.take(viewer.keyId);
    if (wait > 0) {
      tooMany(response, wait);
      return;
    }
    // Whoever was told of a broken glass hears of it with the next answer, whatever they ask.
    const notices = viewer.unreviewedNotices ?? 0;
    if (notices > 0) response.set(NOTICES_HEADER, String(notices));
    response.locals.viewer = viewer;
    response.locals.again = () => viewerAgain(gate, credential, purpose);
    next();
  };
}

/** The viewer that `authenticate` let in. */
export function viewerIn(response: Response): Viewer {
  return response.locals.viewer as Viewer;
}

/** The same key or session, looked at again for what takes long. Throws UNAUTHENTICATED where it is let in no more. */
export function viewerAgainIn(response: Response): () => Promise<Viewer> {
  return response.locals.again as () => Promise<Viewer>;
}

function viewerAgain(
  { database, now }: Gate,
  credential: string | undefined,
  purpose: Purpose | null,
): Promise<Viewer> {
  return readViewer(database, credential ?? '', now(), purpose);
}

/** A header that is there counts alone, good or not: nobody is let in as somebody else than they said. */
function credentialOf(request: Request): string | undefined {
  const { authorization } = request.headers;
  if (authorization === undefined) return sessionInCookie(request);
  return bearerIn(authorization);
}

export function bearerIn(authorization: string): string | undefined {
  return /^Bearer ([!-~]{1,200})$/i.exec(authorization)?.[1];
}

function cameInCookie(request: Request): boolean {
  return request.headers.authorization === undefined && sessionInCookie(request) !== undefined;
}

/**
 * Who sends nothing guesses nothing, and neither does a browser whose session is over: all that a page asks at once would use up the tries of
 * its address. A session that never was is a guess like any.
 */
async function isGuess(
  { database }: Gate,
  request: Request,
  credential: string | undefined,
  inCookie: boolean,
): Promise<boolean> {
  if (maybeHoldsKey(request.originalUrl) || request.headers.authorization !== undefined) return true;
  if (credential === undefined) return false;
  return !(inCookie && (await wasSession(database, credential)));
}

/** A key in a URL ends in logs and histories: it is refused there even beside a good header. */
async function findViewer(
  { database, now, viewers }: Gate,
  key: string | undefined,
  url: string,
  purpose: Purpose | null,
): Promise<Viewer | 'not for that' | null> {
  if (key === undefined || maybeHoldsKey(url)) return null;
  try {
    const found = await lookUpViewer(database, key, now(), purpose);
    viewers.remember(key, purpose, found);
    return found.viewer;
  } catch (error) {
    if (error instanceof HeadwaterError && error.code === 'UNAUTHENTICATED') return null;
    if (error instanceof HeadwaterError && error.code === 'FORBIDDEN') return 'not for that';
    throw error;
  }
}

/** Null where nothing is said; undefined for what is no purpose. */
export function purposeIn(said: string | readonly string[] | undefined): Purpose | null | undefined {
  if (said === undefined) return null;
  return PURPOSES.find((purpose) => purpose === String(said).trim().toLowerCase());
}

function tooMany(response: Response, seconds: number): void {
  response.set('retry-after', String(seconds));
  refuseRequest(response, 429, 'BUSY', `too many requests; wait ${seconds} s and ask again`);
}
