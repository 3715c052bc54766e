/** More records are put into a target: what later reports say of it speaks for it, and nothing else gets in. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { suspectFile } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const SLUG = 'by-hand';
const DONE = '... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }';

interface Reason {
  readonly where: string;
  readonly found: string;
  readonly wanted: string;
}
interface Done {
  readonly id?: string;
  readonly version?: number;
  readonly reasons?: readonly Reason[];
}

let hub: TestHub;
let officer: Viewer;
let colleague: Viewer;
let serial = 0;

/** Read anew: the class of targets comes with the first. */
const seen = async (viewer: Viewer): Promise<Viewer> => ({
  ...viewer,
  fullClasses: (await viewerFor(hub, viewer.organisationSlug, viewer.role)).fullClasses,
});

async function act(viewer: Viewer, call: string, key = `grown-act-${(serial += 1)}`): Promise<Done> {
  const text = `mutation { done: ${call.replace(/\)$/, `, idempotencyKey: "${key}")`)} { ${DONE} } }`;
  return (await answer<{ done: Done }>(hub, await seen(viewer), text)).done;
}

/** One interview on a day that names a guest house and a helper, each by what identifies it: their entity ids. */
async function report(
  day: number,
  { house, helper }: { readonly house: string; readonly helper: string },
): Promise<{ readonly house: string; readonly helper: string }> {
  const input = {
    kind: 'INTERVIEW',
    origin: { kind: 'STAFF', reference: `Staff ${day}`, reliability: 'B', credibility: 2 },
    incident: {
      kind: 'INTERCEPTION',
      occurred: { text: `2026-05-${String(day).padStart(2, '0')}` },
      place: { text: 'Birgunj', country: 'NPL' },
    },
    entities: [
      { kind: 'ESTABLISHMENT', role: 'HOST', selectors: [{ kind: 'name', value: house }] },
      { kind: 'SUPPORT_STRUCTURE', role: 'RECRUITER', selectors: [{ kind: 'name', value: helper }] },
    ],
  };
  const { done } = await answer<{ done: { reportId?: string; reasons?: readonly Reason[] } }>(
    hub,
    await seen(officer),
    'mutation ($report: HandReportInput!, $key: String!) { done: recordReport(report: $report, idempotencyKey: $key) { ... on ActDone { reportId } ... on ActRefused { reasons { where found wanted } } } }',
    { report: input, key: `grown-report-${day}` },
  );
  expect(done.reasons).toBeUndefined();
  const { reports } = await answer<{
    reports: { nodes: { incidents: { entities: { id: string; kind: string }[] }[] }[] };
  }>(
    hub,
    await seen(officer),
    `{ reports(filter: { ids: ["${done.reportId}"] }) { nodes { incidents { entities { id kind } } } } }`,
  );
  const entities = reports.nodes.flatMap(({ incidents }) => incidents.flatMap((one) => one.entities));
  const of = (kind: string): string => entities.find((one) => one.kind === kind)?.id ?? '';
  return { house: of('ESTABLISHMENT'), helper: of('SUPPORT_STRUCTURE') };
}

const open = (ids: readonly string[]): Promise<Done> =>
  act(officer, `openTarget(entityIds: ${JSON.stringify(ids)}, action: CHECK_RECORDS, dueOn: "2026-12-24")`);
const add = (viewer: Viewer, id: string, version: number, ids: readonly string[], key?: string) =>
  act(viewer, `addToTarget(id: "${id}", version: ${version}, entityIds: ${JSON.stringify(ids)})`, key);
const plan = (viewer: Viewer, id: string, version: number, stage: string): Promise<Done> =>
  act(
    viewer,
    `planTarget(id: "${id}", version: ${version}, stage: ${stage}, action: REFER, dueOn: "2026-12-24")`,
  );

async function shown(id: string) {
  const { targets } = await answer<{
    targets: {
      nodes: {
        version: number;
        stage: string;
        entities: { id: string }[];
        standing: { incidents: number; independentOrigins: number };
        steps: { number: number; stage: string; added: number }[];
      }[];
    };
  }>(
    hub,
    await seen(officer),
    `{ targets(filter: { ids: ["${id}"] }) { nodes { version stage entities { id } standing { incidents independentOrigins } steps { number stage added } } } }`,
  );
  return targets.nodes[0];
}

