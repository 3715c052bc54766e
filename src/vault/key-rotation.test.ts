/** A new master key: nothing that is sealed is lost and nothing destroyed comes back, whenever a process ends and whoever else is at work. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHmac, createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RotationStep, rotateMasterKey } from './key-rotation.ts';
import { type KeyStore, openKeyStore } from './key-store.ts';
import { readMaster, unwrapKey, wrapKey } from './master-key.ts';
import { seal, unseal } from './sealing.ts';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'headwater-keys-')), 'keys');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(path.dirname(folder), { recursive: true, force: true });
});

const STEPS: readonly RotationStep[] = ['begun', 'copied', 'drafted', 'switched', 'carried', 'ring removed'];
const MODULES = ['./key-store.ts', './key-rotation.ts'].map((name) => new URL(name, import.meta.url).href);
const OPENING = `
  import { writeSync } from 'node:fs';
  const [{ openKeyStore }, { rotateMasterKey }] = await Promise.all(${JSON.stringify(MODULES)}.map((name) => import(name)));
  const [, folder, word] = process.argv;
  const say = (text, ids) => writeSync(1, ids.map((id) => text + ' ' + id + '\\n').join(''));
`;
/** Ends as if the power of the process were cut, once a step is done. */
const KILLED = `${OPENING} await rotateMasterKey(folder, (step) => { if (step === word) process.kill(process.pid, 'SIGKILL'); });`;
const ROTATING = `${OPENING} say('up', ['']); for (;;) { await rotateMasterKey(folder).then(() => say('turn', ['']), (error) => { if (error.code !== 'BUSY') throw error; }); }`;
/** Makes keys, and destroys every third. */
const WORKING = `${OPENING}
  const store = openKeyStore(folder);
  for (let round = 0; round < Number(word); round += 1) {
    const ids = store.create(9).map(({ id }) => id);
    const gone = ids.filter((_, at) => at % 3 === 0);
    store.destroy(gone);
    say('gone', gone);
    say('made', ids.filter((_, at) => at % 3 !== 0));
  }
`;

const node = (program: string, word: string) => ['--input-type=module', '-e', program, folder, word];

function run(program: string, word: string) {
  const child = spawn(process.execPath, node(program, word), { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let text = '';
  child.stdout.on('data', (piece: Buffer) => {
    text += piece.toString();
  });
  const begun = new Promise<void>((resolve) => {
    child.stdout.once('data', () => resolve());
    child.once('close', () => resolve());
  });
  const told = new Promise<(word: string) => string[]>((resolve) => {
    child.once('close', () =>
      resolve((word) =>
        text.split('\n').flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(5)] : [])),
      ),
    );
  });
  return { child, begun, told };
}

