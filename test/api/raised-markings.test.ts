/** Markings only rise: what was said before and what was made from a report rise with it, and neither a file nor a correction lowers them by the way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { agree } from '../support/agree.ts';
import { interceptFile, type Row } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const MARKS = `query ($ids: [String!]!, $at: DateTimeISO) { reports(filter: { ids: $ids, asKnownAt: $at }) { nodes { id version handling pap } } }`;
const DONE = '... on ActDone { reportId version } ... on ActRefused { reasons { where found wanted } }';

interface Told {
  readonly reportId?: string;
  readonly reasons?: readonly { readonly where: string; readonly found: string; readonly wanted: string }[];
}
interface Marked {
  readonly id: string;
  readonly version: number;
  readonly handling: string;
  readonly pap: string;
}

let hub: TestHub;
let clock = Date.parse('2026-09-01T00:00:00Z');
let serial = 0;

/** Each act a minute after the one before, and before anybody looks. */
const then = (): TestHub => {
  clock += 60_000;
  const now = new Date(clock);
  return { ...hub, imports: { ...hub.imports, now: () => now } };
};
/** Read anew for each request, as a server does. */
const first = (): Promise<Viewer> => viewerFor(hub, 'first-hand', 'analyst');
const second = (): Promise<Viewer> => viewerFor(hub, 'retells', 'analyst');
const third = (): Promise<Viewer> => viewerFor(hub, 'far-away', 'analyst');

const report = (
  marks: { handling?: string; pap?: string; from?: string; suspect?: boolean } = {},
): object => ({
  kind: 'INTERVIEW',
  handling: marks.handling,
  pap: marks.pap,
  origin: { kind: 'STAFF', reliability: 'B', credibility: 2, derivedFrom: marks.from },
  incident: { kind: 'INTERCEPTION', occurred: { text: '2026-05-02' }, place: { country: 'NPL' } },
  entities:
    marks.suspect === true
      ? [{ kind: 'INDIVIDUAL', role: 'RECRUITER', personal: { fullName: 'Fictional Recruiter' } }]
      : [],
});
async function act(viewer: Viewer, text: string, variables: object): Promise<Told> {
  serial += 1;
  return (await answer<{ act: Told }>(then(), viewer, text, { key: `raised-${serial}`, ...variables })).act;
}
const record = async (viewer: Viewer, said: object): Promise<string> => {
  const text = `mutation ($report: HandReportInput!, $key: String!) { act: recordReport(report: $report, idempotencyKey: $key) { ${DONE} } }`;
  const told = await act(viewer, text, { report: said });
  return told.reportId ?? JSON.stringify(told.reasons);
};
async function takeIn(organisation: string, over: Row): Promise<void> {
  serial += 1;
  await importText(then(), organisation, 'border-intercept', interceptFile(over), `${serial}.csv`);
}
const correct = (viewer: Viewer, id: string, version: number, said: object): Promise<Told> =>
  act(
    viewer,
    `mutation ($id: String!, $version: Int!, $report: HandReportInput!, $key: String!) { act: correctReport(reportId: $id, version: $version, report: $report,
       reason: NEW_INFORMATION, idempotencyKey: $key) { ${DONE} } }`,
    { id, version, report: said },
  );
async function marksOf(viewer: Viewer, ids: readonly string[], at?: string): Promise<readonly string[]> {
  const { reports } = await answer<{ reports: { nodes: Marked[] } }>(hub, viewer, MARKS, { ids, at });
  return ids.map((id) => {
    const found = reports.nodes.find((each) => each.id === id);
    return found === undefined ? 'not there' : `${found.handling} ${found.pap}`;
  });
}
const logged = async (id: string): Promise<readonly object[]> =>
  hub.database.unrestricted('read the log in a test', (connection) =>
    connection.query<object>(
      `select o.slug, e.key_id, e.object_ids, e.detail from audit_event e join organisation o on o.id = e.organisation_id
       where action = 'marking_raised' and object_ids @> array[$1::uuid] order by sequence`,
      [id],
    ),
  );

beforeAll(async () => {
  hub = await openTestHub('base');
  for (const viewer of [first, second, third]) await record(await viewer(), report());
  const officer = (slug: string): Promise<Viewer> => viewerFor(hub, slug, 'data_officer');
  const purposes = ['INVESTIGATION'];
  const template = 'FULL_RECORD';
  await agree(then(), [await officer('first-hand'), await officer('retells')], { template, purposes });
  await agree(then(), [await officer('retells'), await officer('far-away')], { template, purposes });
});
afterAll(() => hub.close());

