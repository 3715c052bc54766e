/** Before any test: the dashboard and the prepared data folders (or template databases) of exactly this code. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { loadDemo } from '../../src/cli/demo.service.ts';
import { atlasFile, codeDigest, openHub, PACKAGE_FOLDER } from '../../src/cli/hub.ts';
import { buildTemplates, findTemplate } from '../../src/cli/template.ts';
import { atlasFrom } from '../../src/places/gazetteer.service.ts';
import type { TestTemplate } from './templates.ts';

// oxlint-disable-next-line import/no-default-export -- vitest calls a global setup's default export
export default async function setup(project: TestProject): Promise<undefined> {
  // The pages that tests open are those of this code.
  execFileSync(process.execPath, ['build-dashboard.mjs'], { cwd: PACKAGE_FOLDER, stdio: 'inherit' });
  await atlasFrom(atlasFile())();
  project.provide('atlasFile', atlasFile());
  const serverUrl = process.env.TEST_DATABASE_URL;
  if (serverUrl === undefined || serverUrl === '') {
    await buildTemplates((message) => console.log(`preparing: ${message}`));
    const of = (kind: 'base' | 'demo'): TestTemplate => ({
      ...(findTemplate(kind) as { data: string; keys: string }),
      serverDatabase: null,
    });
    project.provide('templates', { base: of('base'), demo: of('demo') });
    return undefined;
  }
  const templates = await serverTemplates(serverUrl);
  project.provide('templates', templates);
  return undefined;
}

/** Keys of template databases outlive the run, as the databases do: both are of exactly this code and are used again. */
const SERVER_KEYS = path.join(PACKAGE_FOLDER, 'node_modules', '.cache', 'headwater-server');

async function serverTemplates(serverUrl: string): Promise<{ base: TestTemplate; demo: TestTemplate }> {
  // The keys lie in this checkout: another one of the same code has templates of its own.
  const digest = `${codeDigest()}_${createHash('sha256').update(PACKAGE_FOLDER).digest('hex').slice(0, 6)}`;
  const make = async (kind: 'base' | 'demo', client: pg.Client): Promise<TestTemplate> => {
    const name = `headwater_template_${kind}_${digest}`;
    const keys = path.join(SERVER_KEYS, digest, kind);
    const there = await client.query(
      "select shobj_description(oid, 'pg_database') as note from pg_database where datname = $1",
      [name],
    );
    if (there.rows[0]?.note === 'ready' && existsSync(keys)) return { data: '', keys, serverDatabase: name };
    rmSync(keys, { recursive: true, force: true });
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name}`);
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    const hub = await openHub({
      database: { mode: 'server', url: url.href, ownerUrl: url.href, poolSize: 3 },
      keysFolder: keys,
    });
    if (kind === 'demo') await loadDemo(hub);
    await hub.close();
    await client.query(`comment on database ${name} is 'ready'`);
    return { data: '', keys, serverDatabase: name };
  };
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    // Two runs at once: one builds, the other waits. The number is arbitrary.
    await client.query('select pg_advisory_lock(4827117)');
    return { base: await make('base', client), demo: await make('demo', client) };
  } finally {
    await client.end();
  }
}
