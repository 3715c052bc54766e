/** What is made from others' reports goes on only with the consent of every originator, for that report and those receivers, and no longer. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/access/roles.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { removeReports } from '../../src/records/erasure/remove-reports.store.ts';
import { foldCounts } from '../../src/records/flows/fold-counts.service.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const DONE = '... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }';
const DRAFT = `mutation ($agreement: AgreementInput!, $key: String!) { act: draftAgreement(agreement: $agreement, idempotencyKey: $key) { ${DONE} } }`;
const SIGN = `mutation ($id: String!, $version: Int!, $digest: String!, $key: String!) {
  act: signAgreement(id: $id, version: $version, digest: $digest, idempotencyKey: $key) { ${DONE} } }`;
const SUSPEND = `mutation ($id: String!, $version: Int!, $key: String!) {
  act: suspendAgreement(id: $id, version: $version, reason: PRECAUTION, idempotencyKey: $key) { ${DONE} } }`;
const RELEASE = `mutation ($id: String!, $report: String!, $key: String!) {
  act: releaseReport(agreementId: $id, reportId: $report, idempotencyKey: $key) { ${DONE} } }`;
const ASK = `mutation ($id: String!, $report: String!, $key: String!) {
  act: askOnward(agreementId: $id, reportId: $report, idempotencyKey: $key) { ${DONE} } }`;
const ANSWER = `mutation ($id: String!, $version: Int!, $consent: Boolean!, $key: String!) {
  act: answerOnward(id: $id, version: $version, consent: $consent, idempotencyKey: $key) { ${DONE} } }`;
const RECORD = `mutation ($report: HandReportInput!, $key: String!) { act: recordReport(report: $report, idempotencyKey: $key) {
  ... on ActDone { id: reportId version } ... on ActRefused { reasons { where found wanted } } } }`;
const CORRECT = `mutation ($id: String!, $version: Int!, $report: HandReportInput!, $key: String!) {
  act: correctReport(reportId: $id, version: $version, report: $report, reason: NEW_INFORMATION, idempotencyKey: $key) {
  ... on ActDone { id: reportId version } ... on ActRefused { reasons { where found wanted } } } }`;
const WITHDRAW = `mutation ($id: String!, $version: Int!, $key: String!) {
  act: withdrawReport(reportId: $id, version: $version, reason: DUPLICATE, idempotencyKey: $key) { __typename } }`;
const READ =
  'query ($id: String!) { agreement(id: $id) { version digest releases { reportId releasedAt endedAt } } }';
const REQUESTS = `query ($open: Boolean) { onwardRequests(open: $open) { id version state asker originator receivers handling sourceReportIds
  reportId agreementId askedAt answeredAt } }`;
/** All that a partner can meet of one report. */
const ALL = `query ($ids: [String!]!) {
  reports(filter: { ids: $ids }) { totalCount nodes { id version kind handling redacted sourceWithdrawn evaluation { reliability credibility } observed { from to }
    history { version } attachments { kind bytes sha256 } incidents { id kind country verification occurred { from to } persons { min max } redFlagTotal cell
      indicators { scheme code value } statements { claim originKind evaluation { reliability credibility } report { id } } independence { origins unknownOrigins }
      entities { id kind label suspicion { status } selectors { kind hint } statements { claim } }
      movements { id mode purpose originCountry destinationCountry countries { country role } crossings { kind cell }
        waypoints { ordinal country cell level place { name } } party { sex ageBand } } } } } }`;
const COUNTS = `query ($owner: [String!]) { reports(filter: { owners: $owner }) { totalCount } incidents(filter: { owners: $owner }) { totalCount }
  movements(filter: { owners: $owner }) { totalCount } entities(filter: { owners: $owner }) { totalCount } crossings(filter: { owners: $owner }) { totalCount } }`;

interface Act {
  readonly id?: string;
  readonly version?: number;
  readonly reasons?: readonly { readonly where: string; readonly found: string; readonly wanted: string }[];
}
interface Asked {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly asker: string;
  readonly originator: string;
  readonly receivers: readonly string[];
  readonly handling: string;
  readonly sourceReportIds: readonly string[];
  readonly reportId: string | null;
  readonly agreementId: string | null;
  readonly askedAt: string;
  readonly answeredAt: string | null;
}

