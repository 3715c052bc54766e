import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FOLDER_ORDER, IMPORT_RULES } from './house/import-rules.ts';
import { type Look, lookAtImports, lookAtTexts, sourceFiles } from './house/look-at-tree.ts';
import { isSql, lookAtSource } from './house/source-rules.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
/** What stood here when the check was written; a check that sees less has gone blind. */
const AT_LEAST = 150;

describe('this house', () => {
  it('imports downwards only, through open doors', async () => {
    const { looked, violations } = await lookAtImports(repository);
    expect(violations).toEqual([]);
    expect(looked).toBe(sourceFiles(repository).length);
    expect(looked).toBeGreaterThan(AT_LEAST);
  });

  it('says in each file what belongs there', () => {
    const { looked, violations } = lookAtTexts(repository);
    expect(violations).toEqual([]);
    expect(looked).toBeGreaterThan(AT_LEAST);
  });
});

/** Each import rule, with a file that breaks it and nothing else that does. */
const PLANTED: readonly (readonly [rule: string, file: string, text: string])[] = [
  ...FOLDER_ORDER.slice(0, -1).map((folder, index) => {
    const next = FOLDER_ORDER[index + 1] ?? '';
    return [`order-${folder}`, `src/${folder}/early.ts`, `import '../${next}/part/late.ts';`] as const;
  }),
  [
    'order-records',
    'src/records/movements/typed.ts',
    "import type { Late } from '../../analysis/part/late.ts';",
  ],
  ['dashboard-knows-the-schema-only', 'src/dashboard/map.ts', "import '../kernel/part/late.ts';"],
  ['dashboard-knows-the-schema-only', 'src/dashboard/panel.tsx', "import '../kernel/part/late.ts';"],
  [
    'dashboard-runs-in-a-browser',
    'src/dashboard/file.ts',
    "import { readFileSync } from 'node:fs';\nreadFileSync;",
  ],
  ['known-folder', 'src/extras/thing.ts', "import '../kernel/part/late.ts';"],
  ['no-private-door', 'src/analysis/corridors/nosy.ts', "import '../hotspots/cell.view.ts';"],
  ['no-private-door', 'src/sharing/views/nosy.ts', "import '../../analysis/hotspots/cell.job.ts';"],
  ['no-cycle', 'src/geo/one.ts', "import type { Two } from './two.ts';\nexport interface One { two: Two }"],
  ['no-barrel', 'src/geo/uses-barrel.ts', "import './index.ts';"],
  [
    'turf-through-one-door',
    'src/analysis/corridors/turf-user.ts',
    "import { point } from '@turf/turf';\npoint([0, 0]);",
  ],
  [
    'drivers-in-platform-only',
    'src/analysis/corridors/rows.store.ts',
    "import type { Knex } from 'knex';\nexport type K = Knex;",
  ],
  ['drivers-in-platform-only', 'src/cli/client.ts', "import pg from 'pg';\npg.Pool;"],
  [
    'drivers-in-platform-only',
    'src/cli/embedded.ts',
    "import { PGlite } from '@electric-sql/pglite';\nPGlite;",
  ],
  ['seeds-stand-apart', 'seeds/knows.ts', "import '../src/intake/part/late.ts';"],
  ['seeds-are-for-commands', 'src/intake/seeded.ts', "import '../../seeds/demo.ts';"],
  ['product-without-tests', 'src/intake/tested.ts', "import '../../bench/fast.ts';"],
  ['no-development-package', 'src/intake/checked.ts', "import fc from 'fast-check';\nfc;"],
  ['resolvable', 'src/intake/lost.ts', "import './nowhere.ts';"],
];

/** Imports that look alike and are allowed. */
const INNOCENT: readonly (readonly [file: string, text: string])[] = [
  ['src/main.ts', "import './cli/part/late.ts';\nimport '../seeds/demo.ts';"],
  [
    'src/analysis/hotspots/cell.resolver.ts',
    "import './cell.view.ts';\nimport '../../access/viewer.view.ts';",
  ],
  ['src/geo/turf.ts', "import { point } from '@turf/turf';\npoint([0, 0]);"],
  ['src/platform/pool.ts', "import pg from 'pg';\npg.Pool;"],
  ['seeds/demo.ts', "import '../src/geo/turf.ts';"],
  ['src/intake/planted.test.ts', "import '../../seeds/demo.ts';\nimport fc from 'fast-check';\nfc;"],
];

const SCENERY: readonly (readonly [file: string, text: string])[] = [
  ...FOLDER_ORDER.map((folder) => [`src/${folder}/part/late.ts`, 'export interface Late { a: 1 }'] as const),
  ['src/geo/two.ts', "import type { One } from './one.ts';\nexport interface Two { one: One }"],
  ['src/geo/index.ts', "export * from './turf.ts';"],
  ['src/analysis/hotspots/cell.view.ts', 'export const a = 1;'],
  ['src/analysis/hotspots/cell.job.ts', 'export const a = 1;'],
  ['src/access/viewer.view.ts', 'export const a = 1;'],
  ['bench/fast.ts', 'export const a = 1;'],
];

