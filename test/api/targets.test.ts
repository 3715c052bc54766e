/** Targets: whom an organisation means to act against, what is next and by when; its own alone, and never a possible victim. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { forgetReferences } from '../../src/records/composition/references.sql.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const OWN = 'terai-watch';
const OUTCOME = '{ ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } } }';
const FIELDS = `id version kind stage nextAction dueOn overdue responsible mine closedFor openedBy entities { id kind }
  standing { entities incidents independentOrigins owners incidentsWithoutVictim restsOnVictimsAlone missingEvidence }
  steps { number stage nextAction dueOn responsible closedFor doneBy }`;

interface Done {
  readonly id?: string;
  readonly version?: number;
  readonly reasons?: readonly { readonly where: string; readonly found: string; readonly wanted: string }[];
}
interface Shown {
  readonly id: string;
  readonly version: number;
  readonly kind: string;
  readonly stage: string;
  readonly nextAction: string | null;
  readonly dueOn: string;
  readonly overdue: boolean;
  readonly mine: boolean;
  readonly responsible: string;
  readonly entities: readonly { readonly id: string }[];
  readonly standing: {
    readonly entities: number;
    readonly incidents: number;
    readonly incidentsWithoutVictim: number;
    readonly restsOnVictimsAlone: boolean;
    readonly missingEvidence: readonly string[];
  };
  readonly steps: readonly { readonly number: number; readonly stage: string; readonly doneBy: string }[];
}

let hub: TestHub;
let serial = 0;
let analyst: Viewer;
let colleague: Viewer;

/** Read anew as a server does: the class of targets comes with the first. */
async function seen(viewer: Viewer): Promise<Viewer> {
  const { fullClasses } = await viewerFor(hub, viewer.organisationSlug, viewer.role);
  return { ...viewer, fullClasses };
}
async function act(viewer: Viewer, call: string, key = `a-target-${(serial += 1)}`): Promise<Done> {
  const text = `mutation { done: ${call.replace(/\)$/, `, idempotencyKey: "${key}")`)} ${OUTCOME} }`;
  return (await answer<{ done: Done }>(hub, await seen(viewer), text)).done;
}
async function list(viewer: Viewer, filter = '', more = ''): Promise<readonly Shown[]> {
  const { targets } = await answer<{ targets: { totalCount: number; nodes: Shown[] } }>(
    hub,
    await seen(viewer),
    `{ targets${filter || more ? `(${[filter && `filter: { ${filter} }`, more].filter(Boolean).join(', ')})` : ''} { totalCount nodes { ${FIELDS} } } }`,
  );
  return targets.nodes;
}
const open = (viewer: Viewer, ids: readonly string[], dueOn = '2026-11-10'): Promise<Done> =>
  act(viewer, `openTarget(entityIds: ${JSON.stringify(ids)}, action: SEEK_SECOND_SOURCE, dueOn: "${dueOn}")`);

/** Entities of the organisation of a kind, in the order of their ids. */
async function entitiesOf(kind: string, more = ''): Promise<readonly string[]> {
  const { entities } = await answer<{ entities: { nodes: { id: string }[] } }>(
    hub,
    analyst,
    `{ entities(filter: { kinds: [${kind}], owners: ["${OWN}"] ${more} }, first: 200) { nodes { id } } }`,
  );
  return entities.nodes.map(({ id }) => id).toSorted();
}

/** Records of one thing that recurs, as far as they are the organisation's own. */
async function recordsOfOne(kind: string): Promise<readonly string[]> {
  const { sharedFacilitators } = await answer<{ sharedFacilitators: { entityIds: string[] }[] }>(
    hub,
    analyst,
    `{ sharedFacilitators(kinds: [${kind}], incidentsAtLeast: 2, first: 1) { entityIds } }`,
  );
  const own = await entitiesOf(kind);
  return (sharedFacilitators[0]?.entityIds ?? []).filter((id) => own.includes(id)).toSorted();
}

