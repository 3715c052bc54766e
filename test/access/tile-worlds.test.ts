/** Tiles of random worlds say what GraphQL's lists say to the same viewer, and the same whatever is hidden. */
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { centreOf, fromIndex, toIndex } from '../../src/geo/cells.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { hubServices } from '../../src/schema.ts';
import { LAYER_NAMES } from '../../src/serving/tiles/tile-layers.ts';
import { drawFilter } from '../property/filters.ts';
import { Onlooker } from '../property/oracle-answers.ts';
import { otherWorld } from '../property/other-world.ts';
import { drawWorld } from '../property/run-worlds.ts';
import type { KnownPlace, World } from '../property/world.ts';
import { addWorlds, clearRecords, readPlaces, replaceRecords } from '../property/world-store.ts';
import { draws } from '../support/draws.ts';
import { answer, openTestHub, type TestHub } from '../support/test-hub.ts';
import { askTile, isInside, type ReadFeature, readTile, tileAt, tilesOf } from '../support/tile-reading.ts';

const WORLDS = draws(6, 40, process.env.WORLDS);
const SEED = Number(process.env.SEED ?? 7_100_000);

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

interface Placed {
  readonly id: string;
  readonly position: { readonly longitude: number; readonly latitude: number } | null;
  readonly cell: string | null;
}

const PLACED = 'position { longitude latitude } cell';
const LISTS = {
  incidents: { table: 'incident', input: 'IncidentFilter', nodes: `id ${PLACED}` },
  crossings: { table: 'crossing', input: 'CrossingFilter', nodes: `id ${PLACED}` },
  movements: { table: 'movement', input: 'MovementFilter', nodes: `id waypoints { ${PLACED} }` },
} as const;
type List = keyof typeof LISTS;

/** As GraphQL lists them: incidents, crossings, or each place on the way of movements. */
async function listed(viewer: Viewer, list: List, filter: unknown): Promise<readonly Placed[]> {
  const { input, nodes } = LISTS[list];
  const text = `query ($filter: ${input}) { list: ${list}(filter: $filter, first: 500) { totalCount nodes { ${nodes} } } }`;
  type Node = Placed & { readonly waypoints?: readonly Placed[] };
  const found = await answer<{ list: { totalCount: number; nodes: Node[] } }>(hub, viewer, text, { filter });
  expect(found.list.nodes).toHaveLength(found.list.totalCount);
  return found.list.nodes.flatMap(({ waypoints, ...node }) =>
    waypoints === undefined ? [node] : waypoints.map((place) => ({ ...place, id: node.id })),
  );
}

/** Names of cells are kept; resolution 15 has no digits set to 7. */
const resolutionOf = (cell: string): number => Number((BigInt(`0x${cell}`) >> 52n) & 15n);
const wider = (cell: string, resolution: number): string => {
  if (resolutionOf(cell) <= resolution) return cell;
  const digits = (1n << BigInt(3 * (15 - resolution))) - 1n;
  return toIndex((BigInt(`0x${cell}`) & ~(15n << 52n)) | (BigInt(resolution) << 52n) | digits);
};

const tally = (keys: readonly string[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const key of keys.toSorted()) sums[key] = (sums[key] ?? 0) + 1;
  return sums;
};

