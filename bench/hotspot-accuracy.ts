/**
 * What route hotspots are worth: how much of the last twelve months, held out, fell into what the months before had made hotspots (PAI, PEI), beside
 * the plainest of peers: as many cells, those with the most incidents before. Of the demo, through the hub, and of published deaths on the way where
 * their file lies beside the checkout. Run: npm run bench:hotspots.
 */
import { cpSync, createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse';
import { graphql } from 'graphql';
import { readSlugs } from '../src/access/organisation.view.ts';
import { readerFor } from '../src/access/reader.ts';
import type { Viewer } from '../src/access/viewer.ts';
import type { IncidentFootprint } from '../src/analysis/hotspots/footprint-columns.ts';
import { deriveRouteHotspots } from '../src/analysis/hotspots/route-hotspots.ts';
import { scorePrediction } from '../src/analysis/methods/prediction-accuracy.ts';
import { openHub, PACKAGE_FOLDER } from '../src/cli/hub.ts';
import { buildTemplates, findTemplate } from '../src/cli/template.ts';
import { cellAt } from '../src/geo/cells.ts';
import { seededRandom } from '../src/kernel/random.ts';
import { buildHubSchema, hubServices } from '../src/schema.ts';

const DEATHS = path.join(
  PACKAGE_FOLDER,
  '..',
  'shared',
  'data',
  'incidents',
  'iom_missing_migrants_global_2014_2025-09.csv',
);
const HELD_OUT_MONTHS = 12;

interface Tested {
  /** Before: incidents by cell, and which cells are hotspots. */
  readonly before: ReadonlyMap<string, number>;
  readonly hot: ReadonlySet<string>;
  /** After: incidents by cell. */
  readonly later: ReadonlyMap<string, number>;
}

await demo();
if (existsSync(DEATHS)) await deaths();
else console.log('skipped deaths on the way: their file is not beside the checkout');

async function demo(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'headwater-hotspots-'));
  await buildTemplates(console.error);
  const template = findTemplate('demo') as { data: string; keys: string };
  cpSync(template.data, path.join(folder, 'data'), { recursive: true });
  cpSync(template.keys, path.join(folder, 'keys'), { recursive: true });
  const hub = await openHub({
    database: { mode: 'embedded', folder: path.join(folder, 'data') },
    keysFolder: path.join(folder, 'keys'),
  });
  const classes = await hub.database.unrestricted('see the whole demo', (connection) =>
    connection.query<{ id: number }>('select id from visibility_class order by id'),
  );
  const viewer: Viewer = {
    keyId: '00000000-0000-4000-8000-000000000000',
    organisationId: null,
    organisationSlug: null,
    role: 'analyst',
    vaultPermission: false,
    fullClasses: classes.map(({ id }) => id),
    partial: [],
    now: new Date(),
  };
  const schema = buildHubSchema();
  type Cells = {
    routeHotspots: {
      dataWindow: { last: string };
      cells: { id: string; class: string; incidents: number }[];
    };
  };
  const ask = async (resolution: number, occurred: string): Promise<Cells['routeHotspots']> => {
    const { data, errors } = await graphql({
      schema,
      source: `{ routeHotspots(resolution: ${resolution}, first: 5000, filter: { ${occurred} }) { dataWindow { last } cells { id class incidents } } }`,
      contextValue: {
        reader: readerFor(hub.database, viewer),
        now: new Date(),
        slugs: () => readSlugs(hub.database),
        services: hubServices(hub),
      },
    });
    if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
    return (data as unknown as Cells).routeHotspots;
  };
  for (const resolution of [4, 5]) {
    const { last } = (await ask(resolution, '')).dataWindow;
    const end = new Date(`${last}-01T00:00:00Z`);
    end.setUTCMonth(end.getUTCMonth() + 1 - HELD_OUT_MONTHS);
    const moment = end.toISOString();
    const before = await ask(resolution, `occurred: { to: "${moment}" }`);
    const later = await ask(resolution, `occurred: { from: "${moment}" }`);
    report(
      `the demo, observed points and legs, resolution ${resolution}, before and after ${moment.slice(0, 7)}`,
      {
        before: new Map(before.cells.map(({ id, incidents }) => [id, incidents])),
        hot: new Set(before.cells.filter((cell) => cell.class === 'hot').map(({ id }) => id)),
        later: new Map(later.cells.map(({ id, incidents }) => [id, incidents])),
      },
    );
  }
  await hub.close();
  rmSync(folder, { recursive: true });
}

