/** Rollups say what the records say, whatever was written in which order, folded or not. OPERATIONS=2000 SEED=1 npm run test:property. */
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readerFor } from '../../src/access/reader.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import type { Queryable } from '../../src/platform/database.ts';
import { FLOW_DIMENSIONS, type FlowDimension } from '../../src/records/flows/flow.type.ts';
import { type FlowQuestion, readFlows } from '../../src/records/flows/flow.view.ts';
import { foldCounts } from '../../src/records/flows/fold-counts.service.ts';
import { rollupFor } from '../../src/records/flows/rolled-up.ts';
import { readRolledUp } from '../../src/records/flows/rolled-up.view.ts';
import { openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';
import { writeMovements } from './write-movements.ts';

const OPERATIONS = Number(process.env.OPERATIONS ?? 120);
const SEED = Number(process.env.SEED ?? 1);

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('demo');
});
afterAll(() => hub.close());

const write = <T>(work: (connection: Queryable) => Promise<T>): Promise<T> =>
  hub.database.unrestricted('write for a test of rollups', work);

describe(`after ${OPERATIONS} writes (seed ${SEED})`, () => {
  it('cells are the sums of the movements they count, and the others are named', async () => {
    const random = seededRandom(SEED);
    expect(await differences()).toEqual({ cells: [], apart: [] });
    for (let done = 0; done < OPERATIONS; done += 1) {
      await write((connection) => writeMovements(connection, random));
      if (done % 20 !== 19) continue;
      expect({ done, ...(await differences()) }).toEqual({ done, cells: [], apart: [] });
      if (done % 40 === 19) await foldCounts(hub.database);
    }
    const before = await total();
    await foldCounts(hub.database);
    expect(await total()).toEqual(before);
    // What was taken away leaves no trace of what it was.
    const traces = await write((connection) =>
      connection.query('select 1 from flow_rollup where movements <= 0 limit 1'),
    );
    expect(traces).toEqual([]);
    expect(await differences()).toEqual({ cells: [], apart: [] });
    expect(before.apart).toBeGreaterThan(10);
    expect(before.movements).toBeGreaterThan(100);
  });

  it('a question that cells answer has the answer that the records give', async () => {
    const random = seededRandom(SEED + 1);
    let rolledUp = 0;
    let groups = 0;
    for (const [organisation, role] of [
      ['terai-watch', 'analyst'],
      ['harbour-lamp', 'analyst'],
      ['rain-gate', 'investigator'],
    ] as const) {
      const reader = readerFor(hub.database, await viewerFor(hub, organisation, role));
      for (let asked = 0; asked < 60; asked += 1) {
        const search = drawSearch(random);
        const question = drawQuestion(random);
        const choice = rollupFor({ search, asKnown: { at: null } }, question);
        if (choice === null) continue;
        rolledUp += 1;
        const movements = { search, asKnown: { at: null } };
        const found = await readRolledUp(reader, movements, question, choice);
        const wanted = await readFlows(reader, movements, question);
        groups += wanted.length;
        expect({ search, question, rows: found }).toEqual({ search, question, rows: wanted });
      }
    }
    expect(rolledUp).toBeGreaterThan(60);
    expect(groups).toBeGreaterThan(300);
  });
});

