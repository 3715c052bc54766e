/** Corridors, route hotspots and crossing clusters: what was planted in the demo is found again, and nobody's answer holds another's rows. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateDemo } from '../../seeds/demo.ts';
import type { DemoTruth } from '../../seeds/truth.ts';
import { readOrganisation } from '../../src/access/key.store.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { DEMO_NOW, DEMO_SEED } from '../../src/cli/demo.service.ts';
import { adjustedRandIndex } from '../../src/geo/adjusted-rand-index.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

interface Answered {
  readonly method: string;
  readonly version: number;
  readonly counts: { readonly records: number; readonly incidents: number; readonly owners: number };
  readonly refusal: { readonly reason: string; readonly found: string; readonly wanted: string } | null;
}
interface CorridorShown {
  readonly id: string;
  readonly name: string;
  readonly stages: readonly {
    name: string;
    placeId: string | null;
    position: unknown;
    uncertaintyKm: number;
    role: string;
  }[];
  readonly support: { readonly incidents: number };
  readonly firstMonth: string;
  readonly lastMonth: string;
  readonly geometry: { readonly type: string };
  readonly movementIds: readonly string[];
  readonly alternativeIds: readonly string[];
  readonly seasonality: {
    status: string;
    peakMonth: number | null;
    strength: number | null;
    p: number | null;
    q: number | null;
  };
}
interface ClusterShown {
  readonly id: string;
  readonly name: string;
  readonly incidents: number;
  readonly incidentIds: readonly string[];
  readonly detectionsPerStaffMonth: { readonly status: string; readonly rate: number | null };
}
interface Products {
  readonly corridors: Answered & { readonly nodes: readonly CorridorShown[]; readonly totalCount: number };
  readonly routeHotspots: Answered & {
    readonly cells: readonly { id: string; class: string; incidents: number }[];
  };
  readonly crossingClusters: Answered & {
    readonly clusters: readonly ClusterShown[];
    readonly unmonitored: readonly { name: string }[] | null;
  };
}

const SAID =
  'method version parameters counts { records incidents owners } dataWindow { first last } unknowns refusal { reason found wanted }';
const EVERYTHING = `{
  corridors(first: 500) { ${SAID} totalCount nodes { id name firstMonth lastMonth support { incidents independentOrigins owners movements }
    stages { name country role placeId uncertaintyKm position { longitude latitude } } persons { min max } trend { status slopePerMonth }
    share { observed stated inferred } widthKm lengthKm geometry months { month incidents } movementIds(first: 1000)
    seasonality { status peakMonth strength p q } alternativeIds } }
  routeHotspots { ${SAID} testedCells hotspots coldSpots cells { id class z p pPermutation q magnitude incidents incidentIds(first: 3) } features }
  crossingClusters { ${SAID} unmonitored { name } noise { border incidents } clusters { id name border incidents persons
    independentOrigins monthsActive hull nearestCrossingPoint { name } distanceKm members { role incidents }
    detectionsPerStaffMonth { status detections staffMonths rate low high } incidentIds(first: 1000) } } }`;

let hub: TestHub;
let pooled: Viewer;
let truth: DemoTruth;
let found: Products;

beforeAll(async () => {
  hub = await openTestHub('demo');
  ({ truth } = generateDemo(DEMO_SEED, { now: DEMO_NOW, scale: 1 }));
  await grant(
    'pooled-desk',
    ['lantern-line', 'terai-watch', 'rain-gate', 'delta-lights', 'harbour-lamp'],
    'full',
  );
  pooled = await viewerFor(hub, 'pooled-desk', 'analyst');
  found = await answer<Products>(hub, pooled, EVERYTHING);
});
afterAll(() => hub.close());

describe('corridors of the demo', () => {
  it('are those that were planted', async () => {
    const reports = await plantedMovements();
    const best = bestCorridors(found.corridors.nodes);
    const told = reports.filter(({ corridor, isMessy }) => corridor !== 'noise' && !isMessy);
    const index = (rows: typeof reports): number =>
      adjustedRandIndex(
        labels(rows.map(({ corridor }) => corridor)),
        labels(rows.map(({ id }) => best.get(id) ?? 'none')),
      );
    expect(told.length).toBeGreaterThan(1_500);
    // A home that was not found in the gazetteer leaves nothing by which the source could be told.
    expect(index(told.filter(({ originKnown }) => originKnown))).toBeGreaterThanOrEqual(0.9);
    expect(index(told)).toBeGreaterThanOrEqual(0.85);
  });

  it('end where a crossing was closed, and begin where one came into use', () => {
    const between = (...names: string[]) =>
      found.corridors.nodes.find(
        ({ stages }) =>
          stages.length === names.length && stages.every(({ name }, i) => name.includes(names[i] as string)),
      );
    const before = between('Tānsen', 'Belahiya', 'Delhi');
    const instead = between('Tānsen', 'Krishnanagar', 'Delhi');
    // The road closes in the fourteenth month of a window that begins in November 2024.
    expect(before?.lastMonth).toBe('2025-11');
    expect(instead?.lastMonth.slice(0, 4)).toBe('2026');
    const opened = found.corridors.nodes.filter(
      ({ stages }) =>
        stages.length === 3 && stages[2]?.name === 'Doha' && stages[1]?.name.includes('Kakarbhitta'),
    );
    expect(opened.length).toBeGreaterThan(0);
    for (const { firstMonth } of opened) expect(firstMonth >= '2026-05').toBe(true);
  });

  it('say their roles, their line and what stands behind them', () => {
    const { nodes, counts, method, totalCount } = found.corridors;
    expect(method).not.toBe('');
    expect(counts).toEqual({ records: 1841, incidents: 1841, owners: 5 });
    expect(totalCount).toBe(nodes.length);
    for (const { geometry, stages, support, movementIds } of nodes) {
      expect(geometry === null || geometry.type === 'MultiLineString').toBe(true);
      expect(stages[0]?.role).not.toBe('DESTINATION');
      expect(movementIds.length).toBeGreaterThanOrEqual(support.incidents);
    }
  });

  it('name the other ways between the same ends', () => {
    const { nodes } = found.corridors;
    const ends = ({ stages }: CorridorShown): string =>
      JSON.stringify(
        [stages[0], stages[stages.length - 1]].map((stage) => [stage?.name, stage?.placeId, stage?.position]),
      );
    let named = 0;
    for (const corridor of nodes) {
      const others = nodes.filter((other) => other !== corridor && ends(other) === ends(corridor));
      expect([...corridor.alternativeIds].sort()).toEqual(others.map(({ id }) => id).sort());
      named += others.length;
    }
    expect(named).toBeGreaterThan(0);
  });

  it('have a season only with enough to tell one, and the demo has none', () => {
    const seasons = found.corridors.nodes.map(({ seasonality }) => seasonality);
    const tested = seasons.filter(({ status }) => status === 'TESTED');
    expect(tested.length).toBeGreaterThan(3);
    for (const { peakMonth, strength, p, q } of tested) {
      expect(peakMonth).toBeGreaterThanOrEqual(1);
      expect(peakMonth).toBeLessThanOrEqual(12);
      expect(strength).toBeGreaterThanOrEqual(1);
      expect(q).toBeGreaterThanOrEqual(p ?? 1);
    }
    expect(seasons.filter(({ status }) => status !== 'TESTED').every(({ p }) => p === null)).toBe(true);
    expect(tested.filter(({ q }) => (q ?? 1) <= 0.05)).toEqual([]);
  });
});

describe('where corridors of the demo lead on to', () => {
  interface Leads {
    readonly forecast: {
      readonly steps: number;
      readonly bitsPerStep: number;
      readonly first: number;
      readonly amongThree: number;
      readonly learntTo: string;
      readonly testedFrom: string;
      readonly withoutHistory: {
        readonly steps: number;
        readonly bitsPerStep: number;
        readonly first: number;
      };
    };
    readonly nodes: readonly {
      readonly nextNotKnown: number;
      readonly next: readonly { name: string; probability: number }[];
    }[];
  }

  it('is foretold on held-out months better than by how often places come, and says how well', async () => {
    const { corridors } = await answer<{ corridors: Leads }>(
      hub,
      pooled,
      `{ corridors(first: 500) { forecast { method version steps bitsPerStep first amongThree learntTo testedFrom
        withoutHistory { steps bitsPerStep first amongThree } }
        nodes { name nextNotKnown next { name country placeId position { longitude latitude } probability } } } }`,
    );
    const { forecast, nodes } = corridors;
    expect(forecast.steps).toBeGreaterThan(100);
    expect(forecast.steps).toBeCloseTo(forecast.withoutHistory.steps, 9);
    expect(forecast.bitsPerStep).toBeLessThan(forecast.withoutHistory.bitsPerStep);
    expect(forecast.first).toBeGreaterThan(forecast.withoutHistory.first);
    expect(forecast.amongThree).toBeGreaterThanOrEqual(forecast.first);
    expect(forecast.learntTo < forecast.testedFrom).toBe(true);
    expect(nodes.some(({ nextNotKnown }) => nextNotKnown < 0.5)).toBe(true);
    for (const { next, nextNotKnown } of nodes) {
      const sum = next.reduce((all, { probability }) => all + probability, nextNotKnown);
      expect(sum).toBeLessThanOrEqual(1 + 1e-9);
      expect(next.every(({ name, probability }) => name !== '' && probability > 0)).toBe(true);
    }
  });
});

describe('crossing clusters of the demo', () => {
  it('are the crossings that were planted', async () => {
    const reports = (await plantedMovements()).filter(({ isMessy, isIntercept }) => isIntercept && !isMessy);
    const clusterOf = new Map(
      found.crossingClusters.clusters.flatMap(({ id, incidentIds }) =>
        incidentIds.map((incident) => [incident, id]),
      ),
    );
    const seen = reports.filter(({ incident }) => clusterOf.has(incident));
    expect(seen.length).toBeGreaterThan(0.97 * reports.length);
    const index = adjustedRandIndex(
      labels(seen.map(({ crossing }) => crossing)),
      labels(seen.map(({ incident }) => clusterOf.get(incident) as string)),
    );
    expect(index).toBeGreaterThanOrEqual(0.9);
    expect(found.crossingClusters.clusters).toHaveLength(truth.crossings.length);
  });

  it('have rates only for those who see the effort', async () => {
    expect(found.crossingClusters.unmonitored).toBeNull();
    for (const { detectionsPerStaffMonth } of found.crossingClusters.clusters)
      expect(detectionsPerStaffMonth).toMatchObject({ status: 'NOT_AVAILABLE', rate: null });
    const owner = await viewerFor(hub, 'terai-watch', 'analyst');
    const { crossingClusters } = await answer<Products>(hub, owner, EVERYTHING);
    const named = crossingClusters.clusters.find(({ name }) => name.startsWith('Birgunj'));
    expect(named?.detectionsPerStaffMonth.status).toBe('RATE');
    const unwatched = crossingClusters.unmonitored?.map(({ name }) => name.split(/[– ]/)[0]);
    expect(unwatched).toContain('Kakarbhitta');
    expect(unwatched).not.toContain('Birgunj');
  });
});

describe('route hotspots of the demo', () => {
  it('look at a scale that is chosen from the data when that is asked, and tell every decision', async () => {
    const text = `{ routeHotspots(scale: AUTOMATIC) { refusal { reason } parameters testedCells hotspots
      scaleDecisions { about chosen why considered { value cells knownShare incidentsPerCell autocorrelation } } } }`;
    interface Scaled {
      readonly parameters: { resolution: number; rings: number };
      readonly hotspots: number;
      readonly testedCells: number;
      readonly scaleDecisions: readonly {
        about: string;
        chosen: number;
        why: string;
        considered: readonly { value: number; cells: number; autocorrelation: number | null }[];
      }[];
    }
    const { routeHotspots } = await answer<{ routeHotspots: Scaled }>(hub, pooled, text);
    const [resolution, rings] = routeHotspots.scaleDecisions;
    expect([resolution!.about, rings!.about]).toEqual(['resolution', 'rings']);
    expect(routeHotspots.parameters).toMatchObject({ resolution: resolution!.chosen, rings: rings!.chosen });
    expect(resolution!.considered.map(({ value }) => value)).toEqual([7, 6, 5, 4, 3, 2]);
    expect(rings!.considered.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5]);
    expect(routeHotspots.testedCells).toBeGreaterThanOrEqual(30);
    const stated = await answer<{ routeHotspots: Scaled }>(
      hub,
      pooled,
      text.replace('scale: AUTOMATIC', `resolution: ${resolution!.chosen}, rings: ${rings!.chosen}`),
    );
    expect(stated.routeHotspots.testedCells).toBe(routeHotspots.testedCells);
    expect(stated.routeHotspots.scaleDecisions).toEqual([]);
    const { errors } = await ask(
      hub,
      pooled,
      '{ routeHotspots(scale: AUTOMATIC, simulations: 500) { hotspots } }',
    );
    expect(errors?.[0]?.message).toContain('simulations: found 500, wanted 19 to 499');
  });

  it('name nothing a hotspot where nobody was seen, and answer a question the same again', async () => {
    expect(found.routeHotspots.refusal).toBeNull();
    expect(found.routeHotspots.cells.length).toBeGreaterThan(30);
    for (const cell of found.routeHotspots.cells)
      if (cell.class === 'ROUTE_HOTSPOT') expect(cell.incidents).toBeGreaterThan(0);
    const again = await answer<Products>(hub, pooled, EVERYTHING);
    expect(again).toEqual(found);
  });
});

describe('whoever asks', () => {
  it('gets ids that nobody of another scope has', async () => {
    const [one, other] = [
      await viewerFor(hub, 'terai-watch', 'analyst'),
      await viewerFor(hub, 'terai-watch', 'investigator'),
    ];
    const idsOf = ({ corridors, crossingClusters }: Products) =>
      [...corridors.nodes, ...crossingClusters.clusters].map(({ id }) => id);
    const mine = idsOf(await answer<Products>(hub, one, EVERYTHING));
    expect(mine.length).toBeGreaterThan(10);
    expect(new Set(mine).size).toBe(mine.length);
    for (const id of idsOf(found)) expect(mine).not.toContain(id);
    expect(idsOf(await answer<Products>(hub, one, EVERYTHING))).toEqual(mine);
    expect(other.fullClasses.length).toBeGreaterThan(0);
  });

  it('is refused, not failed, where there is nothing to see', async () => {
    for (const viewer of [
      await viewerFor(hub, 'empty-house', 'analyst'),
      await viewerFor(hub, null, 'operator'),
    ]) {
      const { corridors, routeHotspots, crossingClusters } = await answer<Products>(hub, viewer, EVERYTHING);
      expect([corridors.nodes, routeHotspots.cells, crossingClusters.clusters]).toEqual([[], [], []]);
      for (const { refusal, counts } of [corridors, routeHotspots, crossingClusters]) {
        expect(refusal?.reason).toBe('not enough data');
        expect(counts).toEqual({ records: 0, incidents: 0, owners: 0 });
      }
    }
  });

  it('learns nothing finer than what was shared coarsely', async () => {
    await grant('coarse-desk', ['terai-watch'], 'coarse');
    const viewer = await viewerFor(hub, 'coarse-desk', 'analyst');
    const { corridors, routeHotspots, crossingClusters } = await answer<Products>(hub, viewer, EVERYTHING);
    expect(corridors.nodes.length).toBeGreaterThan(0);
    for (const { placeId, uncertaintyKm } of corridors.nodes.flatMap(({ stages }) => stages)) {
      expect(placeId).toBeNull();
      if (uncertaintyKm !== null) expect(uncertaintyKm).toBeGreaterThan(19);
    }
    expect(routeHotspots.cells).toEqual([]);
    expect(crossingClusters.clusters).toEqual([]);
  });

  it('is told what to write when a figure is out of bounds', async () => {
    const { errors } = await ask(hub, pooled, '{ corridors(supportAtLeast: 1) { totalCount } }');
    expect(errors?.[0]?.message).toBe('supportAtLeast: found 1, wanted 2 to 1000000');
  });
});

describe('incidents that are one event', () => {
  it('count once, over any number of links, where all their ends are seen', async () => {
    const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
    const count = async (): Promise<number> =>
      (await answer<Pick<Products, 'corridors'>>(hub, viewer, '{ corridors { counts { incidents } } }'))
        .corridors.counts.incidents;
    const before = await count();
    await hub.database.asOwner(async (connection) => {
      const own = await incidentsOf(connection, 'terai-watch', 3);
      const [hidden] = await incidentsOf(connection, 'delta-lights', 1);
      for (const [one, other] of [
        [own[0], own[2]],
        [own[1], own[2]],
        [own[0], hidden],
      ])
        await connection.execute(
          `insert into same_incident_link (id, owner_id, visibility_class_id, incident_a, incident_b, status, grade)
           select $1, i.owner_id, i.visibility_class_id, least($2::uuid, $3::uuid), greatest($2::uuid, $3::uuid), 'confirmed', 1
           from incident i where i.id = $2`,
          [randomUUID(), one, other],
        );
    });
    expect(await count()).toBe(before - 2);
  });
});

describe('a decision that two reports are of one event', () => {
  it('is followed by every figure that counts incidents, and so is its end', async () => {
    const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
    const figures = async (): Promise<readonly number[]> => {
      const { flows, corridors, routeHotspots, crossingClusters } = await answer<
        Record<'corridors' | 'routeHotspots' | 'crossingClusters', { counts: { incidents: number } }> & {
          flows: readonly { incidents: number }[];
        }
      >(
        hub,
        viewer,
        `{ flows(groupBy: []) { incidents } corridors { counts { incidents } } crossingClusters { counts { incidents } }
           routeHotspots(simulations: 19) { counts { incidents } } }`,
      );
      return [
        flows[0]?.incidents ?? 0,
        ...[corridors, routeHotspots, crossingClusters].map((each) => each.counts.incidents),
      ];
    };
    const [one, other] = await hub.database.asOwner((connection) =>
      connection.query<{ incident_id: string }>(
        `select distinct c.incident_id from crossing c join movement m on m.id = c.movement_id join organisation o on o.id = c.owner_id
         where o.slug = 'terai-watch' and c.kind = 'observed' and c.cell_resolution >= 7 and m.verification <> 'should_not_count'
           and not exists (select 1 from same_incident_link k where c.incident_id in (k.incident_a, k.incident_b))
         order by c.incident_id desc limit 2`,
      ),
    );
    const decide = (what: string, expected: string) =>
      answer(
        hub,
        viewer,
        `mutation ($one: String!, $other: String!) { ${what}SameIncident(one: $one, other: $other, expected: ${expected}) { __typename } }`,
        { one: one?.incident_id, other: other?.incident_id },
      );
    const before = await figures();
    expect(Math.min(...before)).toBeGreaterThan(100);
    await decide('confirm', 'UNDECIDED');
    expect(await figures()).toEqual(before.map((count) => count - 1));
    await decide('undo', 'CONFIRMED');
    expect(await figures()).toEqual(before);
  });
});

describe('rows that a viewer may not see', () => {
  it('change no byte of any answer', async () => {
    const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
    const before = JSON.stringify(await answer(hub, viewer, EVERYTHING));
    expect(await hideCopies('terai-watch')).toBeGreaterThan(500);
    expect(JSON.stringify(await answer(hub, viewer, EVERYTHING))).toBe(before);
  });
});

describe('ids of clusters', () => {
  it('survive a tenth more incidents, at the same crossings', async () => {
    const viewer = await viewerFor(hub, 'pooled-desk', 'analyst');
    const clusters = async (): Promise<readonly ClusterShown[]> =>
      (
        await answer<Pick<Products, 'crossingClusters'>>(
          hub,
          viewer,
          '{ crossingClusters { clusters { id name incidents incidentIds(first: 1000) } } }',
        )
      ).crossingClusters.clusters;
    const before = await clusters();
    await addATenth();
    const after = new Map((await clusters()).map((cluster) => [cluster.id, cluster]));
    const survivors = before.filter(({ id, name, incidentIds }) => {
      const now = after.get(id);
      return (
        now?.name === name &&
        incidentIds.filter((one) => now.incidentIds.includes(one)).length > incidentIds.length / 2
      );
    });
    const more = [...after.values()].reduce((sum, { incidents }) => sum + incidents, 0);
    console.log(`${survivors.length} of ${before.length} cluster ids survive a tenth more incidents`);
    expect(more).toBeGreaterThan(1.05 * before.reduce((sum, { incidents }) => sum + incidents, 0));
    expect(survivors.length).toBeGreaterThanOrEqual(0.9 * before.length);
  });
});

/** Every tenth incident with an observed crossing once more, some hundred metres away, in its own month. */
async function addATenth(): Promise<void> {
  await hub.database.asOwner(async (connection) => {
    await connection.execute(
      `create temporary table tenth as select c.movement_id, c.incident_id from crossing c
       where c.kind = 'observed' and c.longitude is not null and c.known_to is null and hashtext(c.incident_id::text) % 10 = 0`,
    );
    for (const [table, key] of [
      ['incident', 'id'],
      ['movement', 'id'],
      ['crossing', 'movement_id'],
    ] as const) {
      const ids = ['id', 'incident_id', 'movement_id'].map(
        (column) => `'${column}', md5('tenth' || (to_jsonb(t) ->> '${column}'))::uuid`,
      );
      const apart = (column: string, salt: string): string =>
        `'${column}', t.${column} + (hashtext('${salt}' || t.id::text) % 1000) / 150000.0`;
      const moved = table === 'crossing' ? [apart('longitude', 'x'), apart('latitude', 'y')] : [];
      await connection.execute(
        `insert into ${table} select copy.* from ${table} t
         cross join lateral jsonb_populate_record(null::${table}, to_jsonb(t) || jsonb_build_object(${[...ids, ...moved].join(', ')})) copy
         where t.known_to is null and t.${key} in (select ${table === 'incident' ? 'incident_id' : 'movement_id'} from tenth)`,
      );
    }
    await connection.execute('drop table tenth');
  });
}

