/** The hub as a process: ready, alone on its folder, reached by commands, ended cleanly, and honest about settings. */
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hubFolder, post, type RunningHub, runHeadwater, startHub } from '../support/hub-process.ts';

const folder = hubFolder();
let hub: RunningHub;

beforeAll(async () => {
  hub = await startHub(folder);
});
afterAll(async () => {
  await hub.end('SIGKILL');
  folder.remove();
});

const COUNT = '{ movements { totalCount } }';

describe('a running hub', () => {
  it('prints its address, a key for each role and organisation, and a query that answers when pasted', async () => {
    const pasted = /-d '(.+)'/.exec(hub.output())?.[1] ?? '';
    const answer = await post<{ flows: unknown[] }>(
      hub,
      hub.key('terai-watch', 'analyst'),
      (JSON.parse(pasted) as { query: string }).query,
    );
    expect(answer.flows.length).toBeGreaterThan(1);
    for (const role of ['analyst', 'investigator', 'data_officer', 'dashboard'])
      expect(hub.key('lantern-line', role)).toMatch(/^hw_/);
    expect(hub.key('operator', 'operator')).toMatch(/^hw_/);
  });

  it('refuses a second server on the folder at once, naming the holder', () => {
    const second = runHeadwater(folder, 'serve');
    expect(second.code).toBe(1);
    expect(second.err).toContain(`process ${hub.process.pid}`);
    console.log(`a second server was refused after ${second.seconds.toFixed(2)} s`);
  });

  it('ends a start that fails when its database is open already, and leaves no lock', () => {
    const other = hubFolder({ PORT: new URL(hub.address).port });
    const run = runHeadwater(other, 'serve');
    expect(run.code).toBe(1);
    expect(run.err).toContain('in use on 127.0.0.1, wanted a free port');
    expect(() => readFileSync(`${other.data}.lock`)).toThrow('ENOENT');
    const lost = hubFolder({ HEADWATER_DATA_DIR: other.data, HEADWATER_KEYS_DIR: `${other.data}-keys` });
    const keyless = runHeadwater(lost, 'doctor');
    expect(keyless.code).toBe(1);
    expect(keyless.err).toContain('found a key folder with another master key');
    lost.remove();
    other.remove();
  });

  it('runs commands typed elsewhere in the process that holds the folder', () => {
    const file = path.join(path.dirname(folder.data), 'effort.csv');
    writeFileSync(
      file,
      'country,station_name,location,month,staff,work_fraction\nNepal,Nowhere Gate,,2026-01,2,0.5\n',
    );
    const imported = runHeadwater(folder, 'import', '--profile', 'staffing', '--org', 'lantern-line', file);
    expect(imported.err).toBe('');
    expect(imported.out).toContain(
      'accepted 1 + parts 0 + versions 0 + unchanged 0 + quarantined 0 = 1 rows',
    );
    const verified = runHeadwater(folder, 'audit', 'verify');
    expect(verified).toMatchObject({ code: 0 });
    expect(verified.out).toContain('is whole');
    expect(runHeadwater(folder, 'doctor').out).toContain('all is well');
  });

  it('says what is wrong with a command, and exits with 2', () => {
    const unknown = runHeadwater(folder, 'improt');
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('found no command "improt"');
    const profile = runHeadwater(folder, 'import', '--profile', 'nothing', '--org', 'lantern-line', 'x.csv');
    expect(profile.err).toContain('border-intercept');
  });

  it('listens on the loopback address only, and opens no database port', () => {
    expect(new URL(hub.address).hostname).toBe('127.0.0.1');
    const listening = ['tcp', 'tcp6'].flatMap((table) => listeningSockets(hub.process.pid ?? 0, table));
    expect(listening).toHaveLength(1);
    expect(listening[0]).toMatch(/^0100007F:/);
  });

  it('keeps what it acknowledged through a kill, takes the stale lock over, and is soon ready again', async () => {
    const before = await post<{ movements: { totalCount: number } }>(
      hub,
      hub.key('terai-watch', 'analyst'),
      COUNT,
    );
    expect(await hub.end('SIGKILL')).toBe('SIGKILL');
    hub = await startHub(folder);
    console.log(`ready again after ${hub.seconds.toFixed(1)} s`);
    const after = await post<{ movements: { totalCount: number } }>(
      hub,
      hub.key('terai-watch', 'analyst'),
      COUNT,
    );
    expect(after).toEqual(before);
    const effort = runHeadwater(
      folder,
      'import',
      '--profile',
      'staffing',
      '--org',
      'lantern-line',
      path.join(path.dirname(folder.data), 'effort.csv'),
    );
    expect(effort.out).toContain('unchanged 1');
  });

  it('ends cleanly when told to, and leaves no lock', async () => {
    expect(await hub.end('SIGTERM')).toBe(0);
    expect(() => readFileSync(`${folder.data}.lock`)).toThrow('ENOENT');
    expect(runHeadwater(folder, 'doctor').out).toContain('all is well');
    hub = await startHub(folder);
  });
});

describe('settings', () => {
  it.each([
    [{ PORT: 'eighty' }, 'PORT: found "eighty", wanted a whole number from 0 to 65535'],
    [{ HOST: '0.0.0.0' }, 'HOST: found "0.0.0.0", wanted a loopback address'],
    [{ DATABASE_URL: 'mysql://nowhere' }, 'DATABASE_URL: found a text of 15 characters'],
    [{ HEADWATER_DEMO: 'maybe' }, 'HEADWATER_DEMO: found "maybe", wanted one of yes, no'],
    [{ HEADWATER_CORS_ORIGINS: '*' }, 'HEADWATER_CORS_ORIGINS: found "*"'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: found "loud", wanted one of'],
  ])('stop the start with a sentence: %o', (settings, sentence) => {
    const bad = hubFolder(settings);
    const run = runHeadwater(bad, 'serve');
    expect(run.code).toBe(1);
    expect(run.err).toContain(sentence);
    bad.remove();
  });
});

/** Local addresses on which a process listens, from Linux's own tables; its sockets are those its descriptors point at. */
function listeningSockets(pid: number, table: string): string[] {
  const inodes = new Set(readDescriptors(pid));
  return readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A' && inodes.has(fields[9] ?? ''))
    .map((fields) => fields[1] ?? '');
}

function readDescriptors(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${name}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });
}