async function compare(viewer: Viewer, list: List, filter: unknown, seen: Seen): Promise<void> {
  const rows = await listed(viewer, list, filter);
  const points = rows.flatMap(({ id, position }) => (position === null ? [] : [{ id, ...position }]));
  const areas = rows.flatMap(({ position, cell }) => (position === null && cell !== null ? [cell] : []));
  seen.points += points.length;
  seen.areas += areas.length;
  const services = hubServices(hub);
  const cellsOn = new Map<string, number>();
  const ask = async (tile: [number, number, number]): Promise<readonly ReadFeature[]> => {
    const read = readTile(await askTile(hub, viewer, list, tile, filter, services));
    for (const { tags } of read[`${list}-cells`] ?? []) cellsOn.set(String(tags.cell), Number(tags.count));
    return (read[list] ?? []).filter(isInside);
  };
  const sum = (features: readonly ReadFeature[]): number =>
    features.reduce((all, { tags }) => all + Number(tags.count), 0);
  // Every tile of the world, counted.
  for (const [zoom, resolution] of [
    [0, 2],
    [2, 3],
  ] as const) {
    if (list === 'movements') continue;
    cellsOn.clear();
    const features = (await Promise.all(tilesOf(zoom).map(ask))).flat();
    expect(sum(features)).toBe(points.length);
    expect(Object.fromEntries([...cellsOn].sort())).toEqual(
      tally(areas.map((cell) => wider(cell, resolution))),
    );
  }
  // Where something is, and counted where a tile does not know what its neighbour counted.
  const around = (zoom: number, steps: readonly number[]): [number, number, number][] => {
    const tiles = new Map<string, [number, number, number]>();
    for (const { longitude, latitude } of points) {
      const [z, x, y] = tileAt(zoom, longitude, latitude);
      for (const dx of steps)
        for (const dy of steps)
          if (y + dy >= 0 && y + dy < 2 ** z)
            tiles.set(`${x + dx} ${y + dy}`, [z, (x + dx + 2 ** z) % 2 ** z, y + dy]);
    }
    return [...tiles.values()];
  };
  expect(sum((await Promise.all(around(9, [-1, 0, 1]).map(ask))).flat())).toBe(points.length);
  // What is an area alone, and nothing that is a point too, wherever either lies.
  cellsOn.clear();
  const middles = areas.map((cell) => {
    const [longitude, latitude] = centreOf(fromIndex(cell));
    return tileAt(8, longitude, latitude);
  });
  await Promise.all([...middles, ...around(8, [0])].map(ask));
  expect(Object.fromEntries([...cellsOn].sort())).toEqual(tally(areas.map((cell) => wider(cell, 6))));
  if (viewer.partial.length > 0 && points.length > 0) seen.both += 1;
  // One by one, and by name.
  const drawn = (await Promise.all(around(12, [0]).map(ask))).flat();
  expect(drawn.map(({ tags }) => String(tags.id)).toSorted()).toEqual(points.map(({ id }) => id).toSorted());
}

interface Seen {
  points: number;
  areas: number;
  /** Questions of viewers to whom some is shown in part and some whole. */
  both: number;
}

describe('tiles of random worlds', () => {
  it('say what the lists say, with and without filters', async () => {
    const seen: Seen = { points: 0, areas: 0, both: 0 };
    for (const [index, world] of worlds.entries()) {
      for (const [who, viewer] of (viewers[index] ?? []).entries()) {
        const onlooker = new Onlooker(world, world.viewers[who]!);
        const random = seededRandom(world.question + who);
        for (const list of Object.keys(LISTS) as List[]) {
          const filter = drawFilter(LISTS[list].table, random, onlooker, places).variables;
          await compare(viewer, list, undefined, seen).catch((error: Error) => {
            throw new Error(`world ${SEED + index}, ${list}: ${error.message}`, { cause: error });
          });
          await compare(viewer, list, filter, seen).catch((error: Error) => {
            throw new Error(`world ${SEED + index}, ${list} ${JSON.stringify(filter)}: ${error.message}`, {
              cause: error,
            });
          });
        }
      }
    }
    // A run that met no area or no point has proved nothing.
    expect(seen.points).toBeGreaterThan(WORLDS);
    expect(Math.min(seen.areas, seen.both)).toBeGreaterThan(0);
  });

  it('are the same bytes in another world that differs in what is hidden alone', async () => {
    const watchers = worlds.map((world, index) => index % world.viewers.length);
    const askAll = async (): Promise<string[]> => {
      const tiles: string[] = [];
      for (const [index, watcher] of watchers.entries()) {
        const viewer = viewers[index]?.[watcher] as Viewer;
        const services = hubServices(hub);
        // All of a world at once, as a map asks.
        const asked = LAYER_NAMES.flatMap((layer) =>
          [[0, 0, 0] as const, tileAt(5, 85.3, 27.7), tileAt(8, 85.3, 27.7), tileAt(10, 85.3, 27.7)].flatMap(
            (tile) =>
              [undefined, ...(AT.has(layer) ? [{ asKnownAt: '2026-05-15T00:00:00.000Z' }] : [])].map(
                async (filter) => {
                  const drawn = await askTile(hub, viewer, layer, tile, filter, services);
                  return `${index} ${layer} ${tile.join('/')} ${drawn === null ? '-' : gunzipSync(drawn).toString('base64')}`;
                },
              ),
          ),
        );
        tiles.push(...(await Promise.all(asked)));
      }
      return tiles;
    };
    const before = await askAll();
    await replaceRecords(
      hub.database,
      worlds.map((world, index) => otherWorld(world, world.viewers[watchers[index]!]!, SEED + index)),
    );
    expect(await askAll()).toEqual(before);
    expect(
      before.filter((text) => text.includes(' incidents ') && !text.endsWith('-')).length,
    ).toBeGreaterThan(WORLDS);
    await clearRecords(hub.database);
  });
});

const AT: ReadonlySet<string> = new Set(['density', 'incidents', 'crossings', 'movements', 'flows']);
