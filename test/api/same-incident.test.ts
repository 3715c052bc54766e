/** Two organisations report one event: proposed with reasons, decided by a person, counted once by who sees both, and taken back. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addGrant } from '../../src/access/grant.store.ts';
import type { RecordClass } from '../../src/access/roles.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { undoImport } from '../../src/intake/imports/import.service.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { intercept, maya, type Row, suspect } from '../support/border-intercept-rows.ts';
import { importText, organisationFor } from '../support/intake.ts';
import { answer, ask, openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
let one: Viewer;
let other: Viewer;
/** Incidents by organisation and reference. */
const incidents: Record<string, string> = {};
const batches: Record<string, string> = {};

const csv = (...rows: readonly Row[]): string => {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => header.map((name) => `"${row[name] ?? ''}"`).join(','));
  return `${header.join(',')}\n${lines.join('\n')}\n`;
};
const seen = (reference: string, over: Row = {}): Row => ({
  ...intercept,
  irf_number: reference,
  station_name: 'Birgunj',
  location: '',
  ...over,
});
const alone = (reference: string, day: string, over: Row = {}): Row[] => [
  { ...seen(reference, { date_of_interception: day }), ...maya, ...over },
];
/** The same day, gate and suspect's phone, told by two organisations; the possible victim's phone is the same in both too. */
const told = (reference: string, over: Row = {}): Row[] => [
  { ...seen(reference, over), ...maya },
  { ...seen(reference, over), ...suspect, role: 'Suspect' },
];

async function take(slug: string, name: string, ...rows: readonly Row[]): Promise<void> {
  batches[`${slug} ${name}`] = (
    await importText(hub, slug, 'border-intercept', csv(...rows), `${name}.csv`)
  ).batchId;
  const { nodes } = (
    await answer<{ reports: { nodes: { externalReference: string; incidents: { id: string }[] }[] } }>(
      hub,
      await viewerFor(hub, slug, 'analyst'),
      '{ reports(first: 500) { nodes { externalReference incidents { id } } } }',
    )
  ).reports;
  for (const {
    externalReference,
    incidents: [incident],
  } of nodes)
    if (incident) incidents[`${slug} ${externalReference}`] = incident.id;
}

async function grant(
  from: string,
  to: string,
  classes: readonly Exclude<RecordClass, 'effort' | 'personal'>[],
) {
  const [owner, grantee] = [await organisationFor(hub, from), await organisationFor(hub, to)];
  await hub.database.unrestricted('grant for a test', async (connection) => {
    for (const recordClass of classes)
      await addGrant(connection, randomIds, {
        ownerId: owner.id,
        granteeId: grantee.id,
        recordClass,
        handlingCeiling: 'amber_strict',
        projection: 'full',
        validFrom: new Date('2020-01-01'),
        validTo: null,
      });
  });
}

const EVERYTHING = ['report', 'incident', 'movement', 'statement', 'entity', 'flow'] as const;

interface Link {
  readonly id: string;
  readonly incidentIds: readonly string[];
  readonly state: string;
  readonly grade: number | null;
  readonly owner: string;
  readonly reasons: readonly { about: string; words: string }[];
  readonly contradictions: readonly { about: string }[];
}
interface Outcome {
  readonly state?: string;
  readonly link?: Link | null;
  readonly reasons?: readonly { where: string; found: string; wanted: string }[];
}
const LINK = 'id incidentIds state grade owner decidedAt reasons { about words } contradictions { about }';

const FIELDS = {
  confirm: 'confirmSameIncident(one: $one, other: $other, expected: $expected)',
  reject: 'rejectSameIncident(one: $one, other: $other, expected: $expected)',
  undo: 'undoSameIncident(one: $one, other: $other, expected: $expected)',
} as const;

