/** Fifty users asking at once over a few connections, in an order that a seeded scheduler decides, failures among them: does any answer hold another's row? */
import fc from 'fast-check';
import { execute, parse } from 'graphql';
import { readSlugs } from '../../src/access/organisation.view.ts';
import { readerFor } from '../../src/access/reader.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import type { Hub } from '../../src/cli/hub.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import type { RowScope, SecuredDatabase, Statement } from '../../src/platform/database.ts';
import { buildHubSchema } from '../../src/schema.ts';
import { TEST_NOW } from '../support/test-hub.ts';
import { buildWorld, type World } from './world.ts';
import { worldPlan } from './world-plan.ts';
import { addWorlds, clearRecords, readPlaces } from './world-store.ts';

export interface InterleavedRun {
  readonly users: number;
  readonly requests: number;
  /** Asked at the same time; more than there are connections, so that they queue. */
  readonly atOnce: number;
  readonly seed: number;
  readonly onProgress?: (done: number) => void;
}

export interface InterleavedSeen {
  readonly answers: number;
  readonly refusals: number;
  /** Every row of an answer that was not the asker's, and every row of the asker's that was missing. */
  readonly leaks: readonly string[];
}

const QUESTIONS = [
  '{ movements(first: 100, filter: { verifications: [UNVERIFIED, EVIDENCE, HIGH_RISK, SHOULD_NOT_COUNT] }) { totalCount nodes { id owner incident { id owner report { id owner } } } } }',
  '{ incidents(first: 100) { totalCount nodes { id owner report { id owner externalReference } entities { id owner } } } }',
  '{ reports(first: 100) { totalCount nodes { id owner incidents { id owner movements { id owner } } } } }',
  '{ entities(first: 100) { totalCount nodes { id owner statements { id owner } incidents { id owner } } } }',
].map((source) => ({ root: /\{ (\w+)/.exec(source)?.[1] ?? '', document: parse(source) }));
const TABLE: Readonly<Record<string, string>> = {
  movements: 'movement',
  incidents: 'incident',
  reports: 'report',
  entities: 'entity',
};
/** The database refuses it: its connection goes back to the pool after a rollback. */
const REFUSED = parse('{ movements(filter: { ids: ["not an id"] }) { nodes { id } } }');

export async function runInterleaved(hub: Hub, run: InterleavedRun): Promise<InterleavedSeen> {
  const random = seededRandom(run.seed);
  const places = await readPlaces(hub.database);
  const worlds = Array.from({ length: run.users }, (_, user) => aloneWorld(run.seed + user, places));
  const viewers = await addWorlds(hub.database, worlds);
  const slugs = readSlugs(hub.database);
  const schema = buildHubSchema();
  const shuffled = shuffling(hub.database, random);
  const leaks: string[] = [];
  let [asked, answers, refusals] = [0, 0, 0];
  const one = async (): Promise<void> => {
    const user = random.int(run.users);
    const world = worlds[user] as World;
    const fails = random.int(20) === 0;
    const question = QUESTIONS[random.int(QUESTIONS.length)] as (typeof QUESTIONS)[number];
    const contextValue = {
      reader: readerFor(shuffled, viewers[user]?.[0] as Viewer),
      now: TEST_NOW,
      slugs: () => slugs,
    };
    const result = await execute({ schema, document: fails ? REFUSED : question.document, contextValue });
    if (result.errors !== undefined) {
      refusals += 1;
      if (!fails) leaks.push(`user ${user}: ${result.errors[0]?.message}`);
      return;
    }
    answers += 1;
    leaks.push(
      ...foreign(JSON.parse(JSON.stringify(result.data)) as object, world, question.root).map(
        (what) => `user ${user}: ${what}`,
      ),
    );
  };
  const lane = async (): Promise<void> => {
    while (asked < run.requests) {
      asked += 1;
      if (asked % 10_000 === 0) run.onProgress?.(asked);
      await one();
    }
  };
  await Promise.all(Array.from({ length: run.atOnce }, lane));
  await clearRecords(hub.database);
  return { answers, refusals, leaks };
}

/** An organisation by itself, with a record or more. */
function aloneWorld(seed: number, places: Awaited<ReturnType<typeof readPlaces>>): World {
  const [plan] = fc.sample(worldPlan, { seed, numRuns: 1 });
  if (plan === undefined) throw new Error(`found no world for seed ${seed}`);
  return buildWorld(
    {
      ...plan,
      organisations: 1 as 2,
      grants: [],
      viewers: [{ organisation: 0, role: 'analyst', purposes: null }],
    },
    seed,
    places,
  );
}

/** Names whatever in an answer is not the world's own, or of the world's own is not there. */
function foreign(answer: object, world: World, root: string): readonly string[] {
  const slug = world.organisations[0]?.slug;
  const own = new Set(world.rows.map((row) => row.columns.id as string));
  const found: string[] = [];
  JSON.stringify(answer, (name, value: unknown) => {
    if (name === 'owner' && value !== slug) found.push(`owner ${String(value)}`);
    if (name === 'id' && !own.has(value as string)) found.push(`${root} held ${String(value)}`);
    return value;
  });
  const living = world.rows.filter(
    ({ table, columns }) => table === TABLE[root] && columns.known_to === null,
  ).length;
  const { totalCount, nodes } = (answer as Record<string, { totalCount: number; nodes: readonly unknown[] }>)[
    root
  ] ?? { totalCount: -1, nodes: [] };
  if (totalCount !== living || nodes.length !== living)
    found.push(`${root}: ${totalCount} counted, ${nodes.length} listed, ${living} wanted`);
  return found;
}

/** Between any two steps of any transaction the scheduler may let any other go first. */
function shuffling(database: SecuredDatabase, random: Random): SecuredDatabase {
  const waiting: (() => void)[] = [];
  const pump = (): void => {
    waiting.splice(random.int(waiting.length), 1)[0]?.();
    if (waiting.length > 0) setImmediate(pump);
  };
  const turn = (): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(pump);
    });
  return {
    async securedAtOnce<Row>(scope: RowScope, statements: readonly Statement[]) {
      await turn();
      const answers = await database.securedAtOnce<Row>(scope, statements);
      await turn();
      return answers;
    },
    async secured(scope, work) {
      await turn();
      return database.secured(scope, async (connection) => {
        await turn();
        const result = await work({
          query: async (text, values) => {
            await turn();
            return connection.query(text, values);
          },
          execute: async (text, values) => {
            await turn();
            return connection.execute(text, values);
          },
        });
        await turn();
        return result;
      });
    },
  };
}
