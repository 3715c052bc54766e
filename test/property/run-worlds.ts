/** Draws worlds by number, compares each with the naive policy, then changes what is hidden and asks again. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Viewer } from '../../src/access/viewer.ts';
import type { Hub } from '../../src/cli/hub.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import type { Database } from '../../src/platform/database.ts';
import { DOORS, nameOf } from '../access/doors.ts';
import { SURFACES, type Surface } from '../access/surfaces.ts';
import { type AskDoors, doorsOf } from './ask-doors.ts';
import { type Asker, makeAsker } from './asker.ts';
import { ADDING_UP } from './check-figures.ts';
import { checkWorld } from './check-world.ts';
import { sightOf } from './oracle.ts';
import { otherWorld } from './other-world.ts';
import { buildWorld, type KnownPlace, type World } from './world.ts';
import { worldPlan } from './world-plan.ts';
import { addWorlds, clearRecords, readPlaces, replaceRecords } from './world-store.ts';

export interface WorldsRun {
  /** World number n of a run is drawn from seed + n alone, so that it can be drawn again. */
  readonly seed: number;
  readonly worlds: number;
  readonly onProgress?: (done: number) => void;
  /** Each world is asked, for each viewer and surface, one of so many questions, drawn by its seed: 1 is all of them, and what is meant unless told. */
  readonly oneOf?: number;
  /** For trying whether a hole in the wall would be found: what viewers become before they ask. */
  readonly planted?: (viewer: Viewer) => Viewer;
}

export interface WorldsSeen {
  readonly worlds: number;
  readonly viewers: number;
  readonly rows: number;
  /** Pairs of a viewer and a row by how the viewer may see it: a run without all three has proved nothing. */
  readonly full: number;
  readonly coarse: number;
  readonly hidden: number;
  /** Worlds in which an establishment that people were recovered from is named in another incident too. */
  readonly resupplied: number;
  /** Tiles with something on them, and rows of exports, of the first of the two worlds. */
  readonly tiles: number;
  readonly exported: number;
  /** In how many worlds the surface that was asked least often was asked of two worlds that differ in what is hidden, and which it is. */
  readonly least: readonly [surface: string, worlds: number];
  /** Answers that the fast path gave, of those the policy was asked about. */
  readonly fast: number;
}

/** Side by side in one database, where each is hidden from all others. More cost every list a longer way through its index. */
const SIDE_BY_SIDE = 20;

/** Throws on the first difference, naming the world's seed. */
export async function runWorlds(hub: Hub, run: WorldsRun): Promise<WorldsSeen> {
  const { database } = hub;
  const asker = makeAsker(hub);
  const doors = doorsOf(hub);
  const places = await readPlaces(database);
  const tally = {
    worlds: 0,
    viewers: 0,
    rows: 0,
    full: 0,
    coarse: 0,
    hidden: 0,
    resupplied: 0,
    tiles: 0,
    exported: 0,
  };
  const { planted = (viewer) => viewer, oneOf = 1 } = run;
  const asked = new Map(
    [...QUESTIONS.map(({ surface }) => surface.root), ...DOORS.map(nameOf)].map((name) => [name, 0]),
  );
  for (let start = 0; start < run.worlds; start += SIDE_BY_SIDE) {
    const seeds = Array.from(
      { length: Math.min(SIDE_BY_SIDE, run.worlds - start) },
      (_, index) => run.seed + start + index,
    );
    const worlds = seeds.map((seed) => drawWorld(seed, places));
    const viewers = (await addWorlds(database, worlds)).map((asked) => asked.map(planted));
    asker.renew();
    for (const [index, world] of worlds.entries()) {
      try {
        await checkWorld(asker, world, viewers[index] ?? [], places, { oneOf, seed: seeds[index] ?? 0 });
      } catch (error) {
        throw new Error(
          `world ${seeds[index]} (SEED=${seeds[index]} WORLDS=1): ${(error as Error).message}`,
          { cause: error },
        );
      }
      count(tally, world);
    }
    const questions = questionsAt(places);
    await compareWithOthers(
      { database, asker, doors, questions, tally, asked, oneOf },
      worlds,
      viewers,
      seeds,
    );
    await clearRecords(database);
    run.onProgress?.(start + seeds.length);
  }
  const [least = ['nothing', 0] as const] = [...asked].toSorted(([, a], [, b]) => a - b);
  return { ...tally, least, fast: asker.fast };
}

export function drawWorld(seed: number, places: readonly KnownPlace[]): World {
  const [plan] = fc.sample(worldPlan, { seed, numRuns: 1 });
  if (plan === undefined) throw new Error(`found no world for seed ${seed}`);
  return buildWorld(plan, seed, places);
}

interface Comparing {
  readonly database: Database;
  readonly asker: Asker;
  readonly doors: AskDoors;
  readonly questions: readonly Question[];
  readonly tally: { tiles: number; exported: number };
  /** Worlds by surface. */
  readonly asked: Map<string, number>;
  readonly oneOf: number;
}