beforeAll(async () => {
  hub = await openTestHub('base');
  officer = await viewerFor(hub, SLUG, 'data_officer');
  colleague = await viewerFor(hub, SLUG, 'analyst');
});
afterAll(() => hub.close());

describe('a record added to a target', () => {
  it('speaks for it from then on, once, and is told in its steps and in the log', async () => {
    const first = await report(1, { house: 'Sample Guest House', helper: 'Sample Agency' });
    const { id = '' } = await open([first.house]);
    const before = await shown(id);
    expect(before?.standing.incidents).toBe(1);
    const second = await report(2, { house: 'Sample Guest House', helper: 'Sample Agency' });
    expect((await shown(id))?.standing).toEqual(before?.standing);
    expect(await add(colleague, id, 1, [second.house], 'grown-once')).toEqual({ id, version: 2 });
    expect(await add(colleague, id, 1, [second.house], 'grown-once')).toEqual({ id, version: 2 });
    expect(await shown(id)).toMatchObject({
      version: 2,
      stage: 'LEAD',
      // In the order in which they were put in.
      entities: [first.house, second.house].map((one) => ({ id: one })),
      standing: { incidents: 2, independentOrigins: (before?.standing.independentOrigins ?? 0) + 1 },
      steps: [
        { number: 1, stage: 'LEAD', added: 1 },
        { number: 2, stage: 'LEAD', added: 1 },
      ],
    });
    const log = await hub.database.unrestricted('look at the log for a test', (connection) =>
      connection.query<{ action: string }>(
        `select action from audit_event where object_kind = 'target' and $1::uuid = any(object_ids) order by sequence`,
        [id],
      ),
    );
    expect(log.map(({ action }) => action)).toEqual(['open_target', 'add_to_target']);
  });

  it('is refused where it is another thing, another kind, there already, in another target, or not to be seen', async () => {
    const one = await report(3, { house: 'First Inn', helper: 'Able Agency' });
    const two = await report(4, { house: 'Second Inn', helper: 'Able Agency' });
    const again = await report(5, { house: 'First Inn', helper: 'Able Agency' });
    const { id = '' } = await open([one.house]);
    const found = async (ids: readonly string[], version = 1, of = id) =>
      (await add(officer, of, version, ids)).reasons?.map((reason) => [reason.where, reason.found]);
    expect(await found([two.house])).toEqual([
      ['entityIds', 'records that have no identifier and no name in common'],
    ]);
    expect(await found([one.helper])).toEqual([['entityIds', 'support_structure']]);
    expect(await found([one.house])).toEqual([['entityIds', `${one.house}, of this target`]]);
    expect(await found(['nobody'])).toEqual([['entityIds[0]', 'no such entity']]);
    expect(await found([])).toEqual([['entityIds', '0 ids']]);
    expect(await found([again.house], 7)).toEqual([['version', 'version 7']]);
    const { id: other = '' } = await open([again.house]);
    expect(await found([again.house])).toEqual([['entityIds', `the open target ${other}`]]);
    await act(officer, `closeTarget(id: "${other}", version: 1, reason: DUPLICATE)`);
    expect(await found([again.house], 2, other)).toEqual([['id', 'a target that is closed']]);
    const stranger = await viewerFor(hub, 'terai-watch', 'data_officer');
    expect((await add(stranger, id, 1, [again.house])).reasons).toEqual([
      { where: 'id', found: 'no such target', wanted: 'a target of your organisation' },
    ]);
    expect((await shown(id))?.steps).toHaveLength(1);
    // And now it is free.
    expect((await add(officer, id, 1, [again.house])).version).toBe(2);
  });

  it('is refused to who only reports, of more than 50, of what is written anew meanwhile, and by a name that is none', async () => {
    const one = await report(11, { house: 'Sixth Inn', helper: 'Sixth Agency' });
    const two = await report(12, { house: 'Sixth Inn', helper: 'Sixth Agency' });
    const { id = '' } = await open([one.house]);
    const call = `addToTarget(id: "${id}", version: 1, entityIds: ["${two.house}"], idempotencyKey: "by-the-wrong-role")`;
    for (const role of ['field', 'dashboard'] as const) {
      const tried = await ask(hub, await viewerFor(hub, SLUG, role), `mutation { ${call} { __typename } }`);
      expect(tried.errors?.[0]?.message).toContain('targets are for analysts');
    }
    const asOwner = (text: string, ids: readonly string[]) =>
      hub.database.asOwner((connection) => connection.execute(text, [...ids]));
    // However few are left of those that were put in: what went is told by no limit.
    await asOwner('update target_step set added = 50 where target_id = $1', [id]);
    expect((await add(officer, id, 1, [two.house])).reasons?.[0]?.found).toBe(
      '1 more to 50 that were put in',
    );
    await asOwner('update target_step set added = null where target_id = $1', [id]);
    expect((await add(officer, id, 1, [two.house])).reasons?.[0]?.wanted).toBe('50 in all at most');
    await asOwner('update target_step set added = 49 where target_id = $1', [id]);
    // Two houses of which nobody knows the name are not one.
    const three = await report(13, { house: 'Seventh Inn', helper: 'Seventh Agency' });
    await asOwner(`update entity set label = 'establishment' where id in ($1, $2)`, [one.house, three.house]);
    expect((await add(officer, id, 1, [three.house])).reasons?.[0]?.found).toContain('no name in common');
    expect((await add(officer, id, 1, [two.house])).version).toBe(2);
  });

  it('joins nobody by who is held for nothing', async () => {
    const suspects = async () =>
      (
        await answer<{ entities: { nodes: { id: string }[] } }>(
          hub,
          await seen(officer),
          '{ entities(filter: { kinds: [INDIVIDUAL] }) { nodes { id suspicion { version } } } }',
        )
      ).entities.nodes;
    await importText(hub, SLUG, 'border-intercept', suspectFile('Birgunj', 'Sample Suspect'), 'first.csv');
    const [first] = await suspects();
    const { id = '' } = await open([first!.id]);
    await importText(hub, SLUG, 'border-intercept', suspectFile('Raxaul', 'Another Suspect'), 'second.csv');
    const second = (await suspects()).find((one) => one.id !== first!.id);
    const cleared = await act(
      officer,
      `reviewSuspicion(entityId: "${first!.id}", version: 1, review: { status: CLEARED, basis: COURT, basisOn: "2026-10-01" })`,
    );
    expect(cleared.reasons).toBeUndefined();
    const { reasons } = await add(officer, id, 1, [second!.id]);
    expect(reasons?.[0]?.found).toMatch(/nothing is seen that may be held|held for nothing/);
  });

  it('puts a target that was ready back, so that nobody refers alone what another called ready', async () => {
    const one = await report(6, { house: 'Third Inn', helper: 'Third Agency' });
    const { id = '' } = await open([one.helper]);
    expect((await plan(colleague, id, 1, 'READY')).version).toBe(2);
    const two = await report(7, { house: 'Fourth Inn', helper: 'Third Agency' });
    expect((await add(officer, id, 2, [two.helper])).version).toBe(3);
    expect((await shown(id))?.stage).toBe('DEVELOPING');
    expect((await plan(officer, id, 3, 'REFERRED')).reasons?.[0]?.found).toBe('a target that is developing');
    expect((await plan(officer, id, 3, 'READY')).version).toBe(4);
    expect((await plan(officer, id, 4, 'REFERRED')).reasons?.[0]?.wanted).toContain('a second person');
    expect((await plan(colleague, id, 4, 'REFERRED')).version).toBe(5);
    // What was referred stays so: it is out, and is told of as it goes on.
    const three = await report(8, { house: 'Fifth Inn', helper: 'Third Agency' });
    expect((await add(officer, id, 5, [three.helper])).version).toBe(6);
    expect(await shown(id)).toMatchObject({ stage: 'REFERRED', standing: { incidents: 3 } });
  });
});
