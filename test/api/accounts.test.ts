/** People with accounts: made by data officers, taken up by invitation, signed in with two factors, and stopped at once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { verifyLog } from '../../src/audit/verify-log.store.ts';
import { runOnHub } from '../../src/cli/run-on-hub.ts';
import { openColumnsWith } from '../support/open-columns.ts';
import { appCode, PASSPHRASE, SignInDesk } from '../support/sign-in.ts';
import { answer, ask, openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';

const NAME = 'Qwvxyz Canaryofficer';
const REPORTS = '{ reports { totalCount } }';
const OUTCOME = '{ ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } } }';
const INVITED =
  '{ ... on AccountInvited { id version invitation } ... on ActRefused { reasons { where found wanted } } }';
const OWN = '{ myAccount { id role name signInName signsIn sessions { id asking signedIn } } }';

interface Done {
  readonly id?: string;
  readonly version?: number;
  readonly invitation?: string | null;
  readonly reasons?: readonly { readonly where: string; readonly found: string; readonly wanted: string }[];
}

let hub: TestHub;
let desk: SignInDesk;
let officer: Viewer;
let other: Viewer;
let serial = 0;

const sql = <T>(text: string, values: readonly unknown[] = []): Promise<readonly T[]> =>
  hub.database.unrestricted('look in a test', (connection) => connection.query<T>(text, values));

/** `call`: a mutation with its arguments, but for the idempotency key. */
async function act(viewer: Viewer, call: string, outcome = OUTCOME, key?: string): Promise<Done> {
  serial += 1;
  const text = `mutation { done: ${call.replace(/\)$/, `, idempotencyKey: "${key ?? `accounts-${serial}`}")`)} ${outcome} }`;
  return (await answer<{ done: Done }>(desk.hub, { ...viewer, now: desk.now }, text)).done;
}
/** Each wants a code of its own time. */
async function signInAgain(signInName: string, appSecret: string): Promise<string> {
  desk.later(2);
  const { status, body } = await desk.signIn(signInName, appCode(appSecret, desk.now));
  expect(status).toBe(200);
  return body.session as string;
}
async function columnsWith(...texts: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const text of texts) found.push(...(await openColumnsWith(hub, text)));
  return found;
}
const statusOf = async (session: string): Promise<number> => (await desk.ask(session, REPORTS)).status;

beforeAll(async () => {
  hub = await openTestHub('base');
  officer = await viewerFor(hub, 'river-desk', 'data_officer', true);
  other = await viewerFor(hub, 'hill-desk', 'data_officer', true);
  desk = new SignInDesk(hub, TEST_NOW);
});
afterAll(() => hub.close());

