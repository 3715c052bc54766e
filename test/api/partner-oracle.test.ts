/** Nothing that a partner key can ask tells two worlds apart whose told atoms are the same: no field, no filter, no error, no address, no header. */
import { describe, expect, it } from 'vitest';
import { HeadwaterError } from '../../src/kernel/errors.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import type { Database } from '../../src/platform/database.ts';
import { buildPartnerSchema } from '../../src/schema.ts';
import { draws } from '../support/draws.ts';
import { type Happening, PartnerWorlds } from '../support/partner-differences.ts';
import {
  atomsOf,
  ORGANISATIONS,
  openPartnerHub,
  PARTNER_VIEWS,
  type PartnerHub,
  toldApart,
  toldBy,
} from '../support/partner-oracle.ts';
import { type PartnerQuestion, partnerQuestions } from '../support/partner-questions.ts';
import { joinEvents, putEvents, recount, takeAway } from '../support/partner-worlds.ts';

const SEED = Number(process.env.SEED ?? 48);
const WORLDS = draws(1, 3, process.env.WORLDS);
const DRAWS = draws(1, 3, process.env.DRAWS);
/** One question in so many is asked. */
const ASKED_IN = draws(3, 1, process.env.ASKED_IN);
const SCHEMA = buildPartnerSchema();
const STAGES: readonly { readonly quarters: readonly string[]; readonly now: string }[] = [
  { quarters: ['2024-01', '2024-04', '2024-07', '2024-10'], now: '2025-04-05T00:00:00Z' },
  { quarters: ['2025-01'], now: '2025-07-05T00:00:00Z' },
  { quarters: ['2025-04'], now: '2025-10-05T00:00:00Z' },
];

async function happen(
  { hub, organisations }: PartnerHub,
  { events, gone, recounted, joined }: Happening,
): Promise<void> {
  await putEvents(hub.database, organisations, events);
  await takeAway(hub.database, gone);
  for (const { number, persons } of recounted) await recount(hub.database, number, persons);
  for (const pair of joined) await joinEvents(hub.database, pair);
}

async function questionsFor(
  one: PartnerHub,
  seed: number,
  epochs: number,
): Promise<readonly PartnerQuestion[]> {
  const checkpoint = await one.answer({
    name: '',
    method: 'POST',
    path: '/graphql',
    body: '{"query":"{ auditCheckpoint { note } }"}',
  });
  return partnerQuestions(
    SCHEMA,
    {
      views: PARTNER_VIEWS.map(({ name }) => name),
      epochs: Array.from({ length: epochs }, (_, at) => at + 1),
      checkpoint: checkpoint.slice(0, 200),
      organisations: ORGANISATIONS,
      ids: [...one.organisations.values()],
    },
    seededRandom(seed),
    DRAWS,
  );
}

