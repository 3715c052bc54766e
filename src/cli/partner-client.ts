/** How a command that runs at a partner asks a hub: by its address and a key from a file, over GraphQL and nothing else. */
import { readFileSync } from 'node:fs';
import { type ErrorCode, HeadwaterError } from '../kernel/errors.ts';

export interface PartnerClient {
  /** The answer's data. Throws BUSY when the hub cannot be reached or answers what is no GraphQL, and the hub's own refusal in its own words. */
  ask<T>(query: string, variables?: Readonly<Record<string, unknown>>): Promise<T>;
  /** The same, for what a hub takes longer for than anybody waits, and goes on with when it is asked again. */
  retried<T>(query: string, variables: Readonly<Record<string, unknown>>, tries: number): Promise<T>;
}

const LONGEST_WAIT_MS = 120_000;

/** `address`: like https://hub.example.org. Plain http goes to this machine only: a key is in every request. */
export function partnerClient(address: string, keyFile: string): PartnerClient {
  const url = graphqlAddress(address);
  const key = readFileSync(keyFile, 'utf8').trim();
  if (!/^hw_[\w-]{1,200}$/.test(key))
    throw new HeadwaterError(
      'BAD_INPUT',
      `${keyFile}: found what is no key of a hub, wanted one that begins with hw_`,
    );
  const ask = async <T>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      redirect: 'error',
      signal: AbortSignal.timeout(LONGEST_WAIT_MS),
    }).catch((cause: unknown) => {
      throw new HeadwaterError('BUSY', `${url.origin}: found no hub that answers, wanted one`, { cause });
    });
    const body = (await response.json().catch(() => null)) as Answer<T> | null;
    const [error] = body?.errors ?? [];
    if (error !== undefined)
      throw new HeadwaterError(codeOf(error.extensions?.code), `the hub refuses: ${error.message}`);
    if (body?.data == null)
      throw new HeadwaterError(
        'BUSY',
        `${url.origin}: found an answer with status ${response.status} that is no GraphQL`,
      );
    return body.data;
  };
  const retried = async <T>(
    query: string,
    variables: Readonly<Record<string, unknown>>,
    tries: number,
  ): Promise<T> => {
    try {
      return await ask<T>(query, variables);
    } catch (error) {
      const { name } = ((error as Error).cause ?? {}) as { readonly name?: string };
      if (name !== 'TimeoutError' || tries <= 1) throw error;
      return retried<T>(query, variables, tries - 1);
    }
  };
  return { ask, retried };
}

interface Answer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

function graphqlAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  const local = url !== null && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && local)))
    throw new HeadwaterError(
      'BAD_INPUT',
      `found the address "${address}", wanted one like https://hub.example.org`,
    );
  return new URL('/graphql', url);
}

/** The hub's code where it is one a command can act upon. */
function codeOf(code: string | undefined): ErrorCode {
  return code === 'BAD_INPUT' || code === 'UNAUTHENTICATED' || code === 'FORBIDDEN' ? code : 'BUSY';
}