describe('an account', () => {
  it('is taken up by its invitation once, and lets its person in as the role it has', async () => {
    const made = await desk.make(officer, 'analyst');
    const { session, signInName, recoveryCodes } = await desk.takeUp(made.invitation);
    expect(session).toMatch(/^hws_/);
    expect(recoveryCodes).toHaveLength(10);
    const { body } = await desk.ask(session, OWN);
    expect(body.data.myAccount).toMatchObject({
      id: made.id,
      role: 'ANALYST',
      signInName,
      signsIn: 'LOCAL',
      sessions: [{ asking: true, signedIn: 'LOCAL' }],
    });
    const viewer = await desk.viewer(session);
    const key = await viewerFor(hub, 'river-desk', 'analyst');
    expect(viewer).toMatchObject({ keyId: made.id, organisationSlug: 'river-desk', role: 'analyst' });
    expect([viewer.fullClasses, viewer.partial]).toEqual([key.fullClasses, key.partial]);
    // What somebody does by hand is kept under the account, as it is under a key.
    const { recordReport } = await answer<{ recordReport: { reportId?: string } }>(
      hub,
      viewer,
      `mutation { recordReport(idempotencyKey: "by-an-account", report: { kind: INTERVIEW,
        origin: { kind: STAFF, reliability: B, credibility: 2 }, incident: { kind: INTERCEPTION, place: { country: "NPL" } } }) { ... on ActDone { reportId } } }`,
    );
    expect(recordReport.reportId).toBeDefined();
    const again = await desk.post('/auth/invitation', { invitation: made.invitation });
    expect(again.status).toBe(400);
    expect(again.text).toContain('was used');
  });

  it('is made by data officers alone, once for an idempotency key, and its invitation is shown once', async () => {
    const analyst = await viewerFor(hub, 'river-desk', 'analyst');
    const call = 'makeAccount(role: FIELD, name: "Fictional Fielder")';
    const { errors } = await ask(
      hub,
      analyst,
      `mutation { ${call.replace(')', ', idempotencyKey: "12345678")')} { __typename } }`,
    );
    expect(errors?.[0]?.message).toContain('ask the data officer');
    const first = await act(officer, call, INVITED, 'the-same-key');
    const second = await act(officer, call, INVITED, 'the-same-key');
    expect(first.invitation).toMatch(/^hwi_/);
    expect(second).toEqual({ ...first, invitation: null });
  });

  it('gives nobody what its maker does not hold, nor a role outside an organisation', async () => {
    const plain = await viewerFor(hub, 'river-desk', 'data_officer');
    const vault = await act(
      plain,
      'makeAccount(role: INVESTIGATOR, vaultPermission: true, name: "Nobody")',
      INVITED,
    );
    expect(vault.reasons?.map(({ where }) => where)).toEqual(['vaultPermission']);
    const analyst = await act(
      officer,
      'makeAccount(role: ANALYST, vaultPermission: true, name: "Nobody")',
      INVITED,
    );
    expect(analyst.reasons?.[0]?.wanted).toContain('investigator');
    const operator = await act(officer, 'makeAccount(role: OPERATOR, name: "Nobody")', INVITED);
    expect(operator.reasons?.map(({ where }) => where)).toEqual(['role']);
    // Nor by way of an invitation to an account that has it.
    const { id, version } = await desk.make(officer, 'investigator', true);
    const taken = await act(plain, `inviteAgain(id: "${id}", version: ${version})`, INVITED);
    expect(taken.reasons?.map(({ where }) => where)).toEqual(['vaultPermission']);
  });

  it('is for its own organisation, and what is another’s looks like what is not there', async () => {
    const made = await desk.make(officer, 'analyst');
    const nowhere = '00000000-0000-4000-8000-000000000000';
    for (const verb of ['disableAccount', 'enableAccount', 'forgetAccount'])
      expect(await act(other, `${verb}(id: "${made.id}", version: 1)`)).toEqual(
        await act(other, `${verb}(id: "${nowhere}", version: 1)`),
      );
    expect(
      await act(other, `changeAccount(id: "${made.id}", version: 1, role: FIELD, vaultPermission: false)`),
    ).toEqual(
      await act(other, `changeAccount(id: "${nowhere}", version: 1, role: FIELD, vaultPermission: false)`),
    );
    const { accounts } = await answer<{ accounts: { id: string }[] }>(desk.hub, other, '{ accounts { id } }');
    expect(accounts.map(({ id }) => id)).not.toContain(made.id);
    const { accounts: own } = await answer<{ accounts: { id: string; name: string }[] }>(
      desk.hub,
      officer,
      '{ accounts { id name } }',
    );
    expect(own).toContainEqual({ id: made.id, name: 'Fictional Person' });
  });

  it('is changed by somebody else only, at the version that was read', async () => {
    const made = await desk.make(officer, 'data_officer', true);
    const { session } = await desk.takeUp(made.invitation);
    const self = await desk.viewer(session);
    const change = `changeAccount(id: "${made.id}", version: 1, role: DATA_OFFICER, vaultPermission: true)`;
    expect((await act(self, change)).reasons?.[0]?.found).toBe('your own account');
    expect((await act(officer, change.replace('version: 1', 'version: 7'))).reasons?.[0]?.where).toBe(
      'version',
    );
    expect(await act(officer, change)).toEqual({ id: made.id, version: 2 });
  });

  it('changed loses on the next request what its role no longer has', async () => {
    const made = await desk.make(officer, 'investigator', true);
    const { session } = await desk.takeUp(made.invitation);
    expect((await desk.viewer(session)).vaultPermission).toBe(true);
    await act(officer, `changeAccount(id: "${made.id}", version: 1, role: PARTNER, vaultPermission: false)`);
    expect(await desk.viewer(session)).toMatchObject({
      role: 'partner',
      vaultPermission: false,
      fullClasses: [],
    });
  });

  it('disabled stops on the next request, and comes back only by signing in again', async () => {
    const made = await desk.make(officer, 'analyst');
    const { session, signInName, appSecret } = await desk.takeUp(made.invitation);
    expect(await statusOf(session)).toBe(200);
    await act(officer, `disableAccount(id: "${made.id}", version: 1)`);
    expect(await statusOf(session)).toBe(401);
    desk.later(1);
    expect((await desk.signIn(signInName, appCode(appSecret, desk.now))).status).toBe(401);
    await act(officer, `enableAccount(id: "${made.id}", version: 2)`);
    expect(await statusOf(session)).toBe(401);
    expect(await statusOf(await signInAgain(signInName, appSecret))).toBe(200);
  });

  it('forgotten leaves an id, no name and no way in, and the key of its name is destroyed', async () => {
    const made = await desk.make(officer, 'analyst', false, NAME);
    const { session } = await desk.takeUp(made.invitation);
    const [{ key_id: key } = { key_id: '' }] = await sql<{ key_id: string }>(
      'select key_id from account where id = $1',
      [made.id],
    );
    expect(await act(officer, `forgetAccount(id: "${made.id}", version: 1)`)).toEqual({
      id: made.id,
      version: 2,
    });
    expect(await statusOf(session)).toBe(401);
    expect(() => hub.keys.read(key)).toThrow(/destroyed/);
    const { accounts } = await answer<{ accounts: { id: string; name: null; forgotten: boolean }[] }>(
      desk.hub,
      officer,
      '{ accounts { id name forgotten } }',
    );
    expect(accounts).toContainEqual({ id: made.id, name: null, forgotten: true });
  });

  it('moved by the command line to another organisation signs in anew, and sees the other’s', async () => {
    const made = await desk.make(officer, 'analyst');
    const { session, signInName, appSecret } = await desk.takeUp(made.invitation);
    const said: string[] = [];
    const context = {
      hub: desk.hub,
      folder: '',
      say: (line: string) => void said.push(line),
      progress: () => undefined,
    };
    expect(
      await runOnHub(['account', 'change', made.id, '--role', 'analyst', '--org', 'hill-desk'], context),
    ).toBe(0);
    expect(await statusOf(session)).toBe(401);
    const anew = await desk.viewer(await signInAgain(signInName, appSecret));
    expect(anew.organisationId).toBe(other.organisationId);
    // The first of an organisation is made there too.
    await runOnHub(
      ['account', 'make', '--org', 'hill-desk', '--role', 'data_officer', '--vault', '--name', NAME],
      context,
    );
    const { session: first } = await desk.takeUp(said.at(-1) ?? '');
    expect(await desk.viewer(first)).toMatchObject({ role: 'data_officer', vaultPermission: true });
    await runOnHub(['account', 'list'], context);
    expect(said.join('\n')).toContain('signs in: local');
    expect(said.join('\n')).not.toContain(NAME);
    await expect(
      runOnHub(['account', 'make', '--org', 'hill-desk', '--role', 'analyst', '--vault'], context),
    ).rejects.toThrow(/--vault/);
  });
});

