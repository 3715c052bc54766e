/** A file imported once, twice, corrected, interrupted and taken back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateDemo } from '../../seeds/demo.ts';
import { undoImport } from '../../src/intake/imports/import.service.ts';
import type { ImportSummary, RowCounts } from '../../src/intake/imports/import-types.ts';
import { contentDigest, importText } from '../support/intake.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
const demo = generateDemo(7, { now: '2026-11-01', scale: 0.1 });
const file = demo.files.find(({ profile }) => profile === 'border-intercept')?.text ?? '';
const [header = '', ...rows] = file.trimEnd().split('\n');

beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

const total = (counts: RowCounts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
const balanced = (summary: ImportSummary): void => expect(total(summary.counts)).toBe(summary.rows);

async function organisationId(slug: string): Promise<string> {
  const found = await hub.database.unrestricted('find an organisation', (connection) =>
    connection.query<{ id: string }>('select id from organisation where slug = $1', [slug]),
  );
  return found[0]?.id ?? '';
}

async function countOf(table: string, slug: string): Promise<number> {
  const found = await hub.database.unrestricted('count rows of a test', (connection) =>
    connection.query<{ n: number }>(
      `select count(*)::int as n from ${table} t join organisation o on o.id = t.owner_id where o.slug = $1`,
      [slug],
    ),
  );
  return found[0]?.n ?? 0;
}

describe('an import', () => {
  it('accounts for every row, and a second time changes nothing', async () => {
    const first = await importText(hub, 'org-once', 'border-intercept', file);
    balanced(first);
    expect(first.rows).toBe(rows.length);
    expect(first.counts.accepted).toBeGreaterThan(rows.length * 0.9);
    const before = await contentDigest(hub, 'org-once');
    const second = await importText(hub, 'org-once', 'border-intercept', file);
    balanced(second);
    expect(second.repeated).toBe(true);
    expect(second.counts.accepted + second.counts.version + second.counts.part).toBe(0);
    expect(await contentDigest(hub, 'org-once')).toBe(before);
  });

  it('knows the same rows again in another order and another file', async () => {
    const reversed = [header, ...[...rows].reverse()].join('\n');
    const again = await importText(hub, 'org-once', 'border-intercept', reversed, 'reversed.csv');
    balanced(again);
    expect(again.counts.accepted + again.counts.version + again.counts.part).toBe(0);
    const fresh = await importText(hub, 'org-reversed', 'border-intercept', reversed, 'reversed.csv');
    expect(fresh.counts.accepted).toBeGreaterThan(0);
    expect(await contentDigest(hub, 'org-reversed')).toBe(await contentDigest(hub, 'org-once'));
  });

  it('drops forbidden columns before storage and names them', async () => {
    const summary = await importText(
      hub,
      'org-dropped',
      'border-intercept',
      [header, ...rows.slice(0, 5)].join('\n'),
    );
    expect(summary.droppedColumns).toContain('profile');
  });

  it('makes a correction a version, keeps what was known before, and takes both back', async () => {
    const [one = ''] = rows.filter((row) => row.includes('PVOT') || row.includes('PV,'));
    const reference = /[A-Z]{3}\d{4}/.exec(one)?.[0] ?? '';
    const group = rows.filter((row) => row.includes(reference));
    const original = [header, ...group].join('\n');
    await importText(hub, 'org-versions', 'border-intercept', original);
    const before = await contentDigest(hub, 'org-versions');
    const analyst = await viewerFor(hub, 'org-versions', 'analyst');
    const ids = async () =>
      answer<{ movements: { nodes: { id: string; version: number }[] } }>(
        hub,
        analyst,
        '{ movements { nodes { id version } } }',
      );
    const living = await ids();
    const corrected = [
      header,
      ...group.map((row) => row.replace(',PVOT,', ',PV,').replace(/Demo text[^,]*/, 'Demo text: corrected')),
    ].join('\n');
    expect(corrected).not.toBe(original);
    const correction = await importText(hub, 'org-versions', 'border-intercept', corrected, 'corrected.csv');
    balanced(correction);
    expect(correction.counts.version).toBe(group.length);
    const after = await ids();
    expect(after.movements.nodes.map(({ id }) => id)).toEqual(living.movements.nodes.map(({ id }) => id));
    expect(after.movements.nodes[0]?.version).toBe(2);
    const organisation = await organisationId('org-versions');
    await undoImport(hub.imports, organisation, null, correction.batchId);
    expect(await contentDigest(hub, 'org-versions')).toBe(before);
    expect((await ids()).movements.nodes[0]?.version).toBe(1);
  });

  it('is taken back whole, and can be imported again', async () => {
    const text = [header, ...rows.slice(0, 40)].join('\n');
    const summary = await importText(hub, 'org-undone', 'border-intercept', text);
    const before = await contentDigest(hub, 'org-undone');
    await undoImport(hub.imports, await organisationId('org-undone'), null, summary.batchId);
    for (const table of [
      'report',
      'incident',
      'movement',
      'waypoint',
      'crossing',
      'statement',
      'entity',
      'selector',
      'subject',
      'vault_item',
    ]) {
      expect(await countOf(table, 'org-undone'), table).toBe(0);
    }
    const again = await importText(hub, 'org-undone', 'border-intercept', text);
    expect(again.counts.accepted).toBe(summary.counts.accepted);
    expect(await contentDigest(hub, 'org-undone')).toBe(before);
  });

  it('keeps repeated ids of a row-by-row file as parts', async () => {
    const columns =
      'web_id,region,reported_date,number_dead,number_missing,total_dead_and_missing,number_of_survivors,number_of_female,number_of_male,number_of_children,cause_death,country_of_incident,location_description,unsd_geographic_grouping,location_coodinates,migration_route,information_source,url,source_quality,region_origin,country_origin,latitude,longitude';
    const line = (id: string, dead: string): string =>
      `${id},Nowhere,2020-01-02,"${dead}",,"${dead}",,,,,,Nepal,,,"27.1, 84.9",,,,3,,,27.1,84.9`;
    const summary = await importText(
      hub,
      'org-parts',
      'missing-migrants',
      [columns, line('A1', '1,022'), line('A1', '3'), line('B1', '2')].join('\n'),
    );
    balanced(summary);
    expect(summary.counts).toMatchObject({ accepted: 2, part: 1 });
    expect(summary.repeatedIds).toBe(1);
    const analyst = await viewerFor(hub, 'org-parts', 'analyst');
    const { incidents } = await answer<{
      incidents: { nodes: { counts: { name: string; value: number }[] }[] };
    }>(hub, analyst, '{ incidents(filter: { populations: [DEATHS] }) { nodes { counts { name value } } } }');
    const dead = incidents.nodes.flatMap(({ counts }) =>
      counts.filter(({ name }) => name === 'dead').map(({ value }) => value),
    );
    expect(dead.sort((a, b) => a - b)).toEqual([2, 3, 1022]);
  });

  it('goes on where it stopped, however often it is stopped', async () => {
    const text = [header, ...rows].join('\n');
    let failures = 0;
    const flaky = {
      ...hub,
      imports: {
        ...hub.imports,
        database: {
          unrestricted: <T>(purpose: string, work: Parameters<typeof hub.database.unrestricted<T>>[1]) => {
            // Every third transaction of the import dies after its work and before its commit.
            return hub.database.unrestricted<T>(purpose, async (connection) => {
              const result = await work(connection);
              failures += 1;
              if (failures % 3 === 0 && failures < 40) throw new Error('stopped on purpose');
              return result;
            });
          },
        },
      },
    } as typeof hub;
    let summary: ImportSummary | undefined;
    for (let attempt = 0; attempt < 50 && summary === undefined; attempt += 1) {
      summary = await importText(flaky, 'org-stopped', 'border-intercept', text).catch(() => undefined);
    }
    expect(failures).toBeGreaterThan(5);
    expect(summary).toBeDefined();
    balanced(summary as ImportSummary);
    expect(await contentDigest(hub, 'org-stopped')).toBe(await contentDigest(hub, 'org-once'));
  });
});
