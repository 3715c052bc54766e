import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
    expect(readFileSync(ring(), 'utf8')).not.toContain(gone);
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
    const line = readFileSync(ring(), 'utf8').split(' ')[1] ?? '';
    // Nonce, tag and the sealed text of a key: none of them is a key.
    expect(Buffer.from(line, 'base64').length).toBe(12 + 16 + 44);
  });
});