/** Cells that differ from what a plain count of movements says, and movements that are wrongly apart or not. */
async function differences(): Promise<{ cells: readonly unknown[]; apart: readonly unknown[] }> {
  const keys = `visibility_class_id, month, first_month, last_month, origin_country, destination_country, mode, purpose, status, exploitation, verification`;
  const cells = await write((connection) =>
    connection.query(
      `with alone as (select m.* from movement m where m.known_to is null and not exists (select 1 from movement_apart a where a.movement_id = m.id and a.shared)),
       spanned as (select m.*, date_trunc('month', m.occurred_from at time zone 'UTC')::date as first_month,
         date_trunc('month', (m.occurred_to - interval '1 microsecond') at time zone 'UTC')::date as last_month from alone m),
       wanted as (
         select 'pair' as grain, visibility_class_id, null::date as month, null::date as first_month, null::date as last_month, origin_country, destination_country,
           null as mode, null as purpose, null as status, null as exploitation, verification, persons_min, persons_max from spanned
         union all select 'pair_month', visibility_class_id, month, first_month, last_month, origin_country, destination_country,
           null, null, null, null, verification, persons_min, persons_max from spanned where month is not null
         union all select 'month', visibility_class_id, month, first_month, last_month, null, null, null, null, null, null, verification, persons_min, persons_max
           from spanned where month is not null
         union all select 'kind', visibility_class_id, null, null, null, null, null, mode, purpose, status, exploitation, verification, persons_min, persons_max from spanned
         union all select 'kind_month', visibility_class_id, month, first_month, last_month, null, null, mode, purpose, status, exploitation, verification, persons_min, persons_max
           from spanned where month is not null),
       counted as (select grain, ${keys}, count(*) as movements, sum(persons_min) as persons_min, sum(coalesce(persons_max, 0)) as persons_max,
         count(*) - count(persons_max) as unbounded from wanted group by grain, ${keys}),
       kept as (select grain, ${keys}, sum(movements) as movements, sum(persons_min) as persons_min, sum(persons_max) as persons_max, sum(unbounded) as unbounded
         from flow_rollup group by grain, ${keys} having sum(movements) <> 0)
       (select 'missing' as what, c.* from (select * from counted except select * from kept) c)
       union all (select 'too many', k.* from (select * from kept except select * from counted) k) limit 5`,
    ),
  );
  const apart = await write((connection) =>
    connection.query(
      `with crowded as (select incident_id from movement where known_to is null group by 1 having count(*) > 1
         union select incident_a from same_incident_link union select incident_b from same_incident_link),
       living as (select m.id, m.visibility_class_id, m.month, m.incident_id in (select incident_id from crowded) as shared from movement m where m.known_to is null)
       select l.id, 'not apart' as what from living l left join movement_apart a on a.movement_id = l.id
         where (l.shared and a.shared is not true) or (l.month is null and a.movement_id is null)
       union all select a.movement_id, 'not living, or of another class' from movement_apart a
         where not exists (select 1 from living l where l.id = a.movement_id and l.visibility_class_id = a.visibility_class_id)
       union all select a.movement_id, 'apart for nothing' from movement_apart a join living l on l.id = a.movement_id where not a.shared and l.month is not null limit 5`,
    ),
  );
  return { cells, apart };
}

async function total(): Promise<{ movements: number; apart: number }> {
  const [row] = await write((connection) =>
    connection.query<{ movements: number; apart: number }>(
      `select (select sum(movements) from flow_rollup where grain = 'pair')::int as movements, (select count(*) from movement_apart)::int as apart`,
    ),
  );
  return row ?? { movements: 0, apart: 0 };
}

const MONTHS = ['2025-09-01', '2026-01-01', '2026-02-01', '2026-04-01', '2026-04-15'].map(
  (day) => new Date(`${day}T00:00:00Z`),
);

function drawSearch(random: Random) {
  const from = random.int(2) === 0 ? undefined : MONTHS[random.int(2)];
  const to = random.int(2) === 0 ? undefined : MONTHS[2 + random.int(3)];
  return {
    ...(from || to ? { occurred: { ...(from && { from }), ...(to && { to }) } } : {}),
    ...(random.int(4) === 0 ? { modes: ['land', 'air', 'unknown'] } : {}),
    ...(random.int(4) === 0 ? { countries: [{ country: 'NPL', role: 'source' as const }] } : {}),
    ...(random.int(5) === 0 ? { verifications: ['should_not_count', 'evidence'] } : {}),
  };
}

const PERHAPS: readonly FlowDimension[] = FLOW_DIMENSIONS.filter(
  (dimension) =>
    !['sex', 'age_band', 'origin_cell', 'crossing_cell', 'crossing_point', 'transit_country'].includes(
      dimension,
    ),
);

function drawQuestion(random: Random): FlowQuestion {
  const dimensions = [
    ...new Set(Array.from({ length: random.int(4) }, () => PERHAPS[random.int(PERHAPS.length)]!)),
  ];
  const having = random.int(4) === 0 ? [{ figure: 'incidents' as const, atLeast: 2, atMost: 40 }] : [];
  const orderBy = random.int(3) === 0 ? [{ figure: 'persons' as const, direction: 'asc' as const }] : [];
  const figures = (['movements', 'persons', 'incidents'] as const).filter(() => random.int(3) > 0);
  return {
    dimensions,
    figures: new Set([...figures, ...[...having, ...orderBy].map(({ figure }) => figure)]),
    having,
    orderBy,
    cellResolution: 4,
    limit: random.int(3) === 0 ? 5 : 500,
  };
}
