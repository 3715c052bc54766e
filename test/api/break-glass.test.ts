/** Breaking the glass: for an hour at most, one case, one's own organisation, with a second person told and a trace of all of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addKey, readOrganisation } from '../../src/access/key.store.ts';
import type { Role } from '../../src/access/roles.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { readViewer } from '../../src/access/viewer.view.ts';
import { verifyLog } from '../../src/audit/verify-log.store.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { SignInDesk } from '../support/sign-in.ts';
import { answer, ask, openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';

const OWN = 'terai-watch';
const READ = `query ($about: String!, $case: String!) { personal(about: $about, purpose: SAFEGUARDING, caseReference: $case) { value } }`;
const NOTICES =
  '{ breakGlassNotices { id version state reason by told beganAt endsAt endedAt endedBy openings reviewedAt reviewedBy justified } }';
const OUTCOME = '{ ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } } }';

interface Done {
  readonly id?: string;
  readonly version?: number;
  readonly reasons?: readonly { readonly where: string; readonly found: string; readonly wanted: string }[];
}
interface Notice extends Done {
  readonly state: string;
  readonly by: string;
  readonly openings: number;
  readonly justified: boolean | null;
  readonly endedBy: string | null;
}
/** Somebody with a key, read anew for each request as a server does. */
interface Person {
  readonly id: string;
  readonly key: string;
}

let hub: TestHub;
let now = TEST_NOW;
let serial = 0;
let report = '';
let theirs = '';
let second: Person;

const later = (minutes: number): void => void (now = new Date(now.getTime() + minutes * 60_000));
const clocked = (): TestHub => ({ ...hub, imports: { ...hub.imports, now: () => now } });
const viewer = ({ key }: Person): Promise<Viewer> => readViewer(hub.database, key, now);

async function person(role: Role, vaultPermission = false, slug = OWN): Promise<Person> {
  return hub.database.unrestricted('a key for a test', async (connection) => {
    const { id: organisationId } = await readOrganisation(connection, slug);
    const expiresAt = new Date(TEST_NOW.getTime() + 9e11);
    const made = await addKey(connection, randomIds, {
      organisationId,
      role,
      label: 'test',
      vaultPermission,
      expiresAt,
    });
    return { id: made.id, key: made.text };
  });
}
async function act(who: Person, call: string): Promise<Done> {
  serial += 1;
  const text = `mutation { done: ${call.replace(/\)$/, `, idempotencyKey: "break-glass-${serial}")`)} ${OUTCOME} }`;
  return (await answer<{ done: Done }>(clocked(), await viewer(who), text)).done;
}
const breakIt = (who: Person, over: { minutes?: number; tell?: string; case?: string } = {}): Promise<Done> =>
  act(
    who,
    `breakGlass(reason: CHILD_AT_RISK, caseReference: "${over.case ?? 'CASE-9'}", minutes: ${over.minutes ?? 60}, tell: "${over.tell ?? second.id}")`,
  );
/** How many values come back, or what is said instead. */
async function opened(who: Person, about = report, reference = 'CASE-9'): Promise<number | string> {
  const { data, errors } = await ask(clocked(), await viewer(who), READ, { about, case: reference });
  return errors?.[0]?.message ?? (data as { personal: unknown[] }).personal.length;
}
const notices = async (who: Person): Promise<readonly Notice[]> =>
  (await answer<{ breakGlassNotices: Notice[] }>(clocked(), await viewer(who), NOTICES)).breakGlassNotices;
const NO_PERMISSION = 'this key has no vault permission; ask your data officer';

beforeAll(async () => {
  hub = await openTestHub('demo');
  const found = await hub.database.unrestricted('find reports with notes in a test', (connection) =>
    connection.query<{ slug: string; about_id: string }>(
      `select o.slug, min(v.about_id::text) as about_id from vault_item v join organisation o on o.id = v.owner_id
       where v.field = 'case_notes' group by o.slug`,
    ),
  );
  report = found.find(({ slug }) => slug === OWN)?.about_id ?? '';
  theirs = found.find(({ slug }) => slug !== OWN)?.about_id ?? '';
  if (report === '' || theirs === '') throw new Error('the demo holds no two reports with notes');
  second = await person('data_officer');
});
beforeEach(() => later(24 * 60));
afterAll(() => hub.close());