async function deaths(): Promise<void> {
  type Row = Record<'web_id' | 'reported_date' | 'latitude' | 'longitude', string>;
  const rows: Row[] = [];
  for await (const row of createReadStream(DEATHS).pipe(parse({ columns: true, bom: true })))
    rows.push(row as Row);
  const placed = rows.filter(({ latitude, longitude }) => latitude !== '' && longitude !== '');
  const last = placed.reduce((latest, { reported_date: day }) => (day > latest ? day : latest), '');
  const end = new Date(`${last}T00:00:00Z`);
  end.setUTCMonth(end.getUTCMonth() - HELD_OUT_MONTHS);
  const moment = end.toISOString().slice(0, 10);
  for (const resolution of [2, 3]) {
    const footprints = (wanted: (day: string) => boolean): IncidentFootprint[] =>
      placed
        .filter(({ reported_date: day }) => wanted(day))
        .map(({ web_id: incident, longitude, latitude }) => ({
          incident,
          cells: [cellAt([Number(longitude), Number(latitude)], resolution)],
          weight: 1,
        }));
    const count = (incidents: readonly IncidentFootprint[]): Map<string, number> => {
      const counts = new Map<string, number>();
      for (const { cells } of incidents)
        for (const cell of cells) counts.set(String(cell), (counts.get(String(cell)) ?? 0) + 1);
      return counts;
    };
    const train = footprints((day) => day < moment);
    const found = deriveRouteHotspots(
      train,
      { resolution, rings: 1, alpha: 0.05, simulations: 99 },
      seededRandom(1),
    );
    if (found.refused) throw new Error(`deaths on the way: ${found.reason}`);
    const counted = count(train);
    report(
      `deaths on the way, ${placed.length} of ${rows.length} placed, resolution ${resolution}, before and after ${moment}`,
      {
        before: new Map(found.cells.map(({ cell }) => [String(cell), counted.get(String(cell)) ?? 0])),
        hot: new Set(found.cells.filter((cell) => cell.class === 'hot').map(({ cell }) => String(cell))),
        later: count(footprints((day) => day >= moment)),
      },
    );
  }
}

/** All area: cells tested before, and those that something happened in later. Cells of one resolution are taken as equally large. */
function report(what: string, { before, hot, later }: Tested): void {
  const cells = [...new Set([...before.keys(), ...later.keys()])].sort();
  const events = cells.map((cell) => later.get(cell) ?? 0);
  const most = cells
    .toSorted((a, b) => (before.get(b) ?? 0) - (before.get(a) ?? 0) || (a < b ? -1 : 1))
    .slice(0, hot.size);
  const busiest = new Set(most);
  const ours = scorePrediction(
    cells.map((cell) => hot.has(cell)),
    events,
  );
  const peer = scorePrediction(
    cells.map((cell) => busiest.has(cell)),
    events,
  );
  console.log(`${what}: ${hot.size} hotspots of ${cells.length} cells`);
  if (ours === null || peer === null) {
    console.log('  nothing to score: no hotspot, or nothing later');
    return;
  }
  const figures = ({ hits, events: all, pai, pei, p }: typeof ours): string =>
    `${hits} of ${all} later (${((100 * hits) / all).toFixed(0)} %), PAI ${pai.toFixed(2)}, PEI ${pei.toFixed(2)}, p ${p.toExponential(1)}`;
  console.log(`  hotspots            ${figures(ours)}`);
  console.log(`  busiest as many     ${figures(peer)}`);
  console.log(`  PAI against busiest ${(ours.pai / peer.pai).toFixed(2)}`);
}
