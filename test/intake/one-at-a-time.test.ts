/** Two importers of one organisation, an undo beside a running import, importers that die: one at a time, and nothing lost. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordClass } from '../../src/access/roles.ts';
import { ownClasses } from '../../src/access/visibility.store.ts';
import { undoImport } from '../../src/intake/imports/import.service.ts';
import { forgetDeadImporters } from '../../src/intake/imports/import-lease.service.ts';
import type { ImportSummary } from '../../src/intake/imports/import-types.ts';
import { HeadwaterError } from '../../src/kernel/errors.ts';
import { importText, organisationFor, recordLines } from '../support/intake.ts';
import { CALLS } from '../support/small-profiles.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

const file = (people: number): string => `id,day,people,to,note\nC1,01/02/2024,${people},IND,said\n`;

/** What became of imports given at once: summaries, and the codes of those refused. */
async function atOnce(
  slug: string,
  texts: readonly string[],
): Promise<{ readonly done: readonly ImportSummary[]; readonly refused: readonly HeadwaterError[] }> {
  const settled = await Promise.allSettled(
    texts.map((text, index) => importText(hub, slug, CALLS, text, `file-${index}.csv`)),
  );
  return {
    done: settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])),
    refused: settled.flatMap((each) => (each.status === 'rejected' ? [each.reason as HeadwaterError] : [])),
  };
}

/** Calls `meanwhile` in the midst of an import, between two of its transactions. */
function withBreak(purposeBefore: string, meanwhile: () => Promise<void>): TestHub {
  let taken = false;
  return {
    ...hub,
    imports: {
      ...hub.imports,
      database: {
        unrestricted: async (purpose, work) => {
          if (purpose === purposeBefore && !taken) {
            taken = true;
            await meanwhile();
          }
          return hub.database.unrestricted(purpose, work);
        },
      },
    },
  };
}

async function stateOf(
  slug: string,
): Promise<readonly { file_name: string; state: string; importer: string | null }[]> {
  return hub.database.unrestricted('look at the imports of a test', (connection) =>
    connection.query(
      `select b.file_name, b.state, b.importer from import_batch b join organisation o on o.id = b.owner_id where o.slug = $1
       order by b.file_name, b.state`,
      [slug],
    ),
  );
}

