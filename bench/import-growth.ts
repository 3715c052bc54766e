/**
 * Peak memory of an import as its file grows: invented border intercepts, each file in a process of its own. Sizes are rows, or rows and the
 * characters of each row's case notes, like 250000x7000 (2 GB). On a server by the command itself (after npm run build), else embedded.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PACKAGE_FOLDER } from '../src/cli/hub.ts';
import { importAlone } from './import-alone.ts';
import { writeIntercepts } from './write-intercepts.ts';

const given = process.argv.slice(2);
const SIZES = given.length > 0 ? given : ['5000', '20000', '80000'];
const HEADWATER = path.join(PACKAGE_FOLDER, 'bin', 'headwater.js');

const folder = mkdtempSync(path.join(tmpdir(), 'headwater-growth-'));
try {
  for (const size of SIZES) {
    const [rows = 0, notes = 0] = size.split('x').map(Number);
    const file = path.join(folder, `${size}.csv`);
    await writeIntercepts(file, rows, notes);
    console.log(`${(statSync(file).size / 1e6).toFixed(1)} MB`);
    console.log(process.env.DATABASE_URL ? byCommand(file) : importAlone('border-intercept', [file]));
    rmSync(file);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** As an operator does it, in a hub whose gazetteer is loaded. */
function byCommand(file: string): string {
  const org = `growth-${Date.now()}`;
  headwater('key', 'create', '--org', org, '--name', org, '--role', 'data_officer');
  const lines = headwater('import', '--profile', 'border-intercept', '--org', org, file).split('\n');
  return lines.filter((line) => /^ {2}(accepted|batch)/.test(line)).join('\n');
}

function headwater(...args: readonly string[]): string {
  const run = spawnSync(process.execPath, [HEADWATER, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return run.status === 0 ? run.stdout : `${run.stdout}${run.stderr}`;
}
