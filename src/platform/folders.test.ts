import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkDataFolder, EMBEDDED_MAJOR, isFilled, makeFolder } from './folders.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'headwater-folders-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...parts: readonly string[]): string => path.join(folder, ...parts);

describe('a folder that a setting names', () => {
  it('is made with those above it, for its owner alone', () => {
    makeFolder('HEADWATER_DATA_DIR', at('a', 'b', 'c'));
    expect(statSync(at('a', 'b', 'c')).mode & 0o777).toBe(0o700);
    makeFolder('HEADWATER_DATA_DIR', at('a', 'b', 'c'));
    expect(isFilled(at('a', 'b', 'c'))).toBe(false);
  });

  it('is refused with the setting and the reason where it cannot be', () => {
    writeFileSync(at('file'), '');
    expect(() => makeFolder('HEADWATER_DATA_DIR', at('file'))).toThrow(
      `HEADWATER_DATA_DIR: found ${JSON.stringify(at('file'))} (a file), wanted a folder`,
    );
    expect(() => makeFolder('HEADWATER_KEYS_DIR', at('file', 'below'))).toThrow(
      /HEADWATER_KEYS_DIR: .*file is a file/,
    );
  });

  it.runIf(process.platform === 'linux')(
    'is refused at once where the system answers "no such file" to everything',
    () => {
      const began = performance.now();
      expect(() => makeFolder('HEADWATER_DATA_DIR', '/proc/headwater/data')).toThrow(
        /HEADWATER_DATA_DIR: .*ENOENT/,
      );
      expect(performance.now() - began).toBeLessThan(1_000);
    },
  );
});

describe('a data folder', () => {
  it('is empty, ours, or refused', () => {
    mkdirSync(at('theirs'));
    checkDataFolder('HEADWATER_DATA_DIR', at('theirs'));
    for (const name of ['letter.txt', 'photo.jpg', 'x', 'y']) writeFileSync(at('theirs', name), '');
    expect(() => checkDataFolder('HEADWATER_DATA_DIR', at('theirs'))).toThrow(
      'it holds other files: letter.txt, photo.jpg, x, …',
    );
    mkdirSync(at('ours'));
    writeFileSync(at('ours', 'PG_VERSION'), `${EMBEDDED_MAJOR}\n`);
    checkDataFolder('HEADWATER_DATA_DIR', at('ours'));
    writeFileSync(at('ours', 'PG_VERSION'), '13\n');
    expect(() => checkDataFolder('HEADWATER_DATA_DIR', at('ours'))).toThrow('a database of PostgreSQL 13');
  });
});
