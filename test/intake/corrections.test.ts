/** Corrections of corrections, files read in another way, and undoing in the only order in which nothing is lost. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { undoImport } from '../../src/intake/imports/import.service.ts';
import { importText, organisationFor, recordLines } from '../support/intake.ts';
import { CALLS, FLOWS } from '../support/small-profiles.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

const STAFF = 'country,station_name,location,month,staff,work_fraction';
const staff = (count: number): string => `${STAFF}\nNepal,North Gate,,2024-03,${count},0.5\n`;
const calls = (...rows: readonly string[]): string => ['id,day,people,to,note', ...rows].join('\n');
const flows = (...rows: readonly string[]): string => ['id,day,people', ...rows].join('\n');

async function undo(slug: string, batchId: string): Promise<void> {
  const { id } = await organisationFor(hub, slug);
  await undoImport(hub.imports, id, null, batchId);
}

const rowsOf = <Row>(text: string, slug: string): Promise<readonly Row[]> =>
  hub.database.unrestricted('look at the rows of a test', (connection) =>
    connection.query<Row>(text, [slug]),
  );

interface Span {
  readonly version: number;
  readonly length: number | null;
  readonly next: boolean | null;
}

/** Versions of an owner's rows, oldest first; how long each was known, in microseconds, and whether the next begins as it ends. */
const spansOf = (table: string, slug: string): Promise<readonly Span[]> =>
  rowsOf<Span>(
    `select t.version, round(extract(epoch from t.known_to - t.known_from) * 1000000)::float8 as length,
       lead(t.known_from) over (partition by coalesce(t.version_of, t.id) order by t.version) = t.known_to as next
     from ${table} t join organisation o on o.id = t.owner_id where o.slug = $1 order by t.version`,
    slug,
  );

describe('a record corrected more than once', () => {
  it.each([
    ['effort', 'staffing', [staff(1), staff(2), staff(3)]],
    ['flow_observation', FLOWS, ['1', '2', '3'].map((people) => flows(`F1,01/02/2024,${people}`))],
    ['report', CALLS, ['1', '2', '3'].map((people) => calls(`C1,01/02/2024,${people},IND,said`))],
  ] as const)('counts its versions, and each ends as the next begins: %s', async (table, profile, texts) => {
    const slug = `org-thrice-${table.replace('_', '-')}`;
    const states: (readonly string[])[] = [];
    const batches: string[] = [];
    for (const text of texts) {
      batches.push((await importText(hub, slug, profile, text)).batchId);
      states.push(await recordLines(hub, slug));
    }
    // The test's clock stands still: what is known only ever moves on.
    expect(await spansOf(table, slug)).toEqual([
      { version: 1, length: 1, next: true },
      { version: 2, length: 1, next: true },
      { version: 3, length: null, next: null },
    ]);
    const [first, second, third] = batches as [string, string, string];
    for (const early of [first, second])
      await expect(undo(slug, early)).rejects.toThrow(
        /1 of its .* were corrected by a later import \(file\.csv\)/,
      );
    expect(await recordLines(hub, slug)).toEqual(states[2]);
    await undo(slug, third);
    expect(await recordLines(hub, slug)).toEqual(states[1]);
    await undo(slug, second);
    expect(await recordLines(hub, slug)).toEqual(states[0]);
    await undo(slug, first);
    expect(await recordLines(hub, slug)).toEqual([]);
  });

  it('refuses a span that ends before it begins, in every versioned table', async () => {
    const tables = await rowsOf<{ name: string }>(
      `select table_name as name from information_schema.columns
       where table_schema = 'public' and column_name = 'known_to' and $1 <> '' order by 1`,
      'any',
    );
    expect(tables.map(({ name }) => name)).toContain('interdiction');
    for (const { name } of tables) {
      const [check] = await rowsOf<{ n: number }>(
        `select count(*)::int as n from pg_constraint where conrelid = $1::regclass and pg_get_constraintdef(oid) like '%known_from < known_to%'`,
        name,
      );
      expect([name, check?.n]).toEqual([name, 1]);
    }
  });

  it('brings back no movement where the version before had none', async () => {
    const slug = 'org-no-way';
    const states: (readonly string[])[] = [];
    let last = '';
    for (const to of ['IND', '', 'QAT']) {
      last = (await importText(hub, slug, CALLS, calls(`C1,01/02/2024,2,${to},said`))).batchId;
      states.push(await recordLines(hub, slug));
    }
    await undo(slug, last);
    expect(await recordLines(hub, slug)).toEqual(states[1]);
  });

  it('keeps the sealed notes of each version with that version', async () => {
    const slug = 'org-notes';
    await importText(hub, slug, CALLS, calls('C1,01/02/2024,2,IND,first'));
    const { batchId } = await importText(hub, slug, CALLS, calls('C1,01/02/2024,2,IND,second'));
    const notes = (): Promise<readonly { version: number }[]> =>
      rowsOf(
        `select r.version from vault_item v join report r on r.id = v.about_id join organisation o on o.id = r.owner_id
         where o.slug = $1 and v.about_kind = 'report' order by 1`,
        slug,
      );
    expect(await notes()).toEqual([{ version: 1 }, { version: 2 }]);
    await undo(slug, batchId);
    expect(await notes()).toEqual([{ version: 1 }]);
  });
});