const reportFrom = (derivedFrom?: string, over: object = {}): unknown => ({
  kind: 'BORDER_INTERCEPT',
  observed: { text: '2026-05-02' },
  origin: { kind: 'STAFF', reliability: 'B', credibility: 2, derivedFrom },
  incident: {
    kind: 'INTERCEPTION',
    occurred: { text: '2026-05-02' },
    place: { text: 'Birgunj', country: 'NPL' },
    personsMin: 1,
    personsMax: 2,
    redFlagTotal: 7,
  },
  movement: {
    purpose: 'TRAFFICKING',
    status: 'INTERCEPTED',
    mode: 'BUS',
    waypoints: [
      { place: { text: 'Kathmandu', country: 'NPL' }, kind: 'STATED', basis: 'RESIDENCE' },
      { place: { text: 'Mumbai', country: 'IND' }, kind: 'STATED', basis: 'DESTINATION' },
    ],
  },
  persons: [
    {
      status: 'POSSIBLE_VICTIM',
      sex: 'FEMALE',
      ageBand: 'AGE_9_17',
      personal: { fullName: 'Sample Person' },
    },
  ],
  entities: [
    {
      kind: 'INDIVIDUAL',
      role: 'RECRUITER',
      selectors: [{ kind: 'phone', value: '+9779800000001' }],
      personal: { fullName: 'Sample Suspect' },
    },
  ],
  ...over,
});

let hub: TestHub;
let serial = 0;
let cases = '';
let open = '';

/** Read anew for each request, as a server does. */
const at = (slug: string, role: Role = 'data_officer'): Promise<Viewer> => viewerFor(hub, slug, role);

beforeAll(async () => {
  hub = await openTestHub('base');
  for (const slug of ['first', 'other', 'author', 'middle', 'reader', 'stranger']) await at(slug);
  open = await agree('FULL_RECORD', ['first', 'author'], { onward: 'WITH_ORIGINATORS_CONSENT' });
  await agree('FULL_RECORD', ['first', 'middle'], { onward: 'WITH_ORIGINATORS_CONSENT' });
  cases = await agree('CASE_BY_CASE', ['author', 'reader']);
});
afterAll(() => hub.close());

/** Each act a minute after the one before, and all of them before anybody looks. */
function then(): TestHub {
  const now = new Date(hub.imports.now().getTime() - 60_000 * (1_000 - serial));
  return { ...hub, imports: { ...hub.imports, now: () => now } };
}

async function act(slug: string, text: string, variables: Record<string, unknown>): Promise<Act> {
  serial += 1;
  const key = { key: `onward-act-${serial}` };
  return (await answer<{ act: Act }>(then(), await at(slug), text, { ...key, ...variables })).act;
}
async function done(slug: string, text: string, variables: Record<string, unknown>): Promise<string> {
  const { id, reasons } = await act(slug, text, variables);
  expect(reasons).toBeUndefined();
  return id ?? '';
}
const record = (slug: string, derivedFrom?: string, over: object = {}): Promise<string> =>
  done(slug, RECORD, { report: reportFrom(derivedFrom, over) });
const found = async (outcome: Promise<Act>): Promise<string | undefined> =>
  (await outcome).reasons?.[0]?.found;

async function agree(template: string, parties: readonly string[], over: object = {}): Promise<string> {
  const agreement = {
    name: `${template} of a test`,
    template,
    parties,
    purposes: ['INVESTIGATION'],
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '2027-10-01T00:00:00Z',
    reviewOn: '2027-04-01',
    ...over,
  };
  const id = await done(parties[0] as string, DRAFT, { agreement });
  for (const slug of parties) {
    const { agreement: read } = await answer<{ agreement: object }>(hub, await at(slug), READ, { id });
    await done(slug, SIGN, { id, ...read });
  }
  return id;
}

const requests = async (slug: string, waiting: boolean | null = null): Promise<readonly Asked[]> =>
  (await answer<{ onwardRequests: Asked[] }>(hub, await at(slug), REQUESTS, { open: waiting }))
    .onwardRequests;
/** The only one that waits. */
async function waiting(slug: string): Promise<Asked> {
  const [one, ...more] = await requests(slug, true);
  expect(more).toEqual([]);
  return one as Asked;
}
async function consent(slug: string, to: Pick<Asked, 'id' | 'version'>, yes = true): Promise<void> {
  await done(slug, ANSWER, { id: to.id, version: to.version, consent: yes });
}
const all = async (slug: string, id: string): Promise<{ reports: { nodes: { version: number }[] } }> =>
  answer(hub, await at(slug, 'analyst'), ALL, { ids: [id] });
