/** Tiles of the bench database by zoom, cold and cached, beside the same squares by ST_AsMVT in SQL, and what row security costs them. Run: npm run bench:tiles. */
import { gunzipSync } from 'node:zlib';
import { readerFor } from '../src/access/reader.ts';
import type { Viewer } from '../src/access/viewer.ts';
import { rowScope } from '../src/access/viewer.ts';
import { MIGRATIONS_FOLDER } from '../src/cli/hub.ts';
import { gridShift, mortonRanges } from '../src/geo/morton.ts';
import { ANALYSES_UNDER_WAY, AnalysesUnderWay } from '../src/graphql/analyses-under-way.ts';
import { AnswersInMemory, KEPT_ANSWERS } from '../src/graphql/kept-answers.ts';
import { type Services, wired, services as wiredServices } from '../src/graphql/services.ts';
import { randomIds } from '../src/kernel/ids.ts';
import type { Database } from '../src/platform/database.ts';
import { readMigrations } from '../src/platform/migrations.ts';
import { openDatabase } from '../src/platform/open-database.ts';
import { buildHubSchema } from '../src/schema.ts';
import { nameTile, type TileTools } from '../src/serving/tiles/tile.service.ts';
import { boundsOf } from '../src/serving/tiles/tile-address.ts';
import { TileCache } from '../src/serving/tiles/tile-cache.ts';

type Address = readonly [z: number, x: number, y: number];

const LAYERS = ['incidents', 'density', 'crossings', 'movements', 'places'];
const ZOOMS = [0, 3, 6, 8, 9, 10, 12, 14];
/** At each zoom those with most incidents, and others drawn by chance. */
const TILES = 6;
const RUNS = 2;
const CACHED_ASKED = 4_000;

const size = Number(process.argv[2] ?? 1_000_000);
const server = process.env.DATABASE_URL;
if (server === undefined || server === '')
  throw new Error(
    'DATABASE_URL: found nothing, wanted the server on which npm run bench:first-light made its databases',
  );
const name = `headwater_bench_${size}`;
const url = new URL(server);
url.pathname = `/${name}`;
// Tiles open nothing that is sealed: the database alone, without the keys it was made with.
const { database } = await openDatabase(
  { mode: 'server', url: url.href, ownerUrl: url.href, poolSize: 4 },
  readMigrations(MIGRATIONS_FOLDER),
);
const viewer = await everything(database);
const schema = buildHubSchema();

console.log(
  `${size.toLocaleString('en')} movements; each tile asked twice cold (nothing kept at all), milliseconds`,
);
// "kept": only what is kept, and what rights cost.
if (process.argv[3] !== 'kept')
  for (const layer of LAYERS) for (const zoom of ZOOMS) await measure(layer, zoom);
await cachedTiles();
await compareSecured();
await database.close();

async function measure(layer: string, zoom: number): Promise<void> {
  const tiles = await tilesAt(zoom);
  if (layer === 'movements' && zoom < 8) return;
  const cold: number[] = [];
  const warm: number[] = [];
  const cached: number[] = [];
  const bytes: number[] = [];
  const kept = freshServices();
  const tools = { schema, cache: new TileCache(1e9) };
  for (const tile of tiles)
    for (let run = 0; run < RUNS; run += 1)
      cold.push((await timed(layer, tile, { schema, cache: new TileCache(1e9) }, freshServices())).ms);
  for (const tile of tiles) {
    // What is derived once for all tiles is there; the tile is not.
    await timed(layer, tile, { schema, cache: new TileCache(1e9) }, kept);
    warm.push((await timed(layer, tile, { schema, cache: new TileCache(1e9) }, kept)).ms);
    const { raw, zipped } = await timed(layer, tile, tools, kept);
    bytes.push(raw, zipped);
    for (let run = 0; run < 5; run += 1) cached.push((await timed(layer, tile, tools, kept)).ms);
  }
  const sql = layer === 'incidents' || layer === 'crossings' ? await timeMvt(layer, tiles) : null;
  const largest = (odd: number): string =>
    (Math.max(...bytes.filter((_, at) => at % 2 === odd)) / 1024).toFixed(0);
  console.log(
    `  ${layer.padEnd(10)} z${String(zoom).padEnd(3)} cold ${both(cold)}   next ${both(warm)}   cached ${both(cached)}   ` +
      `largest ${largest(0).padStart(4)} kB, ${largest(1).padStart(4)} kB sent` +
      (sql === null
        ? ''
        : `   ST_AsMVT ${both(sql)}, cold ÷ it ${(median(cold) / median(sql)).toFixed(2)}, next ÷ it ${(median(warm) / median(sql)).toFixed(2)}`),
  );
}

