/** Every change of the database can be taken back and made again, says what its tables are for, and gives the published schema. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MIGRATIONS_FOLDER } from '../../src/cli/hub.ts';
import { migrateDown, migrateUp, pendingMigrations, readMigrations } from '../../src/platform/migrations.ts';
import { schemaText } from '../support/schema-text.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

const GOLDEN = new URL('../../schema/database.sql', import.meta.url);
const migrations = readMigrations(MIGRATIONS_FOLDER);

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

const schema = (): Promise<string> => hub.database.asOwner(schemaText);

describe('the migrations', () => {
  it('make the schema of schema/database.sql (npm run bless rewrites it)', async () => {
    const made = await schema();
    if (process.env.BLESS === '1') writeFileSync(GOLDEN, made);
    expect(made).toBe(existsSync(GOLDEN) ? readFileSync(GOLDEN, 'utf8') : '');
    expect(made.match(/^table /gm)?.length).toBeGreaterThan(30);
  });

  it('keep no figure in single precision, which shows 13.95 as 13.949999809265137', async () => {
    expect((await schema()).match(/^ {2}\w+ real\b.*$/gm)).toBeNull();
  });

  it('comment every table', async () => {
    expect(await schema()).not.toContain('NO COMMENT');
  });

  it('go down to nothing and up again to the same', async () => {
    const before = await schema();
    expect(await migrateDown(hub.pools.owner, migrations)).toEqual(
      migrations.map(({ name }) => name).toReversed(),
    );
    expect(await schema()).toBe('\n');
    expect(await pendingMigrations(hub.pools.owner, migrations)).toHaveLength(migrations.length);
    expect(await migrateUp(hub.pools.owner, migrations)).toEqual(migrations.map(({ name }) => name));
    expect(await schema()).toBe(before);
    expect(await migrateUp(hub.pools.owner, migrations)).toEqual([]);
  });
});