describe('signing in', () => {
  it('wants the name, the passphrase and the code together, and says of each wrong one the same', async () => {
    const { invitation } = await desk.make(officer, 'analyst');
    const { signInName, appSecret } = await desk.takeUp(invitation);
    desk.later(2);
    const code = appCode(appSecret, desk.now);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    const answers = [
      await desk.signIn(signInName, wrong),
      await desk.signIn(signInName, code, 'another passphrase entirely'),
      await desk.signIn('aaaa-bbbb-cccc', code),
      await desk.signIn('', ''),
    ];
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await desk.signIn(` ${signInName.toUpperCase()} `, code)).status).toBe(200);
    const [event] = await sql<{ detail: object; key_id: string }>(
      `select detail, key_id from audit_event where action = 'signed_in' order by sequence desc limit 1`,
    );
    expect(event?.detail).toEqual({ way: 'local', failedBefore: 2, recoveryCode: false });
  });

  it('takes as long where there is no account as where there is one', async () => {
    const { invitation } = await desk.make(officer, 'analyst');
    const { signInName } = await desk.takeUp(invitation);
    const timed = async (name: string): Promise<number> => {
      const began = performance.now();
      expect((await desk.signIn(name, '000000')).status).toBe(401);
      return performance.now() - began;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      known.push(await timed(signInName));
      unknown.push(await timed(`zzzz-zzz${round}-zzzz`));
    }
    // Without the work done for nobody, the one is a hundredth of the other.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 2);
    expect(Math.min(...known)).toBeGreaterThan(Math.min(...unknown) / 2);
  });

  it('takes a code once', async () => {
    const { invitation } = await desk.make(officer, 'analyst');
    const { signInName, appSecret } = await desk.takeUp(invitation);
    // The one the account was taken up with is used too.
    expect((await desk.signIn(signInName, appCode(appSecret, desk.now))).status).toBe(401);
    desk.later(2);
    const code = appCode(appSecret, desk.now);
    const both = await Promise.all([desk.signIn(signInName, code), desk.signIn(signInName, code)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 401]);
  });

  it('takes a recovery code once in place of one, and no other’s', async () => {
    const mine = await desk.takeUp((await desk.make(officer, 'analyst')).invitation);
    const another = await desk.takeUp((await desk.make(officer, 'analyst')).invitation);
    const [code = '', next = ''] = mine.recoveryCodes;
    expect((await desk.signIn(another.signInName, code)).status).toBe(401);
    expect((await desk.signIn(mine.signInName, code.toUpperCase().replaceAll('-', ' '))).status).toBe(200);
    expect((await desk.signIn(mine.signInName, code)).status).toBe(401);
    expect((await desk.signIn(mine.signInName, next)).status).toBe(200);
  });

  it('lets a name be tried five times in a quarter of an hour, there or not, and says the same of both', async () => {
    const { signInName, appSecret } = await desk.takeUp((await desk.make(officer, 'analyst')).invitation);
    desk.later(2);
    const tries = async (name: string): Promise<{ status: number; text: string; wait: string }[]> => {
      const found = [];
      for (let round = 0; round < 6; round += 1) {
        const { status, text, headers } = await desk.signIn(name, '000000');
        found.push({ status, text, wait: headers['retry-after'] as string });
      }
      return found;
    };
    const known = await tries(signInName);
    expect(await tries('yyyy-yyyy-yyyy')).toEqual(known);
    expect(known.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429]);
    expect(Number(known[5]?.wait)).toBe(900);
    // Nor with everything right, until the time is over.
    expect((await desk.signIn(signInName, appCode(appSecret, desk.now))).status).toBe(429);
    desk.later(15);
    expect((await desk.signIn(signInName, appCode(appSecret, desk.now))).status).toBe(200);
  });

  it('lets an address try thirty times, under whatever names, and keeps neither name nor address', async () => {
    desk.later(20);
    const from = '198.51.100.77';
    const found: number[] = [];
    for (let round = 0; round < 31; round += 1)
      found.push((await desk.post('/auth/invitation', { invitation: 'none' }, from)).status);
    expect(found.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 400));
    expect(found[30]).toBe(429);
    expect((await desk.signIn('xxxx-xxxx-xxxx', '1', PASSPHRASE, from)).status).toBe(429);
    expect((await desk.post('/auth/invitation', { invitation: 'none' })).status).toBe(400);
    expect(await columnsWith(from, 'xxxx-xxxx-xxxx')).toEqual([]);
  });

  it.each([
    ['short', 'eleven chars', 'eleven char'],
    ['of one letter', '', 'aaaaaaaaaaaaaaaaaa'],
  ])('refuses a passphrase that is %s without showing it', async (_how, _note, passphrase) => {
    const { invitation } = await desk.make(officer, 'analyst');
    const { body } = await desk.post('/auth/invitation', { invitation });
    const code = appCode(body.appSecret as string, desk.now);
    const { status, text } = await desk.post('/auth/take-up', { invitation, passphrase, code });
    expect(status).toBe(400);
    expect(text).toContain('passphrase: found');
    expect(text).not.toContain(passphrase);
    // The invitation is not used up by it, nor by a wrong code.
    expect(
      (await desk.post('/auth/take-up', { invitation, passphrase: PASSPHRASE, code: '1' })).text,
    ).toContain('code: found');
    expect((await desk.takeUp(invitation)).session).toMatch(/^hws_/);
  });

  it('takes JSON of the fields it names and nothing else', async () => {
    for (const body of [
      {},
      { signInName: 'a', passphrase: 'b' },
      { signInName: 1, passphrase: 'b', code: 'c' },
    ])
      expect((await desk.post('/auth/sign-in', body)).status).toBe(400);
    const { invitation } = await desk.make(officer, 'analyst');
    expect((await desk.post('/auth/invitation', { invitation, more: 'x' })).status).toBe(400);
    expect((await desk.post('/auth/invitation', { invitation: 'x'.repeat(20_000) })).status).toBe(413);
    expect((await desk.post('/auth/oidc/begin', {})).status).toBe(404);
  });
});

