/** Rollups say what the records say, whatever was written in which order, folded or not. OPERATIONS=2000 SEED=1 npm run test:property. */
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readerFor } from '../../src/access/reader.ts';
import { COARSE } from '../../src/access/sight.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import type { Queryable } from '../../src/platform/database.ts';
import { FLOW_DIMENSIONS, type FlowDimension } from '../../src/records/flows/flow.type.ts';
import { type FlowQuestion, readFlows } from '../../src/records/flows/flow.view.ts';
import { foldCounts } from '../../src/records/flows/fold-counts.service.ts';
import { rollupFor } from '../../src/records/flows/rolled-up.ts';
import { readRolledUp } from '../../src/records/flows/rolled-up.view.ts';
import { openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';
import { rollupDifferences } from './rollup-differences.ts';
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
    expect(await write(rollupDifferences)).toEqual({ cells: [], apart: [], blocks: [] });
    for (let done = 0; done < OPERATIONS; done += 1) {
      await write((connection) => writeMovements(connection, random));
      if (done % 20 !== 19) continue;
      expect({ done, ...(await write(rollupDifferences)) }).toEqual({
        done,
        cells: [],
        apart: [],
        blocks: [],
      });
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
    expect(await write(rollupDifferences)).toEqual({ cells: [], apart: [], blocks: [] });
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

  it('classes that are added up in blocks make no difference to anybody who sees all, some, one or a part of them', async () => {
    const random = seededRandom(SEED + 2);
    const classes = await write((connection) =>
      connection.query<{ id: number }>('select id from visibility_class order by id'),
    );
    const real = await viewerFor(hub, 'harbour-lamp', 'analyst');
    let groups = 0;
    let besideUnfolded = 0;
    for (let round = 0; round < OPERATIONS / 6; round += 1) {
      for (let written = 0; written < 2; written += 1)
        await write((connection) => writeMovements(connection, random));
      if (random.int(2) === 0) await foldCounts(hub.database);
      const ids = classes.map(({ id }) => id);
      for (const viewer of drawViewers(random, real, ids)) {
        const reader = readerFor(hub.database, viewer);
        const { countries, verifications } = drawSearch(random);
        const search = { ...(countries && { countries }), ...(verifications && { verifications }) };
        const question = { ...drawQuestion(random), dimensions: PAIRS[random.int(PAIRS.length)]! };
        const movements = { search, asKnown: { at: null } };
        const choice = rollupFor(movements, question);
        if (choice === null) throw new Error('found no rollup of pairs, wanted one');
        hub.statements.length = 0;
        const found = await readRolledUp(reader, movements, question, choice);
        const inBlocks = hub.statements.some((text) => text.includes('flow_block_cell'));
        expect(inBlocks).toBe(viewer.fullClasses.length > 1);
        const wanted = await readFlows(reader, movements, question);
        expect({ round, viewer, search, question, rows: found }).toEqual({
          round,
          viewer,
          search,
          question,
          rows: wanted,
        });
        groups += wanted.length;
        const [unfolded] = await reader.read((connection) =>
          connection.query(
            `select 1 from flow_block b join flow_rollup r on b.classes @> r.visibility_class_id where r.grain = 'pair' and not r.folded limit 1`,
          ),
        );
        if (unfolded !== undefined) besideUnfolded += 1;
      }
      expect(await write(rollupDifferences)).toEqual({ cells: [], apart: [], blocks: [] });
    }
    expect(groups).toBeGreaterThan(300);
    expect(besideUnfolded).toBeGreaterThan(5);
  });
});

const PAIRS: readonly (readonly FlowDimension[])[] = [
  ['origin_country', 'destination_country'],
  ['origin_country'],
  [],
];

/** Who sees everything as stored, all but one class, one class alone, everything in part, and two of whom each class is drawn. */
function drawViewers(random: Random, real: Viewer, ids: readonly number[]): readonly Viewer[] {
  const one = ids[random.int(ids.length)]!;
  const others = ids.filter((id) => id !== one);
  const mixed = (): readonly [readonly number[], readonly number[]] => {
    const drawn = ids.map((id) => ({ id, seen: random.int(6) }));
    return [
      drawn.filter(({ seen }) => seen > 1).map(({ id }) => id),
      drawn.filter(({ seen }) => seen === 1).map(({ id }) => id),
    ];
  };
  return (
    [
      [ids, []],
      [others, []],
      [others, [one]],
      [[one], []],
      [[one], others],
      [[], ids],
      mixed(),
      mixed(),
    ] as const
  ).map(([fullClasses, inPart]) => ({
    ...real,
    fullClasses,
    partial: inPart.length === 0 ? [] : [{ sight: COARSE, classes: inPart }],
  }));
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
