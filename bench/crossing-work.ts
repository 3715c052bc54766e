/** How the pure part of `crossingClusters` grows: lines as the database hands them over, worked through at each size. Run: node bench/crossing-work.ts [sizes]. */
import { createHash } from 'node:crypto';
import type { CrossingBlock } from '../src/analysis/crossings/crossing-columns.ts';
import { CROSSING_WORK } from '../src/analysis/crossings/crossing-work.ts';
import { generateMovements } from './movement-generator.ts';

const LINES_A_BLOCK = 20_000;
const FIRST_YEAR = 2021;
const DAY_MS = 86_400_000;
const ORIGINS_AN_OWNER = 200;
/** Each size is worked through this often, and the quickest told, in seconds of processor time: another process's turn is no cost of ours. */
const RUNS = 3;

const sizes = process.argv.slice(2).map(Number);
let before: { readonly size: number; readonly seconds: number } | null = null;
for (const size of sizes.length === 0 ? [20_000, 200_000, 1_000_000] : sizes) {
  const blocks = blocksOf(size);
  const task = {
    blocks,
    parameters: { epsKm: 5, minIncidents: 5 },
    stations: [],
    points: new Map(),
    lines: [],
    withStretches: false,
    withMass: false,
    withStability: false,
    evidence: 0,
    withPlaces: true,
  } as const;
  let seconds = Infinity;
  let digest = '';
  for (let run = 0; run < RUNS; run += 1) {
    const began = process.cpuUsage();
    const found = CROSSING_WORK.work(task);
    const { user, system } = process.cpuUsage(began);
    seconds = Math.min(seconds, (user + system) / 1e6);
    digest = `${found.clusters.length} clusters, digest ${createHash('sha256').update(JSON.stringify(found)).digest('hex').slice(0, 12)}`;
  }
  const growth =
    before === null ? '' : `   ${(seconds / before.seconds / (size / before.size)).toFixed(2)} × linear`;
  console.log(
    `${size.toLocaleString('en').padStart(10)} movements ${seconds.toFixed(3).padStart(8)} s${growth}   ${digest}`,
  );
  before = { size, seconds };
}

/** Only movements that cross a border have a crossing. */
function blocksOf(movements: number): readonly CrossingBlock[] {
  const lines = new Map<string, string[]>();
  let number = 0;
  for (const batch of generateMovements(1, { movements, owners: 20, months: 60 })) {
    for (let row = 0; row < batch.count; row += 1) {
      const [a, b] = [batch.leftCountry[row] as string, batch.enteredCountry[row] as string].sort();
      if (a === b) continue;
      const month = batch.month[row] ?? 0;
      const owner = batch.owner[row] ?? 0;
      const pair = `${a} ${b}`;
      const own = lines.get(pair) ?? [];
      lines.set(pair, own);
      own.push(
        [
          batch.crossingLongitude[row],
          batch.crossingLatitude[row],
          batch.persons[row],
          uuid(number),
          '',
          Date.UTC(FIRST_YEAR, month) / DAY_MS,
          uuid(owner * ORIGINS_AN_OWNER + ((batch.incident[row] ?? 0) % ORIGINS_AN_OWNER)),
          uuid(owner),
        ].join('\t'),
      );
      number += 1;
    }
  }
  return [...lines].flatMap(([pair, all]) => {
    const border = pair.split(' ') as [string, string];
    return Array.from({ length: Math.ceil(all.length / LINES_A_BLOCK) }, (_, block) => ({
      border,
      lines: all.slice(block * LINES_A_BLOCK, (block + 1) * LINES_A_BLOCK).join('\n'),
    }));
  });
}

/** As random as a database's own, and the same at every run. */
function uuid(number: number): string {
  return createHash('md5')
    .update(String(number))
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
