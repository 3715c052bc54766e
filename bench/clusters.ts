/**
 * Clusters at growing sizes beside peers on the same points in the same run: npm run bench:clusters. With DATABASE_URL also beside
 * PostGIS, with the points in a temporary table. Figures are printed, not asserted.
 */
import { clustersDbscan, featureCollection, point } from '@turf/turf';
import pg from 'pg';
import { spaceTimeScan } from '../src/analysis/methods/space-time-scan.ts';
import { adjustedRandIndex } from '../src/geo/adjusted-rand-index.ts';
import { clusterPositions } from '../src/geo/dbscan.ts';
import { discoverPositions } from '../src/geo/hdbscan.ts';
import type { Position } from '../src/geo/position.ts';
import { EARTH_RADIUS_KM } from '../src/geo/sphere.ts';
import { seededRandom } from '../src/kernel/random.ts';

const random = seededRandom(2026);
const RADIUS_KM = 5;
const LEAST = 5;

/** A third of the points anywhere in 40° by 30°, the others at places of some 10 km, two hundred to a place whatever their number. */
function scattered(count: number): Position[] {
  const places = Math.ceil(count / 300);
  const across = Math.ceil(Math.sqrt(places));
  return Array.from({ length: count }, (_, i): Position => {
    if (i % 3 === 2) return [60 + random.next() * 40, 5 + random.next() * 30];
    const place = random.int(places);
    const jitter = (): number => (random.next() + random.next() - 1) * 0.05;
    return [
      60 + (40 * (place % across)) / across + jitter(),
      5 + (30 * Math.floor(place / across)) / across + jitter(),
    ];
  });
}

let before = 0;
/** Seconds, and the most memory the process ever held until then. */
function time<Result>(
  label: string,
  work: () => Result,
): { readonly result: Result; readonly seconds: number } {
  const start = performance.now();
  const result = work();
  const seconds = (performance.now() - start) / 1000;
  const growth = before > 0 ? `  ×${(seconds / before).toFixed(1)}` : '';
  console.log(
    `${label.padEnd(60)} ${seconds.toFixed(2).padStart(8)} s  peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB${growth}`,
  );
  before = seconds;
  return { result, seconds };
}

console.log(`exact DBSCAN on the sphere, ${RADIUS_KM} km, ${LEAST} points`);
clusterPositions(scattered(5_000), RADIUS_KM, LEAST);
for (const count of [10_000, 100_000, 1_000_000, 3_000_000]) {
  const points = scattered(count);
  time(`  ${count.toLocaleString('en')} points`, () => clusterPositions(points, RADIUS_KM, LEAST));
}

console.log('beside Turf, the same points');
for (const count of [10_000, 50_000]) {
  before = 0;
  const points = scattered(count);
  const ours = time(`  ${count.toLocaleString('en')} points, ours`, () =>
    clusterPositions(points, RADIUS_KM, LEAST),
  );
  before = 0;
  const turf = time(`  ${count.toLocaleString('en')} points, Turf`, () =>
    clustersDbscan(featureCollection(points.map((at) => point([...at]))), RADIUS_KM, { minPoints: LEAST }),
  );
  // Turf numbers noise not at all, and its Earth is of the same radius to four digits.
  const labels = turf.result.features.map(({ properties }) => properties?.cluster ?? -1);
  console.log(
    `  Turf ÷ ours ${(turf.seconds / ours.seconds).toFixed(0)}, agreement (ARI) ${adjustedRandIndex(ours.result.labels, labels).toFixed(4)}`,
  );
}

before = 0;
if (process.env.DATABASE_URL) await besidePostgis(process.env.DATABASE_URL);
else console.log('beside PostGIS: DATABASE_URL is not set, not measured');

console.log('HDBSCAN* on the sphere');
for (const count of [10_000, 100_000]) {
  const points = scattered(count);
  time(`  ${count.toLocaleString('en')} distinct points`, () => discoverPositions(points, { minWeight: 10 }));
}

console.log('space-time scan, 1,000 cells × 60 months, 999 replications');
const cells = Array.from(
  { length: 1_000 },
  (_, i): Position => [80 + (i % 40) * 0.2, 20 + Math.floor(i / 40) * 0.2],
);
const counts = Float64Array.from({ length: 60_000 }, () => (random.next() < 0.3 ? 1 + random.int(2) : 0));
for (const [words, options] of [
  ['poisson, now, all 999', {}],
  ['poisson, now, until 50 draws reached it (Besag & Clifford)', { stopAfter: 50 }],
  ['permutation, now, circles of up to a tenth', { model: 'permutation', maxShare: 0.1 }],
  ['poisson, now or over, circles of up to a hundredth', { ends: 'any', maxShare: 0.01 }],
] as const) {
  before = 0;
  time(`  ${words}`, () =>
    spaceTimeScan(
      { positions: cells, steps: 60, counts },
      { model: 'poisson', ends: 'last', random, maxShare: 0.5, longest: 30, ...options },
    ),
  );
}

/** On a plane in degrees, as most use it: both cluster the same plane, ours with the plane laid on the sphere's equator. */
async function besidePostgis(url: string): Promise<void> {
  const count = 200_000;
  const points = scattered(count).map(([x, y]): Position => [(x - 80) / 10, (y - 20) / 10]);
  const degrees = (RADIUS_KM / 10 / EARTH_RADIUS_KM) * (180 / Math.PI);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const found = await client.query<{ nspname: string }>(
    "select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'postgis'",
  );
  if (found.rowCount === 0) {
    await client.query('create schema if not exists clusters_bench');
    await client.query('set search_path to clusters_bench; create extension postgis schema clusters_bench');
  } else await client.query(`set search_path to ${found.rows[0]?.nspname}, public`);
  await client.query('create temporary table points (id int, at geometry)');
  await client.query(
    'insert into points select i, st_makepoint(x, y) from unnest($1::int[], $2::float8[], $3::float8[]) t (i, x, y)',
    [points.map((_, i) => i), points.map(([x]) => x), points.map(([, y]) => y)],
  );
  await client.query('analyze points');
  console.log(`beside ST_ClusterDBSCAN, ${count.toLocaleString('en')} points near the equator`);
  const ours = time('  ours', () => clusterPositions(points, RADIUS_KM / 10, LEAST));
  const start = performance.now();
  const { rows } = await client.query<{ cluster: number | null }>(
    'select st_clusterdbscan(at, $1, $2) over () as cluster from points order by id',
    [degrees, LEAST],
  );
  const seconds = (performance.now() - start) / 1000;
  const labels = rows.map(({ cluster }) => cluster ?? -1);
  console.log(
    `  ST_ClusterDBSCAN ${seconds.toFixed(2)} s: ${(seconds / ours.seconds).toFixed(1)} × ours, agreement (ARI) ${adjustedRandIndex(ours.result.labels, labels).toFixed(4)}`,
  );
  if (found.rowCount === 0) await client.query('drop table points; drop schema clusters_bench cascade');
  await client.end();
  before = 0;
}