/** Everything an organisation holds, once more in the hands of one that shares nothing; how many movements that is. */
async function hideCopies(slug: string): Promise<number> {
  await viewerFor(hub, 'hidden-house', 'analyst');
  return hub.database.asOwner(async (connection) => {
    const from = await readOrganisation(connection, slug);
    const to = await readOrganisation(connection, 'hidden-house');
    await connection.execute(
      `insert into visibility_class (owner_id, record_class, handling, sensitivity)
       select $2, record_class, handling, sensitivity from visibility_class where owner_id = $1`,
      [from.id, to.id],
    );
    let copied = 0;
    for (const table of ['report', 'incident', 'movement', 'waypoint', 'crossing']) {
      const ids = ['id', 'report_id', 'incident_id', 'movement_id'].map(
        (column) => `'${column}', md5('hidden' || (to_jsonb(t) ->> '${column}'))::uuid`,
      );
      const rows = await connection.execute(
        `insert into ${table} select copy.* from ${table} t join visibility_class own on own.id = t.visibility_class_id
         join visibility_class theirs on theirs.owner_id = $2 and (theirs.record_class, theirs.handling, theirs.sensitivity)
           = (own.record_class, own.handling, own.sensitivity)
         cross join lateral jsonb_populate_record(null::${table}, to_jsonb(t) || jsonb_build_object(${ids.join(', ')},
           'owner_id', $2::uuid, 'visibility_class_id', theirs.id)) copy
         where t.owner_id = $1`,
        [from.id, to.id],
      );
      if (table === 'movement') copied = rows;
    }
    return copied;
  });
}

