/** A real OpenID provider for tests, on this machine: `oidc-provider`, with people who are invented and sign in by saying who they are. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export const CLIENT = { id: 'headwater-test', secret: 'a fictional secret of a test client' } as const;

export interface TestProvider {
  readonly issuer: string;
  /** As a browser does that follows every redirect: signs in, consents, and stops at the hub's own address. */
  signIn(url: string, subject: string): Promise<URL>;
  close(): Promise<void>;
}

/** `redirect`: the one address it sends people back to. */
export async function openProvider(redirect: string): Promise<TestProvider> {
  const server: Server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [redirect],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        application_type: 'native',
      },
    ],
    pkce: { required: () => true },
    findAccount: (_context, subject) => ({ accountId: subject, claims: () => ({ sub: subject }) }),
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['a fictional cookie key'] },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
  return {
    issuer,
    signIn: (url, subject) => walk(url, subject, new URL(redirect).origin),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function walk(from: string, subject: string, until: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = new URL(from);
  let form: URLSearchParams | null = null;
  for (let steps = 0; steps < 20; steps += 1) {
    if (url.origin === until) return url;
    const response: Response = await fetch(url, {
      method: form === null ? 'GET' : 'POST',
      body: form,
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const page = await response.text();
    if (location !== null) {
      form = null;
      url = new URL(location, url);
      continue;
    }
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
    if (action === undefined)
      throw new Error(
        `the provider stopped at ${url.pathname} with ${response.status}: ${page.slice(0, 400)}`,
      );
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? '';
    form = new URLSearchParams({ prompt, ...(prompt === 'login' && { login: subject, password: 'x' }) });
    url = new URL(action, url);
  }
  throw new Error('the provider goes in circles');
}
