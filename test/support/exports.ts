/** Exports of a test: an app over a test hub, files taken out of it over HTTP, and the same records as the lists of GraphQL have them. */
import pino from 'pino';
import request from 'supertest';
import { addKey, readOrganisation } from '../../src/access/key.store.ts';
import type { Role } from '../../src/access/roles.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { readViewer } from '../../src/access/viewer.view.ts';
import { createApp, type HubApp } from '../../src/http/app.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import type { Purpose } from '../../src/kernel/vocabulary.ts';
import type { Manifest } from '../../src/serving/exports/manifest.ts';
import { answer, TEST_NOW, type TestHub } from './test-hub.ts';

export interface Desk {
  readonly hub: TestHub;
  readonly app: HubApp;
}

export async function exportDesk(hub: TestHub): Promise<Desk> {
  const log = pino({ level: 'silent' });
  const app = await createApp({
    hub,
    corsOrigins: [],
    trustProxy: false,
    log,
    now: () => TEST_NOW,
    requestsAMinute: 100_000,
  });
  return { hub, app };
}

export async function keyOf(
  { hub }: Desk,
  slug: string | null,
  role: Role,
  purposes: readonly Purpose[] | null = null,
): Promise<string> {
  const { text } = await hub.database.unrestricted('a key for a test', async (connection) =>
    addKey(connection, randomIds, {
      organisationId: slug === null ? null : (await readOrganisation(connection, slug)).id,
      role,
      label: 'test',
      vaultPermission: false,
      purposes,
      expiresAt: new Date(TEST_NOW.getTime() + 9e9),
    }),
  );
  return text;
}

/** For an investigation unless said otherwise, as a viewer of that key sees it then. */
export function viewerOfKey({ hub }: Desk, key: string): Promise<Viewer> {
  return readViewer(hub.database, key, TEST_NOW, 'investigation');
}

export function askExport(
  { app }: Desk,
  key: string,
  name: string,
  filter?: object | string,
  headers: Readonly<Record<string, string>> = {},
) {
  const query =
    filter === undefined ? {} : { filter: typeof filter === 'string' ? filter : JSON.stringify(filter) };
  return request(app.handler)
    .get(`/exports/${name}`)
    .query(query)
    .set({
      authorization: `Bearer ${key}`,
      'headwater-purpose': 'investigation',
      'headwater-case-reference': 'case-17',
      ...headers,
    })
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => void chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks)));
    });
}

export interface Taken {
  readonly bytes: Buffer;
  readonly manifest: Manifest;
  readonly headers: Readonly<Record<string, string>>;
}

/** Throws where the export is refused. */
export async function takeExport(desk: Desk, key: string, name: string, filter?: object): Promise<Taken> {
  const response = await askExport(desk, key, name, filter);
  if (response.status !== 200) throw new Error(String(response.body));
  const id = response.headers['headwater-export'] ?? '';
  const { body } = await request(desk.app.handler)
    .get(`/exports/${id}.manifest.json`)
    .set('authorization', `Bearer ${key}`);
  return {
    bytes: response.body as Buffer,
    manifest: body as Manifest,
    headers: response.headers,
  };
}

export function linesOf(bytes: Buffer): readonly Record<string, unknown>[] {
  return bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Every node of a list, page by page. */
export async function wholeList<Node>(
  hub: TestHub,
  viewer: Viewer,
  root: string,
  filterType: string,
  fields: string,
  filter: object = {},
): Promise<readonly Node[]> {
  const query = `query ($filter: ${filterType}, $after: String) {
    list: ${root}(filter: $filter, first: 500, after: $after) { nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`;
  const nodes: Node[] = [];
  let after: string | null = null;
  while (true) {
    const { list }: { list: { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } =
      await answer(hub, viewer, query, { filter, after });
    nodes.push(...list.nodes);
    if (!list.pageInfo.hasNextPage) return nodes;
    after = list.pageInfo.endCursor;
  }
}
