/** Where movements were observed, counted by cell, is what the records say, whatever was written in which order, counted or not yet. OPERATIONS=2000 SEED=1 npm run test:property. */
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readerFor, type ViewerReader } from '../../src/access/reader.ts';
import { work as emerging } from '../../src/analysis/hotspots/emerging-work.ts';
import { readObservedBlocks } from '../../src/analysis/hotspots/hotspot.view.ts';
import { work as hotspots } from '../../src/analysis/hotspots/hotspot-work.ts';
import { rolledSpan } from '../../src/analysis/hotspots/rolled-stops.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import type { Queryable } from '../../src/platform/database.ts';
import { foldCounts } from '../../src/records/flows/fold-counts.service.ts';
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
    expect(await differences()).toEqual([]);
    for (let done = 0; done < OPERATIONS; done += 1) {
      await write((connection) => writeMovements(connection, random));
      if (done % 20 !== 19) continue;
      expect({ done, differences: await differences() }).toEqual({ done, differences: [] });
      if (done % 40 === 19) await foldCounts(hub.database);
    }
    expect((await total()).pending).toBeGreaterThan(0);
    await foldCounts(hub.database);
    expect(await differences()).toEqual([]);
    const { counted, apart, pending } = await total();
    expect(pending).toBe(0);
    expect(apart).toBeGreaterThan(10);
    expect(counted).toBeGreaterThan(100);
    // What was taken away leaves no trace of where it was.
    const traces = await write((connection) =>
      connection.query('select 1 from stop_rollup where movements <= 0 limit 1'),
    );
    expect(traces).toEqual([]);
  });

  it('a question that cells answer has the answer that the records give', async () => {
    const random = seededRandom(SEED + 1);
    // Some are counted and some are not yet.
    for (let done = 0; done < 20; done += 1) await write((connection) => writeMovements(connection, random));
    let rolledUp = 0;
    let cells = 0;
    for (const [organisation, role] of [
      ['terai-watch', 'analyst'],
      ['harbour-lamp', 'analyst'],
      ['rain-gate', 'investigator'],
    ] as const) {
      const reader = readerFor(hub.database, await viewerFor(hub, organisation, role));
      for (let asked = 0; asked < 25; asked += 1) {
        const found = await askBoth(reader, random);
        rolledUp += found.rolledUp;
        cells += found.cells;
      }
    }
    expect(rolledUp).toBeGreaterThan(40);
    expect(cells).toBeGreaterThan(300);
  });

  it('two who write to one movement while it is counted leave it counted once or named', async () => {
    for (let round = 0; round < 15; round += 1) {
      const random = seededRandom(SEED + 100 + round);
      await Promise.all([
        foldCounts(hub.database),
        write((connection) => writeMovements(connection, random)),
        foldCounts(hub.database),
        write((connection) => writeMovements(connection, random)),
      ]);
      expect({ round, differences: await differences() }).toEqual({ round, differences: [] });
    }
  });
});

async function askBoth(
  reader: ViewerReader,
  random: Random,
): Promise<{ readonly rolledUp: number; readonly cells: number }> {
  const search = drawSearch(random);
  const movements = { search, asKnown: { at: null } };
  const resolution = 2 + random.int(5);
  const question = { resolution, least: resolution, withLegs: random.int(2) === 0, byPersons: false };
  const read = (byMonth: boolean, withEvidence: boolean) =>
    readObservedBlocks(reader, movements, { ...question, byMonth, withEvidence });
  const shared = { withLegs: question.withLegs, byPersons: false, seed: 1, first: 50, evidence: 0 };
  const spots = async (withEvidence: boolean) =>
    hotspots({
      ...shared,
      blocks: await read(false, withEvidence),
      parameters: { resolution, rings: 1, alpha: 0.05, simulations: 19 },
      isAutomatic: false,
    });
  const found = await spots(false);
  // Asked for evidence, it reads the records.
  const told = { search, resolution };
  expect({ told, ...found }).toEqual({ told, ...(await spots(true)) });
  const steps = async (withEvidence: boolean) =>
    emerging({
      ...shared,
      blocks: await read(true, withEvidence),
      resolution,
      rings: 1,
      alpha: 0.05,
      simulations: 19,
      monthsAStep: 1,
    });
  expect({ told, ...(await steps(false)) }).toEqual({ told, ...(await steps(true)) });
  const isRolled = (await read(false, false)).some(({ part }) => part === 'rolled');
  expect(rolledSpan(movements) !== null || !isRolled).toBe(true);
  return { rolledUp: isRolled ? 1 : 0, cells: found.cells.length };
}