describe('an invitation', () => {
  it('is good for seven days, until another one is made, and ends what was signed in before', async () => {
    const made = await desk.make(officer, 'analyst');
    const entered = await desk.takeUp(made.invitation);
    const first = await act(officer, `inviteAgain(id: "${made.id}", version: 1)`, INVITED);
    const second = await act(officer, `inviteAgain(id: "${made.id}", version: 1)`, INVITED);
    expect((await desk.post('/auth/invitation', { invitation: first.invitation })).status).toBe(400);
    expect(await statusOf(entered.session)).toBe(200);
    const anew = await desk.takeUp(second.invitation ?? '', 'another fictional passphrase');
    expect(anew.signInName).toBe(entered.signInName);
    expect(anew.appSecret).not.toBe(entered.appSecret);
    expect(await statusOf(entered.session)).toBe(401);
    desk.later(2);
    expect((await desk.signIn(entered.signInName, appCode(entered.appSecret, desk.now))).status).toBe(401);
    expect((await desk.signIn(entered.signInName, entered.recoveryCodes[0] ?? '')).status).toBe(401);
    const late = await desk.make(officer, 'analyst');
    desk.later(7 * 24 * 60);
    expect((await desk.post('/auth/invitation', { invitation: late.invitation })).status).toBe(400);
  });

  it('shows another second factor at each reading, with a trace, so that no earlier reader holds it', async () => {
    const made = await desk.make(officer, 'analyst');
    const read = async (): Promise<string> =>
      (await desk.post('/auth/invitation', { invitation: made.invitation })).body.appSecret as string;
    const take = (code: string) =>
      desk.post('/auth/take-up', { invitation: made.invitation, passphrase: PASSPHRASE, code });
    expect((await take('000000')).text).toContain('code: found another code');
    const [spied, own] = [await read(), await read()];
    expect(spied).not.toBe(own);
    const early = await take(appCode(spied, desk.now));
    expect(early.status).toBe(400);
    expect(early.text).toContain('tell your data officer');
    expect((await take(appCode(own, desk.now))).status).toBe(200);
    const events = await sql<{ detail: object; organisation_id: string }>(
      `select detail, organisation_id from audit_event where action = 'invitation_read' and object_ids = array[$1::uuid] order by sequence`,
      [made.id],
    );
    expect(events).toEqual(
      [false, true].map((again) => ({ detail: { again }, organisation_id: officer.organisationId })),
    );
  });

  it('opens nothing by itself', async () => {
    const { invitation } = await desk.make(officer, 'analyst');
    expect(await statusOf(invitation)).toBe(401);
  });
});

