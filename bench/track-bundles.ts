/** How the pure part of `trackBundles` grows with the tracks, beside all pairs of segments one by one. Run: node bench/track-bundles.ts [numbers of tracks]. */
import { createHash } from 'node:crypto';
import { type DenseTrack, deriveTrackBundles } from '../src/analysis/tracks/track-bundles.ts';
import type { Position } from '../src/geo/position.ts';
import { clusterSegments } from '../src/geo/segment-clusters.ts';
import { type Segment, segmentDistanceKm } from '../src/geo/segment-distance.ts';
import { trackSegments } from '../src/geo/track-partition.ts';
import { type Random, seededRandom } from '../src/kernel/random.ts';

const PARAMETERS = { epsKm: 15, minIncidents: 5, minOrigins: 1, precisionKm: 3.2 };
const STOPS = 12;
/** As many tracks a square degree at every size: growth is that of the area covered. */
const TRACKS_A_DEGREE = 20;
/** All pairs of more take minutes. */
const MOST_BY_PAIRS = 2_000;
/** Seconds of processor time, the quickest of so many: another process's turn is no cost of ours. */
const RUNS = 3;

const sizes = process.argv.slice(2).map(Number);
let before: { readonly size: number; readonly seconds: number } | null = null;
for (const size of sizes.length === 0 ? [1_000, 2_000, 8_000] : sizes) {
  const tracks = tracksOf(size);
  let digest = '';
  const seconds = quickest(() => {
    const found = deriveTrackBundles(tracks, PARAMETERS);
    if (found.refused) throw new Error(found.found);
    digest = `${found.bundles.length} bundles, digest ${createHash('sha256').update(JSON.stringify(found)).digest('hex').slice(0, 12)}`;
  }, RUNS);
  const growth =
    before === null ? '' : `   ${(seconds / before.seconds / (size / before.size)).toFixed(2)} × linear`;
  console.log(
    `${size.toLocaleString('en').padStart(8)} tracks ${seconds.toFixed(3).padStart(8)} s${growth}   ${digest}`,
  );
  if (size <= MOST_BY_PAIRS) byPairs(tracks);
  before = { size, seconds };
}

/** The clustering alone, both ways; they must agree on who is in any cluster as a core. */
function byPairs(tracks: readonly DenseTrack[]): void {
  const segments = tracks.flatMap(({ stops }, group) =>
    trackSegments(
      stops.map(({ position }) => position),
      { precisionKm: PARAMETERS.precisionKm, longestKm: 2 * PARAMETERS.epsKm },
    ).map((segment) => ({ segment, group })),
  );
  const list = segments.map(({ segment }) => segment);
  const groups = Int32Array.from(segments, ({ group }) => group);
  let core = new Uint8Array(0);
  const own = quickest(() => {
    ({ core } = clusterSegments(list, groups, {
      epsKm: PARAMETERS.epsKm,
      minGroups: PARAMETERS.minIncidents,
    }) as {
      core: Uint8Array<ArrayBuffer>;
    });
  }, RUNS);
  let pairs: readonly number[] = [];
  const brute = quickest(() => {
    pairs = coresByPairs(list, groups);
  }, 1);
  if (pairs.some((value, number) => value !== core[number])) throw new Error('the two ways do not agree');
  console.log(
    `         ${list.length.toLocaleString('en')} segments clustered in ${own.toFixed(3)} s; their cores by all pairs in ${brute.toFixed(1)} s, ${(brute / own).toFixed(0)} × as long, the same`,
  );
}

function coresByPairs(segments: readonly Segment[], groups: Int32Array): readonly number[] {
  return segments.map((a) => {
    const near = new Set<number>();
    for (const [other, b] of segments.entries()) {
      const ahead = a.frame.along.reduce((sum, value, axis) => sum + value * b.frame.along[axis]!, 0);
      if (ahead > 0 && segmentDistanceKm(a, b) <= PARAMETERS.epsKm) near.add(groups[other]!);
    }
    return near.size >= PARAMETERS.minIncidents ? 1 : 0;
  });
}

function quickest(work: () => void, runs: number): number {
  let seconds = Infinity;
  for (let run = 0; run < runs; run += 1) {
    const began = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(began);
    seconds = Math.min(seconds, (user + system) / 1e6);
  }
  return seconds;
}

/** Nine of ten keep to one of many roads, which run from all sides to all sides; the tenth goes anywhere. */
function tracksOf(count: number): readonly DenseTrack[] {
  const random = seededRandom(count);
  const side = Math.sqrt(count / TRACKS_A_DEGREE);
  const at = (): Position => [70 + side * random.next(), side * (random.next() - 0.5)];
  const roads = Array.from({ length: Math.max(1, Math.round(count / 30)) }, () => {
    const from = at();
    const heading = 2 * Math.PI * random.next();
    return [from, [from[0] + 3 * Math.cos(heading), from[1] + 3 * Math.sin(heading)] as Position] as const;
  });
  return Array.from({ length: count }, (_, number) => {
    const [from, to] = number % 10 === 0 ? [at(), at()] : roads[random.int(roads.length)]!;
    const far = Math.hypot(to[0] - from[0], to[1] - from[1]);
    // A way across everything is cut to the length of a road.
    const share = Math.min(1, 3 / far);
    return {
      movement: `movement ${number}`,
      event: `incident ${number}`,
      origin: null,
      personsMin: 1,
      personsMax: 1,
      stops: Array.from({ length: STOPS }, (__, ordinal) => {
        const on = (share * ordinal) / (STOPS - 1);
        return {
          ordinal,
          position: [
            from[0] + (to[0] - from[0]) * on + beside(random),
            from[1] + (to[1] - from[1]) * on + beside(random),
          ] as Position,
          uncertaintyKm: 0,
        };
      }),
    };
  });
}

/** Within some 3 km. */
function beside(random: Random): number {
  return 0.06 * (random.next() - 0.5);
}