/** Movements that are in neither place or in both, counted as what they are not, and cells that are not the sums of what is counted. */
async function differences(): Promise<readonly unknown[]> {
  return write((connection) =>
    connection.query(
      `with living as (select m.*, count(*) over (partition by m.incident_id) > 1
           or m.incident_id in (select incident_a from same_incident_link union select incident_b from same_incident_link) as shared
         from movement m where m.known_to is null),
       stop as (select w.movement_id, w.cell, w.cell_resolution from waypoint w where w.kind = 'observed' and w.cell is not null and w.longitude is not null),
       wanted as (select l.id, l.owner_id, l.visibility_class_id, l.month, l.verification,
           (select count(*) from stop s where s.movement_id = l.id) as stops,
           (select min(case when s.cell_resolution <= 6 then s.cell
              else (s.cell & ~(15::bigint << 52)) | (6::bigint << 52) | ((1::bigint << 27) - 1) end) from stop s where s.movement_id = l.id) as cell
         from living l),
       sums as (
         select g.grain, c.visibility_class_id, c.verification, case when g.timed then c.month end as month,
           case when g.timed then c.first_month end as first_month, case when g.timed then c.last_month end as last_month,
           case when g.placed then c.cell end as cell, case when g.placed then c.cell_resolution end as cell_resolution, count(*) as movements
         from movement_stops_counted c
         join (values ('cell', true, false), ('cell_month', true, true), ('month', false, true)) g (grain, placed, timed) on true
         group by 1, 2, 3, 4, 5, 6, 7, 8),
       kept as (select grain, visibility_class_id, verification, month, first_month, last_month, cell, cell_resolution, sum(movements) as movements
         from stop_rollup group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(movements) <> 0)
       select 'in neither or both' as what, l.id::text from living l
         where (exists (select 1 from movement_stops_apart a where a.movement_id = l.id and a.visibility_class_id = l.visibility_class_id)
           = exists (select 1 from movement_stops_counted c where c.movement_id = l.id))
       union all select 'not living', x.movement_id::text from (select movement_id from movement_stops_apart union select movement_id from movement_stops_counted) x
         where not exists (select 1 from living l where l.id = x.movement_id)
       union all select 'counted wrongly', c.movement_id::text from movement_stops_counted c join wanted w on w.id = c.movement_id
         join living l on l.id = w.id
         where l.shared or w.stops > 1 or (c.owner_id, c.visibility_class_id, c.month, c.verification, c.cell)
           is distinct from (w.owner_id, w.visibility_class_id, w.month, w.verification, w.cell)
       union all select 'named for nothing', a.movement_id::text from movement_stops_apart a join wanted w on w.id = a.movement_id join living l on l.id = w.id
         where not a.pending and not l.shared and w.stops <= 1 and w.month is not null
       union all select 'missing', s::text from (select * from sums except select * from kept) s
       union all select 'too many', k::text from (select * from kept except select * from sums) k
       limit 5`,
    ),
  );
}

async function total(): Promise<{ counted: number; apart: number; pending: number }> {
  const [row] = await write((connection) =>
    connection.query<{ counted: number; apart: number; pending: number }>(
      `select (select count(*) from movement_stops_counted)::int as counted, (select count(*) from movement_stops_apart)::int as apart,
         (select count(*) from movement_stops_apart where pending)::int as pending`,
    ),
  );
  return row ?? { counted: 0, apart: 0, pending: 0 };
}

const MONTHS = ['2025-09-01', '2026-01-01', '2026-02-01', '2026-04-01', '2026-04-15'].map(
  (day) => new Date(`${day}T00:00:00Z`),
);

function drawSearch(random: Random) {
  const from = random.int(2) === 0 ? undefined : MONTHS[random.int(2)];
  const to = random.int(2) === 0 ? undefined : MONTHS[2 + random.int(3)];
  return {
    ...(from || to ? { occurred: { ...(from && { from }), ...(to && { to }) } } : {}),
    ...(random.int(8) === 0 ? { modes: ['land', 'air', 'unknown'] } : {}),
    ...(random.int(5) === 0 ? { verifications: ['should_not_count', 'evidence'] } : {}),
  };
}