async function timed(
  layer: string,
  [z, x, y]: Address,
  tools: TileTools,
  services: Services,
): Promise<{ ms: number; raw: number; zipped: number }> {
  const context = {
    reader: readerFor(database, viewer),
    now: new Date(),
    slugs: async () => new Map(),
    services,
  };
  const began = performance.now();
  const asked = { layer, z: String(z), x: String(x), y: String(y), filter: undefined };
  const { draw } = await nameTile(tools, context, asked);
  const tile = await draw();
  const ms = performance.now() - began;
  return { ms, raw: tile === null ? 0 : gunzipSync(tile).length, zipped: tile?.length ?? 0 };
}

/** The same squares of the same rows as the same role, put together by the database itself: projected row by row, gridded, encoded. */
async function timeMvt(table: string, tiles: readonly Address[]): Promise<number[]> {
  const times: number[] = [];
  for (const [z, x, y] of tiles)
    for (let run = 0; run < RUNS; run += 1) {
      const began = performance.now();
      await secured(mvtText(table === 'incidents' ? 'incident' : 'crossing', z, x, y));
      times.push(performance.now() - began);
    }
  return times;
}

function mvtText(table: string, z: number, x: number, y: number): string {
  const box = boundsOf({ z, x, y });
  const envelope = `st_tileenvelope(${z}, ${x}, ${y})`;
  const side = 40_075_016.68 / 2 ** z / 128;
  const within =
    z === 0
      ? 'true'
      : `longitude between ${box.west} and ${box.east} and latitude between ${box.south} and ${box.north} and ` +
        `(${ranges(z, x, y)})`;
  return (
    `select st_asmvt(t, '${table}') from (select st_asmvtgeom(st_setsrid(st_makepoint(gx * ${side}, gy * ${side}), 3857), ${envelope}, 4096, 64) as geom, n as count ` +
    `from (select floor(st_x(p) / ${side}) as gx, floor(st_y(p) / ${side}) as gy, count(*) as n from ` +
    `(select st_transform(st_setsrid(st_makepoint(longitude, latitude), 4326), 3857) as p from ${table} ` +
    `where known_to is null and visibility_class_id = any('{${viewer.fullClasses.join(',')}}') and ${within} and abs(latitude) < 85) q group by 1, 2) g) t`
  );
}

/** The index by which the hub finds rows in a box is the comparison's too. */
function ranges(z: number, x: number, y: number): string {
  const box = boundsOf({ z, x, y });
  return mortonRanges(box, 12)
    .map(({ low, high }) => `z between ${low} and ${high}`)
    .join(' or ');
}

async function secured(text: string): Promise<readonly unknown[]> {
  return database.secured(rowScope(viewer), (connection) => connection.query(text));
}

/** One after the other, and as many at once as a map asks for. */
async function cachedTiles(): Promise<void> {
  const tools = { schema, cache: new TileCache(1e9) };
  const services = freshServices();
  const tiles = (await tilesAt(9)).flatMap((tile) => LAYERS.map((layer) => [layer, tile] as const));
  for (const [layer, tile] of tiles) await timed(layer, tile, tools, services);
  for (const together of [1, 16]) {
    let next = 0;
    const began = performance.now();
    await Promise.all(
      Array.from({ length: together }, async () => {
        while (next < CACHED_ASKED) {
          const [layer, tile] = tiles[next % tiles.length]!;
          next += 1;
          await timed(layer, tile, tools, services);
        }
      }),
    );
    const seconds = (performance.now() - began) / 1000;
    console.log(
      `  cached tiles, ${together} at once: ${Math.round(CACHED_ASKED / seconds).toLocaleString('en')} a second, each unpacked here too`,
    );
  }
}