describe('raising a marking', () => {
  it('raises every version and what was made from it, whoever owns that, and each owner’s log has it', async () => {
    const source = await record(await first(), report());
    const stood = new Date(clock).toISOString();
    const made = await record(await second(), report({ from: source }));
    const again = await record(await second(), report({ from: made }));
    const beside = await record(await second(), report());
    expect(await marksOf(await second(), [source, made, again, beside])).toEqual(
      Array.from({ length: 4 }, () => 'AMBER AMBER'),
    );
    await correct(await first(), source, 1, report({ handling: 'RED', pap: 'RED' }));
    expect(await marksOf(await second(), [source, made, again, beside])).toEqual([
      'not there',
      'RED RED',
      'RED RED',
      'AMBER AMBER',
    ]);
    // Who was shown it is remembered, and hears that it rose, and of whatever becomes of it.
    const { reports } = await answer<{
      reports: { nodes: { recipients: { organisation: string; until: string | null }[] }[] };
    }>(
      hub,
      await first(),
      'query ($ids: [String!]!) { reports(filter: { ids: $ids }) { nodes { recipients { organisation until } } } }',
      { ids: [source] },
    );
    expect(reports.nodes[0]?.recipients).toEqual([{ organisation: 'retells', until: expect.any(String) }]);
    const told = async (viewer: Viewer, id: string): Promise<readonly string[]> => {
      const { notices } = await answer<{ notices: { kind: string; objectId: string }[] }>(
        hub,
        viewer,
        '{ notices(open: true) { kind objectId } }',
      );
      return notices.filter(({ objectId }) => objectId === id).map(({ kind }) => kind);
    };
    expect(await told(await second(), source)).toEqual(['RAISED']);
    await act(
      await first(),
      `mutation ($id: String!, $key: String!) { act: withdrawReport(reportId: $id, version: 2, reason: DUPLICATE, idempotencyKey: $key) { ${DONE} } }`,
      { id: source },
    );
    expect([...(await told(await second(), source))].sort()).toEqual(['RAISED', 'WITHDRAWN']);
    expect(await told(await third(), source)).toEqual([]);
    // Nor what it was before: to whom it was shown then, it is not shown now.
    expect(await marksOf(await second(), [source], stood)).toEqual(['not there']);
    expect(await marksOf(await first(), [source], stood)).toEqual(['RED RED']);
    for (const id of [made, again])
      expect(await logged(id)).toEqual([
        { slug: 'retells', key_id: null, object_ids: [id], detail: { handling: 'red', pap: 'red' } },
      ]);
    expect(await logged(source)).toEqual([]);
  });

  it('raises who may be told and what may be done each by itself, and never lowers either', async () => {
    const source = await record(await first(), report({ handling: 'GREEN', pap: 'CLEAR' }));
    const made = await record(await second(), report({ from: source, handling: 'GREEN', pap: 'CLEAR' }));
    const higher = await record(await second(), report({ from: source, handling: 'AMBER', pap: 'RED' }));
    await correct(await first(), source, 1, report({ handling: 'GREEN', pap: 'GREEN' }));
    expect(await marksOf(await second(), [source, made, higher])).toEqual([
      'GREEN GREEN',
      'GREEN GREEN',
      'AMBER RED',
    ]);
    expect(await logged(higher)).toEqual([]);
    // Lowering is the originator's, of the originator's own: what was made from it keeps what it has.
    await correct(await first(), source, 2, report({ handling: 'CLEAR', pap: 'CLEAR' }));
    expect(await marksOf(await second(), [source, made])).toEqual(['CLEAR CLEAR', 'GREEN GREEN']);
  });

  it('is what whoever makes something from a report has to keep to', async () => {
    const source = await record(await first(), report({ pap: 'RED' }));
    const told = await record(await second(), report({ from: source, pap: 'GREEN' }));
    expect(JSON.parse(told)).toMatchObject([
      { where: 'pap', found: 'GREEN', wanted: 'RED or higher, as the report it is made from' },
    ]);
    expect(await marksOf(await second(), [await record(await second(), report({ from: source }))])).toEqual([
      'AMBER RED',
    ]);
  });
});

