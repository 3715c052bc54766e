/** `/auth`: signing in and out, and taking an account into use. What is given back is a session for the Authorization header; the hub's own pages have it put into a cookie. */
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import type { NewSession } from '../access/session.store.ts';
import { type Outcome, type Reason } from '../kernel/errors.ts';
import { type IdentityProvider, identityProvider } from '../people/accounts/oidc.ts';
import {
  countAddress,
  enterWithKey,
  forgive,
  leave,
  type SignInTools,
  signIn,
} from '../people/accounts/sign-in.service.ts';
import {
  readInvitation,
  signInWithIdentity,
  type TakenUp,
  takeUpWithIdentity,
  takeUpWithPassphrase,
} from '../people/accounts/take-up.service.ts';
import { viewerIn } from './authenticate.ts';
import type { HttpServices } from './http-services.ts';
import { refuseRequest } from './refusal.ts';
import { clearSessionCookie, setSessionCookie } from './session-cookie.ts';

const SMALL = 16_384;
const COUNTED_BY_PROVIDER = 2;
const TEXT = z.string().max(1_000);
const SIGN_IN = z.strictObject({ signInName: TEXT, passphrase: TEXT, code: TEXT });
const INVITATION = z.strictObject({ invitation: TEXT });
const TAKE_UP = z.strictObject({ invitation: TEXT, passphrase: TEXT, code: TEXT });
const FINISH = z.strictObject({ handle: TEXT, query: z.string().max(8_000), invitation: TEXT.optional() });

const NOT_READ = 'the body cannot be read; wanted the fields as JSON, as docs/accounts.md has them';
/** One sentence for every cause. */
const NOT_THESE =
  'found no account with that name, passphrase and code together, wanted all three; a code is taken once, so wait for the next; or ask your data officer for a new invitation';
const NOT_VOUCHED =
  'found nobody who is linked to an account of this hub, wanted somebody who took up an invitation; begin again, or ask your data officer for one';

export function authRoutes(services: HttpServices): Router {
  const tools: SignInTools = services.hub.imports;
  const provider =
    services.oidc == null
      ? null
      : identityProvider(services.oidc, services.hub.keys, (kind) =>
          services.log.warn({ kind }, 'the identity provider vouched for nobody'),
        );
  const router = Router({ strict: true });
  if (!services.trustProxy) router.use('/auth', warnOnce(services));
  router.get('/auth/ways', (_request, response) => {
    response.json({ oidc: provider !== null });
  });
  router.post(
    '/auth/sign-in',
    taking(SIGN_IN, async (said, request, response) => {
      const result = await signIn(tools, said, request.ip ?? '');
      if (result.kind === 'in') response.json(shown(result.session));
      else if (result.kind === 'refused') refuseRequest(response, 401, 'UNAUTHENTICATED', NOT_THESE);
      else wait(response, result.seconds);
    }),
  );
  router.post(
    '/auth/invitation',
    counted(tools),
    taking(INVITATION, async ({ invitation }, _request, response) => {
      answer(response, await readInvitation(tools, invitation), (offered) => offered);
    }),
  );
  router.post(
    '/auth/take-up',
    counted(tools),
    taking(TAKE_UP, async ({ invitation, passphrase, code }, _request, response) => {
      answer(response, await takeUpWithPassphrase(tools, invitation, passphrase, code), takenUp);
    }),
  );
  if (provider !== null) providerRoutes(router, provider, tools);
  return router;
}

/** Behind a proxy that is not trusted all people share one address, and with it the tries of all. */
function warnOnce({ log }: HttpServices): RequestHandler {
  let told = false;
  return (request, _response, next) => {
    if (!told && request.headers['x-forwarded-for'] !== undefined) {
      told = true;
      log.warn(
        'a proxy forwards to this hub and is not trusted: tries to sign in are counted together for all who come through it; set HEADWATER_TRUST_PROXY=true',
      );
    }
    next();
  };
}

/** For whoever was let in: the browser gets a cookie of the session, or of one that is begun for the key. The body is not looked at. */
export function keepSession({ hub }: HttpServices): RequestHandler {
  return async (request, response) => {
    const viewer = viewerIn(response);
    const presented = /^Bearer (hws_\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (viewer.sessionId == null) {
      setSessionCookie(request, response, (await enterWithKey(hub.imports, viewer)).text);
    } else if (presented !== undefined) setSessionCookie(request, response, presented);
    response.status(204).end();
  };
}

/** For whoever was let in by a session, whatever the role; for a key there is nothing to end. */
export function signOut({ hub }: HttpServices): RequestHandler {
  return async (request, response) => {
    await leave(hub.imports, viewerIn(response));
    clearSessionCookie(request, response);
    response.status(204).end();
  };
}

function providerRoutes(router: Router, provider: IdentityProvider, tools: SignInTools): void {
  router.post('/auth/oidc/begin', counted(tools), async (_request, response) => {
    const begun = await provider.begin(tools.now());
    if (begun !== null) response.json(begun);
    else refuseRequest(response, 503, 'BUSY', 'the identity provider does not answer; try again');
  });
  router.post(
    '/auth/oidc/finish',
    counted(tools),
    taking(FINISH, async ({ handle, query, invitation }, request, response) => {
      const identity = await provider.finish(handle, query, tools.now());
      // The beginning and the end were counted: whole offices stand behind one address.
      const letIn = (): Promise<void> => forgive(tools, request.ip ?? '', COUNTED_BY_PROVIDER);
      if (identity !== null && invitation !== undefined) {
        const outcome = await takeUpWithIdentity(tools, invitation, identity);
        if (outcome.accepted) await letIn();
        answer(response, outcome, takenUp);
        return;
      }
      const session = identity === null ? null : await signInWithIdentity(tools, identity);
      if (session !== null) await letIn();
      if (session === null) refuseRequest(response, 401, 'UNAUTHENTICATED', NOT_VOUCHED);
      else response.json(shown(session));
    }),
  );
}

/** Guesses from one address are counted before anything is looked at. */
function counted(tools: SignInTools): RequestHandler {
  return async (request, response, next) => {
    const seconds = await countAddress(tools, request.ip ?? '');
    if (seconds > 0) wait(response, seconds);
    else next();
  };
}

/** JSON and nothing else: what a form of another site can send is no JSON. */
function taking<T>(
  schema: z.ZodType<T>,
  work: (said: T, request: Request, response: Response) => Promise<void>,
): RequestHandler[] {
  return [
    express.json({ limit: SMALL }),
    async (request, response) => {
      const parsed = schema.safeParse(request.body);
      if (parsed.success) await work(parsed.data, request, response);
      else refuseRequest(response, 400, 'BAD_INPUT', NOT_READ);
    },
  ];
}

function answer<T>(response: Response, outcome: Outcome<T>, show: (value: T) => unknown): void {
  if (outcome.accepted) response.json(show(outcome.value));
  else refuseRequest(response, 400, 'BAD_INPUT', outcome.reasons.map(sentence).join('; '));
}

function sentence({ where, found, wanted }: Reason): string {
  return `${where}: found ${found}, wanted ${wanted}`;
}

function takenUp({ session, signInName, recoveryCodes }: TakenUp): unknown {
  return { ...shown(session), signInName, recoveryCodes };
}

function shown({ text, expiresAt }: NewSession): { readonly session: string; readonly expiresAt: string } {
  return { session: text, expiresAt: expiresAt.toISOString() };
}

function wait(response: Response, seconds: number): void {
  response.set('retry-after', String(seconds));
  refuseRequest(response, 429, 'BUSY', `too many tries; wait ${seconds} s and try again`);
}
