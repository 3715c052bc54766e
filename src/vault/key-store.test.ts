import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeyStore } from './key-store.ts';
import { seal, unseal } from './sealing.ts';

let folder: string;
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'headwater-keys-')), 'keys');
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

const ring = (): string => path.join(folder, 'ring.log');

const opens = (key: Parameters<typeof seal>[0]): boolean =>
  unseal(key, 'p', seal(key, 'p', 'text')) === 'text';

const idsOf = (made: readonly { readonly id: string }[]): readonly string[] => made.map(({ id }) => id);

describe('the key store', () => {
  it('gives the same keys and tokens after it was opened again', () => {
    const store = openKeyStore(folder);
    const made = store.create(3);
    const again = openKeyStore(folder);
    for (const { id, key } of made) expect(unseal(again.read(id), 'p', seal(key, 'p', 'text'))).toBe('text');
    expect(again.token('selector/phone', '1')).toEqual(store.token('selector/phone', '1'));
  });

  it('tells domains, texts and where one ends apart in its tokens, and stores apart', () => {
    const store = openKeyStore(folder);
    const tokens = [
      ['a', 'bc'],
      ['ab', 'c'],
      ['a', 'b'],
      ['a', ''],
    ].map(([domain = '', text = '']) => Buffer.from(store.token(domain, text)).toString('hex'));
    expect(new Set(tokens).size).toBe(4);
    const other = openKeyStore(path.join(path.dirname(folder), 'other'));
    expect(other.token('a', 'bc')).not.toEqual(store.token('a', 'bc'));
  });

  it('destroys a key for good: not now, not after opening again, not in the file', () => {
    const store = openKeyStore(folder);
    const [kept = '', gone = ''] = idsOf(store.create(2));
    store.destroy([gone]);
    expect(() => store.read(gone)).toThrow(/destroyed/);
    const again = openKeyStore(folder);
    expect(() => again.read(gone)).toThrow(/destroyed/);
    expect(opens(again.read(kept))).toBe(true);
    const [, wrapped] =
      readFileSync(ring(), 'utf8')
        .split('\n')
        .find((line) => line.startsWith(gone))
        ?.split(' ') ?? [];
    expect(wrapped).toBe('-'.repeat(96));
    const [later = ''] = idsOf(again.create(1));
    expect(opens(openKeyStore(folder).read(later))).toBe(true);
    expect(() => openKeyStore(folder).read(gone)).toThrow(/destroyed/);
  });

  it('forgets a last line that a crash cut short, and goes on after it', () => {
    const [whole = ''] = idsOf(openKeyStore(folder).create(1));
    const before = readFileSync(ring(), 'utf8');
    appendFileSync(ring(), before.slice(0, 50));
    const store = openKeyStore(folder);
    expect(opens(store.read(whole))).toBe(true);
    const [later = ''] = idsOf(store.create(1));
    expect(opens(openKeyStore(folder).read(later))).toBe(true);
    expect(opens(openKeyStore(folder).read(whole))).toBe(true);
  });

  it('keeps what stands behind a line that was cut short, and loses no line of another store to its own opening', () => {
    const store = openKeyStore(folder);
    const [first = ''] = idsOf(store.create(1));
    appendFileSync(ring(), readFileSync(ring(), 'utf8').slice(1, 50));
    const size = statSync(ring()).size;
    const other = openKeyStore(folder);
    expect(statSync(ring()).size).toBe(size);
    const [second = ''] = idsOf(store.create(1));
    for (const id of [first, second])
      for (const each of [store, other, openKeyStore(folder)]) expect(opens(each.read(id))).toBe(true);
  });

  it('finds keys that another store made or destroyed since it was opened', () => {
    const reading = openKeyStore(folder);
    const writing = openKeyStore(folder);
    const [kept = '', gone = ''] = idsOf(writing.create(2));
    expect(opens(reading.read(kept))).toBe(true);
    expect(opens(reading.read(gone))).toBe(true);
    writing.destroy([gone]);
    expect(() => reading.read(gone)).toThrow(/destroyed/);
    expect(opens(reading.read(kept))).toBe(true);
  });

  it('tells a key that is not here from one that was destroyed, and finds it when the right file is there', () => {
    const store = openKeyStore(folder);
    const [old = '', gone = ''] = idsOf(store.create(2));
    const before = readFileSync(ring());
    const [late = ''] = idsOf(store.create(1));
    store.destroy([gone]);
    const newest = readFileSync(ring());
    const missing = expect.objectContaining({
      code: 'BUSY',
      message: expect.stringContaining('HEADWATER_KEYS_DIR'),
    });
    const failure = (work: () => unknown): unknown => {
      try {
        return work();
      } catch (error) {
        return error;
      }
    };
    // An older copy in place, and one renamed into place: the same inode, and another.
    for (const replace of [
      (bytes: Uint8Array) => writeFileSync(ring(), bytes),
      (bytes: Uint8Array) => {
        writeFileSync(`${ring()}.copy`, bytes);
        renameSync(`${ring()}.copy`, ring());
      },
    ]) {
      replace(before);
      expect(failure(() => store.read(late))).toEqual(missing);
      expect(failure(() => store.destroy([old, late]))).toEqual(missing);
      expect(opens(store.read(old))).toBe(true);
      replace(newest);
      expect(opens(store.read(late))).toBe(true);
      expect(failure(() => store.read(gone))).toMatchObject({ code: 'NOT_FOUND' });
    }
    rmSync(ring());
    expect(failure(() => store.read(old))).toEqual(missing);
    expect(failure(() => store.read('00000000-0000-4000-8000-000000000000'))).toEqual(missing);
  });

  it('makes no new master key for a ring that has lost its own', () => {
    const [id = ''] = idsOf(openKeyStore(folder).create(1));
    const master = readFileSync(path.join(folder, 'master.key'));
    rmSync(path.join(folder, 'master.key'));
    expect(() => openKeyStore(folder)).toThrow(/without the master key/);
    writeFileSync(path.join(folder, 'master.key'), master);
    expect(opens(openKeyStore(folder).read(id))).toBe(true);
  });

  it('refuses a line that is longer than any key', () => {
    openKeyStore(folder).create(1);
    writeFileSync(ring(), readFileSync(ring(), 'utf8').replace(/\n$/, 'A\n'));
    expect(() => openKeyStore(folder)).toThrow(/line 2 of .* found 134 characters, wanted 133/);
  });

  it('refuses a whole line that was altered, or wrapped under another master key', () => {
    openKeyStore(folder).create(1);
    const text = readFileSync(ring(), 'utf8');
    writeFileSync(ring(), text.replace(/.{6}\n$/, 'AAAAAA\n'));
    expect(() => openKeyStore(folder)).toThrow(/does not open/);
    writeFileSync(ring(), text);
    expect(openKeyStore(folder).create(1)).toHaveLength(1);
    writeFileSync(path.join(folder, 'master.key'), new Uint8Array(32));
    expect(() => openKeyStore(folder)).toThrow(/does not open/);
    writeFileSync(path.join(folder, 'master.key'), 'short');
    expect(() => openKeyStore(folder)).toThrow(/found a master key of 5 bytes, wanted 32/);
  });

  it('lets nobody but its owner read it, and keeps no key in the open', () => {
    const store = openKeyStore(folder);
    store.create(1);
    const modes = (): string[] =>
      [folder, path.join(folder, 'master.key'), ring()].map((file) =>
        (statSync(file).mode & 0o777).toString(8),
      );
    expect(modes()).toEqual(['700', '600', '600']);
    store.destroy([]);
    expect(modes()).toEqual(['700', '600', '600']);
    const line = readFileSync(ring(), 'utf8').trim().split(' ')[1] ?? '';
    // Nonce, tag and the sealed text of a key: none of them is a key.
    expect(Buffer.from(line, 'base64').length).toBe(12 + 16 + 44);
  });
});
