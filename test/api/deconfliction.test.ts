/** Two organisations that plan something near the same place and time are told to talk; nobody is told what, where or when. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { Matching } from '../support/matching.ts';
import { ask, openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
let matching: Matching;
let ours: Viewer;
let theirs: Viewer;
let third: Viewer;
let agreementId: string;

beforeAll(async () => {
  hub = await openTestHub('base');
  matching = new Matching(hub, TEST_NOW);
  ours = await viewerFor(hub, 'north-desk', 'data_officer');
  theirs = await viewerFor(hub, 'south-desk', 'data_officer');
  third = await viewerFor(hub, 'east-desk', 'data_officer');
  agreementId = await matching.agree(ours, theirs);
});
afterAll(() => hub.close());

const plan = (over: Record<string, unknown> = {}) => ({
  kind: 'SURVEILLANCE',
  longitude: 85,
  latitude: 27,
  radiusKm: 5,
  from: '2026-11-20T06:00:00Z',
  to: '2026-11-20T18:00:00Z',
  reference: 'operation of ours',
  ...over,
});
const make = (viewer: Viewer, over: Record<string, unknown> = {}) =>
  matching.act(viewer, 'planEvent(plan: $plan, idempotencyKey: $key)', '$plan: PlanEventInput!', {
    plan: plan(over),
  });
const withdraw = (viewer: Viewer, id: string | undefined, version = 1) =>
  matching.act(
    viewer,
    'withdrawEvent(id: $id, version: $version, idempotencyKey: $key)',
    '$id: String!, $version: Int!',
    {
      id: id ?? '',
      version,
    },
  );
const notices = (viewer: Viewer) =>
  matching.ask<readonly Record<string, unknown>[]>(
    viewer,
    '{ done: talkTo { planId organisation contact noticedAt } }',
    {},
  );
const plans = (viewer: Viewer) =>
  matching.ask<readonly Record<string, unknown>[]>(
    viewer,
    '{ done: plannedEvents { id version kind radiusKm from to reference position { longitude latitude } } }',
    {},
  );

describe('a plan', () => {
  it('is seen by its own organisation alone, and its reference is sealed', async () => {
    const { id } = await make(ours);
    expect(await plans(ours)).toMatchObject([
      { id, kind: 'SURVEILLANCE', radiusKm: 5, reference: 'operation of ours' },
    ]);
    for (const other of [theirs, third]) {
      expect(await plans(other)).toEqual([]);
      expect(await withdraw(other, id)).toEqual(await withdraw(other, randomIds()));
    }
    const rows = await hub.database.asOwner((connection) =>
      connection.query<{ row: string; reference: Uint8Array }>(
        'select p::text as row, reference from planned_event p',
      ),
    );
    expect(Buffer.from(rows[0]?.reference ?? []).includes('operation')).toBe(false);
    expect((await withdraw(ours, id, 4)).reasons?.[0]?.where).toBe('version');
    expect((await withdraw(ours, id)).version).toBe(2);
    expect(await plans(ours)).toEqual([]);
    for (const role of ['field', 'partner', 'dashboard', 'operator'] as const) {
      const who = await viewerFor(hub, role === 'operator' ? null : 'north-desk', role);
      expect((await ask(hub, who, '{ plannedEvents { id } }')).errors?.[0]?.message).toContain(
        'does not plan events',
      );
    }
  });

  it('is compared only where both opened matching to each other under an agreement that runs', async () => {
    const [one, other] = [await make(ours), await make(theirs)];
    expect([await notices(ours), await notices(theirs)]).toEqual([[], []]);
    await matching.open(ours, agreementId, 'south-desk');
    const again = await make(theirs);
    expect([await notices(ours), await notices(theirs)]).toEqual([[], []]);
    for (const { id } of [other, again]) await withdraw(theirs, id);
    await matching.open(theirs, agreementId, 'north-desk');
    const last = await make(theirs, { reference: null });
    expect(await notices(ours)).toEqual([
      {
        planId: one.id,
        organisation: 'south-desk',
        contact: 'the duty desk of south-desk',
        noticedAt: TEST_NOW.toISOString(),
      },
    ]);
    expect(await notices(theirs)).toMatchObject([
      { planId: last.id, organisation: 'north-desk', contact: 'the duty desk of north-desk' },
    ]);
    expect(await notices(third)).toEqual([]);
    // One notice a plan and organisation, however many plans of theirs are near: how many is not told.
    await make(theirs, { latitude: 27.01 });
    expect(await notices(ours)).toHaveLength(1);
    await withdraw(ours, one.id);
    expect(await notices(ours)).toEqual([]);
  });

  it('is near by its edges and days, as a cell or as a point, and told in the log of both without the plan', async () => {
    const far = [
      { latitude: 28, radiusKm: 1 },
      { from: '2026-11-23T06:00:00Z', to: '2026-11-24T06:00:00Z' },
    ];
    for (const over of far) {
      const { id } = await make(ours, over);
      expect(id).toBeDefined();
      expect((await notices(ours)).filter(({ planId }) => planId === id)).toEqual([]);
    }
    const cell = { cell: '853da8a3fffffff', longitude: null, latitude: null, radiusKm: null };
    const made = await make(third, cell);
    expect(made.reasons).toBeUndefined();
    const [{ position }] = (await plans(third)) as [{ position: { longitude: number; latitude: number } }];
    await make(theirs, { ...position, radiusKm: 0, kind: 'RAID' });
    await make(theirs, { ...position, radiusKm: 0, kind: 'ARREST' });
    const counted = '{ done: auditEvents(filter: { actions: ["event_near"] }) { totalCount } }';
    const events = async () => (await matching.ask<{ totalCount: number }>(ours, counted, {})).totalCount;
    const before = await events();
    const near = await make(ours, { ...cell, kind: 'ARREST' });
    // However many of theirs are near: the log does not tell either.
    expect(await events()).toBe(before + 1);
    expect((await notices(ours)).map(({ planId }) => planId)).toEqual([near.id]);
    const text =
      '{ done: auditEvents(first: 50, filter: { actions: ["event_near"] }) { nodes { action objectIds } } }';
    for (const viewer of [ours, theirs]) {
      const { nodes } = await matching.ask<{ nodes: { objectIds: string[] }[] }>(viewer, text, {});
      expect(nodes.length).toBeGreaterThan(1);
      expect(nodes.flatMap(({ objectIds }) => objectIds)).toEqual([]);
    }
  });

  it('tells whom to call only while the agreement runs', async () => {
    const suspend = (call: string, version: number) =>
      matching.act(
        theirs,
        `${call}(id: $id, version: ${version}, reason: PRECAUTION, idempotencyKey: $key)`,
        '$id: String!',
        { id: agreementId },
      );
    expect((await suspend('suspendAgreement', 1)).version).toBe(2);
    expect((await notices(ours)).map(({ contact }) => contact)).toEqual([null]);
    const count = (await notices(theirs)).length;
    await make(ours);
    expect(await notices(theirs)).toHaveLength(count);
    expect((await suspend('resumeAgreement', 2)).version).toBe(3);
    expect((await notices(ours)).map(({ contact }) => contact)).toEqual(['the duty desk of south-desk']);
  });

  it('cannot ask after a country or a year, nor all day long', async () => {
    for (const [over, where] of [
      [{ radiusKm: 51 }, 'place'],
      [{ latitude: 91 }, 'place'],
      [{ radiusKm: null }, 'place'],
      [{ cell: '853da8a3fffffff' }, 'place'],
      [{ cell: '823da7fffffffff', longitude: null, latitude: null, radiusKm: null }, 'place'],
      [{ cell: 'here', longitude: null, latitude: null, radiusKm: null }, 'place'],
      [{ to: '2026-12-20T18:00:00Z' }, 'from, to'],
      [{ to: '2026-11-20T06:00:00Z' }, 'from, to'],
      [{ from: '2026-10-01T00:00:00Z', to: '2026-10-02T00:00:00Z' }, 'from, to'],
      [{ reference: 'x'.repeat(201) }, 'reference'],
    ] as const)
      expect((await make(third, over)).reasons?.map((reason) => reason.where)).toEqual([where]);
    let refused = 0;
    for (let at = 0; at < 22 && refused === 0; at += 1)
      if ((await make(third)).reasons?.[0]?.where === 'plan') refused = at;
    expect(refused).toBe(19);
    matching.clock = new Date(TEST_NOW.getTime() + 86_400_000);
    expect((await make(third)).reasons).toBeUndefined();
    // A month after they are over they go.
    matching.clock = new Date('2026-12-25T00:00:00Z');
    expect(
      (await make(third, { from: '2027-01-01T00:00:00Z', to: '2027-01-02T00:00:00Z' })).reasons,
    ).toBeUndefined();
    expect(await plans(third)).toHaveLength(1);
  });
});
