/** Corridors brought up to date are corridors derived from everything, whatever was written in which order. OPERATIONS=2000 SEED=1 npm run test:property. */
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readerFor, type ViewerReader } from '../../src/access/reader.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { answerCorridors } from '../../src/analysis/corridors/corridor.service.ts';
import type { CorridorQuestion } from '../../src/analysis/corridors/corridor-question.ts';
import { KeptTravel } from '../../src/analysis/corridors/kept-travel.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import type { Queryable } from '../../src/platform/database.ts';
import { foldCounts } from '../../src/records/flows/fold-counts.service.ts';
import type { AskedMovements } from '../../src/records/movements/movement-search.service.ts';
import { openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';
import { writeMovements } from './write-movements.ts';

const OPERATIONS = Number(process.env.OPERATIONS ?? 120);
const SEED = Number(process.env.SEED ?? 1);

let hub: TestHub;
let viewers: readonly Viewer[];
beforeAll(async () => {
  hub = await openTestHub('demo');
  viewers = [
    await viewerFor(hub, 'terai-watch', 'analyst'),
    await viewerFor(hub, 'harbour-lamp', 'analyst'),
    await viewerFor(hub, 'rain-gate', 'investigator'),
  ];
});
afterAll(() => hub.close());
beforeEach(() => {
  hub.statements.length = 0;
});

const write = <T>(work: (connection: Queryable) => Promise<T>): Promise<T> =>
  hub.database.unrestricted('write for a test of kept corridors', work);

const PLAIN: CorridorQuestion = {
  supportAtLeast: 2,
  originsAtLeast: 1,
  nodeResolution: 5,
  gatherKm: 30,
  parallelWithin: 0.2,
  first: 100,
  withEvidence: true,
  withForecast: false,
  withForecastTest: false,
  ids: null,
};
const ALL: AskedMovements = { search: {}, asKnown: { at: null } };

/** How often what changed was read, and how often everything. */
function readings(): { readonly changes: number; readonly wholes: number } {
  const read = hub.statements.filter((text) => text.includes('pg_current_snapshot'));
  const changes = read.filter((text) => text.includes('pg_visible_in_snapshot')).length;
  return { changes, wholes: read.length - changes };
}

describe(`after ${OPERATIONS} writes (seed ${SEED})`, () => {
  it('what was kept and brought up to date answers as everything does', async () => {
    const random = seededRandom(SEED);
    const kept = new KeptTravel(1e9);
    const found = new Set<number>();
    let [asked, whole] = [0, 0];
    for (let done = 0; done < OPERATIONS; done += 1) {
      await write((connection) => (random.int(2) === 0 ? travelAgain : writeMovements)(connection, random));
      if (done % 25 === 24) await foldCounts(hub.database);
      if (random.int(3) === 0) continue;
      const reader = readerFor(hub.database, drawViewer(random));
      const question = drawQuestion(random);
      const movements = drawMovements(random);
      const before = readings();
      const answer = await answerCorridors(reader, movements, question, kept);
      const after = readings();
      asked += 1;
      whole += after.wholes - before.wholes;
      found.add(answer.totalCount);
      expect({ done, question, answer }).toEqual({
        done,
        question,
        answer: await answerCorridors(reader, movements, question),
      });
    }
    expect(found.size).toBeGreaterThan(10);
    // Not all were derived from everything: some were from what changed.
    expect(asked - whole).toBeGreaterThan(asked / 5);
    expect(whole).toBeGreaterThan(asked / 10);
  });

  it('journeys that only come in are never a reason to read everything again', async () => {
    const random = seededRandom(SEED + 1);
    const kept = new KeptTravel(1e9);
    const reader = readerFor(hub.database, viewers[0]!);
    await answerCorridors(reader, ALL, PLAIN, kept);
    const before = readings();
    expect(before).toEqual({ changes: 0, wholes: 1 });
    for (let round = 0; round < 8; round += 1) {
      for (let more = 0; more < 5; more += 1) await write((connection) => travelAgain(connection, random));
      await correct(random);
      await compare(reader, kept);
    }
    expect(readings()).toEqual({ changes: 8, wholes: 1 + 8 });
  });
});

it('what was written meanwhile by a transaction that began before counts once it ends', async () => {
  if (hub.database.mode === 'embedded') return;
  const random = seededRandom(SEED + 2);
  const kept = new KeptTravel(1e9);
  const reader = readerFor(hub.database, viewers[0]!);
  for (let round = 0; round < 5; round += 1) {
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const slow = write(async (connection) => {
      await travelAgain(connection, random);
      begin();
      await ended;
      await travelAgain(connection, random);
    });
    await begun;
    // One that began later and ends sooner.
    await write((connection) => travelAgain(connection, random));
    await compare(reader, kept);
    await foldCounts(hub.database);
    end();
    await slow;
    await compare(reader, kept);
  }
  expect(readings().changes).toBe(9);
});

it('links of incidents, and notes that were forgotten, make it read everything', async () => {
  const kept = new KeptTravel(1e9);
  const reader = readerFor(hub.database, viewers[0]!);
  await answerCorridors(reader, ALL, PLAIN, kept);
  const wholesAfter = async (
    work: (connection: Queryable) => Promise<unknown>,
    folds = false,
  ): Promise<number> => {
    await write(work);
    // On a connection of its own: the embedded database has one.
    if (folds) await foldCounts(hub.database);
    const before = readings().wholes;
    await compare(reader, kept);
    return readings().wholes - before - 1;
  };
  expect(await wholesAfter((connection) => correctOne(connection))).toBe(0);
  expect(await wholesAfter(link)).toBe(1);
  expect(
    await wholesAfter((connection) =>
      connection.execute(`update same_incident_link set status = 'rejected'`),
    ),
  ).toBe(1);
  expect(await wholesAfter(age, true)).toBe(0);
  await write((connection) => correctOne(connection));
  expect(await wholesAfter(age, true)).toBe(1);
  // Of very many at once a note names none; its transaction may end when it is old enough to be forgotten.
  const manyForLong = async (connection: Queryable) => {
    await correctOne(connection);
    await connection.execute(
      `update movement_change set movements = null, written_at = written_at - interval '1 hour' where transaction = pg_current_xact_id()`,
    );
  };
  expect(await wholesAfter(manyForLong, true)).toBe(1);
});

it('is of one sight: whoever sees fewer, or in part, is answered from their own rows', async () => {
  const kept = new KeptTravel(1e9);
  const [viewer] = viewers;
  for (const seen of [
    viewer!,
    { ...viewer!, fullClasses: viewer!.fullClasses.slice(1) },
    { ...viewer!, fullClasses: [] },
    viewers[1]!,
  ]) {
    const before = readings().wholes;
    await compare(readerFor(hub.database, seen), kept);
    expect(readings().wholes - before).toBe(2);
  }
});

/** Notes of changes, as if an hour had passed. */
const age = (connection: Queryable): Promise<number> =>
  connection.execute(`update movement_change set written_at = written_at - interval '1 hour'`);

async function compare(reader: ViewerReader, kept: KeptTravel): Promise<void> {
  expect(await answerCorridors(reader, ALL, PLAIN, kept)).toEqual(await answerCorridors(reader, ALL, PLAIN));
}

/** Few of each, so that the same is often asked again. */
function drawViewer(random: Random): Viewer {
  const viewer = viewers[random.int(viewers.length)]!;
  // As after a grant that was given or taken back.
  return random.int(6) === 0 ? { ...viewer, fullClasses: viewer.fullClasses.slice(1) } : viewer;
}

function drawMovements(random: Random): AskedMovements {
  return random.int(3) > 0
    ? ALL
    : { ...ALL, search: { countries: [{ country: 'NPL', role: 'source' }], waypointKinds: ['observed'] } };
}

function drawQuestion(random: Random): CorridorQuestion {
  return {
    ...PLAIN,
    supportAtLeast: 2 + random.int(3),
    originsAtLeast: 1 + random.int(2),
    nodeResolution: 4 + random.int(3),
    gatherKm: random.int(3) * 20,
    withEvidence: random.int(2) === 0,
    withForecast: random.int(3) === 0,
    withForecastTest: random.int(3) === 0,
    ids: random.int(4) === 0 ? ['0'.repeat(32)] : null,
  };
}

/** Another incident's movement, by the stops of one that is there, some of them as another's. */
async function travelAgain(connection: Queryable, random: Random): Promise<void> {
  const [first, second] = await connection.query<{ id: string }>(
    'select m.id from movement m where m.known_to is null and exists (select from waypoint w where w.movement_id = m.id) order by md5(m.id::text || $1) limit 2',
    [String(random.int(1_000_000))],
  );
  if (first === undefined || second === undefined) throw new Error('found no movements, wanted the demo');
  const [incident, movement] = [randomUUID(), randomUUID()];
  const copy = (table: string, id: string, changed: object): Promise<number> =>
    connection.execute(
      `insert into ${table} select (jsonb_populate_record(t, $2::jsonb)).* from ${table} t where t.id = $1`,
      [id, JSON.stringify(changed)],
    );
  await connection.execute(
    `insert into incident select (jsonb_populate_record(i, $2::jsonb)).* from incident i join movement m on m.incident_id = i.id where m.id = $1`,
    [first.id, JSON.stringify({ id: incident })],
  );
  await copy('movement', first.id, { id: movement, incident_id: incident });
  const from = random.int(3) === 0 ? second.id : first.id;
  await connection.execute(
    `insert into waypoint select (jsonb_populate_record(w, jsonb_build_object('id', gen_random_uuid(), 'movement_id', $2::uuid,
       'visibility_class_id', m.visibility_class_id, 'owner_id', m.owner_id))).* from waypoint w join movement m on m.id = $2::uuid where w.movement_id = $1`,
    [from, movement],
  );
}

async function correct(random: Random): Promise<void> {
  await write(async (connection) => {
    await connection.execute(
      `update movement set persons_max = null, persons_min = persons_min + 1 where id in (select id from movement where known_to is null order by md5(id::text || $1) limit 3)`,
      [String(random.int(1_000_000))],
    );
    await connection.execute(
      `update waypoint set kind = 'inferred' where id in (select id from waypoint order by md5(id::text || $1) limit 3)`,
      [String(random.int(1_000_000))],
    );
  });
}

const correctOne = (connection: Queryable): Promise<number> =>
  connection.execute(
    `update movement set persons_max = null, persons_min = persons_min + 1 where id = (select min(id::text)::uuid from movement where known_to is null and owner_id = $1)`,
    [viewers[0]!.organisationId],
  );

const link = (connection: Queryable): Promise<number> =>
  connection.execute(
    `insert into same_incident_link (id, owner_id, visibility_class_id, incident_a, incident_b, status, grade)
     select gen_random_uuid(), min(m.owner_id::text)::uuid, min(m.visibility_class_id), min(m.incident_id::text)::uuid, max(m.incident_id::text)::uuid, 'confirmed', 0.5
     from movement m where m.known_to is null and m.owner_id = $1`,
    [viewers[0]!.organisationId],
  );