describe('an import that another one stands on', () => {
  it('stays while a later one found its records unchanged', async () => {
    const slug = 'org-agreed';
    const first = await importText(hub, slug, CALLS, calls('C1,01/02/2024,2,IND,said'));
    const later = await importText(
      hub,
      slug,
      CALLS,
      calls('C1,01/02/2024,2,IND,said', 'C2,01/02/2024,1,IND,'),
      'later.csv',
    );
    await expect(undo(slug, first.batchId)).rejects.toThrow(
      /1 of its reports were found unchanged by a later import \(later\.csv\)/,
    );
    await undo(slug, later.batchId);
    await undo(slug, first.batchId);
    expect(await recordLines(hub, slug)).toEqual([]);
  });

  it('stays while a later one has further parts of its ids', async () => {
    const slug = 'org-further';
    const first = await importText(hub, slug, FLOWS, flows('F1,01/02/2024,2'));
    const later = await importText(
      hub,
      slug,
      FLOWS,
      flows('F1,01/02/2024,3', 'F1,01/02/2024,4'),
      'later.csv',
    );
    expect(later.counts.part).toBe(2);
    await expect(undo(slug, first.batchId)).rejects.toThrow(
      /have further parts from a later import \(later\.csv\)/,
    );
  });
});

describe('a file read in another way', () => {
  const text = calls('C1,03/04/2024,2,IND,said', 'C2,05/05/2024,1,IND,said', ',07/06/2024,1,IND,said');

  it('is another import: what it says otherwise becomes versions, what it says again does not', async () => {
    const slug = 'org-otherwise';
    const days = await importText(hub, slug, CALLS, text, 'calls.csv', { order: 'dmy' });
    expect(days.counts.accepted).toBe(3);
    const again = await importText(hub, slug, CALLS, text, 'calls.csv', { order: 'dmy' });
    expect(again).toMatchObject({ repeated: true, batchId: days.batchId });
    const months = await importText(hub, slug, CALLS, text, 'calls.csv', { order: 'mdy' });
    expect(months).toMatchObject({ repeated: false, counts: { version: 2, unchanged: 1 } });
    const found = await rowsOf<{ day: string }>(
      `select to_char(t.occurred_from at time zone 'Asia/Kathmandu', 'YYYY-MM-DD') as day from incident t
       join organisation o on o.id = t.owner_id where o.slug = $1 and t.known_to is null order by 1`,
      slug,
    );
    expect(found.map(({ day }) => day)).toEqual(['2024-03-04', '2024-05-05', '2024-07-06']);
  });

  it('by a corrected profile of the same name is imported anew', async () => {
    const slug = 'org-mended';
    if (CALLS.target !== 'report') throw new Error('wanted a profile of reports');
    await importText(hub, slug, CALLS, text);
    const told = { ...CALLS, description: 'The same, told better.' };
    expect((await importText(hub, slug, told, text)).repeated).toBe(true);
    const mended = { ...CALLS, report: { ...CALLS.report, kind: { constant: 'interview' as const } } };
    const summary = await importText(hub, slug, mended, text);
    expect(summary).toMatchObject({ repeated: false, counts: { version: 3 } });
  });

  it('does not go on with an import that was interrupted, and says what differs', async () => {
    const slug = 'org-half';
    const half = interrupted();
    await expect(importText(half, slug, CALLS, text, 'calls.csv', { order: 'dmy' })).rejects.toThrow(
      'stopped on purpose',
    );
    await expect(importText(hub, slug, CALLS, text, 'calls.csv', { order: 'mdy' })).rejects.toThrow(
      /interrupted.*date order was dmy, is mdy.*undo it first \(batch [0-9a-f-]{36}\)/,
    );
    const done = await importText(hub, slug, CALLS, text, 'calls.csv', { order: 'dmy' });
    expect(done).toMatchObject({ resumed: true, counts: { accepted: 3 } });
  });

  it('changes nothing where only the columns stand in another order', async () => {
    const slug = 'org-columns';
    await importText(hub, slug, FLOWS, flows('F1,01/02/2024,2'));
    const turned = await importText(hub, slug, FLOWS, 'people,id,day\n2,F1,01/02/2024\n', 'turned.csv');
    expect(turned.counts.unchanged).toBe(1);
  });
});

