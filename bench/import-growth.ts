/** Peak memory of an import as its file grows: invented border intercepts, each file in a process of its own. */

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importAlone } from './import-alone.ts';
import { writeIntercepts } from './write-intercepts.ts';

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