const sees = async (slug: string, id: string): Promise<boolean> =>
  (await all(slug, id)).reports.nodes.length > 0;
const counts = async (slug: string, owner: string): Promise<readonly number[]> =>
  Object.values(
    await answer<Record<string, { totalCount: number }>>(hub, await at(slug, 'analyst'), COUNTS, {
      owner: [owner],
    }),
  ).map(({ totalCount }) => totalCount);
const releases = async (id: string): Promise<readonly { reportId: string; endedAt: string | null }[]> =>
  (
    await answer<{ agreement: { releases: { reportId: string; endedAt: string | null }[] } }>(
      hub,
      await at('author'),
      READ,
      { id },
    )
  ).agreement.releases;
/** How many of the author's rows are in a class that consent opened. */
async function opened(): Promise<number> {
  // A sum and its undoing are folded away; how often a class was written, and that a movement was, is no row of it.
  await foldCounts(hub.database);
  return hub.database.unrestricted('count what consent opened', async (connection) => {
    const holders = await connection.query<{ name: string }>(
      `select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
       where a.attname = 'visibility_class_id' and not a.attisdropped and c.relkind = 'r' and c.relname not in ('class_change', 'movement_change') order by 1`,
    );
    let rows = 0;
    for (const { name } of holders) {
      const [counted] = await connection.query<{ n: number }>(
        `select count(*)::int as n from ${name} a join visibility_class c on c.id = a.visibility_class_id join organisation o on o.id = c.owner_id
         where c.sensitivity = 'consented' and o.slug = 'author'`,
      );
      rows += counted?.n ?? 0;
    }
    return rows;
  });
}
const withoutIds = (told: unknown): unknown =>
  JSON.parse(JSON.stringify(told).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '#'));

