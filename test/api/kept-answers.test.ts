/** An answer is derived once for a sight and a state of what that sight shows, and never given to another. */
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readerFor } from '../../src/access/reader.ts';
import { readScopeVersion } from '../../src/access/scope-version.view.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { type AnswerStore, AnswersInMemory } from '../../src/graphql/kept-answers.ts';
import { foldCounts } from '../../src/records/flows/fold-counts.service.ts';
import { hubServices } from '../../src/schema.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
let watch: Viewer;
let trust: Viewer;
beforeAll(async () => {
  hub = await openTestHub('demo');
  watch = await viewerFor(hub, 'terai-watch', 'analyst');
  trust = await viewerFor(hub, 'harbour-lamp', 'analyst');
});
afterAll(() => hub.close());

const QUESTION = '{ flows(groupBy: [ORIGIN_COUNTRY]) { originCountry movements independentOrigins } }';

describe('a kept answer', () => {
  it('is given again without reading a record, until a row that the viewer sees was written', async () => {
    const services = hubServices(hub);
    const ask = (viewer: Viewer) => answer(hub, viewer, QUESTION, undefined, services);
    const first = await ask(watch);
    hub.statements.length = 0;
    expect(await ask(watch)).toEqual(first);
    expect(hub.statements.filter((text) => text.includes('movement'))).toEqual([]);
    expect(hub.statements.some((text) => text.includes('class_change'))).toBe(true);

    await hideOne(watch);
    hub.statements.length = 0;
    const changed = await ask(watch);
    expect(hub.statements.some((text) => text.includes('movement'))).toBe(true);
    expect(changed).not.toEqual(first);
    expect(changed).toEqual(await answer(hub, watch, QUESTION));
  });

  it('of corridors holds the ids that were asked for, and is none for who asks for others', async () => {
    const store = new AnswersInMemory();
    const held: { allMovementIds: unknown[]; allIncidentIds: unknown[] }[] = [];
    const answers: AnswerStore = {
      keep: async (name, version, derive, asker) => {
        const value = await store.keep(name, version, derive, asker);
        held.push((value as { nodes: typeof held }).nodes[0]!);
        return value;
      },
    };
    const services = hubServices({ ...hub, answers });
    const fields = ['howKnown { sentence }', 'movementIds(first: 3)', 'incidentIds(first: 3)'];
    for (const field of [...fields, ...fields, fields.join(' ')]) {
      const bundles = field.includes('incidentIds') ? 'bundles { incidentIds(first: 2) }' : '';
      const text = `{ corridors(first: 5) { nodes { id ${field} } ${bundles} } }`;
      expect(await answer(hub, watch, text, undefined, services)).toEqual(await answer(hub, watch, text));
    }
    expect(held.map((one) => [one.allMovementIds.length > 0, one.allIncidentIds.length > 0])).toEqual([
      ...Array.from({ length: 2 }, () => [
        [false, false],
        [true, false],
        [false, true],
      ]).flat(),
      [true, true],
    ]);
  });

  it('is of one sight: another organisation, role or purpose derives its own', async () => {
    const services = hubServices(hub);
    await answer(hub, watch, QUESTION, undefined, services);
    for (const other of [
      trust,
      { ...watch, role: 'dashboard' as const },
      { ...watch, purposes: ['analysis'] as never },
      { ...watch, fullClasses: watch.fullClasses.slice(1) },
    ]) {
      hub.statements.length = 0;
      const found = await answer(hub, other, QUESTION, undefined, services);
      expect(hub.statements.some((text) => text.includes('movement'))).toBe(true);
      expect(found).toEqual(await answer(hub, other, QUESTION));
    }
  });

  it('stays good while only what the viewer cannot see is written', async () => {
    const stranger = await viewerFor(hub, 'another-desk', 'analyst');
    const version = () => readScopeVersion(readerFor(hub.database, stranger));
    const before = await version();
    await hideOne(watch);
    expect(await version()).toBe(before);
    await hub.database.unrestricted('write to the gazetteer for a test', (connection) =>
      connection.execute(
        'update place set population = population where id = (select min(id::text)::uuid from place)',
      ),
    );
    expect(await version()).not.toBe(before);
  });

  it('is known by a version that folding leaves as it is, and that undone writing does not move', async () => {
    const version = () => readScopeVersion(readerFor(hub.database, watch));
    for (let i = 0; i < 60; i += 1) await hideOne(watch);
    const before = await version();
    await foldCounts(hub.database);
    expect(await version()).toBe(before);
    const undone = hub.database.unrestricted('write and fail for a test', async (connection) => {
      await connection.execute('update movement set version = version + 1');
      throw new Error('changed its mind');
    });
    await expect(undone).rejects.toThrow('changed its mind');
    expect(await version()).toBe(before);
  });
});

it('is outlived by no write: every table of owned rows is watched', async () => {
  const tables = await hub.database.asOwner((connection) =>
    connection.query<{ name: string; watches: number }>(
      `select c.relname::text as name, (select count(*) from pg_trigger t join pg_proc p on p.oid = t.tgfoid
         where t.tgrelid = c.oid and p.proname = 'class_changed')::int as watches
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'visibility_class_id' and not a.attisdropped
       where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
    ),
  );
  expect(tables.length).toBeGreaterThan(30);
  // Sums change with what they sum; rows of imports and views of the dashboard are in no answer that is kept.
  const others = [
    'class_change',
    'flow_rollup',
    'import_row',
    'map_rollup',
    'movement_apart',
    'movement_change',
    'movement_stops_apart',
    'movement_stops_counted',
    'saved_view',
    'settled_row',
    'stop_rollup',
    'target',
    'target_step',
  ];
  expect(tables.filter(({ watches }) => watches !== 3).map(({ name }) => name)).toEqual(others);
});

describe('the memory of answers', () => {
  it('derives once for many who ask at once, and again after a failure', async () => {
    const answers = new AnswersInMemory(1_000);
    let derived = 0;
    const derive = async () => {
      derived += 1;
      if (derived === 2) throw new Error('no');
      return derived;
    };
    expect(await Promise.all([1, 2, 3].map(() => answers.keep('a', '1', derive)))).toEqual([1, 1, 1]);
    await expect(answers.keep('a', '2', derive)).rejects.toThrow('no');
    expect(await answers.keep('a', '2', derive)).toBe(3);
    expect(await answers.keep('a', '1', derive)).toBe(4);
  });

  it('holds no more than it may, forgetting what was asked for longest ago, and nothing for long', async () => {
    let now = 0;
    const answers = new AnswersInMemory(250, () => now);
    let derived = 0;
    const ask = (key: string) =>
      answers.keep(key, '1', async () => {
        derived += 1;
        return key.repeat(97);
      });
    for (const key of ['a', 'b', 'a', 'c']) await ask(key);
    expect(derived).toBe(3);
    await ask('a');
    expect(derived).toBe(3);
    await ask('b');
    expect(derived).toBe(4);
    now = 16 * 60_000;
    await ask('b');
    expect(derived).toBe(5);
  });
});

/** Takes one living movement out of every count. */
async function hideOne(viewer: Viewer): Promise<void> {
  await hub.database.unrestricted('end a movement for a test', (connection) =>
    connection.execute(
      `update movement set known_to = now() where id = (select id from movement where known_to is null and owner_id = $1 and verification <> 'should_not_count' order by id limit 1)`,
      [viewer.organisationId],
    ),
  );
}
