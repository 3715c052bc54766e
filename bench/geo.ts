/** How long the geometry and the derivations take on synthetic data: `node bench/geo.ts`. Figures are printed, not asserted. */
import { clustersDbscan, featureCollection, point } from '@turf/turf';
import { mineCorridors } from '../src/analysis/corridors/corridors.ts';
import type { MovementColumns } from '../src/analysis/corridors/movement-columns.ts';
import { PlaceGraph } from '../src/analysis/corridors/place-graph.ts';
import { deriveHotspotColumns } from '../src/analysis/hotspots/route-hotspots.ts';
import { binCells } from '../src/geo/cell-index.ts';
import { neighboursWithin } from '../src/geo/cell-neighbours.ts';
import { cellAt } from '../src/geo/cells.ts';
import { clusterPositions } from '../src/geo/dbscan.ts';
import { giStar } from '../src/geo/gi-star.ts';
import { mortonHalves } from '../src/geo/morton.ts';
import type { Position } from '../src/geo/position.ts';
import { seededRandom } from '../src/kernel/random.ts';

const random = seededRandom(2026);

function time<Result>(label: string, work: () => Result): Result {
  const start = performance.now();
  const result = work();
  const seconds = (performance.now() - start) / 1000;
  const megabytes = Math.round(process.memoryUsage().rss / 2 ** 20);
  console.log(`${label.padEnd(72)} ${seconds.toFixed(3).padStart(9)} s   ${megabytes} MB resident`);
  return result;
}

/** Two thirds in 5,000 places of some 10 km, one third anywhere in a box of 40° by 30°. */
function scattered(count: number): Position[] {
  return Array.from({ length: count }, (_, i): Position => {
    if (i % 3 === 2) return [60 + random.next() * 40, 5 + random.next() * 30];
    const place = random.int(5000);
    const jitter = (): number => (random.next() + random.next() - 1) * 0.05;
    return [70 + (place % 100) * 0.3 + jitter(), 10 + Math.floor(place / 100) * 0.4 + jitter()];
  });
}

/**
 * Movements along some 50,000 sequences of 3–6 of 4,000 places, the popular ones most often; nine in ten incidents have one movement. Node
 * ranks are squared, so that busy places are shared by many sequences.
 */
function journeys(count: number): { columns: MovementColumns; places: PlaceGraph } {
  const places = new PlaceGraph();
  for (let i = 0; i < 4000; i += 1) {
    places.add({
      key: `place-${i}`,
      label: `Place ${i}`,
      position: [60 + (i % 80) / 2, 5 + Math.floor(i / 80) / 2],
      country: `C${i % 12}`,
      radiusKm: 1 + (i % 20),
      level: 'locality',
    });
  }
  const sequences = Array.from({ length: Math.min(50_000, count / 4) }, () =>
    Array.from({ length: 3 + random.int(4) }, () => Math.floor(4000 * random.next() ** 2)),
  );
  const chosen = Array.from(
    { length: count },
    () => sequences[Math.floor(sequences.length * random.next() ** 2)]!,
  );
  const starts = new Int32Array(count + 1);
  for (let row = 0; row < count; row += 1) starts[row + 1] = starts[row]! + chosen[row]!.length;
  const waypoints = starts[count]!;
  const columns: MovementColumns = {
    incidents: Int32Array.from({ length: count }, (_, row) =>
      random.next() < 0.9 ? row : Math.max(0, row - 1),
    ),
    incidentCount: count,
    origins: Int32Array.from({ length: count }, () => (random.next() < 0.5 ? -1 : random.int(5000))),
    originCount: 5000,
    months: Int32Array.from({ length: count }, () => 2020 * 12 + random.int(60)),
    personsMin: Float64Array.from({ length: count }, () => 1 + random.int(3)),
    personsMax: Float64Array.from({ length: count }, () => 4 + random.int(3)),
    journeys: Int32Array.from({ length: count }, (_, row) => row),
    starts,
    nodes: Int32Array.from(chosen.flat()),
    kinds: Uint8Array.from({ length: waypoints }, () => random.int(3)),
  };
  return { columns, places };
}

