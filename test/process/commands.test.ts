/** Commands as they are typed, beside a running hub and without one: what they say when all is well, and when it is not. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { COMMAND_NAMES } from '../../src/cli/command-list.ts';
import { readLoginWarnings } from '../../src/cli/health.view.ts';
import { hubFolder, PROGRAM, type RunningHub, runHeadwater, startHub } from '../support/hub-process.ts';
import { openTestHub } from '../support/test-hub.ts';

const folder = hubFolder();
const beside = (name: string): string => path.join(path.dirname(folder.data), name);
let hub: RunningHub;

beforeAll(async () => {
  hub = await startHub(folder);
});
afterAll(async () => {
  await hub.end('SIGKILL');
  folder.remove();
});

const importFile = (profile: string, file: string, ...more: readonly string[]) =>
  runHeadwater(folder, 'import', '--profile', profile, '--org', 'lantern-line', ...more, file);

describe('an import through a running hub', () => {
  const calls = [
    'irf_number,date_of_interception,role,station_name,age',
    'ZZZ0001,2026-01-15,PV,Example Gate,many',
    ...Array.from({ length: 8 }, (_, index) => `ZZZ1${index},31/02/2026,PV,Example Gate,20`),
  ].join('\n');
  let batch = '';

  it('says that no zone was given, how many rows have notes, and where all of it is read', () => {
    writeFileSync(beside('intercepts.csv'), `${calls}\n`);
    const { out, err } = importFile('border-intercept', beside('intercepts.csv'));
    expect(err).toBe('');
    expect(out).toContain('warning: no zone given: times are read as UTC');
    expect(out).toContain('… and 3 more rows in quarantine');
    expect(out).toContain('notes on 1 row');
    batch = /npx headwater quarantine (\S+)/.exec(out)?.[1] ?? '';
    expect(runHeadwater(folder, 'undo', '--org', 'lantern-line', '--plan', batch).out).toMatch(
      /1 record would go, 0 would say again what they said before\npossible now/,
    );
    const page = runHeadwater(folder, 'quarantine', batch, '--first', '3').out;
    expect(page).toContain('intercepts.csv as border-intercept: 8 rows in quarantine, notes on 1 row');
    expect(page).toContain('line 2, left out and noted\n  line 2, age');
    expect(page).toContain(`more: npx headwater quarantine ${batch} --first 3 --after 4`);
    const csv = runHeadwater(folder, 'quarantine', batch, '--csv', '--after', '4').out.trimEnd().split('\n');
    expect(csv[0]).toBe('line,outcome,where,found,wanted');
    expect(csv).toHaveLength(7);
  });

  it('takes a zone under any of its names, and then warns no more', () => {
    const again = importFile('border-intercept', beside('intercepts.csv'), '--zone', 'Asia/Kathmandu');
    expect(again.err).toBe('');
    expect(again.out).not.toContain('no zone given');
    // Read with a zone it is an import of its own, and stands on the one before.
    batch = /batch ([0-9a-f-]{36})/.exec(again.out)?.[1] ?? '';
    expect(
      importFile('border-intercept', beside('intercepts.csv'), '--zone', 'Asia/Kathmandoo'),
    ).toMatchObject({
      code: 2,
      err: expect.stringContaining('(did you mean "Asia/Kathmandu"?)'),
    });
  });

  it('is undone once, and says so the second time', () => {
    const undo = () => runHeadwater(folder, 'undo', '--org', 'lantern-line', batch);
    expect(undo().out).toContain(`import ${batch} is undone`);
    expect(undo()).toMatchObject({ code: 0, out: expect.stringContaining('was undone already') });
  });

  it('names the place of a mistake in a profile, and what is no file', async () => {
    writeFileSync(beside('p0.json'), '{\n  "name": my-calls\n}\n');
    const bad = importFile(beside('p0.json'), beside('intercepts.csv'));
    expect(bad.code).toBe(2);
    expect(bad.err).toContain('p0.json is not a profile:\n  line 2, column 11: found "m"');
    expect(importFile('staffing', path.dirname(folder.data)).err).toContain('found the folder');
    expect(importFile('stafing', beside('intercepts.csv')).err).toContain('(did you mean "staffing"?)');
    await expect.poll(() => hub.output()).toContain('a command was refused');
  });

  it('says that the hub ended when it is killed in between, and goes on with the same file', async () => {
    const months = Array.from(
      { length: 4_000 },
      (_, index) => `Nepal,Gate ${index % 40},,${1920 + Math.floor(index / 40)}-01,2,0.5`,
    );
    const file = beside('months.csv');
    writeFileSync(file, `country,station_name,location,month,staff,work_fraction\n${months.join('\n')}\n`);
    const args = [PROGRAM, 'import', '--profile', 'staffing', '--org', 'lantern-line', file];
    const child = spawn(process.execPath, args, { env: folder.environment });
    let err = '';
    child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
    await hub.end('SIGKILL');
    expect(await ended).toBe(1);
    expect(err).toBe(
      'the hub ended before it answered; start it and give the same file again, with the same options, to go on\n',
    );
    hub = await startHub(folder);
    const again = importFile('staffing', file);
    expect(again.err).toBe('');
    expect(again.out).toContain('went on where an earlier import of this file stopped');
    expect(again.out).toContain('= 4,000 rows');
  }, 300_000);
});

describe('a rotation of the master key through a running hub', () => {
  it('is done by the hub, which goes on, and knows its rows again', () => {
    const file = beside('rotated.csv');
    writeFileSync(
      file,
      'country,station_name,location,month,staff,work_fraction\nNepal,Gate 1,,1960-01,2,0.5\n',
    );
    expect(importFile('staffing', file).code).toBe(0);
    const keys = path.join(path.dirname(folder.data), 'keys');
    const before = readdirSync(keys).filter((name) => name.startsWith('ring'));
    const { code, out, err } = runHeadwater(folder, 'keys', 'rotate');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/new master key, which wraps \d+ keys; the old one is gone/);
    const after = readdirSync(keys).filter((name) => name.startsWith('ring'));
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
    expect(importFile('staffing', file).out).toContain('imported before');
    expect(runHeadwater(folder, 'audit', 'verify').code).toBe(0);
    expect(runHeadwater(folder, 'keys').code).toBe(2);
  });
});

describe('help', () => {
  const bare = hubFolder();
  afterAll(() => bare.remove());

  // These need no hub and no process: the same words, to the same lines.
  const typed = async (...args: readonly string[]) => {
    let out = '';
    let err = '';
    const say = (line: string) => void (out += `${line}\n`);
    const error = (line: string) => void (err += `${line}\n`);
    const code = await runCommandLine(args, { say, progress: say, error, close: () => undefined });
    return { code, out, err };
  };

  it('lists every command, however it is asked', async () => {
    const { code, out } = runHeadwater(bare, '--help');
    expect(code).toBe(0);
    for (const name of COMMAND_NAMES) expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    for (const word of ['-h', 'help', '--help']) expect(await typed(word)).toEqual({ code, out, err: '' });
    expect(existsSync(bare.data)).toBe(false);
  });

  it('says more of each command, however it is asked', async () => {
    expect(runHeadwater(bare, 'import', '--help')).toMatchObject({ code: 0, err: '' });
    expect(existsSync(bare.data)).toBe(false);
    expect((await typed('import', '-h')).out).toContain('--date-order');
    expect((await typed('help', 'undo')).out).toContain('npx headwater undo --org SLUG [--plan] BATCH');
    expect((await typed('serve', '--help')).out).toContain('starts the hub');
    expect(await typed('undoo', '--help')).toMatchObject({
      code: 2,
      err: expect.stringContaining('(did you mean "undo"?)'),
    });
  });

  it('tells the version', async () => {
    expect(await typed('--version')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^headwater \d+\.\d+\.\d+\n$/),
    });
  });

  it('prints the columns of a profile and a file to start from', async () => {
    expect((await typed('profiles')).out).toContain('border-intercept');
    expect((await typed('profiles', 'staffing')).out).toContain('work_fraction (required) → record');
    expect((await typed('profiles', 'staffing', '--template')).out).toMatch(
      /^station_name,month,.*\nExample .*\n$/,
    );
    expect((await typed('profiles', 'stafing')).err).toContain('(did you mean "staffing"?)');
  });

  it('comes instead of a command that takes nothing when something was typed behind it', async () => {
    for (const name of ['serve', 'profiles']) expect((await typed(name, 'a', 'b')).code, name).toBe(2);
  });
});

describe('settings that name folders', () => {
  it('stop the start with a sentence, and nothing is written', () => {
    const theirs = beside('theirs');
    mkdirSync(theirs);
    writeFileSync(path.join(theirs, 'letter.txt'), 'dear');
    for (const [settings, sentence] of [
      [{ HEADWATER_DATA_DIR: '/etc/passwd' }, 'HEADWATER_DATA_DIR: found "/etc/passwd" (a file)'],
      [{ HEADWATER_DATA_DIR: '/proc/x/data' }, 'HEADWATER_DATA_DIR: found "/proc/x/data" (cannot be made'],
      [{ HEADWATER_DATA_DIR: theirs }, 'it holds other files: letter.txt'],
      [{ HEADWATER_KEYS_DIR: '/etc/passwd' }, 'HEADWATER_KEYS_DIR: found "/etc/passwd" (a file)'],
      [{ DATABASE_POOL: '0' }, 'DATABASE_POOL: found "0", wanted a whole number from 1 to 500'],
    ] as const) {
      const bad = hubFolder(settings);
      const run = runHeadwater(bad, 'serve');
      expect(run).toMatchObject({ code: 1, err: expect.stringContaining(sentence) });
      expect(run.err).not.toMatch(/^\s+at /m);
      expect(run.seconds).toBeLessThan(15);
      bad.remove();
    }
    expect(readdirSync(theirs)).toEqual(['letter.txt']);
  });

  it('never fill a key folder that belongs to other data', () => {
    const mixed = hubFolder();
    const keys = path.join(path.dirname(mixed.data), 'keys');
    mkdirSync(keys);
    writeFileSync(path.join(keys, 'master.key'), 'theirs');
    expect(runHeadwater(mixed, 'doctor').err).toContain('wanted both or neither');
    expect(readdirSync(keys)).toEqual(['master.key']);
    mixed.remove();
  });

  it('tell of a server that is not there without a stack and without the password', () => {
    const secret = 'never-shown-4711';
    const bad = hubFolder({
      DATABASE_URL: `postgres://someone:${secret}@127.0.0.1:1/headwater`,
      HEADWATER_KEYS_DIR: beside('other-keys'),
    });
    const run = runHeadwater(bad, 'serve');
    expect(run.code).toBe(1);
    expect(run.err).toBe(
      'DATABASE_URL: found no server that listens at 127.0.0.1:1, wanted the host and port of a running PostgreSQL\n',
    );
    expect(run.out + run.err).not.toContain(secret);
    bad.remove();
  });
});

const server = process.env['TEST_DATABASE_URL'] ?? '';

describe.skipIf(server === '')('a login that row security does not bind', () => {
  it('is named with what to do', async () => {
    const test = await openTestHub('base');
    const [warning] = await readLoginWarnings(test.database);
    await test.close();
    expect(warning).toMatch(/^DATABASE_URL: the login \w+ is a superuser: row security does not bind it/);
    expect(warning).toContain('docker/database-logins.sh');
  });
});