beforeAll(async () => {
  hub = await openTestHub('demo');
  // The demo follows some; here each test has its own.
  await hub.database.asOwner((connection) => connection.execute('truncate target cascade'));
  analyst = await viewerFor(hub, OWN, 'analyst');
  colleague = await viewerFor(hub, OWN, 'investigator');
});
afterAll(() => hub.close());

describe('a target', () => {
  it('is opened on records of one thing, planned, taken over and closed, each act once and told in its steps', async () => {
    const [network] = await entitiesOf('SUPPORT_STRUCTURE');
    const call = `openTarget(entityIds: ["${network}"], action: CHECK_RECORDS, dueOn: "2026-11-10")`;
    const opened = await act(analyst, call, 'opened-once');
    expect(await act(analyst, call, 'opened-once')).toEqual(opened);
    expect(await list(analyst)).toMatchObject([
      {
        id: opened.id,
        version: 1,
        kind: 'SUPPORT_STRUCTURE',
        stage: 'LEAD',
        nextAction: 'CHECK_RECORDS',
        dueOn: '2026-11-10',
        overdue: false,
        mine: true,
        responsible: analyst.keyId,
        closedFor: null,
        entities: [{ id: network }],
      },
    ]);
    const at = (version: number): string => `id: "${opened.id}", version: ${version}`;
    expect(
      await act(
        analyst,
        `planTarget(${at(1)}, stage: DEVELOPING, action: COLLECT_DOCUMENTS, dueOn: "2026-12-01")`,
      ),
    ).toEqual({ id: opened.id, version: 2 });
    expect((await act(colleague, `takeTarget(${at(1)})`)).reasons).toEqual([
      { where: 'version', found: 'version 1', wanted: 'version 2, the latest: read it again and repeat' },
    ]);
    expect((await act(colleague, `takeTarget(${at(2)})`)).version).toBe(3);
    expect((await act(colleague, `takeTarget(${at(3)})`)).reasons?.[0]?.found).toBe('a target that is yours');
    expect(await list(analyst, 'mine: true')).toEqual([]);
    expect(await list(colleague, 'mine: true')).toHaveLength(1);
    expect((await act(colleague, `closeTarget(${at(3)}, reason: NOT_SUPPORTED)`)).version).toBe(4);
    expect(await list(analyst)).toEqual([]);
    const [closed] = await list(analyst, 'stages: [CLOSED]');
    expect(closed).toMatchObject({
      stage: 'CLOSED',
      nextAction: null,
      closedFor: 'NOT_SUPPORTED',
      overdue: false,
    });
    expect(closed?.steps.map(({ number, stage, doneBy }) => [number, stage, doneBy])).toEqual([
      [1, 'LEAD', analyst.keyId],
      [2, 'DEVELOPING', analyst.keyId],
      [3, 'DEVELOPING', colleague.keyId],
      [4, 'CLOSED', colleague.keyId],
    ]);
    expect((await act(analyst, `takeTarget(${at(4)})`)).reasons?.[0]?.found).toBe('a target that is closed');
    const trace = await hub.database.unrestricted('look at the log for a test', (connection) =>
      connection.query<{ action: string }>(
        `select action from audit_event where object_kind = 'target' and $1::uuid = any(object_ids) order by sequence`,
        [opened.id],
      ),
    );
    expect(trace.map(({ action }) => action)).toEqual([
      'open_target',
      'plan_target',
      'take_target',
      'close_target',
    ]);
  });

  it('is refused with every reason, and nothing is written', async () => {
    const together = await recordsOfOne('SUPPORT_STRUCTURE');
    const [structure, another] = together;
    const [apart] = (await entitiesOf('SUPPORT_STRUCTURE')).filter((id) => !together.includes(id));
    const [phone] = await entitiesOf('PHONE');
    const [establishment] = await entitiesOf('ESTABLISHMENT');
    const reasons = async (ids: readonly string[], dueOn?: string) =>
      (await open(analyst, ids, dueOn)).reasons?.map(({ where, found }) => [where, found]);
    expect(await reasons([])).toEqual([['entityIds', '0 ids']]);
    expect(await reasons([phone!, 'nobody', '00000000-0000-4000-8000-000000000000'], '2026-10-01')).toEqual([
      ['dueOn', 'the past day 2026-10-01'],
      ['entityIds[0]', 'phone'],
      ['entityIds[1]', 'no such entity'],
      ['entityIds[2]', 'no such entity'],
    ]);
    expect(await reasons([structure!, establishment!])).toEqual([
      ['entityIds', 'establishment and support_structure'],
    ]);
    expect(await reasons([structure!, another!, apart!])).toEqual([
      ['entityIds', 'records that have no identifier and no name in common'],
    ]);
    expect(await reasons([structure!], 'soon')).toEqual([['dueOn', '4 characters']]);
    const { id } = await open(analyst, [structure!, another!]);
    expect(await reasons([another!])).toEqual([['entityIds', `the open target ${id}`]]);
    expect(await list(analyst)).toHaveLength(1);
    expect((await act(analyst, `closeTarget(id: "${id}", version: 1, reason: DUPLICATE)`)).version).toBe(2);
  });

  it('is a person only while the person is held for something', async () => {
    const held = await entitiesOf('INDIVIDUAL', 'suspicions: [SUSPECT, CHARGED, CONVICTED]');
    expect(held.length).toBeGreaterThan(0);
    expect((await open(analyst, held.slice(0, 2))).reasons?.[0]?.found).toContain('no identifier');
    const { id } = await open(analyst, [held[0]!]);
    expect((await list(analyst, `ids: ["${id}"]`))[0]?.standing.entities).toBe(1);
    const officer = await viewerFor(hub, OWN, 'data_officer');
    const { entities } = await answer<{ entities: { nodes: { suspicion: { version: number } }[] } }>(
      hub,
      officer,
      `{ entities(filter: { ids: ["${held[0]}"] }) { nodes { suspicion { version } } } }`,
    );
    const { done } = await answer<{ done: Done }>(
      hub,
      officer,
      `mutation { done: reviewSuspicion(entityId: "${held[0]}", version: ${entities.nodes[0]?.suspicion.version ?? 0}, review: { status: CLEARED, basis: COURT, basisOn: "2026-10-01" }, idempotencyKey: "cleared-1") ${OUTCOME} }`,
    );
    expect(done.reasons).toBeUndefined();
    expect((await list(analyst, `ids: ["${id}"]`))[0]?.standing).toMatchObject({
      entities: 0,
      incidents: 0,
      incidentsWithoutVictim: 0,
    });
    await act(analyst, `closeTarget(id: "${id}", version: 1, reason: SUSPICION_ENDED)`);
    expect((await open(analyst, [held[0]!])).reasons?.[0]?.found).toContain('held for nothing');
  });

  it('is referred by a second person, once it is ready', async () => {
    const [establishment] = await entitiesOf('ESTABLISHMENT');
    const { id } = await open(analyst, [establishment!]);
    const plan = (viewer: Viewer, version: number, stage: string) =>
      act(
        viewer,
        `planTarget(id: "${id}", version: ${version}, stage: ${stage}, action: REFER, dueOn: "2026-11-20")`,
      );
    expect((await plan(analyst, 1, 'REFERRED')).reasons?.[0]?.found).toBe('a target that is lead');
    expect((await plan(analyst, 1, 'READY')).version).toBe(2);
    // A later plan by a colleague makes nobody else the one who called it ready.
    expect((await plan(colleague, 2, 'READY')).version).toBe(3);
    expect((await plan(analyst, 3, 'REFERRED')).reasons?.[0]?.wanted).toContain('a second person');
    expect((await plan(colleague, 3, 'REFERRED')).version).toBe(4);
    expect((await plan(analyst, 4, 'REFERRED')).version).toBe(5);
    await act(analyst, `closeTarget(id: "${id}", version: 5, reason: ACTED_ON)`);
  });

  it("is nobody else's: not another organisation's, not of roles that only report or show", async () => {
    const [establishment] = await entitiesOf('ESTABLISHMENT');
    const { id } = await open(analyst, [establishment!]);
    for (const slug of ['delta-lights', 'rain-gate']) {
      const stranger = await viewerFor(hub, slug, 'data_officer');
      expect(await list(stranger, `ids: ["${id}"]`)).toEqual([]);
      const absent = await act(
        stranger,
        `takeTarget(id: "00000000-0000-4000-8000-000000000000", version: 1)`,
      );
      expect(await act(stranger, `takeTarget(id: "${id}", version: 1)`)).toEqual(absent);
    }
    for (const role of ['field', 'dashboard'] as const) {
      const told = await ask(hub, await viewerFor(hub, OWN, role), '{ targets { totalCount } }');
      expect(told.errors?.[0]?.message).toContain('targets are for analysts');
    }
    const field = await viewerFor(hub, OWN, 'field');
    const tried = await ask(
      hub,
      field,
      `mutation { takeTarget(id: "${id}", version: 1, idempotencyKey: "field-takes") { __typename } }`,
    );
    expect(tried.errors?.[0]?.message).toContain('targets are for analysts');
    await act(analyst, `closeTarget(id: "${id}", version: 1, reason: OTHER)`);
  });

  it('says what is overdue, page by page and what is due first first', async () => {
    const ids = await entitiesOf('SUPPORT_STRUCTURE');
    const days = ['2026-11-20', '2026-11-02', '2026-11-09'];
    const opened: string[] = [];
    for (const [at, day] of days.entries()) opened.push((await open(analyst, [ids[at]!], day)).id!);
    const shown = await list(analyst);
    expect(shown.map(({ dueOn }) => dueOn)).toEqual(days.toSorted());
    expect(await list(analyst, 'overdue: true')).toEqual([]);
    await hub.database.asOwner((connection) =>
      connection.execute('update target set due_on = $2 where id = $1', [opened[1], '2026-10-31']),
    );
    expect((await list(analyst, 'overdue: true')).map(({ id }) => id)).toEqual([opened[1]]);
    expect((await list(analyst, 'overdue: false')).map(({ id }) => id)).toEqual([opened[2], opened[0]]);
    const page = async (after: string | null) =>
      (
        await answer<{ targets: { nodes: { id: string }[]; pageInfo: { endCursor: string } } }>(
          hub,
          await seen(analyst),
          `{ targets(first: 1${after === null ? '' : `, after: "${after}"`}) { nodes { id } pageInfo { endCursor } } }`,
        )
      ).targets;
    const walked: string[] = [];
    let after: string | null = null;
    for (let at = 0; at < 3; at += 1) {
      const { nodes, pageInfo } = await page(after);
      walked.push(nodes[0]!.id);
      after = pageInfo.endCursor;
    }
    expect(walked).toEqual([opened[1], opened[2], opened[0]]);
    for (const id of opened) await act(analyst, `closeTarget(id: "${id}", version: 1, reason: OTHER)`);
  });

  it('stands on what is counted plainly, and says when it rests on victims alone', async () => {
    const ids = await recordsOfOne('ESTABLISHMENT');
    expect(ids.length).toBeGreaterThan(1);
    const { id } = await open(analyst, ids);
    const [target] = await list(analyst, `ids: ["${id}"]`);
    const plain = await hub.database.unrestricted('count plainly for a test', (connection) =>
      connection.query<{ incidents: number; origins: number; without_victim: number }>(
        `select count(distinct i.id)::int as incidents, count(distinct s.origin_id)::int as origins,
           count(distinct i.id) filter (where s.origin_kind <> 'victim' and s.derived_from is null and s.derived_report_id is null)::int as without_victim
         from entity e join participation p on p.entity_id = e.id join incident i on i.id = p.incident_id and i.verification <> 'should_not_count'
         left join statement s on s.about_id = e.id and s.known_to is null where e.id = any($1::uuid[]) and e.known_to is null`,
        [ids],
      ),
    );
    expect(target?.standing).toMatchObject({
      entities: ids.length,
      owners: 1,
      incidents: plain[0]?.incidents,
      independentOrigins: plain[0]?.origins,
      incidentsWithoutVictim: plain[0]?.without_victim,
      restsOnVictimsAlone: false,
    });
    expect(plain[0]?.without_victim).toBeGreaterThan(0);
    expect(await list(analyst, `standsWithoutVictim: true`)).toHaveLength(1);
    await hub.database.asOwner((connection) =>
      connection.execute(`update statement set origin_kind = 'victim' where about_id = any($1::uuid[])`, [
        ids,
      ]),
    );
    expect((await list(analyst, 'standsWithoutVictim: false'))[0]?.standing).toMatchObject({
      incidents: plain[0]?.incidents,
      incidentsWithoutVictim: 0,
      restsOnVictimsAlone: true,
      missingEvidence: ['staff', 'contact', 'document', 'police', 'publisher'],
    });
    expect(await list(analyst, `standsWithoutVictim: true`)).toEqual([]);
    await act(analyst, `closeTarget(id: "${id}", version: 1, reason: OTHER)`);
  });

  it('shows of what others share what they share now, and nothing once they do not', async () => {
    const analyst = await viewerFor(hub, 'harbour-lamp', 'analyst');
    const viewer = await seen(analyst);
    const { entities } = await answer<{ entities: { nodes: { id: string; owner: string }[] } }>(
      hub,
      viewer,
      '{ entities(filter: { kinds: [ESTABLISHMENT, SUPPORT_STRUCTURE], owners: ["terai-watch"] }, first: 20) { nodes { id owner } } }',
    );
    const theirs = entities.nodes.find(({ owner }) => owner !== 'harbour-lamp');
    expect(theirs).toBeDefined();
    const { id } = await open(analyst, [theirs!.id]);
    const [shared] = await list(analyst, `ids: ["${id}"]`);
    expect(shared?.entities.map((one) => one.id)).toEqual([theirs!.id]);
    expect(shared?.standing.entities).toBe(1);
    const alone = { ...(await seen(analyst)), partial: [] };
    const own = await hub.database.asOwner((connection) =>
      connection.query<{ id: number }>('select id from visibility_class where owner_id = $1', [
        analyst.organisationId,
      ]),
    );
    const classes = alone.fullClasses.filter((one) => own.some((row) => row.id === one));
    const { targets } = await answer<{ targets: { nodes: Shown[] } }>(
      hub,
      { ...alone, fullClasses: classes },
      `{ targets(filter: { ids: ["${id}"] }) { nodes { ${FIELDS} } } }`,
    );
    expect(targets.nodes).toMatchObject([
      { id, entities: [], standing: { entities: 0, incidents: 0, owners: 0 } },
    ]);
    const named = await answer<{ targets: { totalCount: number } }>(
      hub,
      { ...alone, fullClasses: classes },
      `{ targets(filter: { entityIds: ["${theirs!.id}"] }) { totalCount } }`,
    );
    expect(named.targets.totalCount).toBe(0);
    await act(analyst, `closeTarget(id: "${id}", version: 1, reason: OTHER)`);
  });

  it('forgets records that are gone, and stays to be closed: it must not tell that somebody erased what is seen no more', async () => {
    const of = await recordsOfOne('SUPPORT_STRUCTURE');
    const { id } = await open(analyst, of.slice(0, 2));
    const gone = (which: readonly string[]) =>
      hub.database.unrestricted('records go for a test', async (connection) => {
        for (const text of forgetReferences('entity')) await connection.execute(text, [which]);
      });
    await gone([of[0]!]);
    expect((await list(analyst, `ids: ["${id}"]`))[0]?.entities).toEqual([
      { id: of[1], kind: expect.any(String) },
    ]);
    await gone([of[1]!]);
    expect(await list(analyst, `ids: ["${id}"]`)).toMatchObject([
      { entities: [], standing: { entities: 0, incidents: 0 } },
    ]);
    expect(await list(analyst, `entityIds: ${JSON.stringify(of.slice(0, 2))}`)).toEqual([]);
  });
});
