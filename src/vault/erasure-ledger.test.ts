import { spawn } from 'node:child_process';
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
import { openErasureLedger } from './erasure-ledger.ts';
import { openKeyStore } from './key-store.ts';

let folder: string;
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'headwater-ledger-')), 'keys');
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

const open = () => openErasureLedger(folder, openKeyStore(folder));
const file = (): string => path.join(folder, 'erased.log');

const MODULES = ['./erasure-ledger.ts', './key-store.ts'].map((name) => new URL(name, import.meta.url).href);
/** Records in pairs for ever, and says each pair once it is recorded. */
const WRITER = `
  import { writeSync } from 'node:fs';
  const [{ openErasureLedger }, { openKeyStore }] = await Promise.all(${JSON.stringify(MODULES)}.map((name) => import(name)));
  const [, folder, name] = process.argv;
  const ledger = openErasureLedger(folder, openKeyStore(folder));
  for (let round = 0; ; round += 1) {
    const texts = [name + '-' + round + '-a', name + '-' + round + '-b'];
    ledger.record(texts.map((text) => ({ kind: 'subject', token: ledger.tokenOf('subject', text) })));
    writeSync(1, texts.map((text) => text + ';').join(''));
  }
`;

/** Starts a writer, kills it `ms` after its first word, and gives the texts that it said were recorded. */
async function killedWriter(name: string, ms: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER, folder, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.stdout.on('data', (piece: Buffer) => {
    if (told === '') setTimeout(() => child.kill('SIGKILL'), ms);
    told += piece.toString();
  });
  await closed;
  return told.split(';').slice(0, -1);
}

describe('The ledger of what was erased', () => {
  it('finds what was recorded, after opening again too, and nothing else', () => {
    const ledger = open();
    const token = ledger.tokenOf('subject', 'S-1');
    expect(ledger.has('subject', token)).toBe(false);
    expect(ledger.entries()).toEqual([]);
    ledger.record([
      { kind: 'subject', token },
      { kind: 'report', token: ledger.tokenOf('report', 'R-1') },
    ]);
    for (const each of [ledger, open()]) {
      expect(each.has('subject', token)).toBe(true);
      expect(each.has('entity', token)).toBe(false);
      expect(each.has('subject', each.tokenOf('subject', 'S-2'))).toBe(false);
      expect(each.entries().map(({ kind }) => kind)).toEqual(['subject', 'report']);
      expect(Math.abs((each.entries()[0]?.at.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    }
    expect(Buffer.from(ledger.tokenOf('entity', 'S-1'))).not.toEqual(Buffer.from(token));
  });

  it('says nothing of whom it names, and is for its owner alone', () => {
    const ledger = open();
    ledger.record([{ kind: 'subject', token: ledger.tokenOf('subject', 'Zyxwvu Canaryperson') }]);
    expect(readFileSync(file(), 'utf8')).toMatch(/^\nsubject [0-9a-f]{64} \S{24}\n$/);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('finds what another has recorded since, and a file put in its place', () => {
    const [early, late] = [open(), open()];
    const token = early.tokenOf('entity', 'E');
    expect(early.has('entity', token)).toBe(false);
    late.record([{ kind: 'entity', token }]);
    expect(early.has('entity', token)).toBe(true);
    writeFileSync(`${file()}.new`, '');
    renameSync(`${file()}.new`, file());
    expect(early.has('entity', token)).toBe(false);
    late.record([{ kind: 'entity', token }]);
    expect(early.has('entity', token)).toBe(true);
    rmSync(file());
    expect(early.has('entity', token)).toBe(false);
  });

  it('is not made longer by what is in it', () => {
    const ledger = open();
    const entry = { kind: 'subject', token: ledger.tokenOf('subject', 'S') } as const;
    ledger.record([entry, entry]);
    const before = readFileSync(file(), 'utf8');
    open().record([entry]);
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });

  it('goes on after a line cut short anywhere, and refuses one that was altered', () => {
    const ledger = open();
    const token = ledger.tokenOf('subject', 'S');
    ledger.record([{ kind: 'subject', token }]);
    const whole = readFileSync(file(), 'utf8');
    for (let length = 1; length < whole.length - 1; length += 1) {
      writeFileSync(file(), whole + whole.slice(1, length));
      const again = open();
      again.record([{ kind: 'report', token }]);
      expect(again.entries().map(({ kind }) => kind)).toEqual(['subject', 'report']);
      expect(open().entries()).toHaveLength(2);
    }
    writeFileSync(file(), whole);
    appendFileSync(file(), whole.replace('subject', 'subjekt'));
    expect(() => open().entries()).toThrow(/does not read/);
    expect(() => open().has('subject', token)).toThrow(/does not read/);
  });

  it('keeps every line through writers that are killed while others write', async () => {
    const steady = open();
    const told: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const killed = [killedWriter(`a${round}`, round * 23), killedWriter(`b${round}`, round * 31)];
      const own = `own-${round}`;
      steady.record([{ kind: 'subject', token: steady.tokenOf('subject', own) }]);
      told.push(own, ...(await Promise.all(killed)).flat());
    }
    expect(told.length).toBeGreaterThan(20);
    for (const ledger of [steady, open()])
      expect(told.filter((text) => !ledger.has('subject', ledger.tokenOf('subject', text)))).toEqual([]);
  }, 60_000);
});
