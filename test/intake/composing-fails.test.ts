/** An import that fails while some of its rows are on their way into the database: none of that transaction stays, and it goes on later. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  INTERCEPT_COLUMNS,
  PERSON_COLUMNS,
} from '../../src/intake/formats/profiles/border-intercept-columns.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { recordSink } from '../../src/records/composition/composition.service.ts';
import { intercept, maya, suspect } from '../support/border-intercept-rows.ts';
import { importText, organisationFor } from '../support/intake.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

const FORMS = 700;
const columns = [...INTERCEPT_COLUMNS, ...PERSON_COLUMNS];
const text = [
  columns.join(','),
  ...Array.from({ length: FORMS }, (_, form) =>
    [maya, suspect].map((person): string => {
      const row: Record<string, string> = { ...intercept, irf_number: `EXG${1_000 + form}`, ...person };
      return columns.map((column) => `"${(row[column] ?? '').replaceAll('"', '""')}"`).join(',');
    }),
  ).flat(),
].join('\n');

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

/** A hub that composes with ids of its own: how many it took, and after how many it breaks. */
function composing(breaksAfter: number): { readonly hub: TestHub; taken(): number } {
  let taken = 0;
  const ids = (): string => {
    taken += 1;
    if (taken > breaksAfter) throw new Error('no more ids');
    return randomIds();
  };
  const { keys, atlas } = hub;
  return {
    hub: {
      ...hub,
      imports: { ...hub.imports, sink: recordSink({ ids, keys, atlas, database: hub.database }) },
    },
    taken: () => taken,
  };
}

async function left(slug: string): Promise<readonly number[]> {
  const { id } = await organisationFor(hub, slug);
  const counts: number[] = [];
  for (const table of ['report', 'incident', 'movement', 'statement', 'entity', 'subject', 'vault_item'])
    counts.push(
      await hub.database.unrestricted('count in a test', async (connection) => {
        const [row] = await connection.query<{ n: number }>(
          `select count(*)::int as n from ${table} where owner_id = $1`,
          [id],
        );
        return row?.n ?? -1;
      }),
    );
  return counts;
}

describe('composing that breaks off', () => {
  it('leaves nothing of its transaction behind, and the import goes on when the file is given again', async () => {
    const whole = composing(Number.POSITIVE_INFINITY);
    const { counts } = await importText(whole.hub, 'whole-desk', 'border-intercept', text);
    expect(counts.accepted).toBe(2 * FORMS);
    const wanted = await left('whole-desk');
    for (const share of [0.5, 0.8, 0.97]) {
      const slug = `broken-desk-${share * 100}`;
      const broken = composing(Math.round(whole.taken() * share));
      const before = await left(slug);
      await expect(importText(broken.hub, slug, 'border-intercept', text)).rejects.toThrow(/no more ids/);
      // What was on its way would have arrived by now.
      await new Promise((resolve) => setTimeout(resolve, 300));
      const after = await left(slug);
      // Transactions before it stand whole.
      for (const [at, n] of after.entries())
        expect([at, n % 1, n <= (wanted[at] ?? 0)]).toEqual([at, 0, true]);
      expect(before.every((n) => n === 0)).toBe(true);
      expect(after[1]).toBe(after[0]);
      const again = await importText(hub, slug, 'border-intercept', text);
      expect(again.resumed).toBe(true);
      expect(await left(slug)).toEqual(wanted);
    }
  }, 120_000);
});