describe('what was decided about a person', () => {
  it('rises with the report, and is told once', async () => {
    const source = await record(await first(), report({ suspect: true }));
    const made = await record(await second(), report({ from: source, suspect: true }));
    expect(
      (await correct(await first(), source, 1, report({ handling: 'RED', suspect: true }))).reasons,
    ).toBeUndefined();
    const rows = await hub.database.unrestricted('look at markings in a test', (connection) =>
      connection.query<{ handling: string; living: number }>(
        `select c.handling, count(*) filter (where s.known_to is null)::int as living from suspicion s join visibility_class c on c.id = s.visibility_class_id
         where s.person_id in (select e.person_id from entity e join report r on r.id = e.report_id where coalesce(r.version_of, r.id) = any($1::uuid[]))
         group by 1`,
        [[source, made]],
      ),
    );
    expect(rows).toEqual([{ handling: 'red', living: 2 }]);
  });
});

describe('what was made from another’s report', () => {
  it('is shown to no third party by leaving out, in a correction, what it was made from', async () => {
    const source = await record(await first(), report());
    const made = await record(await second(), report({ from: source }));
    const own = await record(await second(), report());
    expect(await marksOf(await third(), [made, own])).toEqual(['not there', 'AMBER AMBER']);
    expect((await correct(await second(), made, 1, report())).reasons).toBeUndefined();
    expect((await correct(await second(), made, 2, report({ from: own }))).reasons).toBeUndefined();
    expect(await marksOf(await third(), [made, own])).toEqual(['not there', 'AMBER AMBER']);
    expect(await marksOf(await second(), [made])).toEqual(['AMBER AMBER']);
  });
});

describe('what was made from another’s report, whatever stands between or came after', () => {
  it('rises along a withdrawn report, and where a later version left the source out', async () => {
    const source = await record(await first(), report());
    const between = await record(await second(), report({ from: source }));
    const made = await record(await second(), report({ from: between }));
    const left = await record(await second(), report({ from: source }));
    expect((await correct(await second(), left, 1, report())).reasons).toBeUndefined();
    await act(
      await second(),
      `mutation ($id: String!, $key: String!) { act: withdrawReport(reportId: $id, version: 1, reason: DUPLICATE, idempotencyKey: $key) { ${DONE} } }`,
      { id: between },
    );
    await correct(await first(), source, 1, report({ handling: 'RED' }));
    expect(await marksOf(await second(), [made, left])).toEqual(['RED AMBER', 'RED AMBER']);
    // Leaving out what it was made from lowers nothing.
    const lower = await correct(await second(), left, 2, report({ handling: 'AMBER' }));
    expect(lower.reasons).toMatchObject([{ where: 'handling', found: 'AMBER' }]);
    const other = await record(await second(), report());
    const aside = await correct(await second(), left, 2, report({ handling: 'AMBER', from: other }));
    expect(aside.reasons).toMatchObject([{ where: 'handling', found: 'AMBER' }]);
  });

  it('rises from several markings at once, with what was decided about a person', async () => {
    const source = await record(await first(), report({ handling: 'GREEN', suspect: true }));
    const made = await record(await second(), report({ from: source, handling: 'AMBER', suspect: true }));
    expect(
      (await correct(await second(), made, 1, report({ from: source, handling: 'GREEN', suspect: true })))
        .reasons,
    ).toBeUndefined();
    const raised = await correct(await first(), source, 1, report({ handling: 'RED', suspect: true }));
    expect(raised.reasons).toBeUndefined();
    expect(await marksOf(await second(), [made])).toEqual(['RED AMBER']);
  });
});

describe('what turns out to be made from another’s report', () => {
  it('is withheld with what it said before and what was made from it', async () => {
    const source = await record(await first(), report());
    const own = await record(await second(), report());
    const made = await record(await second(), report({ from: own }));
    const stood = new Date(clock).toISOString();
    expect(await marksOf(await third(), [own, made])).toEqual(['AMBER AMBER', 'AMBER AMBER']);
    expect((await correct(await second(), own, 1, report({ from: source }))).reasons).toBeUndefined();
    expect(await marksOf(await third(), [own, made])).toEqual(['not there', 'not there']);
    expect(await marksOf(await third(), [own, made], stood)).toEqual(['not there', 'not there']);
    expect(await marksOf(await second(), [own, made])).toEqual(['AMBER AMBER', 'AMBER AMBER']);
    expect(await logged(made)).toMatchObject([
      { slug: 'retells', detail: { withheld: true, releasesEnded: 0 } },
    ]);
  });
});

