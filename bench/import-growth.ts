/** Peak memory of an import as its file grows: invented border intercepts, each file in a process of its own. */

import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateDemo } from '../seeds/demo.ts';
import { importAlone } from './import-alone.ts';

const SIZES = process.argv.slice(2).map(Number);
const ROWS = SIZES.length > 0 ? SIZES : [5_000, 20_000, 80_000];

const folder = mkdtempSync(path.join(tmpdir(), 'headwater-growth-'));
try {
  for (const rows of ROWS) {
    const file = path.join(folder, `${rows}.csv`);
    await writeIntercepts(file, rows);
    console.log(`${(statSync(file).size / 1e6).toFixed(1)} MB`);
    console.log(importAlone('border-intercept', [file]));
    rmSync(file);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The demo's intercepts over and over, under numbers of their own. */
async function writeIntercepts(file: string, wanted: number): Promise<void> {
  const demo = generateDemo(1, { now: '2026-11-01', scale: 1 });
  const text = demo.files.find(({ profile }) => profile === 'border-intercept')?.text ?? '';
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const at = header.split(',').indexOf('irf_number');
  const number = new RegExp(`^((?:(?:"[^"]*"|[^",]*),){${at}})`);
  const out = createWriteStream(file);
  out.write(`${header}\n`);
  for (let row = 0; row < wanted; row += 1) {
    const line = lines[row % lines.length] ?? '';
    const again = `R${Math.floor(row / lines.length)}`;
    if (!out.write(`${line.replace(number, `$1${again}`)}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