async function decide(
  what: keyof typeof FIELDS,
  viewer: Viewer,
  a: string,
  b: string,
  expected: string,
  at: TestHub = hub,
): Promise<Outcome> {
  const document = `mutation ($one: String!, $other: String!, $expected: SameIncidentState!) {
    ${FIELDS[what]} {
      ... on SameIncidentDecided { state link { ${LINK} incidents { id } } }
      ... on SameIncidentRefused { reasons { where found wanted } } } }`;
  const said = await answer<Record<string, Outcome>>(at, viewer, document, { one: a, other: b, expected });
  return said[`${what}SameIncident`] as Outcome;
}
const confirm = (viewer: Viewer, a: string, b: string, expected = 'UNDECIDED') =>
  decide('confirm', viewer, a, b, expected);

const linksFor = async (viewer: Viewer): Promise<readonly Link[]> =>
  (
    await answer<{ sameIncidentLinks: { nodes: readonly Link[] } }>(
      hub,
      viewer,
      `{ sameIncidentLinks { nodes { ${LINK} } } }`,
    )
  ).sameIncidentLinks.nodes;

interface Candidates {
  readonly total: number;
  readonly complete: boolean;
  readonly candidates: readonly {
    incidentIds: readonly string[];
    grade: number;
    incidents: readonly { id: string }[];
    reasons: readonly { about: string; weight: number; words: string }[];
    contradictions: readonly { about: string }[];
  }[];
}
const candidatesFor = async (viewer: Viewer, filter: object = {}): Promise<Candidates> =>
  (
    await answer<{ sameIncidentCandidates: Candidates }>(
      hub,
      viewer,
      `query ($filter: SameIncidentFilter) { sameIncidentCandidates(filter: $filter, first: 500) { total complete method unknowns
         candidates { incidentIds grade incidents { id } reasons { about weight words } contradictions { about weight words } } } }`,
      { filter },
    )
  ).sameIncidentCandidates;
const pairsFor = async (viewer: Viewer): Promise<string[]> =>
  (await candidatesFor(viewer)).candidates.map(({ incidentIds }) => incidentIds.join(' ')).sort();

const countFor = async (viewer: Viewer): Promise<number> =>
  (await answer<{ flows: { incidents: number }[] }>(hub, viewer, '{ flows(groupBy: []) { incidents } }'))
    .flows[0]?.incidents ?? -1;

const pair = (a: string, b: string): string => [incidents[a], incidents[b]].sort().join(' ');
const id = (name: string): string => incidents[name] as string;
const decisions = <Row>(text: string): Promise<readonly Row[]> =>
  hub.database.unrestricted('look at the rows of a test', (connection) => connection.query<Row>(text));

beforeAll(async () => {
  hub = await openTestHub('base');
  for (const slug of ['gate-one', 'gate-other', 'gate-third']) await organisationFor(hub, slug);
  await grant('gate-other', 'gate-one', EVERYTHING);
  await grant('gate-one', 'gate-other', EVERYTHING);
  await take(
    'gate-one',
    'first',
    ...told('ONE1'),
    ...alone('ONE2', '2024-05-01'),
    ...alone('ONE3', '2024-07-01'),
  );
  await take(
    'gate-other',
    'first',
    ...told('OTH1'),
    ...alone('OTH2', '2024-05-20'),
    // Another month, the same possible victim's telephone and nothing else.
    ...alone('OTH3', '2024-07-20'),
  );
  await take('gate-third', 'first', ...told('THI1'));
  one = await viewerFor(hub, 'gate-one', 'analyst');
  other = await viewerFor(hub, 'gate-other', 'investigator');
});
afterAll(() => hub.close());