describe('the import rules', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'house-'));
  let look: Look = { looked: 0, violations: [] };

  beforeAll(async () => {
    for (const [file, text] of [
      ...SCENERY,
      ...INNOCENT,
      ...PLANTED.map(([, file, text]) => [file, text] as const),
    ]) {
      mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
    for (const shared of ['node_modules', 'package.json', 'tsconfig.json'])
      symlinkSync(path.join(repository, shared), path.join(root, shared));
    look = await lookAtImports(root);
  });

  afterAll(() => rmSync(root, { recursive: true }));

  it.each(PLANTED)('%s bites in %s', (rule, file) => {
    expect(look.violations.filter((found) => found.file === file).map((found) => found.rule)).toContain(rule);
  });

  it('find nothing in imports that are allowed, and nothing in what was not planted', () => {
    const planted = new Set([...PLANTED.map(([, file]) => file), 'src/geo/two.ts']);
    expect(look.violations.filter(({ file }) => !planted.has(file))).toEqual([]);
  });

  it('are all planted, and each tells the offender what to do', () => {
    expect(new Set(PLANTED.map(([rule]) => rule))).toEqual(new Set(IMPORT_RULES.map(({ name }) => name)));
    for (const { comment } of IMPORT_RULES) expect(comment?.length).toBeGreaterThan(40);
  });
});

describe('the rules about what a file says', () => {
  const opened = (text: string) => `/** About it. */\n${text}\n`;
  const rules = (file: string, text: string) => lookAtSource(file, text).map(({ rule }) => rule);

  it.each([
    ['say-what-it-holds', 'src/geo/index.ts', ''],
    ['say-what-it-holds', 'src/geo/geo-utils.ts', ''],
    ['say-what-it-holds', 'src/helpers/point.ts', ''],
    ['say-what-it-holds', 'test/support/date-helper.ts', ''],
    ['at-most-250-lines', 'src/geo/long.ts', 'export const a = 1;\n'.repeat(250)],
    ['sql-in-stores-and-views', 'src/analysis/x.ts', 'export const q = `select ${a} from movement`;'],
    ['sql-in-stores-and-views', 'src/analysis/x.service.ts', "run(connection, 'delete from movement');"],
    ['sql-in-stores-and-views', 'src/http/x.ts', "run({ text: 'update movement set a = $1' });"],
    ['environment-in-config-only', 'src/http/x.ts', 'export const port = process.env.PORT;'],
    ['environment-in-config-only', 'src/http/x.ts', "export const port = process['env'].PORT;"],
    [
      'environment-in-config-only',
      'src/http/x.ts',
      "import { env } from 'node:process';\nexport const p = env;",
    ],
    ['no-store-without-a-viewer', 'src/analysis/x.view.ts', "await database.unrestricted('look', work);"],
    ['no-store-without-a-viewer', 'src/analysis/x.view.ts', 'export type D = UnrestrictedDatabase;'],
    ['role-by-suffix', 'src/analysis/x.ts', '@Resolver(() => A)\nexport class B {}'],
    ['role-by-suffix', 'src/analysis/x.view.ts', '@ObjectType()\nexport class B {}'],
    ['no-enums', 'src/analysis/x.ts', 'export enum A { B }'],
    ['banned-word', 'src/analysis/x.ts', `// ${'TO'}DO later`],
    ['banned-word', 'src/analysis/x.ts', "export const folder = '/home/somebody';"],
  ])('%s bites in %s', (rule, file, text) => {
    expect(rules(file, opened(text))).toEqual([rule]);
  });

  it('opens-with-its-sentence bites where a file starts with code', () => {
    expect(rules('src/geo/x.ts', 'export const a = 1;\n')).toEqual(['opens-with-its-sentence']);
  });

  it.each([
    ['src/analysis/x.store.ts', 'export const q = `select a from movement where id = $1`;'],
    ['src/platform/x.ts', 'export const q = `set local role app`;'],
    ['src/config.ts', 'export const port = process.env.PORT;'],
    ['src/analysis/x.ts', "export const a = 'Please select a corridor from the list, or delete it.';"],
    ['src/analysis/x.job.ts', "await database.unrestricted('rebuild', work);"],
    ['src/analysis/x.type.ts', '@ObjectType()\nexport class B {}'],
    ['src/places/border-index.ts', ''],
    ['src/geo/x.test.ts', 'export const q = `select a from b`;\n'.repeat(300)],
  ])('say nothing about %s', (file, text) => {
    expect(rules(file, opened(text))).toEqual([]);
  });

  it.each([
    'select 1 from a',
    ' WITH x AS (select 1)',
    'insert into a values (1)',
    'a.id = b.id order by a.id desc',
    ' where m.owner = any($1)',
  ])('know SQL: %s', (sql) => {
    expect(isSql(sql)).toBe(true);
  });

  it.each([
    'Select one from the list',
    'with the viewer',
    'order by date first',
    'where it was found',
    'update the set',
  ])('know a sentence: %s', (words) => {
    expect(isSql(words)).toBe(false);
  });
});
