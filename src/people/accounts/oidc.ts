/** Asking an identity provider who somebody is: OpenID Connect, authorization code with PKCE, by `openid-client`. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  None,
} from 'openid-client';
import type { KeyStore } from '../../vault/key-store.ts';

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** null: a public client, by PKCE alone. */
  readonly clientSecret: string | null;
  /** Of this hub, as browsers see it; the provider sends people back there and nowhere else. */
  readonly publicUrl: string;
  /** The one that id tokens are signed with. */
  readonly algorithm: string;
}

export interface Begun {
  /** Where the browser goes. */
  readonly url: string;
  /** Kept by the page that began, for `finish`: without it an answer of the provider is worth nothing. */
  readonly handle: string;
}

export interface IdentityProvider {
  /** null: the provider does not answer. */
  begin(now: Date): Promise<Begun | null>;
  /** `query`: what the provider sent the browser back with. A keyed digest of issuer and subject; null: it vouched for nobody. */
  finish(handle: string, query: string, now: Date): Promise<Uint8Array | null>;
}

const CALLBACK = '/auth/callback';
const TEN_MINUTES_MS = 600_000;
const TIMEOUT_SECONDS = 10;

/**
 * Nothing is kept on our side between the two: state, nonce and verifier are drawn from the handle with a key that nobody else has, and the
 * provider takes a code once. `onFailure` hears the kind of what went wrong, for the log: errors of the protocol carry who it was about.
 */
export function identityProvider(
  settings: OidcSettings,
  keys: KeyStore,
  onFailure: (kind: string) => void,
): IdentityProvider {
  const redirect = new URL(CALLBACK, settings.publicUrl).href;
  let discovered: Promise<Configuration> | null = null;
  const configuration = (): Promise<Configuration> => {
    discovered ??= discover(settings).catch((error: unknown) => {
      // Asked again by the next who signs in.
      discovered = null;
      throw error;
    });
    return discovered;
  };
  const drawn = (what: string, handle: string): string =>
    Buffer.from(keys.token(`oidc/${what}`, handle)).toString('base64url');
  return {
    begin: async (now) => {
      const handle = `${randomBytes(24).toString('base64url')}.${now.getTime()}`;
      const found = await configuration().catch((error: unknown) => {
        onFailure(kindOf(error));
        return null;
      });
      if (found === null) return null;
      const url = buildAuthorizationUrl(found, {
        redirect_uri: redirect,
        scope: 'openid',
        response_type: 'code',
        state: drawn('state', handle),
        nonce: drawn('nonce', handle),
        code_challenge: createHash('sha256').update(drawn('verifier', handle)).digest('base64url'),
        code_challenge_method: 'S256',
      });
      return { url: url.href, handle };
    },
    finish: async (handle, query, now) => {
      const age = now.getTime() - Number(handle.split('.')[1]);
      const answer = new URL(redirect);
      answer.search = query;
      const state = Buffer.from(answer.searchParams.get('state') ?? '');
      const wanted = Buffer.from(drawn('state', handle));
      if (!(age >= 0 && age <= TEN_MINUTES_MS) || state.length !== wanted.length) return null;
      if (!timingSafeEqual(state, wanted)) return null;
      try {
        const tokens = await authorizationCodeGrant(await configuration(), answer, {
          expectedState: drawn('state', handle),
          expectedNonce: drawn('nonce', handle),
          pkceCodeVerifier: drawn('verifier', handle),
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        return claims === undefined
          ? null
          : keys.token('oidc/identity', JSON.stringify([claims.iss, claims.sub]));
      } catch (error) {
        onFailure(kindOf(error));
        return null;
      }
    },
  };
}

function kindOf(error: unknown): string {
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  return [name, code].filter((each) => typeof each === 'string').join(' ');
}

/** The signature of the id token is looked at too, though it comes from the provider itself. */
function discover({ issuer, clientId, clientSecret, algorithm }: OidcSettings): Promise<Configuration> {
  const url = new URL(issuer);
  return discovery(
    url,
    clientId,
    { id_token_signed_response_alg: algorithm },
    clientSecret === null ? None() : ClientSecretBasic(clientSecret),
    {
      timeout: TIMEOUT_SECONDS,
      // The configuration takes http for a provider on this machine alone.
      execute: [enableNonRepudiationChecks, ...(url.protocol === 'http:' ? [allowInsecureRequests] : [])],
    },
  );
}