describe('imports of one organisation given at once', () => {
  it('go one after the other, from its very first on; the other is told which file is being imported', async () => {
    const slug = 'org-first';
    await organisationFor(hub, slug);
    const { done, refused } = await atOnce(slug, [file(1), file(2)]);
    expect(done.length).toBeGreaterThan(0);
    for (const error of refused) {
      expect(error.code).toBe('BUSY');
      expect(error.message).toMatch(/^file-\d\.csv is being imported for this organisation/);
    }
    expect(done.length + refused.length).toBe(2);
  });

  it('of the same file import it once', async () => {
    const slug = 'org-same';
    await organisationFor(hub, slug);
    const { done, refused } = await atOnce(slug, [file(1), file(1), file(1)]);
    expect(done.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(refused.map(({ code }) => code).filter((code) => code !== 'BUSY')).toEqual([]);
    expect((await importText(hub, slug, CALLS, file(1))).repeated).toBe(true);
  });

  it('that correct one record lose no correction', async () => {
    const slug = 'org-corrected';
    await importText(hub, slug, CALLS, file(1));
    const waiting = [file(2), file(3), file(4)];
    for (const text of waiting) {
      const { done, refused } = await atOnce(slug, [text, file(9)]);
      expect(done.length).toBeGreaterThan(0);
      expect(refused.map(({ code }) => code).filter((code) => code !== 'BUSY')).toEqual([]);
      await importText(hub, slug, CALLS, text);
    }
    await importText(hub, slug, CALLS, file(9));
    const versions = await hub.database.unrestricted('look at the versions of a test', (connection) =>
      connection.query<{ version: number }>(
        `select r.version from report r join organisation o on o.id = r.owner_id where o.slug = $1 order by 1`,
        [slug],
      ),
    );
    expect(versions.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
  });

  it('find its visibility classes however many ask for them first', async () => {
    const { id } = await organisationFor(hub, 'org-classes');
    const classes: readonly RecordClass[] = ['report', 'incident', 'effort'];
    const found = await Promise.all(
      Array.from({ length: 4 }, () =>
        hub.database.unrestricted('make classes in a test', async (connection) => {
          const made = await ownClasses(connection, id, 'amber', classes);
          await connection.query('select pg_sleep(0.05)');
          return made;
        }),
      ),
    );
    for (const made of found) {
      expect(made).toEqual(found[0]);
      expect(Object.values(made).every(Number.isInteger)).toBe(true);
    }
  });
});

describe('an undo beside a running import', () => {
  it.each(['finish reading an import', 'compose an import'])('waits for it: before "%s"', async (moment) => {
    const slug = `org-undo-${moment.split(' ')[0]}`;
    const { id } = await organisationFor(hub, slug);
    const earlier = await importText(hub, slug, CALLS, file(1), 'earlier.csv');
    const refused: HeadwaterError[] = [];
    const summary = await importText(
      withBreak(moment, async () => {
        const [running] = (await hub.database.unrestricted('find the import of a test', (connection) =>
          connection.query<{ id: string }>(
            'select id from import_batch where owner_id = $1 and importer is not null',
            [id],
          ),
        )) as [{ id: string }];
        for (const batch of [running.id, earlier.batchId])
          await undoImport(hub.imports, id, null, batch).catch((error: HeadwaterError) =>
            refused.push(error),
          );
      }),
      slug,
      CALLS,
      file(2),
      'running.csv',
    );
    expect(refused.map(({ code }) => code)).toEqual(['BUSY', 'BUSY']);
    expect(refused[0]?.message).toContain('running.csv is being imported');
    expect(summary.counts.version).toBe(1);
    expect(await stateOf(slug)).toEqual([
      { file_name: 'earlier.csv', state: 'done', importer: null },
      { file_name: 'running.csv', state: 'done', importer: null },
    ]);
  });
});

describe('an importer that gives no sign of life', () => {
  const silence = (slug: string, seconds: number): Promise<number> =>
    hub.database.unrestricted('make an importer look dead', (connection) =>
      connection.execute(
        `update import_batch b set importer = coalesce(importer, $3), importer_until = clock_timestamp() + $2 * interval '1 second'
         from organisation o where o.id = b.owner_id and o.slug = $1`,
        [slug, seconds, randomUUID()],
      ),
    );

  it('is believed for a while, then replaced; when it wakes it writes nothing', async () => {
    const slug = 'org-silent';
    await organisationFor(hub, slug);
    let resumed: ImportSummary | undefined;
    const asleep = withBreak('compose an import', async () => {
      await expect(importText(hub, slug, CALLS, file(1))).rejects.toMatchObject({ code: 'BUSY' });
      await silence(slug, -1);
      resumed = await importText(hub, slug, CALLS, file(1));
    });
    await expect(importText(asleep, slug, CALLS, file(1))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(resumed).toMatchObject({ resumed: true, counts: { accepted: 1 } });
    expect(await stateOf(slug)).toEqual([{ file_name: 'file.csv', state: 'done', importer: null }]);
  });

  it('cannot finish an import that was undone meanwhile', async () => {
    const slug = 'org-undone-meanwhile';
    const { id } = await organisationFor(hub, slug);
    const asleep = withBreak('compose an import', async () => {
      await silence(slug, -1);
      const [batch] = await hub.database.unrestricted('find the import of a test', (connection) =>
        connection.query<{ id: string }>('select id from import_batch where owner_id = $1', [id]),
      );
      await undoImport(hub.imports, id, null, batch?.id ?? '');
    });
    await expect(importText(asleep, slug, CALLS, file(1))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await stateOf(slug)).toEqual([{ file_name: 'file.csv', state: 'undone', importer: null }]);
    expect(await recordLines(hub, slug)).toEqual([]);
    expect((await importText(hub, slug, CALLS, file(1))).counts.accepted).toBe(1);
  });

  it('is forgotten when the only process that can have the database opens it', async () => {
    const slug = 'org-forgotten';
    await importText(hub, slug, CALLS, file(1));
    await silence(slug, 600);
    await expect(importText(hub, slug, CALLS, file(2))).rejects.toMatchObject({ code: 'BUSY' });
    await forgetDeadImporters(hub.database);
    expect((await importText(hub, slug, CALLS, file(2))).counts.version).toBe(1);
  });

  it('is not waited for where it failed and said so, even if nobody heard it', async () => {
    const slug = 'org-failed';
    const failing = {
      ...hub,
      imports: {
        ...hub.imports,
        database: {
          unrestricted: <T>(purpose: string, work: Parameters<typeof hub.database.unrestricted<T>>[1]) =>
            ['compose an import', 'give up an import'].includes(purpose)
              ? Promise.reject(new HeadwaterError('DATABASE_REFUSED', 'gone'))
              : hub.database.unrestricted<T>(purpose, work),
        },
      },
    };
    await expect(importText(failing, slug, CALLS, file(1))).rejects.toThrow('gone');
    expect((await importText(hub, slug, CALLS, file(1))).resumed).toBe(true);
  });
});