describe('a marking that was raised by hand', () => {
  it('stays when a file corrects the report', async () => {
    const file = (over: Row = {}): Promise<void> => takeIn('first-hand', { irf_number: 'RSE001', ...over });
    await file();
    const { reports } = await answer<{ reports: { nodes: Marked[] } }>(
      hub,
      await first(),
      '{ reports(filter: { kinds: [BORDER_INTERCEPT] }) { nodes { id version handling pap } } }',
    );
    const [{ id } = { id: '' }] = reports.nodes;
    const raised = { ...report({ handling: 'AMBER_STRICT', pap: 'RED' }), kind: 'BORDER_INTERCEPT' };
    expect((await correct(await first(), id, 1, raised)).reasons).toBeUndefined();
    expect(await marksOf(await first(), [id])).toEqual(['AMBER_STRICT RED']);
    await file({ case_notes: 'told anew' });
    expect(await marksOf(await first(), [id])).toEqual(['AMBER_STRICT RED']);
    expect(await marksOf(await second(), [id])).toEqual(['not there']);
    const classes = await hub.database.unrestricted('look at markings in a test', (connection) =>
      connection.query<{ handling: string }>(
        `select distinct c.handling from incident i join visibility_class c on c.id = i.visibility_class_id where i.report_id in
           (select id from report where id = $1 or version_of = $1)`,
        [id],
      ),
    );
    expect(classes).toEqual([{ handling: 'amber_strict' }]);
  });

  it('is not lifted where a file corrects what is withheld, and a file that marks higher raises what was before', async () => {
    const file = (over: Row = {}): Promise<void> => takeIn('retells', { irf_number: 'RSE002', ...over });
    await file();
    const find = async (): Promise<Marked> => {
      const { reports } = await answer<{ reports: { nodes: Marked[] } }>(
        hub,
        await second(),
        '{ reports(filter: { kinds: [BORDER_INTERCEPT], owners: ["retells"] }) { nodes { id version handling pap } } }',
      );
      return reports.nodes[0] as Marked;
    };
    const { id, version } = await find();
    expect(await marksOf(await third(), [id])).toEqual(['AMBER AMBER']);
    const source = await record(await first(), report({ handling: 'GREEN' }));
    const lowered = { ...report({ handling: 'GREEN', from: source }), kind: 'BORDER_INTERCEPT' };
    expect((await correct(await second(), id, version, lowered)).reasons).toBeUndefined();
    expect(await marksOf(await third(), [id])).toEqual(['not there']);
    await file({ case_notes: 'told anew' });
    expect((await find()).handling).toBe('AMBER');
    expect(await marksOf(await third(), [id])).toEqual(['not there']);
    const classes = await hub.database.unrestricted('look at markings in a test', (connection) =>
      connection.query<{ handling: string; sensitivity: string }>(
        `select distinct c.handling, c.sensitivity from report r join visibility_class c on c.id = r.visibility_class_id where r.id = $1 or r.version_of = $1`,
        [id],
      ),
    );
    expect(classes).toEqual([{ handling: 'amber', sensitivity: 'sensitive' }]);
  });

  it('of a record that stands alone covers what it said before', async () => {
    const interdiction = (handling: string): object => ({
      kind: 'ROAD_CLOSED',
      basis: 'OBSERVED',
      handling,
      occurredOn: '2026-05-02',
      place: { country: 'NPL' },
    });
    const text = (verb: string): string =>
      `mutation ($interdiction: InterdictionInput!, $key: String!) { act: ${verb} { ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } } } }`;
    const made = (await act(
      await first(),
      text('recordInterdiction(interdiction: $interdiction, idempotencyKey: $key)'),
      {
        interdiction: interdiction('GREEN'),
      },
    )) as { id?: string };
    expect(made.id).toBeDefined();
    await act(
      await first(),
      text(
        `correctInterdiction(id: "${made.id}", version: 1, reason: NEW_INFORMATION, interdiction: $interdiction, idempotencyKey: $key)`,
      ),
      { interdiction: interdiction('RED') },
    );
    const classes = await hub.database.unrestricted('look at markings in a test', (connection) =>
      connection.query<{ handling: string }>(
        `select c.handling from interdiction i join visibility_class c on c.id = i.visibility_class_id where i.id = $1 or i.version_of = $1`,
        [made.id],
      ),
    );
    expect(classes).toEqual([{ handling: 'red' }, { handling: 'red' }]);
  });
});