async function inTwo(
  leak: ((database: Database) => Database) | undefined,
  work: (one: PartnerHub, other: PartnerHub) => Promise<void>,
): Promise<void> {
  const [one, other] = await Promise.all([openPartnerHub(leak), openPartnerHub(leak)]);
  try {
    await work(one, other);
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
}

async function publishBoth(one: PartnerHub, other: PartnerHub, now: string): Promise<void> {
  const epochs = await Promise.all([one.publish(new Date(now)), other.publish(new Date(now))]);
  expect(epochs[0]).toBe(epochs[1]);
  expect(epochs[0]).not.toBeNull();
}

describe('a partner app', () => {
  it.each(Array.from({ length: WORLDS }, (_, at) => SEED + at))(
    'is told the same by two worlds that differ in what waits, what was told already, and what is hidden: world %i',
    async (seed) => {
      await inTwo(undefined, async (one, other) => {
        const worlds = new PartnerWorlds(seededRandom(seed));
        const kinds = new Set<string>();
        let asked = 0;
        for (const [stage, { quarters, now }] of STAGES.entries()) {
          const drawn = worlds.draw(quarters);
          for (const kind of drawn.kinds) kinds.add(kind);
          await Promise.all([happen(one, drawn.one), happen(other, drawn.other)]);
          await publishBoth(one, other, now);
          const atoms = await atomsOf(one);
          expect(await atomsOf(other)).toEqual(atoms);
          expect(atoms.length).toBeGreaterThan(5);
          const all = await questionsFor(one, seed * 10 + stage, stage + 1);
          // All of them once everything has happened, a third before; on the embedded database a third each time, another one.
          const isWhole = stage === STAGES.length - 1 && ASKED_IN === 1;
          const questions = all.filter((_, at) => isWhole || at % 3 === stage);
          expect(await toldApart(one, other, questions)).toEqual([]);
          asked += questions.length;
        }
        const told = await toldBy(one);
        console.log(
          `world ${seed}: ${asked} questions, differences ${[...kinds].sort().join(', ')}; told ${[...told].flat().join(' ')}`,
        );
        expect(told.size).toBe(PARTNER_VIEWS.length);
        for (const [view, figures] of told) expect(figures, view).toBeGreaterThan(0);
        expect([...kinds]).toEqual(expect.arrayContaining(['gone', 'recounted', 'late', 'joined']));
        expect(kinds.size).toBeGreaterThan(5);
      });
    },
    600_000,
  );

  it('hears of as many as may be told, at the next epoch and not before', async () => {
    await inTwo(undefined, async (one, other) => {
      const worlds = new PartnerWorlds(seededRandom(SEED));
      const drawn = worlds.draw(STAGES[0]!.quarters);
      await Promise.all([happen(one, drawn.one), happen(other, drawn.other)]);
      await publishBoth(one, other, STAGES[0]!.now);
      const more = worlds.enough('2024-04');
      await putEvents(other.hub.database, other.organisations, more);
      const before = (await questionsFor(one, SEED, 1)).filter((_, at) => at % ASKED_IN === 0);
      expect(await toldApart(one, other, before)).toEqual([]);
      await publishBoth(one, other, STAGES[1]!.now);
      const questions = await questionsFor(one, SEED, 2);
      const after = await toldApart(
        one,
        other,
        questions.filter(({ method }, at) => method === 'GET' || at % ASKED_IN === 0),
      );
      expect(after).toContain('/views/pairs');
      // Nothing of it is in a view of places: it was observed at none.
      expect(after).not.toContain('/views/places.geojson');
      expect(after.filter((name) => name.startsWith('match') || name.startsWith('audit'))).toEqual([]);
    });
  }, 600_000);
});

/** How many movements there are, told or not. */
const ALL = 'coalesce((select sum(persons_min) from movement where known_to is null), 0)::int';

/** What a database could do for readers that it should not: two of them on the embedded one. */
const LEAKS = [
  [
    'adds what is hidden to a number',
    'shared_view_cell',
    `new.incidents := new.incidents + ${ALL};`,
    '/views/pairs',
  ],
  [
    'tells a band by what is hidden',
    'shared_view_feature',
    `new.body := jsonb_set(new.body, '{persons,most}', to_jsonb(${ALL}));`,
    '/views/flows',
  ],
  [
    'draws a place by what is hidden',
    'shared_view_feature',
    `new.body := jsonb_set(new.body, '{geometry,coordinates}', to_jsonb(array[${ALL}, 0]));`,
    '/views/corridors.geojson',
  ],
  [
    'hashes what is hidden into the ETag',
    'shared_view_epoch',
    `new.digest := sha256(convert_to(${ALL}::text, 'UTF8'));`,
    '/views/clusters',
  ],
  [
    'keeps a view back for what is hidden',
    'shared_view_epoch',
    `if ${ALL} % 2 = 0 then new.contributors := array['00000000-0000-4000-8000-000000000000']::uuid[]; end if;`,
    '/views',
  ],
] as const;

describe('a leak is found that', () => {
  it.each(LEAKS.slice(0, draws(2, LEAKS.length)))(
    '%s',
    async (_, table, leak, where) => {
      await inTwo(undefined, async (one, other) => {
        for (const { hub } of [one, other])
          await hub.database.asOwner(async (connection) => {
            await connection.execute(
              `create function leak() returns trigger language plpgsql security definer as $$ begin ${leak} return new; end $$`,
            );
            await connection.execute(
              `create trigger leak before insert on ${table} for each row execute function leak()`,
            );
          });
        expect(await apartByOnePerson(one, other)).toContain(where);
      });
    },
    600_000,
  );

  it('says in an error what is hidden', async () => {
    const leaking = (database: Database): Database =>
      Object.assign(Object.create(database) as Database, {
        secured: database.secured.bind(database),
        securedAtOnce: database.securedAtOnce.bind(database),
        unrestrictedAtOnce: database.unrestrictedAtOnce.bind(database),
        asOwner: database.asOwner.bind(database),
        unrestricted: async (...[purpose, work]: Parameters<Database['unrestricted']>) => {
          try {
            return await database.unrestricted(purpose, work);
          } catch (error) {
            if (!(error instanceof HeadwaterError)) throw error;
            const [row] = await database.unrestricted('leak for a test', (connection) =>
              connection.query<{ all: number }>(`select ${ALL} as all`),
            );
            throw new HeadwaterError(error.code, `${error.message} (${row!.all})`);
          }
        },
      });
    await inTwo(leaking, async (one, other) => {
      expect(await apartByOnePerson(one, other)).toContain('/views/nowhere');
    });
  }, 600_000);
});

/** Two worlds, one of which has one person more who waits. */
async function apartByOnePerson(one: PartnerHub, other: PartnerHub): Promise<readonly string[]> {
  const worlds = new PartnerWorlds(seededRandom(SEED));
  const happening = worlds.draw(STAGES[0]!.quarters).one;
  for (const hub of [one, other]) await happen(hub, happening);
  const waiting = { ...happening.events[0]!, number: 900_000, origin: 'LKA', destination: 'ZMB', persons: 1 };
  await putEvents(other.hub.database, other.organisations, [waiting]);
  await publishBoth(one, other, STAGES[0]!.now);
  expect(await atomsOf(other)).toEqual(await atomsOf(one));
  const questions = await questionsFor(one, SEED, 1);
  return toldApart(
    one,
    other,
    questions.filter(({ method, path }) => method === 'GET' && !path.includes('?')),
  );
}
