/** Deleting a row looks for what points at it in every table that may: where records go by the thousand, that look-up needs an index. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

/** Their rows go with nothing an import brings: never, or one at a time. */
const STAYS = [
  'api_key',
  'import_batch',
  'organisation',
  'place',
  'public_budget',
  'shared_epoch',
  'shared_view',
  'source_origin',
  'station',
  'visibility_class',
];

it('every key that points at rows which go by the thousand has an index that begins with it', async () => {
  const bare = await hub.database.asOwner((connection) =>
    connection.query<{ edge: string; target: string }>(
      `select c.conrelid::regclass || '.' || a.attname as edge, c.confrelid::regclass::text as target
       from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
       where c.contype = 'f' and not exists (select 1 from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])
       order by 1`,
    ),
  );
  expect(bare.length).toBeGreaterThan(20);
  expect(bare.filter(({ target }) => !STAYS.includes(target)).map(({ edge }) => edge)).toEqual([]);
});
