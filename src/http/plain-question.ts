/** Whether a request is the plainest that a question comes in: JSON with its length, in the body, from somebody who says who they are in one way. */
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Purpose } from '../kernel/vocabulary.ts';
import { bearerIn, PURPOSE_HEADER, purposeIn } from './authenticate.ts';
import { sessionOfOwnPage } from './session-cookie.ts';

export interface PlainQuestion {
  /** A key or session. */
  readonly credential: string;
  readonly purpose: Purpose | null;
  /** Bytes of the body. */
  readonly length: number;
}

/** What Apollo answers in the one media type that is written here. */
const ACCEPTED: ReadonlySet<string> = new Set([
  '*/*',
  'application/json',
  'application/json, text/plain, */*',
]);
const JSON_TYPES: ReadonlySet<string> = new Set(['application/json', 'application/json; charset=utf-8']);
const MOST_BYTES = 16_384;

/** Null for every other request. */
export function plainQuestion(request: IncomingMessage, trustProxy: boolean): PlainQuestion | null {
  const { headers } = request;
  if (request.method !== 'POST' || request.url !== '/graphql') return null;
  if (headers.accept !== undefined && !ACCEPTED.has(headers.accept)) return null;
  if (!JSON_TYPES.has(headers['content-type'] ?? '')) return null;
  if (headers['content-encoding'] !== undefined || headers['transfer-encoding'] !== undefined) return null;
  const length = Number(headers['content-length']);
  if (!(length > 0 && length <= MOST_BYTES)) return null;
  const purpose = purposeIn(headers[PURPOSE_HEADER]);
  const credential =
    headers.authorization === undefined
      ? sessionOfOwnPage(headers, isSecure(request, trustProxy))
      : bearerIn(headers.authorization);
  return purpose === undefined || credential === undefined ? null : { credential, purpose, length };
}

/** As express tells it behind one proxy, or none. */
export function isSecure({ headers, socket }: IncomingMessage, trustProxy: boolean): boolean {
  const own = (socket as Partial<TLSSocket>).encrypted === true ? 'https' : 'http';
  if (!trustProxy) return own === 'https';
  const said = headers['x-forwarded-proto'] ?? own;
  return (String(said).split(',')[0] as string).trim() === 'https';
}

/**
 * Looks at the body where all of it came with the head, and puts it back: whoever reads the request after this reads it whole. Bytes as they are;
 * null where some are missing yet.
 */
export function bodyThatCame(
  request: IncomingMessage,
  length: number,
  then: (body: string | null) => void,
): void {
  request.once('readable', () => {
    const came = request.read() as Buffer | null;
    if (came !== null) request.unshift(came);
    then(came?.length === length ? came.toString('latin1') : null);
  });
}