/** Each waypoint somewhere within 10 km of its place, to a hundredth of a degree: many distinct lines a corridor. */
function withPositions(columns: MovementColumns, places: PlaceGraph): MovementColumns {
  const positions = new Float64Array(columns.nodes.length * 2);
  for (const [i, node] of columns.nodes.entries()) {
    const [longitude, latitude] = places.node(node).position!;
    positions[2 * i] = longitude + random.int(10) / 100;
    positions[2 * i + 1] = latitude + random.int(10) / 100;
  }
  return { ...columns, spots: { of: Int32Array.from(columns.nodes.keys()), positions } };
}

const positions = scattered(1_000_000);

const fine = BigInt64Array.from(positions, (position) => cellAt(position, 9));
binCells(fine.subarray(0, 100_000), 6);
time('bin 1,000,000 stored cells at resolution 6', () => binCells(fine, 6));
const { index } = binCells(fine.subarray(0, 800_000), 8);
const values = Float64Array.from({ length: index.size }, () => random.int(9));
const neighbours = time(`neighbours of ${index.size} cells`, () => neighboursWithin(index, 1));
time(`Gi* on ${index.size} cells, neighbours given`, () => giStar(values, neighbours));
time('Morton codes of 1,000,000 positions', () =>
  positions.reduce((sum, [x, y]) => sum + mortonHalves(x, y).low, 0),
);

for (const incidents of [10_000, 100_000]) {
  const columns = {
    starts: Int32Array.from({ length: incidents + 1 }, (_, i) => i * 4),
    cells: BigInt64Array.from({ length: incidents * 4 }, (_, i) => {
      const [longitude, latitude] = positions[i >> 2]!;
      return cellAt([longitude + 0.05 * (i & 3), latitude], 6);
    }),
    weights: new Float64Array(incidents).fill(1),
    copies: new Int32Array(incidents).fill(1),
  };
  time(`route hotspots, ${incidents} incidents of 4 cells, 99 simulations`, () =>
    deriveHotspotColumns(columns, { resolution: 6, rings: 1, alpha: 0.05, simulations: 99 }, random),
  );
}

time('exact DBSCAN, 1,000,000 positions, 5 km', () => clusterPositions(positions, 5, 5));
const few = positions.slice(0, 20_000);
time('exact DBSCAN, 20,000 positions, 5 km', () => clusterPositions(few, 5, 5));
time('Turf clustersDbscan, the same 20,000', () =>
  clustersDbscan(featureCollection(few.map((at) => point([...at]))), 5, { minPoints: 5 }),
);
const repeated = positions.slice(0, 200).flatMap((at) => Array<Position>(50).fill(at));
time('exact DBSCAN, 10,000 positions at 200 places', () => clusterPositions(repeated, 5, 5));
time('Turf clustersDbscan, the same 10,000', () =>
  clustersDbscan(featureCollection(repeated.map((at) => point([...at]))), 5, { minPoints: 5 }),
);

for (const movements of [20_000, 200_000, 1_000_000]) {
  const { columns, places } = journeys(movements);
  const mined = time(`corridors of ${movements} movements: mining`, () => mineCorridors(columns, places));
  time(`corridors of ${movements} movements: describing all ${mined.size}`, () => {
    for (let number = 0; number < mined.size; number += 1) mined.corridor(number);
  });
  time(`corridors of ${movements} movements: assigning`, () => mined.assignRows());
  if (movements > 200_000) continue;
  const placed = mineCorridors(withPositions(columns, places), places);
  time(`the same ${placed.size} with a position a waypoint: describing all`, () => {
    for (let number = 0; number < placed.size; number += 1) placed.corridor(number);
  });
}