describe('a broken glass', () => {
  it.each(['field', 'analyst', 'investigator', 'data_officer'] as const)(
    'opens personal fields to a %s who may not otherwise, on the next request and until it ends by itself',
    async (role) => {
      const who = await person(role);
      expect(await opened(who)).toBe(NO_PERMISSION);
      expect((await breakIt(who, { minutes: 20 })).version).toBe(1);
      expect(await opened(who)).toBeGreaterThan(0);
      later(19);
      expect(await opened(who)).toBeGreaterThan(0);
      later(1);
      expect(await opened(who)).toBe(NO_PERMISSION);
    },
  );

  it('opens comments, referrals and files too, and gives no permission to hand on', async () => {
    const who = await person('data_officer');
    const asked = async (): Promise<readonly string[]> => {
      const why = 'purpose: SAFEGUARDING, caseReference: "CASE-9"';
      const text = `{ commentTexts(about: "${report}", ${why}) { text } referralTexts(about: "${report}", ${why}) { agency }
        attachmentContent(id: "${report}", ${why}) { id } }`;
      return ((await ask(clocked(), await viewer(who), text)).errors ?? []).map(({ message }) => message);
    };
    expect(new Set(await asked())).toEqual(new Set([NO_PERMISSION]));
    await breakIt(who);
    expect(await asked()).toEqual([]);
    const made = await ask(
      clocked(),
      await viewer(who),
      `mutation { makeAccount(role: INVESTIGATOR, vaultPermission: true, name: "Nobody", idempotencyKey: "hand-on-1") {
        ... on ActRefused { reasons { where } } } }`,
    );
    expect(JSON.parse(JSON.stringify(made.data))).toEqual({
      makeAccount: { reasons: [{ where: 'vaultPermission' }] },
    });
  });

  it('is for one case, and for one’s own organisation whatever was granted', async () => {
    const who = await person('investigator');
    await breakIt(who);
    expect(await opened(who, report, 'CASE-10')).toMatch(/found another case/);
    expect(await opened(who, report, ' CASE-9 ')).toBeGreaterThan(0);
    // What belongs to another looks like what is not there.
    expect(await opened(who, theirs)).toBe(0);
    expect(await opened(who, '00000000-0000-4000-8000-000000000000')).toBe(0);
  });

  it('leaves a trace when it begins, of each look under it, when it ends and when it is reviewed', async () => {
    const who = await person('analyst');
    const { id = '' } = await breakIt(who, { minutes: 30 });
    await opened(who);
    await opened(who, theirs);
    later(31);
    const [ended] = await notices(second);
    expect(ended).toMatchObject({ id, state: 'ENDED', by: who.id, openings: 2, endedBy: null });
    expect(await act(second, `reviewBreakGlass(id: "${id}", version: 2, justified: false)`)).toEqual({
      id,
      version: 3,
    });
    const events = await hub.database.unrestricted('read the log in a test', (connection) =>
      connection.query<{ action: string; key_id: string | null; detail: Record<string, unknown> }>(
        'select action, key_id, detail from audit_event where object_ids @> array[$1::uuid] order by sequence',
        [id],
      ),
    );
    expect(events.map(({ action, key_id }) => [action, key_id])).toEqual([
      ['break_glass_begun', who.id],
      ['read_personal', who.id],
      ['read_personal', who.id],
      ['break_glass_ended', null],
      ['break_glass_reviewed', second.id],
    ]);
    expect(events[0]?.detail).toMatchObject({ reason: 'child_at_risk', minutes: 30, told: second.id });
    expect(events[3]?.detail).toMatchObject({ by: 'time' });
    expect(events[4]?.detail).toEqual({ justified: false });
    expect(JSON.stringify(events)).not.toContain('CASE-9');
    expect(await verifyLog(hub.database)).toMatchObject({ whole: true });
  });

  it('is seen by whom it told and by data officers, and by nobody else', async () => {
    const who = await person('analyst');
    const { id } = await breakIt(who);
    const officer = await person('data_officer');
    const colleague = await person('investigator', true);
    const stranger = await person('data_officer', true, 'rain-gate');
    for (const told of [who, second, officer])
      expect((await notices(told)).map((each) => each.id)).toContain(id);
    for (const other of [colleague, stranger]) expect(await notices(other)).toEqual([]);
    for (const other of [colleague, stranger])
      for (const call of [
        `endBreakGlass(id: "${id}", version: 1)`,
        `reviewBreakGlass(id: "${id}", version: 1, justified: true)`,
      ])
        expect(await act(other, call)).toEqual(
          await act(other, call.replace(id ?? '', '00000000-0000-4000-8000-000000000000')),
        );
  });

  it('is ended early by either of the two or a data officer, once, and works no more on the next request', async () => {
    for (const ender of ['actor', 'second', 'officer'] as const) {
      const who = await person('analyst');
      const { id } = await breakIt(who);
      const by = ender === 'actor' ? who : ender === 'second' ? second : await person('data_officer');
      expect(await act(by, `endBreakGlass(id: "${id}", version: 1)`)).toEqual({ id, version: 2 });
      expect(await opened(who)).toBe(NO_PERMISSION);
      expect((await act(by, `endBreakGlass(id: "${id}", version: 2)`)).reasons?.[0]?.found).toBe(
        'one that ended',
      );
    }
  });

  it('is reviewed after it ended, once, and never by whoever broke it', async () => {
    const who = await person('data_officer');
    const { id } = await breakIt(who);
    const review = (version: number): string =>
      `reviewBreakGlass(id: "${id}", version: ${version}, justified: true)`;
    expect((await act(second, review(1))).reasons?.[0]?.found).toBe('one that is open');
    await act(who, `endBreakGlass(id: "${id}", version: 1)`);
    expect((await act(who, review(2))).reasons?.[0]?.found).toBe('one that you broke yourself');
    expect((await act(second, review(1))).reasons?.[0]?.where).toBe('version');
    expect((await act(second, review(2))).version).toBe(3);
    expect((await act(second, review(3))).reasons?.[0]?.found).toBe('one that was reviewed');
  });
});

