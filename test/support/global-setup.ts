/** Before any test: the prepared data folders (or template databases) of exactly this code. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { loadDemo } from '../../src/cli/demo.service.ts';
import { codeDigest, openHub } from '../../src/cli/hub.ts';
import { buildTemplates, findTemplate } from '../../src/cli/template.ts';
import type { TestTemplate } from './templates.ts';

// oxlint-disable-next-line import/no-default-export -- vitest calls a global setup's default export
export default async function setup(project: TestProject): Promise<(() => void) | undefined> {
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
  const folder = mkdtempSync(path.join(tmpdir(), 'headwater-templates-'));
  const digest = codeDigest();
  const make = async (kind: 'base' | 'demo'): Promise<TestTemplate> => {
    const name = `headwater_template_${kind}_${digest}`;
    const keys = path.join(folder, kind);
    await onServer(serverUrl, async (client) => {
      await client.query(`drop database if exists ${name} with (force)`);
      await client.query(`create database ${name}`);
    });
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    const hub = await openHub({
      database: { mode: 'server', url: url.href, ownerUrl: url.href, poolSize: 3 },
      keysFolder: keys,
    });
    if (kind === 'demo') await loadDemo(hub);
    await hub.close();
    return { data: '', keys, serverDatabase: name };
  };
  project.provide('templates', { base: await make('base'), demo: await make('demo') });
  return () => rmSync(folder, { recursive: true, force: true });
}

async function onServer(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
