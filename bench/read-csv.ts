/** Reads a generated border intercept file: rows per second and peak memory, for the reader alone and for the whole mapping. */
import { once } from 'node:events';
import { createReadStream, createWriteStream, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { readRows } from '../src/intake/formats/csv.ts';
import { readDrafts } from '../src/intake/formats/drafts.ts';
import type { ImportProfile } from '../src/intake/formats/profile.ts';
import { BORDER_INTERCEPT } from '../src/intake/formats/profiles/border-intercept.ts';
import {
  INTERCEPT_COLUMNS,
  PERSON_COLUMNS,
} from '../src/intake/formats/profiles/border-intercept-columns.ts';
import { seededRandom } from '../src/kernel/random.ts';

/** node bench/read-csv.ts [rows, default 200000] [reader | mapping | csv-parse]; 200,000 rows are about 200 MB. */
const rows = Number(process.argv[2] ?? 200_000);
const what = process.argv[3] ?? 'reader';
const ways: Readonly<Record<string, () => Promise<number>>> = {
  reader: readAll,
  mapping: mapAll,
  'csv-parse': readPeer,
};

const path = join(tmpdir(), `headwater-bench-${process.pid}.csv`);
try {
  await generate();
  const megabytes = statSync(path).size / 1e6;
  const before = process.memoryUsage.rss() / 1e6;
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss() / 1e6)), 20);
  const start = performance.now();
  const counted = await ways[what]?.();
  const seconds = (performance.now() - start) / 1000;
  clearInterval(watch);
  if (counted !== rows) throw new Error(`found ${counted} rows, wanted ${rows}`);
  console.log(
    `${what}: ${rows} rows, ${megabytes.toFixed(0)} MB in ${seconds.toFixed(1)} s: ${Math.round(rows / seconds)} rows/s, ` +
      `${(megabytes / seconds).toFixed(0)} MB/s; memory ${before.toFixed(0)} MB before, ${peak.toFixed(0)} MB at the peak`,
  );
} finally {
  rmSync(path, { force: true });
}

async function readAll(): Promise<number> {
  let counted = 0;
  for await (const row of (await readRows(path)).rows) if (row.kind === 'row') counted += 1;
  return counted;
}

/** Each row its own report, so that what is held is what mapping needs and not the file's intercepts. */
async function mapAll(): Promise<number> {
  let counted = 0;
  const profile: ImportProfile = { ...BORDER_INTERCEPT, identity: [], grouping: 'row' };
  const now = new Date('2026-11-01T00:00:00Z');
  for await (const draft of readDrafts(profile, (await readRows(path)).rows, {
    now,
    dates: { zone: 'Asia/Kathmandu' },
  })) {
    if (draft.kind === 'draft') counted += 1;
  }
  return counted;
}

/** The peer: csv-parse with named columns. */
async function readPeer(): Promise<number> {
  let counted = 0;
  for await (const _ of createReadStream(path).pipe(parse({ columns: true }))) counted += 1;
  return counted;
}

async function generate(): Promise<void> {
  const random = seededRandom(1);
  const columns = [...INTERCEPT_COLUMNS, ...PERSON_COLUMNS];
  const file = createWriteStream(path);
  file.write(`${columns.join(',')}\n`);
  for (let row = 0; row < rows; row += 1) {
    const day = String(1 + random.int(28)).padStart(2, '0');
    const known: Record<string, string> = {
      country: 'Nepal',
      station_name: `Example Gate ${random.int(100)}`,
      irf_number: `EXG${row}`,
      date_of_interception: `2024-0${1 + random.int(9)}-${day}`,
      time_of_interception: '18:05',
      number_of_victims: '1',
      where_going_destination: 'Exampletown;Gulf Country',
      role: random.int(4) === 0 ? 'Suspect' : 'PVOT',
      full_name: `Example ${row}`,
      gender: 'F',
      age: String(9 + random.int(40)),
      address: `"{'address': 'Exampleville, Sample District, Nepal', 'location': {'x': 87.2${random.int(1000)}, 'y': 26.6}}"`,
      case_notes: `"Invented notes, ""quoted"", of some length. ${'x'.repeat(300)}"`,
    };
    const flag = () => (random.int(10) === 0 ? 'True' : 'False');
    const cells = columns.map(
      (column) => known[column] ?? (/^(vulnerability|evade|control)_/.test(column) ? flag() : ''),
    );
    if (!file.write(`${cells.join(',')}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}