describe('a report made from another organisation’s', () => {
  let source = '';
  let made = '';
  let plain = '';

  it('is asked about by its author alone, where there is something to ask', async () => {
    source = await record('first');
    plain = await record('author');
    made = await record('author', source);
    const asks = (slug: string, id: string, of: string) => found(act(slug, ASK, { id, report: of }));
    expect(await asks('author', cases, plain)).toBe('a report that needs the consent of nobody else');
    expect(await asks('author', open, made)).toBe('an agreement of the template FULL_RECORD');
    expect(await asks('author', made, made)).toBe('nothing of that id');
    expect(await asks('author', cases, source)).toBe('no such report');
    expect(await asks('reader', cases, made)).toBe('no such report');
    expect(await asks('stranger', cases, made)).toBe('nothing of that id');
    const red = await record('author', source, { handling: 'RED' });
    expect(await asks('author', cases, red)).toBe('a report marked RED');
    const drafted = await done('author', DRAFT, {
      agreement: {
        name: 'not signed',
        template: 'CASE_BY_CASE',
        parties: ['author', 'reader'],
        purposes: ['INVESTIGATION'],
        startsAt: '2026-01-01T00:00:00Z',
        endsAt: '2027-10-01T00:00:00Z',
        reviewOn: '2027-04-01',
      },
    });
    expect(await asks('author', drafted, made)).toBe('an agreement that is drafted');
    // Of an organisation that shows its records and allows nothing onward.
    await agree('FULL_RECORD', ['other', 'author']);
    const strict = await record('author', await record('other'));
    expect(await asks('author', cases, strict)).toBe(
      'an originator with whom no running agreement of yours allows onward transfer',
    );
    expect(await found(act('author', RELEASE, { id: cases, report: made }))).toBe(
      'a report made from what another organisation keeps',
    );
    const { errors } = await ask(hub, await at('author', 'analyst'), ASK, {
      id: cases,
      report: made,
      key: 'no-officer-1',
    });
    expect(errors?.[0]?.message).toContain('does not deal with agreements');
    expect(await requests('first')).toEqual([]);
  });

  it('is shown to the originator as a request that says nothing of it, and to nobody else', async () => {
    expect(await done('author', ASK, { id: cases, report: made })).toBe(cases);
    expect(await found(act('author', ASK, { id: cases, report: made }))).toBe(
      'a report of which every originator was asked',
    );
    const request = await waiting('first');
    expect(request).toEqual({
      id: expect.any(String),
      version: 1,
      state: 'OPEN',
      asker: 'author',
      originator: 'first',
      receivers: ['reader'],
      handling: 'AMBER',
      sourceReportIds: [source],
      reportId: null,
      agreementId: null,
      askedAt: expect.any(String),
      answeredAt: null,
    });
    expect(JSON.stringify(request)).not.toContain(made);
    expect(await waiting('author')).toEqual({
      ...request,
      sourceReportIds: [],
      reportId: made,
      agreementId: cases,
    });
    for (const slug of ['reader', 'stranger', 'other']) expect(await requests(slug)).toEqual([]);
    for (const slug of ['author', 'reader', 'stranger'])
      expect(await found(act(slug, ANSWER, { ...request, consent: true }))).toBe('nothing of that id');
    expect(await found(act('first', ANSWER, { id: 'nothing', version: 1, consent: true }))).toBe(
      'nothing of that id',
    );
    expect(await found(act('first', ANSWER, { ...request, version: 2, consent: true }))).toBe('version 2');
    // What the log has of it on the originator's side names the request, and not the report.
    const { auditEvents } = await answer<{ auditEvents: { nodes: { objectIds: string[] }[] } }>(
      hub,
      await at('first'),
      '{ auditEvents(filter: { byOthers: true, actions: ["ask_onward"] }) { nodes { objectIds detail { name value } } } }',
    );
    expect(auditEvents.nodes).toMatchObject([{ objectIds: [request.id] }]);
    expect(JSON.stringify(auditEvents)).not.toContain(made);
  });

  it('stays with its author when the originator refuses', async () => {
    await consent('first', await waiting('first'), false);
    expect(await requests('first', true)).toEqual([]);
    const [refused] = await requests('first', false);
    expect(refused).toMatchObject({ state: 'REFUSED', version: 2, answeredAt: expect.any(String) });
    expect(await found(act('first', ANSWER, { ...refused, consent: false }))).toBe(
      'what your organisation answered before',
    );
    expect(await found(act('author', RELEASE, { id: cases, report: made }))).toBe(
      'a report made from what another organisation keeps',
    );
    expect(await counts('reader', 'author')).toEqual([0, 0, 0, 0, 0]);
  });

  it('is seen as any report is that is released case by case, once the originator consents and its author releases it', async () => {
    const [refused] = await requests('first');
    await consent('first', refused as Asked);
    expect(await sees('reader', made)).toBe(false);
    expect(await opened()).toBe(0);
    await done('author', RELEASE, { id: cases, report: plain });
    const one = await counts('reader', 'author');
    await done('author', RELEASE, { id: cases, report: made });
    expect(await opened()).toBeGreaterThan(10);
    const seen = await all('reader', made);
    expect(seen.reports.nodes).toHaveLength(1);
    expect(withoutIds(seen)).toEqual(withoutIds(await all('reader', plain)));
    expect(await counts('reader', 'author')).toEqual(one.map((count) => count * 2));
    // What it was made from is as absent as before, by every road.
    expect(await sees('reader', source)).toBe(false);
    expect(JSON.stringify(seen)).not.toContain(source);
    expect(await counts('reader', 'first')).toEqual([0, 0, 0, 0, 0]);
    const statements = await answer<object>(
      hub,
      await at('reader', 'analyst'),
      'query ($ids: [String!]!) { reports(filter: { ids: $ids }) { nodes { incidents { statements { derived originKnown } } } } }',
      { ids: [made] },
    );
    expect(JSON.stringify(statements)).toContain('"derived":true');
    // No grant but those of that agreement reaches it.
    await agree('FULL_RECORD', ['author', 'stranger']);
    expect(await sees('stranger', plain)).toBe(true);
    expect(await sees('stranger', made)).toBe(false);
    expect(await sees('first', made)).toBe(false);
  });

  it('is counted by the preview of that agreement, and by no other’s', async () => {
    const preview = async (id: string, receiver: string): Promise<number | undefined> =>
      (
        await answer<{ agreementPreview: { tables: { table: string; count: number }[] } }>(
          hub,
          await at('author'),
          'query ($id: String!, $receiver: String!) { agreementPreview(id: $id, receiver: $receiver, rows: 3) { tables { table count rows { fields { name value } } } } }',
          { id, receiver },
        )
      ).agreementPreview.tables.find(({ table }) => table === 'report')?.count;
    expect(await preview(cases, 'reader')).toBe(2);
    expect(await preview(open, 'first')).toBe(1);
  });

  it('may be made something of again, which goes no further than it does itself', async () => {
    const again = await record('reader', made);
    const own = await record('author', made);
    await agree('FULL_RECORD', ['reader', 'middle']);
    expect(await sees('middle', again)).toBe(false);
    expect(await sees('stranger', own)).toBe(false);
    expect(await found(act('author', RELEASE, { id: cases, report: own }))).toBe(
      'a report made from what another organisation keeps',
    );
  });

  it('stays released through a correction of the same making, with what hangs on it', async () => {
    const report = reportFrom(source, { kind: 'INTERVIEW' });
    await done('author', CORRECT, { id: made, version: 1, report });
    await done(
      'author',
      `mutation ($id: String!, $key: String!) { act: regradeReport(reportId: $id, version: 2, reliability: C, credibility: 3, reason: SOURCE_DOUBTED, idempotencyKey: $key) { ... on ActDone { id: reportId } } }`,
      { id: made },
    );
    const [seen] = (await all('reader', made)).reports.nodes;
    expect(seen).toMatchObject({ version: 3, kind: 'INTERVIEW' });
    expect((await releases(cases)).filter(({ endedAt }) => endedAt === null)).toHaveLength(2);
  });

  it('ends with the consent, on the next request, leaving no row open and who could see it known', async () => {
    const [stands] = await requests('first');
    await consent('first', stands as Asked, false);
    expect(await requests('first')).toMatchObject([{ state: 'WITHDRAWN', version: 4 }]);
    expect(await sees('reader', made)).toBe(false);
    expect(await sees('reader', plain)).toBe(true);
    expect(await opened()).toBe(0);
    expect(await releases(cases)).toMatchObject([
      { reportId: made, endedAt: expect.any(String) },
      { reportId: plain, endedAt: null },
    ]);
    const { reports } = await answer<{ reports: { nodes: { recipients: object[] }[] } }>(
      hub,
      await at('author'),
      'query ($ids: [String!]!) { reports(filter: { ids: $ids }) { nodes { recipients { organisation until } } } }',
      { ids: [made] },
    );
    expect(reports.nodes[0]?.recipients).toEqual([{ organisation: 'reader', until: expect.any(String) }]);
    const trail = async (slug: string, objectId: string): Promise<readonly string[]> =>
      (
        await answer<{ auditEvents: { nodes: { action: string }[] } }>(
          hub,
          await at(slug),
          'query ($id: String!) { auditEvents(filter: { objectId: $id }) { nodes { action } } }',
          { id: objectId },
        )
      ).auditEvents.nodes.map(({ action }) => action);
    expect(await trail('author', made)).toContain('end_report_release');
    expect(await trail('first', made)).not.toContain('end_report_release');
    for (const slug of ['author', 'first'])
      expect(
        (await trail(slug, (stands as Asked).id)).filter((each) => each === 'answer_onward'),
      ).toHaveLength(3);
    // Whoever could see it hears of its end all the same.
    await act('author', WITHDRAW, { id: made, version: 3 });
    const { notices } = await answer<{ notices: object[] }>(
      hub,
      await at('reader'),
      '{ notices { kind objectId } }',
    );
    expect(notices).toContainEqual({ kind: 'WITHDRAWN', objectId: made });
  });
});

