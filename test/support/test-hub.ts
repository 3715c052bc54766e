/** A hub for one test file: a copy of the prepared data folder, or a database of its own on the server that TEST_DATABASE_URL names. */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ExecutionResult, type GraphQLSchema, graphql } from 'graphql';
import pg from 'pg';
import { addKey, addOrganisation, readOrganisation } from '../../src/access/key.store.ts';
import { readSlugs } from '../../src/access/organisation.view.ts';
import { readerFor } from '../../src/access/reader.ts';
import type { Role } from '../../src/access/roles.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { readViewer } from '../../src/access/viewer.view.ts';
import { type Hub, openHub } from '../../src/cli/hub.ts';
import type { RequestContext } from '../../src/graphql/context.ts';
import type { Services } from '../../src/graphql/services.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import type { DatabaseChoice } from '../../src/platform/open-database.ts';
import { buildHubSchema, hubServices } from '../../src/schema.ts';
import { templatesFor } from './templates.ts';

export interface TestHub extends Hub {
  /** Statements since the last `statements.length = 0`. */
  readonly statements: string[];
  readonly server: boolean;
  /** The file of its keys. */
  readonly ringFile: string;
}

export const TEST_NOW = new Date('2026-11-01T00:00:00Z');

/** A database and its keys, for as many openings as a test likes, one after the other or, on a server, at once. */
export interface TestDatabase {
  readonly database: DatabaseChoice;
  readonly keysFolder: string;
  readonly server: boolean;
  /** Its files or its database go. */
  remove(): Promise<void>;
}

/** `base`: migrated, with the gazetteer. `demo`: with the fictional demo too. */
export async function prepareTestDatabase(kind: 'base' | 'demo'): Promise<TestDatabase> {
  const template = templatesFor(kind);
  const folder = mkdtempSync(path.join(tmpdir(), 'headwater-test-'));
  const keysFolder = path.join(folder, 'keys');
  cpSync(template.keys, keysFolder, { recursive: true });
  if (template.serverDatabase !== null) {
    const { name, url } = await copyServerDatabase(template.serverDatabase);
    const remove = async (): Promise<void> => {
      await onServer((client) => client.query(`drop database if exists ${name} with (force)`));
      rmSync(folder, { recursive: true, force: true });
    };
    return {
      database: { mode: 'server', url, ownerUrl: url, poolSize: 5 },
      keysFolder,
      server: true,
      remove,
    };
  }
  const data = path.join(folder, 'data');
  cpSync(template.data, data, { recursive: true, mode: 2 });
  const remove = async (): Promise<void> => rmSync(folder, { recursive: true, force: true });
  return { database: { mode: 'embedded', folder: data }, keysFolder, server: false, remove };
}

/** `base`: migrated, with the gazetteer. `demo`: with the fictional demo too. Close it when done: its files or database go with it. */
export async function openTestHub(kind: 'base' | 'demo'): Promise<TestHub> {
  const { database, keysFolder, server, remove } = await prepareTestDatabase(kind);
  const statements: string[] = [];
  const observe = ({ text }: { readonly text: string }): void => void statements.push(text);
  const hub = await openHub({ database, keysFolder, observe, now: () => TEST_NOW });
  const close = async (): Promise<void> => {
    await hub.close();
    await remove();
  };
  return { ...hub, close, statements, server, ringFile: path.join(keysFolder, 'ring.log') };
}

/** A viewer of an organisation in a role, by way of a real key; the organisation is made when it is new. `null`: the operator. */
export async function viewerFor(
  hub: Hub,
  slug: string | null,
  role: Role,
  vaultPermission = false,
): Promise<Viewer> {
  const text = await hub.database.unrestricted('make a key for a test', async (connection) => {
    const organisation =
      slug === null
        ? null
        : await readOrganisation(connection, slug).catch(() =>
            addOrganisation(connection, randomIds, { slug, name: slug, fictional: true }),
          );
    const expiresAt = new Date(TEST_NOW.getTime() + 86_400_000);
    const key = await addKey(connection, randomIds, {
      organisationId: organisation?.id ?? null,
      role,
      label: 'test',
      vaultPermission,
      expiresAt,
    });
    return key.text;
  });
  return readViewer(hub.database, text, TEST_NOW);
}

let schema: GraphQLSchema | undefined;

/** Executes a query as a viewer, without the HTTP layer. Services of its own: no answer is kept from one question to the next. */
export async function ask(
  hub: Hub,
  viewer: Viewer,
  source: string,
  variableValues?: Record<string, unknown>,
  services: Services = hubServices(hub),
): Promise<ExecutionResult> {
  schema ??= buildHubSchema();
  let slugs: Promise<ReadonlyMap<string, string>> | undefined;
  const contextValue: RequestContext = {
    reader: readerFor(hub.database, viewer),
    now: TEST_NOW,
    slugs: () => {
      slugs ??= readSlugs(hub.database);
      return slugs;
    },
    services,
  };
  return graphql({
    schema,
    source,
    contextValue,
    ...(variableValues === undefined ? {} : { variableValues }),
  });
}

/** The answer's data as plain JSON; throws when there are errors. */
export async function answer<T = Record<string, unknown>>(
  hub: Hub,
  viewer: Viewer,
  source: string,
  variables?: Record<string, unknown>,
  services?: Services,
): Promise<T> {
  const result = await ask(hub, viewer, source, variables, services);
  if (result.errors !== undefined)
    throw new Error(result.errors.map((error) => error.stack ?? error.message).join('\n'));
  return JSON.parse(JSON.stringify(result.data)) as T;
}

async function copyServerDatabase(templateName: string): Promise<{ name: string; url: string }> {
  const name = `headwater_test_${randomBytes(6).toString('hex')}`;
  await onServer((client) => client.query(`create database ${name} template ${templateName}`));
  const url = new URL(process.env.TEST_DATABASE_URL as string);
  url.pathname = `/${name}`;
  return { name, url: url.href };
}

async function onServer(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL as string });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