describe('breaking the glass', () => {
  it.each(['dashboard', 'partner'] as const)('is not for the role %s', async (role) => {
    const who = await person(role);
    await expect(breakIt(who)).rejects.toThrow(/does not record/);
  });

  it('is not for the operator, nor for whoever has the permission', async () => {
    const operator = await viewerFor(hub, null, 'operator');
    const { errors } = await ask(
      clocked(),
      operator,
      `mutation { breakGlass(reason: CHILD_AT_RISK, caseReference: "CASE-9", minutes: 5, tell: "${second.id}", idempotencyKey: "operator-1") { __typename } }`,
    );
    expect(errors?.[0]?.message).toMatch(/does not record/);
    expect((await breakIt(await person('investigator', true))).reasons?.[0]?.found).toBe(
      'a vault permission',
    );
  });

  it.each([0, 61, -5])('is refused for %i minutes', async (minutes) => {
    expect((await breakIt(await person('analyst'), { minutes })).reasons?.map(({ where }) => where)).toEqual([
      'minutes',
    ]);
  });

  it('wants a second person of the own organisation who is there, and says the same of everybody who is not', async () => {
    const who = await person('analyst');
    const stranger = await person('data_officer', false, 'rain-gate');
    const board = await person('dashboard');
    const another = await person('investigator');
    // An account that was invited, and that nobody took up: no one would hear.
    const invited = randomIds();
    await hub.database.unrestricted('an account for a test', async (connection) => {
      const { id } = await readOrganisation(connection, OWN);
      await connection.execute(
        `insert into account (id, organisation_id, role, sign_in_name, key_id, made_at)
         values ($1, $2, 'investigator', 'abcd-efgh-ijkl', $3, $4)`,
        [invited, id, randomIds(), TEST_NOW.toISOString()],
      );
    });
    const answers = [];
    for (const tell of [
      who.id,
      stranger.id,
      board.id,
      // Nobody knows who holds it.
      another.id,
      invited,
      '00000000-0000-4000-8000-000000000000',
      'nobody',
    ])
      answers.push(JSON.stringify(await breakIt(who, { tell })));
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('no second person');
    expect(await opened(who)).toBe(NO_PERMISSION);
  });

  it('is refused without a case, while one is broken, and the fourth time in a day', async () => {
    const who = await person('analyst');
    await expect(breakIt(who, { case: ' ' })).rejects.toThrow(/caseReference/);
    for (let round = 0; round < 3; round += 1) {
      expect((await breakIt(who, { minutes: 5 })).version).toBe(1);
      const again = await breakIt(who, { minutes: 5 });
      expect(again.reasons?.[0]?.found).toBe('a glass that is broken already');
      later(10);
    }
    expect((await breakIt(who)).reasons?.map(({ found }) => found)).toEqual(['3 in the last 24 hours']);
    later(24 * 60);
    expect((await breakIt(who)).version).toBe(1);
  });

  it('is refused to all of an organisation after ten in a day, whoever holds the keys', async () => {
    const broken: (number | undefined)[] = [];
    for (let each = 0; each < 11; each += 1) {
      const done = await breakIt(await person('field'));
      broken.push(done.version);
      if (done.version === undefined)
        expect(done.reasons?.map(({ found }) => found)).toEqual([
          '10 of your organisation in the last 24 hours',
        ]);
    }
    expect(broken).toEqual([...Array.from({ length: 10 }, () => 1), undefined]);
  });

  it('is not told to an account that whoever breaks it invited, nor to a key where people have accounts', async () => {
    const desk = new SignInDesk(hub, now);
    const officer = await person('data_officer');
    const made = await desk.make(await viewer(officer), 'investigator');
    await desk.takeUp(made.invitation);
    const refused = async (who: Person, tell: string): Promise<unknown> =>
      (await breakIt(who, { tell })).reasons?.map(({ where }) => where);
    expect(await refused(officer, made.id)).toEqual(['tell']);
    // For whom it is the only one, a key will do.
    expect((await breakIt(officer)).version).toBe(1);
    const who = await person('analyst');
    expect(await refused(who, second.id)).toEqual(['tell']);
    expect((await breakIt(who, { tell: made.id })).version).toBe(1);
  });

  it('tells the second person with the next answer they get, until it is reviewed', async () => {
    const desk = new SignInDesk(hub, now);
    const officer = await viewer(await person('data_officer', true));
    const { id, invitation } = await desk.make(officer, 'analyst');
    const { session } = await desk.takeUp(invitation);
    const header = async (): Promise<unknown> =>
      (await desk.ask(session, '{ __typename }')).headers['headwater-notices'];
    expect(await header()).toBeUndefined();
    // By somebody who signed in, to somebody who signed in.
    const broken = await breakIt(await person('field'), { tell: id, minutes: 1 });
    expect(await header()).toBe('1');
    later(2);
    await desk.ask(
      session,
      `mutation { reviewBreakGlass(id: "${broken.id}", version: 1, justified: true, idempotencyKey: "review-1") { __typename } }`,
    );
    expect(await header()).toBe('1');
    desk.later(2);
    await desk.ask(
      session,
      `mutation { reviewBreakGlass(id: "${broken.id}", version: 2, justified: true, idempotencyKey: "review-2") { __typename } }`,
    );
    expect(await header()).toBeUndefined();
  });
});