describe('a chain over several organisations', () => {
  let source = '';
  let between = '';
  let made = '';

  it('asks everybody along it, and releases nothing while one of them refuses', async () => {
    source = await record('first');
    between = await record('middle', source);
    const onward = await agree('CASE_BY_CASE', ['middle', 'author'], { onward: 'WITH_ORIGINATORS_CONSENT' });
    await done('middle', ASK, { id: onward, report: between });
    await consent('first', await waiting('first'));
    await done('middle', RELEASE, { id: onward, report: between });
    expect(await sees('author', between)).toBe(true);
    made = await record('author', between);
    await done('author', ASK, { id: cases, report: made });
    expect(await waiting('first')).toMatchObject({ asker: 'author', sourceReportIds: [source] });
    expect(await waiting('middle')).toMatchObject({ asker: 'author', sourceReportIds: [between] });
    await consent('first', await waiting('first'));
    const refused = await found(act('author', RELEASE, { id: cases, report: made }));
    expect(refused).toBe('a report made from what another organisation keeps');
    await consent('middle', await waiting('middle'), false);
    expect(await found(act('author', RELEASE, { id: cases, report: made }))).toBe(refused);
    expect(await sees('reader', made)).toBe(false);
    const [no] = await requests('middle', false);
    await consent('middle', no as Asked);
    await done('author', RELEASE, { id: cases, report: made });
    expect(await sees('reader', made)).toBe(true);
    // For those receivers, and no others.
    const others = await agree('CASE_BY_CASE', ['author', 'stranger']);
    expect(await found(act('author', RELEASE, { id: others, report: made }))).toBe(refused);
  });

  it('ends at a correction that brings in an originator who was not asked, in its transaction', async () => {
    const elsewhere = await record('other');
    const correct = reportFrom(elsewhere);
    await done('author', CORRECT, { id: made, version: 1, report: correct });
    expect(await sees('reader', made)).toBe(false);
    expect(await opened()).toBe(0);
    expect((await releases(cases)).find(({ reportId }) => reportId === made)?.endedAt).not.toBeNull();
    // Those it was made from before still stand behind its versions: all three are asked.
    await agree('FULL_RECORD', ['other', 'author'], { onward: 'WITH_ORIGINATORS_CONSENT' });
    await done('author', ASK, { id: cases, report: made });
    await consent('other', await waiting('other'));
    await done('author', RELEASE, { id: cases, report: made });
    expect(await sees('reader', made)).toBe(true);
  });

  it('ends too where what was its author’s own becomes another’s by a correction', async () => {
    const own = await record('author');
    await done('author', RELEASE, { id: cases, report: own });
    expect(await sees('reader', own)).toBe(true);
    await done('author', CORRECT, { id: own, version: 1, report: reportFrom(source) });
    expect(await sees('reader', own)).toBe(false);
    expect((await releases(cases)).find(({ reportId }) => reportId === own)?.endedAt).not.toBeNull();
  });

  it('is consented to for the reports the originator was shown: another one of its own asks anew', async () => {
    const passed = await record('author', source);
    await done('author', ASK, { id: cases, report: passed });
    await consent('first', await waiting('first'));
    await done('author', RELEASE, { id: cases, report: passed });
    expect(await sees('reader', passed)).toBe(true);
    const more = await record('first');
    await done('author', CORRECT, { id: passed, version: 1, report: reportFrom(more) });
    expect(await sees('reader', passed)).toBe(false);
    expect(await found(act('author', RELEASE, { id: cases, report: passed }))).toBeDefined();
    await done('author', ASK, { id: cases, report: passed });
    const asked = await waiting('first');
    expect([...asked.sourceReportIds].sort()).toEqual([source, more].sort());
    await consent('first', asked);
    await done('author', RELEASE, { id: cases, report: passed });
    expect(await sees('reader', passed)).toBe(true);
  });

  it('may go in a circle', async () => {
    const one = await record('author', source);
    const two = await record('author', one);
    await done('author', CORRECT, { id: one, version: 1, report: reportFrom(two) });
    await done('author', ASK, { id: cases, report: two });
    expect(await waiting('first')).toMatchObject({ sourceReportIds: [source] });
    await consent('first', await waiting('first'));
    await done('author', RELEASE, { id: cases, report: two });
    expect(await sees('reader', two)).toBe(true);
    expect(await sees('reader', one)).toBe(false);
  });

  it('takes what was asked along when its report is removed', async () => {
    const going = await record('author', source);
    await done('author', ASK, { id: cases, report: going });
    const asked = await waiting('first');
    await consent('first', asked);
    await done('author', RELEASE, { id: cases, report: going });
    const removed = await hub.database.unrestricted('remove a report in a test', (connection) =>
      removeReports(connection, [going]),
    );
    expect(removed).toMatchObject({ onward_request: 1, case_release: 1, report: 1 });
    expect((await requests('first')).map(({ id }) => id)).not.toContain(asked.id);
    expect(await sees('reader', going)).toBe(false);
  });

  it('is not asked about where a report in it is gone for good, nor under an agreement that is held up', async () => {
    const gone = await record('author', source);
    await hub.database.unrestricted('point a report at one that is not there', (connection) =>
      connection.execute('update statement set derived_report_id = gen_random_uuid() where report_id = $1', [
        gone,
      ]),
    );
    expect(await found(act('author', ASK, { id: cases, report: gone }))).toBe(
      'a report made from one that is not there any more, of whose originator nothing is known',
    );
    const last = await record('author', source);
    await done('reader', SUSPEND, { id: cases, version: 1 });
    expect(await found(act('author', ASK, { id: cases, report: last }))).toBe(
      'an agreement that is suspended',
    );
    expect(await sees('reader', made)).toBe(false);
  });
});
