/** Features of random worlds are what GraphQL's lists say to the same viewer, in boxes and times as the standard has them, and the same whatever is hidden. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import type { BoundingBox } from '../../src/geo/position.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { hubServices } from '../../src/schema.ts';
import type { Geometry } from '../../src/serving/exports/geometry.ts';
import { meetsBox } from '../../src/serving/ogc/meets-box.ts';
import { otherWorld } from '../property/other-world.ts';
import { drawWorld } from '../property/run-worlds.ts';
import type { KnownPlace, World } from '../property/world.ts';
import { addWorlds, clearRecords, readPlaces, replaceRecords } from '../property/world-store.ts';
import { draws } from '../support/draws.ts';
import { askFeatures, type Page, wholeCollection } from '../support/features.ts';
import type { Feature } from '../support/foreign.ts';
import { answer, openTestHub, type TestHub } from '../support/test-hub.ts';

const WORLDS = draws(5, 20, process.env.WORLDS);
const SEED = Number(process.env.SEED ?? 7_200_000);
const RECORDS = ['incidents', 'movements', 'crossings', 'interdictions'] as const;
const EXPORTERS = new Set(['analyst', 'investigator', 'data_officer']);

let hub: TestHub;
let places: readonly KnownPlace[];
let worlds: readonly World[];
let viewers: readonly (readonly Viewer[])[];
beforeAll(async () => {
  hub = await openTestHub('base');
  places = await readPlaces(hub.database);
  worlds = Array.from({ length: WORLDS }, (_, index) => drawWorld(SEED + index, places));
  viewers = await addWorlds(hub.database, worlds);
});
afterAll(() => hub.close());

type Spot = readonly [number, number];

interface Listed {
  readonly id: string;
  readonly redacted: boolean;
  readonly position?: { readonly longitude: number; readonly latitude: number } | null;
}

async function listed(viewer: Viewer, root: string, filter: object): Promise<readonly Listed[]> {
  const type = `${root[0]?.toUpperCase()}${root.slice(1, -1)}Filter`;
  const place = root === 'movements' ? '' : 'position { longitude latitude }';
  const text = `query ($filter: ${type}) { list: ${root}(filter: $filter, first: 500) { totalCount nodes { id redacted ${place} } } }`;
  const { list }: { list: { totalCount: number; nodes: readonly Listed[] } } = await answer(
    hub,
    viewer,
    text,
    {
      filter,
    },
  );
  expect(list.nodes).toHaveLength(list.totalCount);
  return list.nodes;
}

/** Every column, in the words of the list. */
async function listedInterdictions(viewer: Viewer): Promise<readonly Record<string, unknown>[]> {
  type Node = Record<string, unknown> & { readonly occurredOn: string };
  const text =
    '{ interdictions(first: 500) { nodes { id version redacted owner kind basis occurredOn country cell reference } } }';
  const { interdictions } = await answer<{ interdictions: { nodes: readonly Node[] } }>(hub, viewer, text);
  return interdictions.nodes.map(({ occurredOn, ...node }) => ({ ...node, occurred_on: occurredOn }));
}

async function featuresOf(viewer: Viewer, address: string): Promise<readonly Feature[]> {
  const services = hubServices(hub);
  const pages = await wholeCollection(async (at) => {
    const told = await askFeatures(hub, viewer, at, services);
    if (!('body' in told)) throw new Error(`${at}: ${told.message}`);
    return (told.body as [number, Page])[1];
  }, address);
  const features = pages.flatMap((page) => page.features);
  for (const page of pages) {
    expect(page.numberReturned).toBe(page.features.length);
    expect(page.numberMatched).toBe(features.length);
  }
  return features;
}

const within = (random: Random, least: number, most: number): number =>
  least + ((most - least) * random.int(10_001)) / 10_000;