describe('candidates', () => {
  it('are proposed with what speaks for and against them, and hold no personal value', async () => {
    const found = await candidatesFor(one);
    expect(await pairsFor(one)).toEqual([pair('gate-one ONE1', 'gate-other OTH1')]);
    const [first] = found.candidates;
    expect(first?.grade).toBeGreaterThan(0.9);
    expect(first?.incidents.map((incident) => incident.id)).toEqual(first?.incidentIds);
    expect(first?.reasons.map(({ about }) => about)).toEqual(
      expect.arrayContaining(['time', 'place', 'identifiers', 'roles', 'party_size', 'party_counts']),
    );
    expect(first?.contradictions).toEqual([]);
    expect([found.total, found.complete]).toEqual([1, true]);
    // Random ids hold any three digits.
    const told = JSON.stringify(found).replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '');
    expect(told).not.toMatch(/Example|977|Birgunj|Staff A|0002/);
  });

  it('are drawn from nothing that a possible victim is known by', async () => {
    const rows = await decisions<{ n: number }>(
      `select count(*)::int as n from selector s join entity e on e.id = s.entity_id where s.hint like '%0001'`,
    );
    expect(rows[0]?.n).toBe(0);
    // An entity that a form calls a victim has selectors, and they are passed over.
    const [a, b] = [randomUUID(), randomUUID()];
    await hub.database.asOwner(async (connection) => {
      for (const [entity, reference] of [
        [a, 'gate-one ONE3'],
        [b, 'gate-other OTH3'],
      ] as const) {
        await connection.execute(
          `insert into entity (id, owner_id, visibility_class_id, kind, label, report_id, person_id)
           select $1, e.owner_id, e.visibility_class_id, 'individual', 'x', i.report_id, $1 from incident i
           join lateral (select * from entity o where o.owner_id = i.owner_id limit 1) e on true where i.id = $2`,
          [entity, id(reference)],
        );
        await connection.execute(
          `insert into suspicion (id, owner_id, visibility_class_id, person_id, status, basis, due_at, known_from)
           select gen_random_uuid(), owner_id, visibility_class_id, id, 'suspect', 'report', '2027-01-01', '2026-01-01' from entity where id = $1`,
          [entity],
        );
        await connection.execute(
          `insert into selector (id, owner_id, visibility_class_id, entity_id, kind, token, hint)
           select gen_random_uuid(), owner_id, visibility_class_id, id, 'phone', '\\x0102', '…' from entity where id = $1`,
          [entity],
        );
        await connection.execute(
          `insert into participation (id, owner_id, visibility_class_id, incident_id, entity_id, role)
           select gen_random_uuid(), owner_id, visibility_class_id, $2, id, 'possible_victim' from entity where id = $1`,
          [entity, id(reference)],
        );
      }
      // Of the same month, so that a strong identifier would be enough.
      await connection.execute(
        `update incident set occurred_from = '2024-07-01', occurred_to = '2024-08-01' where id = any($1::uuid[])`,
        [[id('gate-one ONE3'), id('gate-other OTH3')]],
      );
    });
    const before = await pairsFor(one);
    expect(before).not.toContain(pair('gate-one ONE3', 'gate-other OTH3'));
    await hub.database.asOwner((connection) =>
      connection.execute(`update participation set role = 'recruiter' where entity_id = any($1::uuid[])`, [
        [a, b],
      ]),
    );
    expect(await pairsFor(one)).toContain(pair('gate-one ONE3', 'gate-other OTH3'));
    // Nor from what somebody is known by who is cleared, or whose suspicion nobody reviewed in time.
    expect(await pairsFor({ ...one, now: new Date('2027-01-01T00:00:00Z') })).not.toContain(
      pair('gate-one ONE3', 'gate-other OTH3'),
    );
    await hub.database.asOwner((connection) =>
      connection.execute(`update suspicion set status = 'cleared', due_at = null where person_id = $1`, [a]),
    );
    expect(await pairsFor(one)).not.toContain(pair('gate-one ONE3', 'gate-other OTH3'));
    await hub.database.asOwner(async (connection) => {
      await connection.execute('delete from suspicion where person_id = any($1::uuid[])', [[a, b]]);
      for (const table of ['participation', 'selector'])
        await connection.execute(`delete from ${table} where entity_id = any($1::uuid[])`, [[a, b]]);
      await connection.execute('delete from entity where id = any($1::uuid[])', [[a, b]]);
    });
  });

  it('are narrowed by time, incident, owner and grade, and wanted no lower than they are looked for', async () => {
    const total = async (filter: object): Promise<number> => (await candidatesFor(one, filter)).total;
    expect(await total({ incidentIds: [id('gate-one ONE1')] })).toBe(1);
    expect(await total({ incidentIds: [id('gate-one ONE2')] })).toBe(0);
    expect(await total({ owners: ['gate-other'] })).toBe(1);
    expect(await total({ owners: ['gate-third'] })).toBe(0);
    expect(await total({ occurred: { from: '2024-03-01T00:00:00Z', to: '2024-03-02T00:00:00Z' } })).toBe(1);
    expect(await total({ occurred: { from: '2024-04-01T00:00:00Z' } })).toBe(0);
    expect(await total({ gradeAtLeast: 1 })).toBe(0);
    const { errors } = await ask(
      hub,
      one,
      '{ sameIncidentCandidates(filter: { gradeAtLeast: 0.4 }) { total } }',
    );
    expect(errors?.[0]?.message).toBe('gradeAtLeast: found 0.4, wanted 0.5 to 1');
  });

  it.each([
    ['field', 'gate-one'],
    ['dashboard', 'gate-one'],
    ['partner', 'gate-one'],
    ['operator', null],
  ] as const)('are nothing for a key of the role %s, which decides nothing either', async (role, slug) => {
    const viewer = await viewerFor(hub, slug, role);
    expect(await candidatesFor(viewer)).toMatchObject({ total: 0, complete: true, candidates: [] });
    expect(await linksFor(viewer)).toEqual([]);
    for (const what of ['confirm', 'reject', 'undo']) {
      const { data, errors } = await ask(
        hub,
        viewer,
        `mutation { ${what}SameIncident(one: "${id('gate-one ONE1')}", other: "${id('gate-other OTH1')}", expected: UNDECIDED) { __typename } }`,
      );
      expect(data).toBeNull();
      expect(errors?.[0]?.message).toContain(`a key of the role ${role} does not decide`);
    }
    expect(await decisions('select id from same_incident_link where known_to is null')).toEqual([]);
  });
});

