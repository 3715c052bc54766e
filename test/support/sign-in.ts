/** People signing in over HTTP in a test, with a clock of their own. */
import { createHmac, randomUUID } from 'node:crypto';
import pino from 'pino';
import request, { type Response } from 'supertest';
import type { Role } from '../../src/access/roles.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { readViewer } from '../../src/access/viewer.view.ts';
import { createApp, type HubApp } from '../../src/http/app.ts';
import type { OidcSettings } from '../../src/people/accounts/oidc.ts';
import { answer, type TestHub } from './test-hub.ts';

export const PASSPHRASE = 'a fictional tern over the weir';

export interface Entered {
  readonly session: string;
  readonly expiresAt: string;
  readonly signInName: string;
  readonly recoveryCodes: readonly string[];
  /** Of the authenticator app, as it was typed in. */
  readonly appSecret: string;
}

export interface Invited {
  readonly id: string;
  readonly version: number;
  readonly invitation: string;
}

export class SignInDesk {
  readonly logged: string[] = [];
  readonly hub: TestHub;
  now: Date;
  #app: HubApp | null = null;
  #serial = 0;
  readonly #oidc: OidcSettings | null;

  constructor(hub: TestHub, now: Date, oidc: OidcSettings | null = null) {
    this.now = now;
    this.hub = { ...hub, imports: { ...hub.imports, now: () => this.now } };
    this.#oidc = oidc;
  }

  async app(): Promise<HubApp> {
    this.#app ??= await createApp({
      hub: this.hub,
      corsOrigins: [],
      trustProxy: true,
      log: pino({ level: 'trace' }, { write: (line: string) => void this.logged.push(line) }),
      now: () => this.now,
      oidc: this.#oidc,
      requestsAMinute: 100_000,
    });
    return this.#app;
  }

  later(minutes: number): void {
    this.now = new Date(this.now.getTime() + minutes * 60_000);
  }

  /** From an address of its own unless one is given. */
  async post(path: string, body: object, address?: string): Promise<Response> {
    this.#serial += 1;
    const { handler } = await this.app();
    return request(handler)
      .post(path)
      .set('x-forwarded-for', address ?? `192.0.2.${this.#serial % 250}`)
      .send(body);
  }

  async ask(session: string, query: string, variables: object = {}): Promise<Response> {
    const { handler } = await this.app();
    return request(handler)
      .post('/graphql')
      .set('authorization', `Bearer ${session}`)
      .send({ query, variables });
  }

  async signOut(session: string): Promise<Response> {
    const { handler } = await this.app();
    return request(handler).post('/auth/sign-out').set('authorization', `Bearer ${session}`).send({});
  }

  async make(
    officer: Viewer,
    role: Role,
    vaultPermission = false,
    name = 'Fictional Person',
  ): Promise<Invited> {
    this.#serial += 1;
    const { done } = await answer<{ done: Invited }>(
      this.hub,
      { ...officer, now: this.now },
      `mutation ($role: Role!, $vault: Boolean!, $name: String!, $key: String!) {
        done: makeAccount(role: $role, name: $name, vaultPermission: $vault, idempotencyKey: $key) {
          ... on AccountInvited { id version invitation } ... on ActRefused { reasons { where found wanted } } } }`,
      { role: role.toUpperCase(), vault: vaultPermission, name, key: randomUUID() },
    );
    return done;
  }

  /** By an invitation, as somebody does on the page. */
  async takeUp(invitation: string, passphrase = PASSPHRASE): Promise<Entered> {
    const offered = await this.post('/auth/invitation', { invitation });
    const { appSecret } = offered.body as { appSecret: string };
    const taken = await this.post('/auth/take-up', {
      invitation,
      passphrase,
      code: appCode(appSecret, this.now),
    });
    if (taken.status !== 200) throw new Error(`${taken.status} ${taken.text}`);
    return { ...(taken.body as Entered), appSecret };
  }

  signIn(signInName: string, code: string, passphrase = PASSPHRASE, address?: string): Promise<Response> {
    return this.post('/auth/sign-in', { signInName, passphrase, code }, address);
  }

  viewer(session: string): Promise<Viewer> {
    return readViewer(this.hub.database, session, this.now);
  }
}

/** What an authenticator app shows: worked out apart from the hub's own code. */
export function appCode(secret: string, now: Date): string {
  const bits = secret
    .split('')
    .map((letter) => 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Math.floor(now.getTime() / 30_000)
    .toString(16)
    .padStart(16, '0');
  const mac = createHmac('sha1', key).update(Buffer.from(counter, 'hex')).digest();
  const at = (mac[19] ?? 0) % 16;
  return String((mac.readUInt32BE(at) % 2 ** 31) % 1_000_000).padStart(6, '0');
}
