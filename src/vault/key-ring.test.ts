/** One key folder and several processes that append, read, destroy, and are killed in the middle of it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KeyStore, openKeyStore } from './key-store.ts';
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

const STORE = new URL('./key-store.ts', import.meta.url).href;
const OPENING = `
  import { writeSync } from 'node:fs';
  import { openKeyStore } from ${JSON.stringify(STORE)};
  const [, folder, rounds, most] = process.argv;
  const store = openKeyStore(folder);
  const say = (word, ids) => writeSync(1, ids.map((id) => word + ' ' + id + '\\n').join(''));
`;
/** Says each key once it has it. */
const APPENDER = `${OPENING}
  for (let round = 0; round < Number(rounds); round += 1)
    say('made', store.create(1 + (round * 7) % Number(most)).map(({ id }) => id));
`;
/** Opens the folder anew each round, and destroys every other key of its own. */
const DESTROYER = `${OPENING}
  for (let round = 0; round < Number(rounds); round += 1) {
    const each = openKeyStore(folder);
    const ids = each.create(2 * Number(most)).map(({ id }) => id);
    store.destroy(ids.filter((_, at) => at % 2 === 0));
    say('gone', ids.filter((_, at) => at % 2 === 0));
    say('made', ids.filter((_, at) => at % 2 === 1));
  }
`;

interface Told {
  readonly made: readonly string[];
  readonly gone: readonly string[];
}

/** `began`: it has said something. `told`: what it had said when it ended. */
function run(program: string, rounds: number, most: number) {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', program, folder, String(rounds), String(most)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.push(child);
  let text = '';
  child.stdout.on('data', (piece: Buffer) => {
    text += piece.toString();
  });
  const told = new Promise<Told>((resolve) => {
    child.once('close', () => {
      const after = (word: string): string[] =>
        text
          .split('\n')
          .flatMap((line) => (line.startsWith(word) && line.length === 41 ? [line.slice(5)] : []));
      resolve({ made: after('made '), gone: after('gone ') });
    });
  });
  const began = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  return { child, began, told };
}

const opens = (store: KeyStore, id: string): boolean => {
  const key = store.read(id);
  return unseal(key, 'p', seal(key, 'p', 'text')) === 'text';
};
const codeOf = (store: KeyStore, id: string): unknown => {
  try {
    return store.read(id) && 'open';
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('a key folder that several processes share', () => {
  it('keeps every key that any of them was given, and none that any destroyed', async () => {
    const early = openKeyStore(folder);
    const runs = [run(APPENDER, 70, 90), run(APPENDER, 70, 90), run(DESTROYER, 12, 25)];
    const own: string[] = [];
    const watch = setInterval(() => own.push(...early.create(5).map(({ id }) => id)), 50);
    const told = await Promise.all(runs.map((each) => each.told));
    clearInterval(watch);
    const made = [...own, ...told.flatMap((each) => each.made)];
    const gone = told.flatMap((each) => each.gone);
    expect(made.length).toBeGreaterThan(5_000);
    expect(gone).toHaveLength(300);
    for (const store of [early, openKeyStore(folder)]) {
      expect(made.filter((id) => !opens(store, id))).toEqual([]);
      expect(new Set(gone.map((id) => codeOf(store, id)))).toEqual(new Set(['NOT_FOUND']));
    }
  }, 180_000);

  it('keeps them through kills in the middle of an append, whoever opens and appends meanwhile', async () => {
    const early = openKeyStore(folder);
    const made: string[] = [];
    const gone: string[] = [];
    for (let kill = 0; kill < 6; kill += 1) {
      const killed = [run(APPENDER, 1_000_000, 3_000), run(DESTROYER, 1_000_000, 200)];
      const steady = run(APPENDER, 40, 50);
      await Promise.all(killed.map(({ began }) => began));
      await pause(kill * 37);
      for (const { child } of killed) child.kill('SIGKILL');
      openKeyStore(folder);
      made.push(...early.create(3).map(({ id }) => id));
      for (const { told } of [...killed, steady]) {
        made.push(...(await told).made);
        gone.push(...(await told).gone);
      }
    }
    const short = readFileSync(path.join(folder, 'ring.log'), 'latin1')
      .split('\n')
      .filter((line) => line.length > 0 && line.length < 133);
    console.log(`${made.length} keys, ${gone.length} destroyed, ${short.length} lines cut short by a kill`);
    expect(made.length).toBeGreaterThan(6_000);
    expect(gone.length).toBeGreaterThan(500);
    for (const store of [early, openKeyStore(folder)]) {
      expect(made.filter((id) => !opens(store, id))).toEqual([]);
      expect(gone.filter((id) => codeOf(store, id) !== 'NOT_FOUND')).toEqual([]);
    }
  }, 180_000);

  it('has one master key, though several processes begin at once', async () => {
    const told = await Promise.all(Array.from({ length: 4 }, () => run(APPENDER, 3, 5).told));
    const made = told.flatMap((each) => each.made);
    const store = openKeyStore(folder);
    expect(told.every((each) => each.made.length > 0)).toBe(true);
    expect(made.filter((id) => !opens(store, id))).toEqual([]);
  });
});
