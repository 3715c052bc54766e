/** What is shared for a purpose is shown to who works for it, and asked for it; what is opened, matched and handed out is for a purpose too. */
import pino from 'pino';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addKey, readOrganisation, rotateKey } from '../../src/access/key.store.ts';
import type { Role } from '../../src/access/roles.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { readViewer } from '../../src/access/viewer.view.ts';
import { runOnHub } from '../../src/cli/run-on-hub.ts';
import { createApp, type HubApp } from '../../src/http/app.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { PURPOSES, type Purpose } from '../../src/kernel/vocabulary.ts';
import { agree } from '../support/agree.ts';
import { interceptFile } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { SignInDesk } from '../support/sign-in.ts';
import { answer, ask, openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';

const SEEN = '{ incidents { totalCount } entities { totalCount } }';
const PERSON = '{ entities(filter: { kinds: [INDIVIDUAL] }) { nodes { id label } } }';

let hub: TestHub;
let app: HubApp;

async function keyFor(slug: string, role: Role, purposes: readonly Purpose[] | null, vault = false) {
  return hub.database.unrestricted('a key for a test', async (connection) =>
    addKey(connection, randomIds, {
      organisationId: (await readOrganisation(connection, slug)).id,
      role,
      label: 'test',
      vaultPermission: vault,
      purposes,
      expiresAt: new Date(TEST_NOW.getTime() + 9e9),
    }),
  );
}
const viewerWith = async (
  purposes: readonly Purpose[] | null,
  asks: Purpose | null = null,
): Promise<Viewer> =>
  readViewer(hub.database, (await keyFor('south-desk', 'analyst', purposes)).text, TEST_NOW, asks);
async function seen(viewer: Viewer): Promise<readonly number[]> {
  const { incidents, entities } = await answer<Record<'incidents' | 'entities', { totalCount: number }>>(
    hub,
    viewer,
    SEEN,
  );
  return [incidents.totalCount, entities.totalCount];
}
const post = (key: string, query: string, purpose?: string) => {
  const asked = request(app.handler).post('/graphql').set('authorization', `Bearer ${key}`);
  return (purpose === undefined ? asked : asked.set('headwater-purpose', purpose)).send({ query });
};

beforeAll(async () => {
  hub = await openTestHub('base');
  const log = pino({ level: 'silent' });
  app = await createApp({ hub, corsOrigins: [], trustProxy: false, log, now: () => TEST_NOW });
  const officers = [
    await viewerFor(hub, 'north-desk', 'data_officer'),
    await viewerFor(hub, 'south-desk', 'data_officer'),
  ] as const;
  await importText(hub, 'north-desk', 'border-intercept', interceptFile(), 'one.csv');
  const template = 'FULL_RECORD';
  await agree(hub, officers, { template, purposes: ['INVESTIGATION', 'PROSECUTION'] });
});
afterAll(() => hub.close());

describe('what is shared for a purpose', () => {
  it('is shown to a key that is for it, among other things or for anything, and to no other', async () => {
    const all = await seen(await viewerWith(null));
    expect(Math.min(...all)).toBeGreaterThan(0);
    expect(await seen(await viewerWith(['investigation']))).toEqual(all);
    expect(await seen(await viewerWith(['safeguarding', 'prosecution']))).toEqual(all);
    expect(await seen(await viewerWith(['safeguarding', 'data_quality']))).toEqual([0, 0]);
    // What is one's own is seen whatever it is asked for.
    const own = readViewer(
      hub.database,
      (await keyFor('north-desk', 'analyst', ['safeguarding'])).text,
      TEST_NOW,
    );
    expect((await seen(await own))[0]).toBe(all[0]);
  });

  it('is shown to a request that came for it', async () => {
    const all = await seen(await viewerWith(null));
    expect(await seen(await viewerWith(null, 'investigation'))).toEqual(all);
    expect(await seen(await viewerWith(null, 'safeguarding'))).toEqual([0, 0]);
    expect(await seen(await viewerWith(['investigation', 'safeguarding'], 'safeguarding'))).toEqual([0, 0]);
    await expect(viewerWith(['investigation'], 'safeguarding')).rejects.toThrow(/is for investigation/);
  });

  it('is asked for in a header, which stands in the log beside the persons that were shown', async () => {
    const { id, text } = await keyFor('south-desk', 'analyst', ['investigation', 'safeguarding']);
    expect((await post(text, PERSON, ' Investigation ')).body.data.entities.nodes).toHaveLength(1);
    expect((await post(text, PERSON, 'safeguarding')).body.data.entities.nodes).toEqual([]);
    expect((await post(text, PERSON)).body.data.entities.nodes).toHaveLength(1);
    const unknown = await post(text, PERSON, 'curiosity');
    expect([unknown.status, unknown.body.errors[0].message]).toEqual([
      400,
      expect.stringContaining(PURPOSES.join(', ')),
    ]);
    const other = await post(text, PERSON, 'prosecution');
    expect([other.status, other.body.errors[0].extensions.code]).toEqual([403, 'FORBIDDEN']);
    const nobody = await post('hw_0123456789ab_0123456789012345678901234567890a', PERSON, 'prosecution');
    expect(nobody.status).toBe(401);
    const events = await hub.database.unrestricted('read the log in a test', (connection) =>
      connection.query<{ purpose: string | null }>(
        `select purpose from audit_event where action = 'read_person' and key_id = $1 order by sequence`,
        [id],
      ),
    );
    expect(events.map(({ purpose }) => purpose)).toEqual(['investigation', null]);
  });
});

describe('what a key is for', () => {
  it('binds what is opened with it', async () => {
    const { text } = await keyFor('north-desk', 'investigator', ['safeguarding'], true);
    const viewer = await readViewer(hub.database, text, TEST_NOW);
    const open = (purpose: string) =>
      ask(
        hub,
        viewer,
        `{ personal(about: "00000000-0000-4000-8000-000000000000", purpose: ${purpose}, caseReference: "CASE-1") { value } }`,
      );
    expect((await open('SAFEGUARDING')).errors).toBeUndefined();
    expect((await open('INVESTIGATION')).errors?.[0]?.message).toContain('purpose: found investigation');
  });

  it('stays with it when it is rotated', async () => {
    const { id } = await keyFor('south-desk', 'analyst', ['safeguarding']);
    const { text } = await hub.database.unrestricted('rotate a key in a test', (connection) =>
      rotateKey(connection, randomIds, id, new Date(TEST_NOW.getTime() + 9e9)),
    );
    expect((await readViewer(hub.database, text, TEST_NOW)).purposes).toEqual(['safeguarding']);
  });

  it('is said at the command line', async () => {
    const said: string[] = [];
    const context = {
      hub,
      folder: '',
      say: (line: string) => void said.push(line),
      progress: () => undefined,
    };
    const create = (purposes: string) =>
      runOnHub(
        ['key', 'create', '--org', 'south-desk', '--role', 'analyst', '--purposes', purposes],
        context,
      );
    expect(await create('prosecution, investigation')).toBe(0);
    await runOnHub(['key', 'list'], context);
    expect(said.join('\n')).toContain('for investigation, prosecution');
    await expect(create('investigation,gossip')).rejects.toThrow(/found "gossip"/);
  });
});

describe('what an account is for', () => {
  it('is said by who makes it, who gives nothing beyond what they work for', async () => {
    const desk = new SignInDesk(hub, TEST_NOW);
    const OUTCOME =
      '{ ... on AccountInvited { id version invitation } ... on ActRefused { reasons { where found } } }';
    const { text } = await keyFor('south-desk', 'data_officer', ['safeguarding', 'investigation']);
    const officer = await readViewer(hub.database, text, TEST_NOW);
    const make = async (key: string, purposes: string) =>
      (
        await answer<{
          made: { id: string; invitation: string; reasons?: { where: string; found: string }[] };
        }>(
          desk.hub,
          officer,
          `mutation { made: makeAccount(role: ANALYST, name: "Fictional Person", ${purposes} idempotencyKey: "purposes-${key}") ${OUTCOME} }`,
        )
      ).made;
    expect((await make('beyond', 'purposes: [PROSECUTION]')).reasons).toEqual([
      { where: 'purposes', found: 'prosecution, from who is not for that' },
    ]);
    expect((await make('none', 'purposes: []')).reasons?.[0]?.found).toBe('none');
    const { id, invitation } = await make('one', 'purposes: [SAFEGUARDING]');
    const { session } = await desk.takeUp(invitation);
    expect(await seen(await desk.viewer(session))).toEqual([0, 0]);
    const change = `mutation { changeAccount(id: "${id}", version: 1, role: ANALYST, vaultPermission: false, purposes: [INVESTIGATION], idempotencyKey: "purposes-change") { __typename } }`;
    await answer(desk.hub, officer, change);
    expect(Math.min(...(await seen(await desk.viewer(session))))).toBeGreaterThan(0);
    const { accounts } = await answer<{ accounts: { id: string; purposes: string[] }[] }>(
      desk.hub,
      officer,
      '{ accounts { id purposes } }',
    );
    expect(accounts.find((each) => each.id === id)?.purposes).toEqual(['INVESTIGATION']);
    const usual = await desk.viewer((await desk.takeUp((await make('usual', '')).invitation)).session);
    expect(usual.purposes).toEqual(['safeguarding', 'investigation']);
  });
});