const idsOf = (made: readonly { readonly id: string }[]): readonly string[] => made.map(({ id }) => id);
const rings = (): readonly string[] => readdirSync(folder).filter((name) => name.startsWith('ring'));
const codeOf = (store: KeyStore, id: string): unknown => {
  try {
    return store.read(id) && 'open';
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};
/** Ids whose wrapped key stands in some ring of the folder. */
const standing = (ids: readonly string[]): readonly string[] => {
  const text = rings().map((name) => readFileSync(path.join(folder, name), 'latin1'));
  return ids.filter((id) => text.some((each) => new RegExp(`^${id} [^-]`, 'm').test(each)));
};
const sealedBy = (store: KeyStore, ids: readonly string[]) =>
  ids.map((id) => ({ id, sealed: seal(store.read(id), 'p', id) }));
const expectOpen = (store: KeyStore, all: ReturnType<typeof sealedBy>): void => {
  for (const { id, sealed } of all) expect(unseal(store.read(id), 'p', sealed)).toBe(id);
};

describe('rotating the master key', () => {
  it('opens what was sealed, finds what was digested, forgets what was destroyed, in stores open before too', async () => {
    const early = openKeyStore(folder);
    const [gone = '', ...kept] = idsOf(early.create(2_500));
    early.destroy([gone]);
    const sealed = sealedBy(early, kept);
    const [before, token] = [readMaster(path.join(folder, 'master.key')), early.token('d', 'text')];
    expect(await rotateMasterKey(folder)).toEqual({ keys: 2_499 });
    for (const store of [early, openKeyStore(folder)]) {
      expectOpen(store, sealed);
      expect(codeOf(store, gone)).toBe('NOT_FOUND');
      expect(store.token('d', 'text')).toEqual(token);
      const [later = ''] = idsOf(store.create(1));
      expect(codeOf(openKeyStore(folder), later)).toBe('open');
    }
    const after = readMaster(path.join(folder, 'master.key'));
    expect(after.key.equals(before.key)).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(['master.key', after.ring]);
    expect(after.ring).not.toBe(before.ring);
    for (const line of readFileSync(path.join(folder, after.ring), 'latin1').split('\n')) {
      const [id = '', wrapped = '-'] = line.split(' ');
      if (!wrapped.startsWith('-')) expect(() => unwrapKey(before.key, id, wrapped)).toThrow(/does not open/);
    }
    for (const name of readdirSync(folder))
      expect((statSync(path.join(folder, name)).mode & 0o777).toString(8)).toBe('600');
  });

  it('takes a store of the first format with it, and changes none of its tokens', async () => {
    const master = createSecretKey(randomBytes(32));
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(path.join(folder, 'master.key'), master.export(), { mode: 0o600 });
    const [id, key] = [randomUUID(), createSecretKey(randomBytes(32))];
    writeFileSync(path.join(folder, 'ring.log'), `\n${id} ${wrapKey(master, id, key)}\n`, { mode: 0o600 });
    const derived = createHmac('sha256', master).update('token').digest();
    const token = createHmac('sha256', derived).update('d').update('\0').update('text').digest();
    expect(Buffer.from(openKeyStore(folder).token('d', 'text'))).toEqual(token);
    for (let turn = 1; turn <= 2; turn += 1) {
      expect(await rotateMasterKey(folder)).toEqual({ keys: 1 });
      expect(openKeyStore(folder).read(id).equals(key)).toBe(true);
      expect(Buffer.from(openKeyStore(folder).token('d', 'text'))).toEqual(token);
    }
    const text = readFileSync(path.join(folder, 'master.key'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ format: 2 });
    expect(text).not.toContain(derived.toString('base64'));
  });

  it.each(STEPS)(
    'may be killed once it is %s: the store opens, and the next rotation is whole',
    async (step) => {
      const early = openKeyStore(folder);
      const [gone = '', late = '', ...kept] = idsOf(early.create(1_500));
      early.destroy([gone]);
      const sealed = sealedBy(early, kept);
      const token = early.token('d', 'text');
      const { signal } = spawnSync(process.execPath, node(KILLED, step), { stdio: 'inherit' });
      expect(signal).toBe('SIGKILL');
      // Whoever had it open goes on before anybody opens it anew: what is destroyed now stands in no copy that was left.
      expectOpen(early, sealed);
      early.destroy([late]);
      expect(standing([gone, late])).toEqual([]);
      const made = sealedBy(early, idsOf(early.create(2)));
      const check = (store: KeyStore): void => {
        expectOpen(store, [...sealed, ...made]);
        expect([codeOf(store, gone), codeOf(store, late)]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
        expect(store.token('d', 'text')).toEqual(token);
      };
      check(early);
      check(openKeyStore(folder));
      check(early);
      expect(readdirSync(folder)).toHaveLength(2);
      expect(await rotateMasterKey(folder)).toEqual({ keys: 1_500 });
      check(early);
      check(openKeyStore(folder));
      expect(readdirSync(folder)).toHaveLength(2);
    },
  );

  it('keeps keys made, and loses keys destroyed, at any of its steps', async () => {
    const other = openKeyStore(folder);
    const ids = idsOf(other.create(3_000));
    const gone: string[] = [];
    const made: string[] = [];
    await rotateMasterKey(folder, () => {
      const doomed = [ids[gone.length] ?? '', ids[2_999 - gone.length] ?? ''];
      const [own = '', lasting = ''] = idsOf(other.create(2));
      other.destroy([...doomed, own]);
      gone.push(...doomed, own);
      made.push(lasting);
      expect(standing(gone)).toEqual([]);
    });
    const kept = ids.filter((id) => !gone.includes(id));
    for (const store of [other, openKeyStore(folder)]) {
      expect(new Set([...kept, ...made].map((id) => codeOf(store, id)))).toEqual(new Set(['open']));
      expect(new Set(gone.map((id) => codeOf(store, id)))).toEqual(new Set(['NOT_FOUND']));
    }
    expect(standing(gone)).toEqual([]);
  });

  it('is one at a time, and leaves all as it was where a key does not open', async () => {
    const store = openKeyStore(folder);
    const [id = ''] = idsOf(store.create(1));
    let second: Promise<unknown> = Promise.resolve(null);
    await rotateMasterKey(folder, (step) => {
      if (step === 'begun') second = rotateMasterKey(folder).catch((error: unknown) => error);
    });
    expect(await second).toMatchObject({ code: 'BUSY', message: expect.stringContaining('rotated') });
    const [ring = ''] = rings();
    const text = readFileSync(path.join(folder, ring), 'latin1');
    writeFileSync(path.join(folder, ring), text.replace(/.{6}\n$/, 'AAAAAA\n'));
    const master = readFileSync(path.join(folder, 'master.key'));
    await expect(rotateMasterKey(folder)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(readFileSync(path.join(folder, 'master.key'))).toEqual(master);
    expect(readdirSync(folder).sort()).toEqual(['master.key', ring]);
    writeFileSync(path.join(folder, ring), text);
    expect(codeOf(openKeyStore(folder), id)).toBe('open');
  });

  it('goes on beside processes that make and destroy keys, and through kills of itself', async () => {
    const early = openKeyStore(folder);
    const first = idsOf(early.create(500));
    const workers = [run(WORKING, '1800'), run(WORKING, '1800')];
    const over = Promise.all(workers.map(({ told }) => told)).then(() => true);
    let working = true;
    void over.then(() => {
      working = false;
    });
    let turns = 0;
    // On a machine with much else to do a rotation takes longer: it is given more time from kill to kill.
    for (let kill = 0; working || turns <= 2; kill += 1) {
      const rotating = run(ROTATING, '');
      // Counted from when it rotates: how long a process takes to begin is the machine's.
      await rotating.begun;
      await new Promise((resolve) => setTimeout(resolve, 100 + ((kill * 397) % (1_500 + 300 * kill))));
      rotating.child.kill('SIGKILL');
      turns += (await rotating.told)('turn').length;
      openKeyStore(folder);
    }
    const told = await Promise.all(workers.map((worker) => worker.told));
    const made = told.flatMap((after) => after('made'));
    const gone = told.flatMap((after) => after('gone'));
    console.log(`${turns} rotations beside ${made.length} keys made and ${gone.length} destroyed`);
    expect([made.length, gone.length]).toEqual([21_600, 10_800]);
    expect(turns).toBeGreaterThan(2);
    for (const store of [early, openKeyStore(folder)]) {
      expect([...first, ...made].filter((id) => codeOf(store, id) !== 'open')).toEqual([]);
      expect(gone.filter((id) => codeOf(store, id) !== 'NOT_FOUND')).toEqual([]);
    }
    expect(standing(gone)).toEqual([]);
  }, 180_000);

  it('says how long 100,000 keys take', async () => {
    const store = openKeyStore(folder);
    for (let round = 0; round < 10; round += 1) store.create(10_000);
    const began = performance.now();
    let longest = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    expect(await rotateMasterKey(folder)).toEqual({ keys: 100_000 });
    clearInterval(watch);
    const ms = performance.now() - began;
    console.log(
      `100,000 keys rotated in ${ms.toFixed(0)} ms; nobody else waited longer than ${longest.toFixed(0)} ms`,
    );
  }, 60_000);
});