async function grant(
  grantee: string,
  owners: readonly string[],
  projection: 'full' | 'coarse',
): Promise<void> {
  await viewerFor(hub, grantee, 'analyst');
  await hub.database.unrestricted('grant for a test', async (connection) => {
    const { id } = await readOrganisation(connection, grantee);
    for (const slug of owners) {
      const owner = await readOrganisation(connection, slug);
      for (const recordClass of ['report', 'incident', 'movement'])
        await connection.execute(
          `insert into access_grant (id, grantee_id, owner_id, record_class, handling_ceiling, projection, valid_from)
           values ($1, $2, $3, $4, 'amber_strict', $5, '2020-01-01')`,
          [randomUUID(), id, owner.id, recordClass, projection],
        );
    }
  });
}

interface PlantedMovement {
  readonly id: string;
  readonly incident: string;
  readonly corridor: string;
  readonly crossing: string;
  readonly isMessy: boolean;
  readonly isIntercept: boolean;
  /** Known to a district or better. */
  readonly originKnown: boolean;
}

async function plantedMovements(): Promise<readonly PlantedMovement[]> {
  const rows = await hub.database.unrestricted('look up what was planted', (connection) =>
    connection.query<{ id: string; incident_id: string; reference: string; origin_known: boolean }>(
      `select m.id, m.incident_id, o.slug || ' ' || r.external_reference as reference,
         exists (select 1 from waypoint w where w.movement_id = m.id and w.ordinal = 0 and w.cell_resolution >= 5) as origin_known
       from movement m join report r on r.id = m.report_id join organisation o on o.id = m.owner_id
       where m.verification <> 'should_not_count' order by m.id`,
    ),
  );
  const journeys = new Map(truth.journeys.map((one) => [`${one.organisation} ${one.reference}`, one]));
  const messy = new Set(truth.mess.map(({ organisation, reference }) => `${organisation} ${reference}`));
  return rows.flatMap(({ id, incident_id, reference, origin_known }) => {
    const journey = journeys.get(reference);
    if (journey === undefined) return [];
    return [
      {
        id,
        incident: incident_id,
        corridor: journey.corridor,
        crossing: journey.crossing,
        isMessy: messy.has(reference),
        isIntercept: journey.profile === 'border-intercept',
        originKnown: origin_known,
      },
    ];
  });
}

/** The corridor each movement fits best: the longest it is evidence of, then the one with most incidents. */
function bestCorridors(corridors: readonly CorridorShown[]): ReadonlyMap<string, string> {
  const best = new Map<string, string>();
  const longestFirst = [...corridors].sort(
    (a, b) => b.stages.length - a.stages.length || b.support.incidents - a.support.incidents,
  );
  for (const { id, movementIds } of longestFirst)
    for (const movement of movementIds) if (!best.has(movement)) best.set(movement, id);
  return best;
}

function labels(names: readonly string[]): number[] {
  const numbers = new Map<string, number>();
  return names.map((name) => numbers.get(name) ?? (numbers.set(name, numbers.size), numbers.size - 1));
}

async function incidentsOf(
  connection: { query<Row>(text: string, values: readonly unknown[]): Promise<readonly Row[]> },
  slug: string,
  count: number,
): Promise<readonly string[]> {
  const rows = await connection.query<{ incident_id: string }>(
    `select m.incident_id from movement m join organisation o on o.id = m.owner_id
     where o.slug = $1 and m.verification <> 'should_not_count' order by m.incident_id limit $2::int`,
    [slug, count],
  );
  return rows.map(({ incident_id }) => incident_id);
}