describe('staff-time written twice in one file', () => {
  it('is one record where the rows agree, and waits where they differ', async () => {
    const slug = 'org-twice';
    const row = 'Nepal,North Gate,,2024-03,2,0.5';
    const agreed = await importText(hub, slug, 'staffing', `${STAFF}\n${row}\n${row}\n`);
    expect(agreed.counts).toMatchObject({ accepted: 2, quarantined: 0 });
    const differing = await importText(
      hub,
      slug,
      'staffing',
      `${STAFF}\n${row}\nNepal,North Gate,,2024-03,9,0.5\n`,
    );
    expect(differing.counts).toMatchObject({ quarantined: 2 });
    expect(differing.quarantine[0]?.reasons[0]?.where).toBe('lines 2 and 3');
    expect(await spansOf('effort', slug)).toHaveLength(1);
  });
});

describe('an import overtaken by another', () => {
  it('makes its records known when it writes them, not when it began', async () => {
    const slug = 'org-overtaken';
    const at = (time: string) => ({ ...hub, imports: { ...hub.imports, now: () => new Date(time) } });
    const long = calls('C1,01/02/2024,2,IND,long');
    await expect(
      importText(
        {
          ...interrupted(),
          imports: { ...interrupted().imports, now: () => new Date('2026-11-01T00:00:00Z') },
        },
        slug,
        CALLS,
        long,
        'long.csv',
      ),
    ).rejects.toThrow('stopped on purpose');
    await importText(
      at('2026-11-02T00:00:00Z'),
      slug,
      CALLS,
      calls('C1,01/02/2024,2,IND,quick'),
      'quick.csv',
    );
    await importText(at('2026-11-03T00:00:00Z'), slug, CALLS, long, 'long.csv');
    const known = await rowsOf<{ from: Date; to: Date | null }>(
      `select known_from as from, known_to as to from report t join organisation o on o.id = t.owner_id where o.slug = $1 order by 1`,
      slug,
    );
    const day = (date: Date | null | undefined): string | null => date?.toISOString().slice(0, 10) ?? null;
    expect(known.map(({ from, to }) => [day(from), day(to)])).toEqual([
      ['2026-11-02', '2026-11-03'],
      ['2026-11-03', null],
    ]);
  });
});

/** A hub whose imports stop when they would begin to compose. */
function interrupted(): TestHub {
  return {
    ...hub,
    imports: {
      ...hub.imports,
      database: {
        unrestricted: (purpose, work) => {
          if (purpose === 'compose an import') return Promise.reject(new Error('stopped on purpose'));
          return hub.database.unrestricted(purpose, work);
        },
      },
    },
  };
}