/** Around something that is seen; halfway between two places on a way where there is one. */
function drawBox(random: Random, features: readonly Feature[]): BoundingBox {
  const lines = features.flatMap(({ geometry }): readonly (readonly Spot[])[] => {
    if (geometry === null) return [];
    const { type, coordinates } = geometry;
    if (type === 'Point') return [[coordinates as Spot]];
    return type === 'LineString' ? [coordinates as Spot[]] : (coordinates as Spot[][]);
  });
  const line = lines[random.int(Math.max(1, lines.length))] ?? [[85, 27]];
  const at = random.int(line.length);
  const [one, other] = [line[at]!, line[at + 1] ?? line[at]!];
  const [x, y] = [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
  const reach = random.int(2) === 0 ? 0.1 : 12;
  const turned = (longitude: number): number => longitude - 360 * Math.round(longitude / 360);
  return {
    west: turned(x - within(random, 0, reach)),
    east: turned(x + within(random, 0, reach)),
    south: Math.max(-90, y - within(random, 0, reach)),
    north: Math.min(90, y + within(random, 0, reach)),
  };
}

const boxText = ({ west, south, east, north }: BoundingBox): string => [west, south, east, north].join(',');
const idsOf = (features: readonly { readonly id?: unknown }[]): readonly string[] =>
  features.map(({ id }) => String(id));

describe('features of random worlds', () => {
  it('are the lists, page by page, in boxes and in times', async () => {
    const seen = { whole: 0, part: 0, inBox: 0, onTheWay: 0, inTime: 0 };
    for (const [index, world] of worlds.entries())
      for (const [who, viewer] of (viewers[index] ?? []).entries()) {
        if (!EXPORTERS.has(viewer.role) || viewer.organisationId === null) continue;
        const random = seededRandom(world.question + who);
        for (const root of RECORDS) {
          const where = `world ${SEED + index}, viewer ${who}, ${root}`;
          const list = await listed(viewer, root, {});
          const all = await featuresOf(viewer, `/collections/${root}/items?limit=${1 + random.int(9)}`);
          expect(idsOf(all), where).toEqual(idsOf(list));
          if (root !== 'movements')
            expect(all.map(({ geometry }) => geometry?.coordinates ?? null)).toEqual(
              list.map(({ position }) => (position == null ? null : [position.longitude, position.latitude])),
            );
          if (root === 'interdictions')
            expect(all.map(({ properties }) => properties)).toMatchObject(await listedInterdictions(viewer));
          for (const { redacted } of list) seen[redacted ? 'part' : 'whole'] += 1;
          for (let draw = 0; draw < (root === 'movements' ? 8 : 2); draw += 1) {
            const box = drawBox(random, all);
            const met = all.filter(({ geometry }) => meetsBox(geometry as Geometry | null, box));
            const found = await featuresOf(viewer, `/collections/${root}/items?bbox=${boxText(box)}`);
            expect(idsOf(found), `${where}, ${boxText(box)}`).toEqual(idsOf(met));
            seen.inBox += found.length;
            if (root === 'movements') {
              const stops = await listed(viewer, root, { area: { bbox: box } });
              seen.onTheWay += found.length - stops.length;
            } else expect(idsOf(await listed(viewer, root, { area: { bbox: box } }))).toEqual(idsOf(found));
          }
          const span = { from: '2025-11-01T00:00:00.000Z', to: '2026-05-01T00:00:00.000Z' };
          const last = new Date(Date.parse(span.to) - 1).toISOString();
          for (const [said, occurred] of [
            [`${span.from}/${last}`, span],
            [`../${last}`, { to: span.to }],
            [`${span.from}/..`, { from: span.from }],
          ] as const) {
            const found = await featuresOf(viewer, `/collections/${root}/items?datetime=${said}`);
            expect(idsOf(found), `${where}, ${said}`).toEqual(
              idsOf(await listed(viewer, root, { occurred })),
            );
            seen.inTime += found.length;
          }
        }
      }
    // A run that met nothing of a kind has proved nothing of it.
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(0);
  });

  it('are the same bytes in another world that differs in what is hidden alone', async () => {
    const watchers = worlds.map((world, index) => index % world.viewers.length);
    const some = worlds.flatMap(({ rows }) =>
      rows
        .filter(({ table }) => ['incident', 'movement', 'crossing', 'interdiction'].includes(table))
        .map(({ table, columns }) => `/collections/${table}s/items/${String(columns.id)}`),
    );
    const askAll = async (): Promise<string[]> => {
      const told: string[] = [];
      for (const [index, watcher] of watchers.entries()) {
        const viewer = viewers[index]?.[watcher] as Viewer;
        const services = hubServices(hub);
        const ask = async (address: string): Promise<void> => {
          told.push(
            `${index} ${address} ${JSON.stringify(await askFeatures(hub, viewer, address, services))}`,
          );
        };
        for (const address of [
          '/collections',
          '/api',
          '/collections/places/items?limit=3',
          ...some.filter((_, at) => at % 12 === 0),
        ])
          await ask(address);
        for (const root of [...RECORDS, 'none', 'view-none'])
          for (const asked of [
            '',
            '?limit=2',
            '?bbox=60,0,120,45',
            '?bbox=170,-30,-170,30',
            '?datetime=2026-03-01/..',
            '?colour=red',
          ])
            await ask(`/collections/${root}/items${asked}`);
      }
      return told;
    };
    const before = await askAll();
    await replaceRecords(
      hub.database,
      worlds.map((world, index) => otherWorld(world, world.viewers[watchers[index]!]!, SEED + index)),
    );
    expect(await askAll()).toEqual(before);
    expect(before.filter((text) => text.includes('"numberMatched"')).length).toBeGreaterThan(WORLDS * 5);
    expect(before.filter((text) => text.includes('"feature: found none')).length).toBeGreaterThan(WORLDS);
    await clearRecords(hub.database);
  });
});