async function compareWithOthers(
  { database, asker, doors, questions, tally, asked, oneOf }: Comparing,
  worlds: readonly World[],
  viewers: readonly (readonly Viewer[])[],
  seeds: readonly number[],
): Promise<void> {
  const watchers = worlds.map((world, index) => (seeds[index] ?? 0) % world.viewers.length);
  const drawn = worlds.map((_, index) => {
    const random = seededRandom(seeds[index] ?? 0);
    return {
      questions: questions.filter(() => random.int(oneOf) === 0),
      doors: DOORS.filter(() => random.int(oneOf) === 0),
    };
  });
  for (const { questions: some, doors: open } of drawn)
    for (const name of new Set([...some.map(({ surface }) => surface.root), ...open.map(nameOf)]))
      asked.set(name, (asked.get(name) ?? 0) + 1);
  const askAll = () =>
    Promise.all(
      watchers.map(async (watcher, index) => {
        const viewer = viewers[index]?.[watcher] as Viewer;
        const answers = await everything(asker, viewer, drawn[index]?.questions ?? []);
        const { said, ...seen } = await doors(viewer, drawn[index]?.doors ?? []);
        return { answers: [...answers, ...said], ...seen };
      }),
    );
  const before = await askAll();
  await replaceRecords(
    database,
    worlds.map((world, index) => {
      const watcher = world.viewers[watchers[index] ?? 0];
      return watcher === undefined ? world : otherWorld(world, watcher, seeds[index] ?? 0);
    }),
  );
  const after = await askAll();
  for (const [index, { answers, tiles, rows }] of before.entries()) {
    tally.tiles += tiles;
    tally.exported += rows;
    const others = after[index]?.answers ?? [];
    if (isDeepStrictEqual(answers, others)) continue;
    const which = answers.findIndex((answer, at) => answer !== others[at]);
    const seed = seeds[index];
    throw new Error(
      `world ${seed} (SEED=${seed} WORLDS=1): two worlds that differ only in what is hidden from viewer ${watchers[index]} are told apart: ` +
        `${drawn[index]?.questions[which]?.surface.root ?? 'a tile or an export'} said ${answers[which]} and then ${others[which]}`,
    );
  }
}

interface Question {
  readonly surface: Surface;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What is asked of places is asked of those that the worlds know. */
function questionsAt(places: readonly KnownPlace[]): readonly Question[] {
  const crossingPoints = places.slice(0, 2).map(({ id }) => id);
  return QUESTIONS.map(({ surface, variables }) => ({
    surface,
    variables: 'crossingPoints' in variables ? { ...variables, crossingPoints } : variables,
  }));
}

/** Every surface as its example asks it, and figures by what a coarse sight hides. */
const QUESTIONS: readonly Question[] = [
  ...SURFACES.filter(({ compared }) => compared !== 'public').map((surface) => ({
    surface,
    variables: surface.example,
  })),
  ...[
    ['MONTH', 'OWNER'],
    ['ORIGIN_CELL'],
    ['CROSSING_CELL'],
    ['CROSSING_POINT'],
    ['SEX', 'AGE_BAND'],
    [],
  ].flatMap((groupBy) =>
    SURFACES.filter(({ root }) => root === 'flows').map((surface) => ({
      surface,
      variables: { groupBy, cellResolution: 7 },
    })),
  ),
  ...[['ORIGIN_COUNTRY', 'DESTINATION_COUNTRY', 'MONTH'], ['MODE', 'QUARTER'], []].map((groupBy) => ({
    surface: ADDING_UP,
    variables: { groupBy },
  })),
  ...[['OWNER', 'KIND', 'QUARTER'], ['STATION'], ['YEAR'], []].flatMap((groupBy) =>
    SURFACES.filter(({ root }) => root === 'dataQuality').map((surface) => ({
      surface,
      variables: { groupBy },
    })),
  ),
  ...['reports', 'incidents', 'movements', 'crossings', 'entities', 'flowObservations'].flatMap((root) =>
    SURFACES.filter((surface) => surface.root === root).flatMap((surface) => [
      { surface, variables: { filter: { asKnownAt: '2026-05-15T00:00:00.000Z' } } },
      { surface, variables: { first: 1 } },
    ]),
  ),
];

/** Refusals are answers too: they must not tell worlds apart either. One after the other: as many worlds ask at once as there are connections to wait for. */
async function everything(asker: Asker, viewer: Viewer, questions: readonly Question[]): Promise<string[]> {
  const answers: string[] = [];
  for (const { surface, variables } of questions)
    answers.push(
      await asker.ask(viewer, surface, variables).then(
        (answer) => JSON.stringify(answer),
        (error: Error) => `refused: ${error.message.split('\n')[0]}`,
      ),
    );
  return answers;
}

function count(
  tally: Record<'worlds' | 'viewers' | 'rows' | 'resupplied' | 'full' | 'coarse' | 'hidden', number>,
  world: World,
): void {
  tally.worlds += 1;
  tally.viewers += world.viewers.length;
  tally.rows += world.rows.length;
  tally.resupplied += Number(isResupplied(world));
  for (const viewer of world.viewers) {
    for (const row of world.rows) tally[sightOf(world, viewer, row) ?? 'hidden'] += 1;
  }
}

function isResupplied({ rows }: World): boolean {
  const of = (table: string) => rows.filter((row) => row.table === table).map(({ columns }) => columns);
  const recoveries = new Set(of('incident').flatMap(({ id, kind }) => (kind === 'recovery' ? [id] : [])));
  const houses = new Set(of('entity').flatMap(({ id, kind }) => (kind === 'establishment' ? [id] : [])));
  const tokens = new Map(of('selector').map(({ entity_id, token }) => [entity_id, token]));
  const named = Map.groupBy(
    of('participation').filter(({ entity_id }) => houses.has(entity_id)),
    ({ entity_id }) => tokens.get(entity_id),
  );
  return [...named.values()].some((parts) => {
    const incidents = new Set(parts.map(({ incident_id }) => incident_id));
    return incidents.size > 1 && [...incidents].some((id) => recoveries.has(id));
  });
}
