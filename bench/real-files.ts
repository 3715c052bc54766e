/** The real files beside the checkout, through the importer and out again through GraphQL: the figures their publishers' files hold. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { graphql } from 'graphql';
import { addKey, addOrganisation } from '../src/access/key.store.ts';
import { readSlugs } from '../src/access/organisation.view.ts';
import { readerFor } from '../src/access/reader.ts';
import { readViewer } from '../src/access/viewer.view.ts';
import { type Hub, openHub, PACKAGE_FOLDER } from '../src/cli/hub.ts';
import { IMPORT } from '../src/cli/import-command.ts';
import { buildTemplates, findTemplate } from '../src/cli/template.ts';
import { randomIds } from '../src/kernel/ids.ts';
import { buildHubSchema, hubServices } from '../src/schema.ts';

const DATA = path.join(PACKAGE_FOLDER, '..', 'shared', 'data');
const ORGANISATION = 'published-data';

const folder = mkdtempSync(path.join(tmpdir(), 'headwater-real-'));
await buildTemplates(console.error);
const template = findTemplate('base') as { data: string; keys: string };
cpSync(template.data, path.join(folder, 'data'), { recursive: true });
cpSync(template.keys, path.join(folder, 'keys'), { recursive: true });
const hub = await openHub({
  database: { mode: 'embedded', folder: path.join(folder, 'data') },
  keysFolder: path.join(folder, 'keys'),
});
const key = await hub.database.unrestricted(
  'make an organisation for published files',
  async (connection) => {
    const { id } = await addOrganisation(connection, randomIds, {
      slug: ORGANISATION,
      name: 'Published data',
      fictional: false,
    });
    const expiresAt = new Date(Date.now() + 86_400_000);
    return addKey(connection, randomIds, {
      organisationId: id,
      role: 'analyst',
      label: 'bench',
      vaultPermission: false,
      expiresAt,
    });
  },
);
const schema = buildHubSchema();

if (await imported('missing-migrants', 'incidents/iom_missing_migrants_global_2014_2025-09.csv'))
  await missingMigrants();
if (await imported('ctdc', 'flows/ctdc_global_dataset_2020-04-14_flows.csv')) await ctdc();
if (await imported('dtm', 'flows/dtm_sudan_2026_flows.csv', 'flows/dtm_sudan_2026_locations.csv'))
  await dtm();
await hub.close();
rmSync(folder, { recursive: true });

async function imported(profile: string, ...files: readonly string[]): Promise<boolean> {
  const paths = files.map((file) => path.join(DATA, file));
  if (!paths.every((file) => existsSync(file))) {
    console.log(`skipped ${profile}: its file is not beside the checkout`);
    return false;
  }
  await IMPORT.run(['--profile', profile, '--org', ORGANISATION, ...paths], {
    hub,
    folder: '.',
    say: console.log,
    progress: () => undefined,
  });
  return true;
}

/** Pages through every incident, as a client would. */
async function missingMigrants(): Promise<void> {
  type Page = {
    incidents: {
      nodes: { counts: { name: string; value: number }[] }[];
      pageInfo: { endCursor: string; hasNextPage: boolean };
    };
  };
  let after: string | null = null;
  let rows = 0;
  let total = 0;
  for (;;) {
    const page: Page = await ask<Page>(
      `query ($after: String) { incidents(first: 500, after: $after, filter: { populations: [DEATHS] }) {
         nodes { counts { name value } } pageInfo { endCursor hasNextPage } } }`,
      { after },
    );
    rows += page.incidents.nodes.length;
    for (const { counts } of page.incidents.nodes) {
      for (const { name, value } of counts) if (name === 'dead' || name === 'missing') total += value;
    }
    if (!page.incidents.pageInfo.hasNextPage) break;
    after = page.incidents.pageInfo.endCursor;
  }
  console.log(`  through GraphQL: ${rows} incidents, dead and missing ${total}`);
}

async function ctdc(): Promise<void> {
  type Groups = {
    flows: { originCountry: string | null; destinationCountry: string | null; movements: number }[];
    reports: { totalCount: number };
  };
  const { flows } = await ask<Groups>(
    '{ flows(groupBy: [ORIGIN_COUNTRY, DESTINATION_COUNTRY], first: 5000) { originCountry destinationCountry movements } }',
  );
  const both = flows.filter(
    ({ originCountry, destinationCountry }) => originCountry !== null && destinationCountry !== null,
  );
  const crossBorder = both.filter(
    ({ originCountry, destinationCountry }) => originCountry !== destinationCountry,
  );
  const sum = (groups: Groups['flows']): number => groups.reduce((all, { movements }) => all + movements, 0);
  const pair = (from: string, to: string): number =>
    both.find((group) => group.originCountry === from && group.destinationCountry === to)?.movements ?? 0;
  console.log(
    `  through GraphQL: ${sum(both)} movements with both ends, ${sum(crossBorder)} cross-border in ${crossBorder.length} pairs (${both.length} with domestic); ` +
      `UKR→RUS ${pair('UKR', 'RUS')}, MMR→IDN ${pair('MMR', 'IDN')}, BLR→RUS ${pair('BLR', 'RUS')}`,
  );
}

async function dtm(): Promise<void> {
  type Page = {
    flowObservations: {
      totalCount: number;
      nodes: { origin: { name: string }; destination: { name: string } }[];
      pageInfo: { endCursor: string; hasNextPage: boolean };
    };
  };
  let after: string | null = null;
  const places = new Set<string>();
  for (;;) {
    const page: Page = await ask<Page>(
      `query ($after: String) { flowObservations(first: 500, after: $after) { totalCount nodes {
         origin { name position { longitude latitude } } destination { name position { longitude latitude } } } pageInfo { endCursor hasNextPage } } }`,
      { after },
    );
    for (const { origin, destination } of page.flowObservations.nodes)
      places.add(JSON.stringify(origin)).add(JSON.stringify(destination));
    if (!page.flowObservations.pageInfo.hasNextPage) {
      console.log(
        `  through GraphQL: ${page.flowObservations.totalCount} flow observations over ${places.size} places`,
      );
      return;
    }
    after = page.flowObservations.pageInfo.endCursor;
  }
}

async function ask<T>(source: string, variableValues: Record<string, unknown> = {}): Promise<T> {
  const viewer = await readViewer(hub.database, key.text, new Date());
  const contextValue = contextOf(hub, viewer);
  const answer = await graphql({ schema, source, variableValues, contextValue });
  if (answer.errors !== undefined) throw new Error(answer.errors[0]?.message);
  return answer.data as T;
}

function contextOf(from: Hub, viewer: Awaited<ReturnType<typeof readViewer>>) {
  return {
    reader: readerFor(from.database, viewer),
    now: new Date(),
    slugs: () => readSlugs(from.database),
    services: hubServices(from),
  };
}
