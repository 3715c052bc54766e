/** The gazetteer as it is listed tells nothing of what anybody reported. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { undoImport } from '../../src/intake/imports/import.service.ts';
import { surfaceOf } from '../access/surfaces.ts';
import { home, intercept, maya } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
let partner: Viewer;
beforeAll(async () => {
  hub = await openTestHub('base');
  partner = await viewerFor(hub, 'elsewhere', 'partner');
});
afterAll(() => hub.close());

const csv = (row: Readonly<Record<string, string>>): string =>
  `${Object.keys(row).join(',')}\n${Object.values(row)
    .map((cell) => `"${cell.replaceAll('"', '""')}"`)
    .join(',')}\n`;
/** A small place abroad as destination, and an ambiguous village as home. */
const FILE = csv({
  ...intercept,
  where_going_destination: 'Besisahar, Nepal',
  ...maya,
  address: home.replace('12 Temple Road, Exampleville, Sample District, Nepal', 'Bhojpur, Nepal'),
});

const everything = async (viewer: Viewer): Promise<string> => {
  const places = await answer(hub, viewer, surfaceOf('places').document, {
    filter: { country: 'NPL' },
    first: 500,
  });
  return JSON.stringify(places);
};

describe('places', () => {
  it('answers byte for byte alike whatever others have reported and taken back', async () => {
    const before = await everything(partner);
    expect(before).toContain('Kathmandu');
    const { batchId, counts } = await importText(hub, 'reporter', 'border-intercept', FILE);
    expect(counts.accepted).toBe(1);
    const named = await hub.database.unrestricted('look for what the report names', (connection) =>
      connection.query<{ id: string; name: string }>('select id, name from place where not core'),
    );
    expect(named.map(({ name }) => name)).toEqual(['Besisahar']);
    const reporter = await viewerFor(hub, 'reporter', 'analyst');
    for (const viewer of [partner, reporter]) {
      expect(await everything(viewer)).toBe(before);
      for (const { id } of named)
        expect(await answer(hub, viewer, surfaceOf('place').document, { id })).toEqual({ place: null });
    }
    await undoImport(hub.imports, reporter.organisationId as string, null, batchId);
    expect(await everything(partner)).toBe(before);
  });

  it('shows a small place through the record that names it, to whoever sees that record', async () => {
    await importText(hub, 'reporter', 'border-intercept', FILE, 'again.csv');
    const reporter = await viewerFor(hub, 'reporter', 'analyst');
    const seen = await answer(
      hub,
      reporter,
      '{ movements { nodes { waypoints { basis place { name } } } } }',
    );
    expect(JSON.stringify(seen)).toContain('Besisahar');
    expect(
      await answer(hub, partner, '{ movements { nodes { waypoints { place { name } } } } }').catch(String),
    ).not.toContain('Besisahar');
  });

  it('keeps no village that an ambiguous home may mean', async () => {
    const candidates = await hub.database.unrestricted('look for what a home may mean', (connection) =>
      connection.query('select c.place_id from place_candidate c'),
    );
    expect(candidates).toEqual([]);
  });
});

describe('finding a place while it is typed', () => {
  const found = async (nameBegins: string, more = ''): Promise<readonly string[]> => {
    const { places } = await answer<{ places: { nodes: { name: string; country: string }[] } }>(
      hub,
      partner,
      `query ($nameBegins: String!) { places(filter: { nameBegins: $nameBegins ${more} }, first: 20) { nodes { name country } } }`,
      { nameBegins },
    );
    return places.nodes.map(({ name }) => name);
  };

  it('begins with two letters, whatever their case, accents and script', async () => {
    for (const text of ['Kath', 'kathm', 'KATHMAND', 'Káthm', 'Kathmandu', 'काठमाड'])
      expect(await found(text, ', country: "NPL"')).toContain('Kathmandu');
    expect(await found('athmandu', ', country: "NPL"')).not.toContain('Kathmandu');
  });

  it('has the largest first, and every one of them begins so by some name', async () => {
    const { places } = await answer<{ places: { nodes: { population: number | null }[] } }>(
      hub,
      partner,
      '{ places(filter: { nameBegins: "mum" }, first: 50) { nodes { population } } }',
    );
    const sizes = places.nodes.map(({ population }) => population ?? 0);
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes).toEqual(sizes.toSorted((one, other) => other - one));
    expect((await found('mum'))[0]).toBe('Mumbai');
  });

  it('takes letters as letters, and asks for two', async () => {
    expect(await found('ka%')).toEqual(await found('ka'));
    for (const text of ['k', '', '%_', 'x'.repeat(101)]) {
      const { errors } = await ask(
        hub,
        partner,
        'query ($text: String!) { places(filter: { nameBegins: $text }) { nodes { id } } }',
        { text },
      );
      expect(errors?.[0]?.message).toMatch(/^nameBegins: found \d+ letters and digits, wanted 2 to 100$/);
    }
  });

  it('tells nothing of places that came in with a record', async () => {
    await importText(hub, 'reporter', 'border-intercept', FILE, 'typed.csv');
    expect(await found('besisah')).toEqual([]);
  });
});
