/** Re-supply of the demo's houses: the same as its lists say, as wide as a viewer sees, and refused where there is little. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addGrant } from '../../src/access/grant.store.ts';
import { SHARED_DETAILS, type SharedDetail, sightOf } from '../../src/access/sight.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { HandActs } from '../support/hand-acts.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

interface Days {
  readonly low: number;
  readonly high: number | null;
}
interface Recovery {
  readonly action: string;
  readonly earliest: string;
  readonly latest: string;
  readonly interdictionId: string | null;
  readonly ended: string;
  readonly incidentIds: readonly string[];
  readonly howKnown: { readonly records: number } | null;
  readonly next: {
    readonly days: Days;
    readonly earliest: string;
    readonly latest: string;
    readonly isSure: boolean;
    readonly candidates: number;
    readonly incidentIds: readonly string[];
  } | null;
  readonly replacements: readonly {
    readonly kind: string;
    readonly role: string;
    readonly entityIds: readonly string[];
    readonly goneEntityIds: readonly string[];
    readonly days: Days;
    readonly incidentIds: readonly string[];
  }[];
}
interface House {
  readonly id: string;
  readonly entityIds: readonly string[];
  readonly label: string;
  readonly country: string | null;
  readonly cell: string | null;
  readonly arrivals: number;
  readonly recoveries: readonly Recovery[];
}
interface Told {
  readonly refusal: { readonly reason: string; readonly found: string } | null;
  readonly unknowns: readonly string[];
  readonly counts: { readonly records: number; readonly incidents: number; readonly owners: number };
  readonly establishmentCount: number;
  readonly recoveryCount: number;
  readonly endedCount: number;
  readonly medianDays: { readonly value: number | null; readonly low: number | null } | null;
  readonly curve: readonly { readonly days: number; readonly share: number }[];
  readonly change: {
    readonly before: { readonly arrivals: number; readonly rate: number | null };
    readonly after: { readonly arrivals: number };
    readonly ratio: { readonly value: number } | null;
    readonly p: number | null;
    readonly refusal: { readonly reason: string } | null;
  };
  readonly establishments: readonly House[];
  readonly features: { readonly features: readonly { readonly geometry: { readonly type: string } }[] };
}

const FIELDS = `method version parameters counts { records incidents owners } dataWindow { first last } unknowns refusal { reason found wanted }
  establishmentCount recoveryCount endedCount medianDays { value low high } curve { fromDays days share low high }
  change { before { arrivals establishmentMonths rate low high perStaffMonth { status } } after { arrivals establishmentMonths rate low high perStaffMonth { status } }
    ratio { value low high } p refusal { reason found wanted } }
  establishments { id entityIds label country cell centre { longitude latitude } arrivals
    recoveries { action earliest latest interdictionId ended incidentIds howKnown { records }
      next { days { low high } earliest latest isSure candidates statuses incidentIds }
      replacements { kind role label entityIds goneEntityIds days { low high } newcomersBefore incidentIds } } } features`;

let hub: TestHub;
let helpline: Viewer;
beforeAll(async () => {
  hub = await openTestHub('demo');
  helpline = await viewerFor(hub, 'harbour-lamp', 'analyst');
});
afterAll(() => hub.close());

async function told(viewer: Viewer, parameters = ''): Promise<Told> {
  const of = parameters === '' ? 'resupply' : `resupply(${parameters})`;
  return (await answer<{ resupply: Told }>(hub, viewer, `{ ${of} { ${FIELDS} } }`)).resupply;
}

interface Listed {
  readonly label: string;
  readonly incidents: readonly {
    readonly id: string;
    readonly kind: string;
    readonly country: string;
    readonly verification: string;
    readonly occurred: { readonly from: string };
    readonly movements: readonly { readonly purpose: string }[];
  }[];
}

/** Of each house of the lists, by name and country: its recoveries by day, and days on which somebody was brought. */
async function fromLists(
  viewer: Viewer,
): Promise<ReadonlyMap<string, { recoveries: number[]; arrivals: number[] }>> {
  const houses = new Map<string, { recoveries: number[]; arrivals: number[] }>();
  for (let after: string | null = null; ; ) {
    const {
      entities,
    }: { entities: { nodes: Listed[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } =
      await answer(
        hub,
        viewer,
        `query ($after: String) { entities(filter: { kinds: [ESTABLISHMENT] }, first: 100, after: $after) {
           nodes { label incidents { id kind country verification occurred { from } movements { purpose } } } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
    for (const { label, incidents } of entities.nodes)
      for (const { kind, country, verification, occurred, movements } of incidents) {
        if (verification === 'SHOULD_NOT_COUNT') continue;
        const house = houses.get(`${label} ${country}`) ?? { recoveries: [], arrivals: [] };
        houses.set(`${label} ${country}`, house);
        // Midnight in India is the evening before in UTC.
        const day = Math.round((Date.parse(occurred.from) + 5.5 * 3_600_000) / 86_400_000);
        if (kind === 'recovery') house.recoveries.push(day);
        else if (movements.some(({ purpose }) => purpose !== 'RETURN')) house.arrivals.push(day);
      }
    if (!entities.pageInfo.hasNextPage) break;
    after = entities.pageInfo.endCursor;
  }
  return new Map([...houses].filter(([, { recoveries }]) => recoveries.length > 0));
}

const dayOf = (name: string): number => Date.parse(`${name}T00:00:00Z`) / 86_400_000;

describe('resupply', () => {
  it('tells each recovery of the demo with the next arrival, as its lists have them', async () => {
    const found = await told(helpline, 'first: 200');
    const houses = await fromLists(helpline);
    expect(found.refusal).toBeNull();
    expect(houses.size).toBeGreaterThan(3);
    expect(found.establishmentCount).toBe(houses.size);
    const shown = found.establishments.map(({ label, country, arrivals, recoveries }) => [
      `${label} ${country}`,
      arrivals,
      recoveries.map(({ earliest, next }) => [dayOf(earliest), next?.days ?? null]),
    ]);
    const wanted = [...houses].map(([name, { recoveries, arrivals }]) => [
      name,
      arrivals.length,
      recoveries
        .sort((a, b) => a - b)
        .map((day) => {
          const next = Math.min(...arrivals.filter((other) => other > day)) - day;
          return [day, next === Infinity ? null : { low: next, high: next }];
        }),
    ]);
    const sorted = (rows: unknown[][]) => rows.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    expect(sorted(shown)).toEqual(sorted(wanted));
    expect(found.recoveryCount).toBeGreaterThanOrEqual(10);
    const shares = found.curve.map(({ share }) => share);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(found.curve.find(({ share }) => share <= 0.5)?.days).toBe(found.medianDays?.value);
    expect(found.change).toMatchObject({ refusal: null, p: expect.any(Number) });
    expect(await told(helpline, 'first: 200')).toEqual(found);
  });

  it('opens its evidence: incidents, journeys and what took the part of what is gone, never persons', async () => {
    const { establishments, features } = await told(helpline);
    const recoveries = establishments.flatMap((one) => one.recoveries);
    const ids = recoveries.flatMap(({ incidentIds, next }) => [...incidentIds, ...(next?.incidentIds ?? [])]);
    const { incidents } = await answer<{ incidents: { nodes: { id: string }[] } }>(
      hub,
      helpline,
      'query ($ids: [String!]!) { incidents(filter: { ids: $ids }, first: 500) { nodes { id } } }',
      { ids },
    );
    expect(incidents.nodes).toHaveLength(new Set(ids).size);
    for (const { howKnown, next } of recoveries)
      expect(howKnown?.records).toBe(next === null ? 1 : 1 + next.candidates);
    const leads = recoveries.flatMap(({ replacements }) => replacements);
    expect(leads.length).toBeGreaterThan(0);
    expect(leads.map(({ kind }) => kind)).not.toContain('INDIVIDUAL');
    const named = leads.flatMap(({ entityIds, goneEntityIds }) => [...entityIds, ...goneEntityIds]);
    const { entities } = await answer<{ entities: { totalCount: number; nodes: { kind: string }[] } }>(
      hub,
      helpline,
      'query ($ids: [String!]!) { entities(filter: { ids: $ids }, first: 500) { totalCount nodes { kind } } }',
      { ids: [...new Set(named)] },
    );
    expect(entities.totalCount).toBe(new Set(named).size);
    for (const { days } of leads) expect(days.low).toBeGreaterThan(0);
    const drawn = features.features.map(({ geometry }) => geometry.type);
    expect(drawn.filter((type) => type === 'Point')).toHaveLength(establishments.length);
    expect(drawn).toContain('MultiLineString');
  });

  it('tells of one house by any of its records, and of one that others hold as of one that is not there', async () => {
    const all = await told(helpline);
    const house = all.establishments[0]!;
    for (const id of [house.entityIds[0], house.entityIds.at(-1)]) {
      const one = await told(helpline, `establishment: "${id}"`);
      expect(one.establishments).toEqual([house]);
      expect(one.refusal?.reason).toBe('not enough data');
      expect([one.curve, one.medianDays]).toEqual([[], null]);
    }
    const other = await viewerFor(hub, 'rain-gate', 'analyst');
    const hidden = await told(other, `establishment: "${house.entityIds[0]}"`);
    expect(hidden.refusal?.reason).toBe('no such establishment');
    expect(hidden).toEqual(await told(other, 'establishment: "00000000-0000-4000-8000-000000000000"'));
    expect(hidden.establishments).toEqual([]);
  });

  it('counts what the filter means, and nothing that was not known yet', async () => {
    const all = await told(helpline);
    const late = await told(helpline, 'filter: { occurred: { from: "2026-01-01T00:00:00Z" } }');
    const days = late.establishments.flatMap(({ recoveries }) => recoveries.map(({ latest }) => latest));
    expect(days.length).toBeGreaterThan(0);
    expect(days.filter((day) => day < '2026-01-01')).toEqual([]);
    expect(late.counts.records).toBeLessThan(all.counts.records);
    const own = await told(helpline, 'filter: { owners: ["harbour-lamp"] }');
    expect(own.counts.owners).toBe(1);
    expect(all.counts.owners).toBeGreaterThan(1);
    const none = await told(helpline, 'filter: { statuses: [SUSPECTED] }');
    expect(none.establishments.map(({ arrivals }) => arrivals).filter((count) => count > 0)).toEqual([]);
    expect([none.endedCount, none.curve, none.medianDays?.value]).toEqual([0, [], null]);
    // What stands behind a recovery does not hang on which journeys count as arrivals.
    const known = none.establishments.flatMap(({ recoveries }) => recoveries.map((one) => one.howKnown));
    expect(new Set(known.map((one) => one?.records))).toEqual(new Set([1]));
    const before = await told(helpline, 'filter: { asKnownAt: "2020-01-01T00:00:00Z" }');
    expect([before.establishmentCount, before.counts.incidents]).toEqual([0, 0]);
    expect(before.refusal?.reason).toBe('not enough data');
  });

  it('sees an arrest that names a house only where it is asked for, and is seen', async () => {
    const { establishments } = await told(helpline, 'filter: { owners: ["harbour-lamp"] }');
    const house = establishments[0]!;
    const officer = await viewerFor(hub, 'harbour-lamp', 'data_officer');
    const done = await new HandActs(hub).act(
      officer,
      'recordInterdiction(interdiction: $said, idempotencyKey: $key)',
      '$said: InterdictionInput!',
      {
        said: {
          kind: 'ARREST',
          occurredOn: '2025-06-15',
          handling: 'AMBER_STRICT',
          entityIds: [house.entityIds[0]],
        },
      },
    );
    expect(done.id).toBeDefined();
    // Its class is new: who asked before does not see it yet.
    const viewer = await viewerFor(hub, 'harbour-lamp', 'analyst');
    const of = (parameters: string) => told(viewer, `establishment: "${house.entityIds[0]}"${parameters}`);
    expect((await of('')).establishments[0]!.recoveries.map(({ action }) => action)).not.toContain('ARREST');
    const [asked] = (await of(', actions: [ARREST]')).establishments;
    expect(asked!.recoveries).toMatchObject([
      {
        action: 'ARREST',
        interdictionId: done.id,
        earliest: '2025-06-15',
        latest: '2025-06-15',
        incidentIds: [],
      },
    ]);
  });

  it('asks for what it needs', async () => {
    for (const [parameters, wanted] of [
      ['windowDays: 10', 'windowDays: found 10, wanted 30 to 730'],
      ['confidence: 1', 'confidence: found 1, wanted 0.5 to 0.999'],
      ['actions: []', 'actions: found none, wanted RECOVERY, ARREST or both'],
    ] as const) {
      const { errors } = await ask(hub, helpline, `{ resupply(${parameters}) { version } }`);
      expect(errors?.[0]?.message).toContain(wanted);
    }
  });
});

describe('a viewer who sees the helpline’s reports in part', () => {
  const CLASSES = ['report', 'incident', 'movement', 'statement', 'entity'] as const;

  async function grantee(slug: string, details: readonly SharedDetail[]): Promise<Viewer> {
    const { organisationId } = await viewerFor(hub, slug, 'analyst');
    await hub.database.unrestricted('grant for a test', async (connection) => {
      for (const recordClass of CLASSES)
        await addGrant(connection, randomIds, {
          ownerId: helpline.organisationId!,
          granteeId: organisationId!,
          recordClass,
          handlingCeiling: 'amber_strict',
          projection: 'coarse',
          sight: sightOf('area', 'quarter', details),
          validFrom: new Date('2020-01-01'),
          validTo: null,
        });
    });
    return viewerFor(hub, slug, 'analyst');
  }

  it('is told spans that hold the days, in cells no finer than it sees, under other ids', async () => {
    const partner = await grantee('fictional-quarters', ['participations', 'identifiers', 'labels']);
    const exact = await told(helpline, 'filter: { owners: ["harbour-lamp"] }, first: 200');
    const wide = await told(partner, 'first: 200');
    const truth = new Map(
      exact.establishments.flatMap((house) =>
        house.recoveries.map((recovery) => [recovery.incidentIds[0]!, { house, recovery }] as const),
      ),
    );
    expect(wide.establishmentCount).toBe(exact.establishmentCount);
    let told_ = 0;
    for (const house of wide.establishments) {
      // The digit after the first two of an H3 index is its resolution.
      expect(Number.parseInt(house.cell![1]!, 16)).toBeLessThanOrEqual(4);
      for (const { earliest, latest, incidentIds, next, ended } of house.recoveries) {
        const { house: same, recovery } = truth.get(incidentIds[0]!)!;
        expect(house.id).not.toBe(same.id);
        expect(earliest).toMatch(/-(01|04|07|10)-01$/);
        expect(dayOf(latest) - dayOf(earliest)).toBeGreaterThanOrEqual(89);
        expect(earliest <= recovery.earliest && recovery.latest <= latest).toBe(true);
        if (next === null || recovery.next === null) continue;
        expect(next.days.low).toBeLessThanOrEqual(recovery.next.days.low);
        expect(next.days.high ?? Infinity).toBeGreaterThanOrEqual(recovery.next.days.low);
        expect(next.earliest <= recovery.next.earliest && recovery.next.latest <= next.latest).toBe(true);
        if (ended === 'ARRIVAL') expect(next.isSure).toBe(true);
        told_ += 1;
      }
    }
    expect(told_).toBeGreaterThan(3);
    expect(wide.unknowns.join()).toContain('known to within a span of days');
  });

  it('is told the same whatever day of the quarter and whatever corner of the cell it really was', async () => {
    const partner = await grantee('fictional-corners', [...SHARED_DETAILS]);
    const before = await told(partner, 'first: 200, actions: [RECOVERY, ARREST]');
    const exact = await told(helpline, 'first: 200');
    // Another day of the same month, and another child of the same wide cell.
    const day = `case when extract(day from occurred_from at time zone 'Asia/Kolkata') < 15 then interval '1 day' else interval '-1 day' end`;
    const corner = '(cell & ~(7::bigint << 30)) | (((((cell >> 30) & 7) + 1) % 7) << 30)';
    const changed = await hub.database.unrestricted('move what is hidden, for a test', async (connection) => {
      let rows = 0;
      for (const table of ['incident', 'movement', 'waypoint'])
        rows += await connection.execute(
          `update ${table} set occurred_from = occurred_from + ${day}, occurred_to = occurred_to + ${day} where occurred_from is not null and owner_id = $1`,
          [helpline.organisationId],
        );
      for (const table of ['incident', 'waypoint'])
        rows += await connection.execute(
          `update ${table} set cell = ${corner}, longitude = longitude + 0.01 where cell_resolution > 4 and owner_id = $1`,
          [helpline.organisationId],
        );
      return rows;
    });
    expect(changed).toBeGreaterThan(500);
    expect(await told(partner, 'first: 200, actions: [RECOVERY, ARREST]')).toEqual(before);
    expect(await told(helpline, 'first: 200')).not.toEqual(exact);
  });

  it('cannot tell which reports name one house without its identifiers, nor any house without who took part', async () => {
    const alone = await told(await grantee('fictional-unnamed', ['participations', 'labels']), 'first: 200');
    expect(alone.establishments.length).toBeGreaterThan(3);
    for (const { entityIds, recoveries } of alone.establishments)
      expect([entityIds.length, recoveries.length, recoveries[0]!.next]).toEqual([1, 1, null]);
    const nothing = await told(await grantee('fictional-nothing', []));
    expect([nothing.establishmentCount, nothing.counts.incidents]).toEqual([0, 0]);
  });
});