describe('a session', () => {
  it('ends after half an hour without use, and after twelve hours whatever is done', async () => {
    const { session, signInName, appSecret } = await desk.takeUp(
      (await desk.make(officer, 'analyst')).invitation,
    );
    for (let round = 0; round < 3; round += 1) {
      desk.later(29);
      expect(await statusOf(session)).toBe(200);
    }
    desk.later(30);
    expect(await statusOf(session)).toBe(401);
    const long = await signInAgain(signInName, appSecret);
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      desk.later(20);
      expect(await statusOf(long)).toBe(200);
    }
    desk.later(20);
    expect(await statusOf(long)).toBe(401);
  });

  it('is ended by whom it belongs to or by a data officer of theirs, at the next request, and by nobody else', async () => {
    const made = await desk.make(officer, 'analyst');
    const { session, signInName, appSecret } = await desk.takeUp(made.invitation);
    const second = await signInAgain(signInName, appSecret);
    const third = await signInAgain(signInName, appSecret);
    const { body } = await desk.ask(third, OWN);
    const ids = (body.data.myAccount.sessions as { id: string }[]).map(({ id }) => id);
    expect(ids).toHaveLength(3);
    const colleague = await viewerFor(hub, 'river-desk', 'analyst');
    for (const stranger of [other, colleague])
      expect((await act(stranger, `endSession(id: "${ids[2]}")`)).reasons?.[0]?.found).toBe(
        'no such session',
      );
    expect(await statusOf(session)).toBe(200);
    expect((await act(await desk.viewer(third), `endSession(id: "${ids[2]}")`)).id).toBe(ids[2]);
    expect(await statusOf(session)).toBe(401);
    expect((await act(officer, `endSession(id: "${ids[1]}")`)).id).toBe(ids[1]);
    expect((await act(officer, `endSession(id: "${ids[1]}")`)).reasons?.[0]?.found).toBe('no such session');
    expect(await statusOf(second)).toBe(401);
    expect((await desk.signOut(third)).status).toBe(204);
    expect(await statusOf(third)).toBe(401);
    expect((await desk.signOut(third)).status).toBe(401);
  });

  it('is as strong as a key, stored as its digest alone, and taken from no URL', async () => {
    const { session } = await desk.takeUp((await desk.make(officer, 'analyst')).invitation);
    expect(session).toMatch(/^hws_[0-9a-z]{12}_[0-9A-Za-z_-]{32}$/);
    const secret = session.slice(-32);
    expect(await columnsWith(secret)).toEqual([]);
    const { handler } = await desk.app();
    const { default: request } = await import('supertest');
    const inUrl = await request(handler)
      .post(`/graphql?s=${session}`)
      .set('authorization', `Bearer ${session}`)
      .send({ query: REPORTS });
    expect(inUrl.status).toBe(401);
    // Nor does the text of one kind open as another.
    expect(await statusOf(session.replace('hws_', 'hw_'))).toBe(401);
    expect(await statusOf(`${session.slice(0, -1)}${session.endsWith('A') ? 'B' : 'A'}`)).toBe(401);
  });
});

describe('what is kept of people', () => {
  it('is no name, passphrase, code or session in the clear, in the database, the audit log or the hub’s own log', async () => {
    const made = await desk.make(officer, 'analyst', false, NAME);
    const { session, signInName, appSecret, recoveryCodes } = await desk.takeUp(made.invitation);
    const told = [NAME, PASSPHRASE, session.slice(-32), appSecret, recoveryCodes[0] ?? ''];
    expect(await columnsWith(...told)).toEqual([]);
    // What is looked for is found where it is in the clear.
    expect(await columnsWith(signInName)).toEqual(['account.sign_in_name']);
    const log = desk.logged.join('\n');
    expect(told.filter((text) => log.includes(text))).toEqual([]);
    const events = await sql<{ action: string }>(
      `select distinct action from audit_event where object_kind = 'account' order by 1`,
    );
    expect(events.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['account_invited', 'account_made', 'account_taken_up']),
    );
    expect(await verifyLog(hub.database)).toMatchObject({ whole: true });
  });
});