describe('a decision', () => {
  it('is refused alike for what is hidden, what is not there and what is no id', async () => {
    const mine = id('gate-one ONE1');
    const refused = await Promise.all(
      [id('gate-third THI1'), randomUUID(), 'no id at all'].map((stranger) => confirm(one, mine, stranger)),
    );
    expect(new Set(refused.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(refused[0]?.reasons?.[0]?.found).toBe('an incident that is not there, or not for this key');
    expect((await confirm(one, mine, mine)).reasons?.[0]?.found).toBe('one incident twice');
    expect(await confirm(one, id('gate-third THI1'), id('gate-third THI1'))).toEqual(refused[0]);
    expect((await confirm(one, id('gate-other OTH1'), id('gate-other OTH2'))).reasons?.[0]?.found).toBe(
      'two incidents of others',
    );
  });

  it('counts once where both are seen, leaves the list, and comes back when it is taken back', async () => {
    const [mine, theirs] = [id('gate-one ONE1'), id('gate-other OTH1')];
    const before = await countFor(one);
    expect(before).toBe(6);
    const said = await confirm(one, theirs, mine);
    expect(said).toMatchObject({ state: 'CONFIRMED', link: { state: 'CONFIRMED', owner: 'gate-one' } });
    expect(await countFor(one)).toBe(before - 1);
    expect(await pairsFor(one)).toEqual([]);
    const [link] = await linksFor(one);
    expect(link).toEqual({ ...said.link, incidents: undefined });
    expect(link?.incidentIds).toEqual([mine, theirs].sort());
    expect(link?.grade).toBeGreaterThan(0.9);
    // The other organisation was granted the incident, and so the decision; what it was weighed by, it was not.
    expect(await linksFor(other)).toEqual([
      { ...link, grade: null, reasons: [], contradictions: [], owner: 'gate-one' },
    ]);
    expect(await countFor(other)).toBe(before - 1);
    expect(await countFor(await viewerFor(hub, 'gate-third', 'analyst'))).toBe(1);
    expect(await decide('undo', one, mine, theirs, 'CONFIRMED')).toEqual({ state: 'UNDECIDED', link: null });
    expect([await countFor(one), await countFor(other), await linksFor(one)]).toEqual([before, before, []]);
    expect(await pairsFor(one)).toEqual([pair('gate-one ONE1', 'gate-other OTH1')]);
    const undone = await decide('undo', one, mine, theirs, 'UNDECIDED');
    expect(undone.reasons?.[0]?.found).toBe('a pair on which your organisation decided nothing');
  });

  it('that the two are not one event is not proposed again, and outweighs what others confirmed', async () => {
    const [mine, theirs] = [id('gate-one ONE1'), id('gate-other OTH1')];
    expect((await decide('reject', one, mine, theirs, 'UNDECIDED')).state).toBe('REJECTED');
    expect([await pairsFor(one), await countFor(one)]).toEqual([[], 6]);
    // The other one decides for itself.
    expect(await pairsFor(other)).toHaveLength(1);
    expect((await confirm(other, mine, theirs)).state).toBe('CONFIRMED');
    expect([await countFor(one), await countFor(other)]).toEqual([6, 5]);
    expect((await linksFor(one)).map(({ state, owner }) => [owner, state]).sort()).toEqual([
      ['gate-one', 'REJECTED'],
      ['gate-other', 'CONFIRMED'],
    ]);
    expect((await decide('undo', one, mine, theirs, 'REJECTED')).state).toBe('UNDECIDED');
    // What the other one confirmed counts now, and is nothing to propose.
    expect([await countFor(one), await pairsFor(one)]).toEqual([5, []]);
    expect((await decide('undo', other, mine, theirs, 'CONFIRMED')).state).toBe('UNDECIDED');
    expect([await countFor(one), (await pairsFor(one)).length]).toEqual([6, 1]);
  });

  it('is refused when somebody was faster, and of two at once one stands', async () => {
    const [mine, theirs] = [id('gate-one ONE1'), id('gate-other OTH1')];
    const colleague = await viewerFor(hub, 'gate-one', 'data_officer');
    const both = await Promise.all([
      confirm(one, mine, theirs),
      decide('reject', colleague, mine, theirs, 'UNDECIDED'),
    ]);
    expect(both.filter(({ state }) => state !== undefined)).toHaveLength(1);
    const [refused] = both.flatMap(({ reasons }) => reasons ?? []);
    const standing = both.find(({ state }) => state !== undefined)?.state as string;
    expect(refused).toMatchObject({ where: 'expected', found: standing });
    expect(await linksFor(one)).toHaveLength(1);
    const turned = standing === 'CONFIRMED' ? 'reject' : 'confirm';
    expect((await decide(turned, one, mine, theirs, 'UNDECIDED')).reasons?.[0]?.found).toBe(standing);
    expect((await decide(turned, one, mine, theirs, standing)).link?.state).not.toBe(standing);
    expect(await linksFor(one)).toHaveLength(1);
    const [{ state }] = (await linksFor(one)) as [Link];
    await decide('undo', one, mine, theirs, state);
  });

  it('is in the audit log with ids and codes alone, and in the outbox', async () => {
    const events = await decisions<{
      action: string;
      object_kind: string;
      object_ids: string[];
      detail: object;
    }>(
      `select action, object_kind, object_ids, detail from audit_event where object_kind = 'same_incident_link' order by sequence`,
    );
    expect(events.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['confirm_same_incident', 'reject_same_incident', 'undo_same_incident']),
    );
    for (const { object_ids, detail } of events) {
      expect(object_ids.slice(1)).toEqual([id('gate-one ONE1'), id('gate-other OTH1')].sort());
      expect(Object.keys(detail).sort()).toEqual(['before', 'grade', 'method']);
    }
    const told = await decisions<{ topic: string }>(
      `select topic from outbox where topic like 'same\\_incident%' order by sequence`,
    );
    expect(told).toHaveLength(events.length);
  });

  it('is marked as strictly as the stricter of the two', async () => {
    const [mine, theirs] = [id('gate-one ONE2'), id('gate-other OTH2')];
    const raise = (handling: string): Promise<void> =>
      hub.database.asOwner(async (connection) => {
        await connection.execute(
          `insert into visibility_class (owner_id, record_class, handling, sensitivity)
           select owner_id, 'incident', $2, 'routine' from incident where id = $1 on conflict do nothing`,
          [theirs, handling],
        );
        await connection.execute(
          `update incident i set visibility_class_id = c.id from visibility_class c
           where i.id = $1 and c.owner_id = i.owner_id and c.record_class = 'incident' and c.handling = $2`,
          [theirs, handling],
        );
      });
    await raise('amber_strict');
    const viewer = await viewerFor(hub, 'gate-one', 'analyst');
    const said = await confirm(viewer, mine, theirs);
    expect(said.link).toMatchObject({
      state: 'CONFIRMED',
      incidents: [mine, theirs].sort().map((each) => ({ id: each })),
    });
    const [row] = await decisions<{ handling: string; slug: string }>(
      `select c.handling, o.slug from same_incident_link k join visibility_class c on c.id = k.visibility_class_id
       join organisation o on o.id = c.owner_id where k.known_to is null`,
    );
    expect(row).toEqual({ handling: 'amber_strict', slug: 'gate-one' });
    // The class was made with the decision: the next request holds it.
    const next = await viewerFor(hub, 'gate-one', 'analyst');
    expect(await linksFor(next)).toHaveLength(1);
    await raise('amber');
    expect((await decide('undo', next, mine, theirs, 'CONFIRMED')).state).toBe('UNDECIDED');
  });
});

describe('what was decided once', () => {
  it('is known as of the time in which it stood, in lists, counts and independence', async () => {
    const [mine, theirs] = [id('gate-one ONE1'), id('gate-other OTH1')];
    const day = (number: number): Date => new Date(TEST_NOW.getTime() + number * 86_400_000);
    const on = async (number: number, work: (at: TestHub) => Promise<Outcome>): Promise<void> => {
      const then = { ...hub, imports: { ...hub.imports, now: () => day(number) } };
      expect((await work(then)).reasons).toBeUndefined();
    };
    const by = (what: keyof typeof FIELDS, expected: string) => (at: TestHub) =>
      decide(what, one, mine, theirs, expected, at);
    await on(1, by('confirm', 'UNDECIDED'));
    await on(2, by('reject', 'CONFIRMED'));
    await on(3, by('undo', 'REJECTED'));
    await on(4, by('confirm', 'UNDECIDED'));
    await on(5, by('undo', 'CONFIRMED'));
    const document = `query ($at: DateTimeISO, $ids: [String!]) { sameIncidentLinks(filter: { asKnownAt: $at }) { nodes { state } }
      flows(groupBy: [], filter: { asKnownAt: $at }) { incidents }
      incidents(filter: { ids: $ids, asKnownAt: $at }) { nodes { independence { groups { statements } } } } }`;
    interface Answer {
      readonly sameIncidentLinks: { readonly nodes: readonly { readonly state: string }[] };
      readonly flows: readonly { readonly incidents: number }[];
      readonly incidents: {
        readonly nodes: readonly { readonly independence: { readonly groups: readonly unknown[] } }[];
      };
    }
    const told: (readonly [string, number, number])[] = [];
    for (const number of [0, 1, 2, 3, 4, 5]) {
      const at = new Date(day(number).getTime() + 3_600_000).toISOString();
      const found = await answer<Answer>(hub, one, document, { at, ids: [mine] });
      const states = found.sameIncidentLinks.nodes.map(({ state }) => state).join();
      const [node] = found.incidents.nodes;
      told.push([states, found.flows[0]?.incidents ?? 0, node?.independence.groups.length ?? 0]);
    }
    const [[, apart, alone] = ['', 0, 0]] = told;
    expect(told).toEqual([
      ['', apart, alone],
      ['CONFIRMED', apart - 1, alone + 1],
      ['REJECTED', apart, alone],
      ['', apart, alone],
      ['CONFIRMED', apart - 1, alone + 1],
      ['', apart, alone],
    ]);
    expect(await linksFor(one)).toEqual([]);
  });
});

describe('an end of a link', () => {
  it('that is corrected stays the end, and one that lives no more is nobody’s', async () => {
    const [mine, theirs] = [id('gate-one ONE1'), id('gate-other OTH1')];
    await confirm(one, mine, theirs);
    const count = await countFor(one);
    await take('gate-one', 'again', ...told('ONE1', { number_of_victims: '4' }));
    const { incident } = await answer<{ incident: { version: number } }>(
      hub,
      one,
      'query ($id: String!) { incident(id: $id) { version } }',
      { id: mine },
    );
    expect([incident.version, await countFor(one), (await linksFor(one)).length]).toEqual([2, count, 1]);
    // The correction is taken back, and the link with it is not: it is of the record, not of what it said once.
    const { id: owner } = await organisationFor(hub, 'gate-one');
    await undoImport(hub.imports, owner, null, batches['gate-one again'] as string);
    expect([await countFor(one), (await linksFor(one)).length]).toEqual([count, 1]);
    const live = (until: string | null): Promise<number> =>
      hub.database.asOwner((connection) =>
        connection.execute('update incident set known_to = $2 where id = $1', [theirs, until]),
      );
    await live('2100-01-01');
    expect([await linksFor(one), await linksFor(other)]).toEqual([[], []]);
    expect((await decide('undo', one, mine, theirs, 'CONFIRMED')).reasons?.[0]?.found).toBe(
      'an incident that is not there, or not for this key',
    );
    await live(null);
    expect(await linksFor(one)).toHaveLength(1);
  });

  it('holds its owner’s own undo up by a word, and nobody else’s', async () => {
    const [ours, theirs] = await Promise.all(
      ['gate-one', 'gate-other'].map((slug) => organisationFor(hub, slug)),
    );
    const undo = (owner: typeof ours, slug: string) =>
      undoImport(hub.imports, owner?.id ?? '', null, batches[`${slug} first`] as string);
    await expect(undo(ours, 'gate-one')).rejects.toThrow(
      '1 of its incidents are linked to other reports of the same event: undo the links first',
    );
    const before = await countFor(one);
    await undo(theirs, 'gate-other');
    expect(await decisions('select id from same_incident_link where known_to is null')).toEqual([]);
    expect(await decisions(`select topic from outbox where topic = 'same_incident.ended'`)).toHaveLength(1);
    expect([await linksFor(one), await pairsFor(one), await countFor(one)]).toEqual([[], [], before - 2]);
    await undo(ours, 'gate-one');
    expect(await countFor(one)).toBe(0);
  });

  it('that is being taken back is waited for: nothing points at what is gone', async () => {
    await take('gate-one', 'race', ...told('RAC1'));
    await take('gate-other', 'race', ...told('RAC2'));
    const { id: owner } = await organisationFor(hub, 'gate-other');
    const [undone, said] = await Promise.all([
      undoImport(hub.imports, owner, null, batches['gate-other race'] as string),
      confirm(one, id('gate-one RAC1'), id('gate-other RAC2')),
    ]);
    expect(undone).toBe(true);
    expect(said.state ?? said.reasons?.[0]?.found).toMatch(/^CONFIRMED$|^an incident that is not there/);
    expect(await decisions('select id from same_incident_link where known_to is null')).toEqual([]);
    await undoImport(
      hub.imports,
      (await organisationFor(hub, 'gate-one')).id,
      null,
      batches['gate-one race'] as string,
    );
  });
});

interface Independence {
  readonly origins: number;
  readonly unknownOrigins: number;
  readonly groups: readonly { statements: readonly string[]; reason: string }[];
}

describe('independence', () => {
  const INDEPENDENCE = 'independence { origins unknownOrigins groups { statements reason } }';

  it('of an event grows when another organisation confirms it, and that of what took part does not', async () => {
    await take('gate-one', 'told', ...told('TLD1', { staff_name: 'Collector Example' }));
    await take('gate-other', 'told', ...told('TLD2', { staff_name: 'Collector Example' }));
    const [mine, theirs] = [id('gate-one TLD1'), id('gate-other TLD2')];
    const look = async () => {
      hub.statements.length = 0;
      const { incident, incidents: list } = await answer<{
        incident: { independence: Independence; movements: { independence: Independence }[] };
        incidents: { nodes: { independence: Independence; entities: { independence: Independence }[] }[] };
      }>(
        hub,
        one,
        `query ($id: String!) { incident(id: $id) { ${INDEPENDENCE} movements { ${INDEPENDENCE} } }
           incidents { nodes { ${INDEPENDENCE} entities { ${INDEPENDENCE} } } } }`,
        { id: mine },
      );
      return { incident, nodes: list.nodes, statements: hub.statements.length };
    };
    const before = await look();
    expect(before.incident.independence).toMatchObject({ origins: 1, unknownOrigins: 0 });
    expect(before.incident.independence.groups).toHaveLength(1);
    expect(before.incident.independence.groups[0]?.reason).toBe(
      'the same root origin, the same collector, the same incident',
    );
    await confirm(one, mine, theirs);
    const after = await look();
    expect(after.incident.independence).toMatchObject({ origins: 2 });
    expect(after.incident.movements[0]?.independence).toEqual(after.incident.independence);
    expect(after.nodes.map((node) => node.independence.origins)).toEqual([2, 2]);
    expect(after.nodes.flatMap(({ entities }) => entities.map((each) => each.independence.origins))).toEqual(
      Array.from({ length: 4 }, () => 1),
    );
    // Two incidents or two hundred: a statement each for what is asked, and two edges may miss each other's batch.
    expect(after.statements).toBeLessThan(16);
    expect(after.statements).toBeLessThanOrEqual(before.statements + 1);
  });

  it('knows who wrote a report down, and takes one person for one origin', async () => {
    const rows = await decisions<{ collectors: number; unknown: number }>(
      `select count(distinct collector_id)::int as collectors, count(*) filter (where collector_id is null)::int as unknown
       from statement s join report r on r.id = s.report_id where r.external_reference like 'TLD%'`,
    );
    // A pseudonym of each organisation's own: that both name one person is not to be seen.
    expect(rows).toEqual([{ collectors: 2, unknown: 0 }]);
    const [{ n }] = (await decisions<{ n: number }>(
      `select count(*)::int as n from statement s join report r on r.id = s.report_id
       where r.external_reference like 'THI%' and s.collector_id is not null`,
    )) as [{ n: number }];
    expect(n).toBe(0);
  });
});

describe('independence of a record of the past', () => {
  it('is of the statements known then', async () => {
    await take('gate-one', 'past', ...alone('PST1', '2024-09-01'));
    const later = new Date(TEST_NOW.getTime() + 86_400_000);
    const then = { ...hub, imports: { ...hub.imports, now: () => later } };
    const corrected = csv(...alone('PST1', '2024-09-01', { number_of_victims: '5' }));
    await importText(then, 'gate-one', 'border-intercept', corrected, 'past-again.csv');
    const look = async (filter: object) => {
      const { incidents: list } = await answer<{
        incidents: {
          nodes: readonly {
            version: number;
            statements: readonly { id: string }[];
            independence: Independence;
          }[];
        };
      }>(
        hub,
        one,
        'query ($filter: IncidentFilter) { incidents(filter: $filter) { nodes { version statements { id } independence { groups { statements } } } } }',
        { filter: { ids: [id('gate-one PST1')], ...filter } },
      );
      const [node] = list.nodes;
      return {
        version: node?.version,
        said: node?.independence.groups.flatMap(({ statements }) => statements) ?? [],
        own: node?.statements[0]?.id,
      };
    };
    const [past, now] = [await look({ asKnownAt: new Date(TEST_NOW.getTime() + 3_600_000) }), await look({})];
    expect([past.version, now.version]).toEqual([1, 2]);
    expect(past.said).toContain(past.own);
    expect(now.said).toContain(now.own);
    expect(past.said.filter((each) => now.said.includes(each))).toEqual([]);
  });
});

it('the clock of this test stands', () => expect(hub.imports.now()).toEqual(TEST_NOW));