/** Squares of a tile as the weak role with row security and the predicate, and as the owner with neither. */
async function compareSecured(): Promise<void> {
  for (const [z, x, y] of [
    ...(await tilesAt(0)).slice(0, 1),
    ...(await tilesAt(8)).slice(0, 1),
    ...(await tilesAt(12)).slice(0, 1),
  ]) {
    const box = z === 0 ? 'z is not null' : `(${ranges(z, x, y)})`;
    const open = `select z >> ${gridShift(z + 6)} as square, count(*) from incident where known_to is null and ${box}`;
    const rights = ` and visibility_class_id = any('{${viewer.fullClasses.join(',')}}'::integer[])`;
    const time = async (run: () => Promise<unknown>): Promise<number> => {
      const times: number[] = [];
      for (let turn = 0; turn < 9; turn += 1) {
        const began = performance.now();
        await run();
        times.push(performance.now() - began);
      }
      return median(times);
    };
    const without = await time(() =>
      database.asOwner(async (connection) => {
        await connection.execute('set local row_security = off');
        return connection.query(`${open} group by 1`);
      }),
    );
    const withRights = await time(() => secured(`${open}${rights} group by 1`));
    console.log(
      `  squares of incidents at z${z}, secured ÷ unsecured: ${(withRights / without).toFixed(2)} (${withRights.toFixed(1)} ms ÷ ${without.toFixed(1)} ms)`,
    );
  }
}

async function tilesAt(zoom: number): Promise<Address[]> {
  const rows = await database.asOwner((connection) =>
    connection.query<{ x: number; y: number }>(
      `select x, y from (select floor((longitude + 180) / 360 * ${2 ** zoom})::int as x,
         floor((1 - ln(tan(radians(latitude)) + 1 / cos(radians(latitude))) / pi()) / 2 * ${2 ** zoom})::int as y
         from incident tablesample system (5) repeatable (1) where abs(latitude) < 85) t group by 1, 2 order by count(*) desc, x, y`,
    ),
  );
  const step = Math.max(1, Math.floor(rows.length / (TILES / 2)));
  const chosen = [...rows.slice(0, TILES / 2), ...rows.filter((_, at) => at >= TILES / 2 && at % step === 0)];
  return chosen.slice(0, TILES).map(({ x, y }) => [zoom, x, y] as const);
}

function freshServices(): Services {
  return wiredServices(
    wired(KEPT_ANSWERS, new AnswersInMemory(64_000_000)),
    wired(ANALYSES_UNDER_WAY, new AnalysesUnderWay(randomIds)),
  );
}

async function everything(from: Database): Promise<Viewer> {
  const rows = await from.unrestricted('find the owners of a bench', (connection) =>
    connection.query<{ id: string; class: number }>(
      `select o.id, c.id as class from organisation o join visibility_class c on c.owner_id = o.id where o.slug like 'bench-%' order by 1, 2`,
    ),
  );
  return {
    keyId: '00000000-0000-4000-8000-000000000000',
    organisationId: rows[0]?.id ?? null,
    organisationSlug: 'bench-0',
    role: 'analyst',
    vaultPermission: false,
    fullClasses: rows.map((row) => row.class),
    partial: [],
    now: new Date(),
  };
}

function both(times: readonly number[]): string {
  return `${median(times).toFixed(1).padStart(7)} / ${percentile(times, 0.95).toFixed(1).padStart(7)}`;
}

function median(times: readonly number[]): number {
  return percentile(times, 0.5);
}

function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
