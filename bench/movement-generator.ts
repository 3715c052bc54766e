/** Movements by the hundred thousand, in columns, from planted corridors and noise: what benches insert and analyses must find. */
import { chance, pick, pickWeighted, scatter, stream } from '../seeds/draw.ts';
import type { Position } from '../src/geo/position.ts';
import type { Random } from '../src/kernel/random.ts';
import type { Mode, MovementPurpose } from '../src/kernel/vocabulary.ts';
import { COUNTRY_PAIRS, type CountryPair } from './country-pairs.ts';
import {
  type BenchCorridor,
  type MovementOptions,
  plantCorridors,
  weightedDraw,
} from './movement-corridors.ts';

/** Column arrays of equal length `count`; coordinates in degrees, longitude and latitude apart; countries alpha-3. */
export interface MovementBatch {
  readonly count: number;
  /** Several movements may share one incident (another owner's report of it); keys ascend. */
  readonly incident: Uint32Array;
  readonly owner: Uint8Array;
  readonly originLongitude: Float64Array;
  readonly originLatitude: Float64Array;
  readonly crossingLongitude: Float64Array;
  readonly crossingLatitude: Float64Array;
  readonly destinationLongitude: Float64Array;
  readonly destinationLatitude: Float64Array;
  readonly originCountry: readonly string[];
  /** The countries on the two sides of the crossing, in travel order. */
  readonly leftCountry: readonly string[];
  readonly enteredCountry: readonly string[];
  readonly destinationCountry: readonly string[];
  /** Months since the first of the window. */
  readonly month: Uint8Array;
  readonly persons: Uint8Array;
  readonly purpose: readonly MovementPurpose[];
  readonly mode: readonly Mode[];
  /** The planted corridor; −1 for noise and for returns, which run backwards and build none. */
  readonly corridor: Int16Array;
}

const HOME_KM = 12;
/** Movements that are a second report of the incident before. */
const SAME_INCIDENT = 0.12;

/** Batches in order, the same for the same seed and options whatever the batch size. Nothing is kept between batches. */
export function* generateMovements(seed: number, options: MovementOptions): Generator<MovementBatch> {
  const { movements, owners = 20, months = 60, batchSize = 10_000, noise = 0.12, drawn = seed } = options;
  const planted = plantCorridors(seed, options);
  const draw = weightedDraw(planted.map(({ weight }) => weight));
  const random = stream(drawn, 'bench movements');
  let incident = 0;
  let previous: Journey | null = null;
  for (let start = 0; start < movements; start += batchSize) {
    const batch = emptyBatch(Math.min(batchSize, movements - start));
    for (let row = 0; row < batch.count; row += 1) {
      const again: Journey | null = previous !== null && chance(random, SAME_INCIDENT) ? previous : null;
      const journey: Journey =
        again ?? (chance(random, noise) ? wander(random, months) : follow(random, planted[draw(random)]));
      if (again === null) incident += 1;
      write(batch, row, random, journey, incident, ownerOf(random, again === null ? journey : null, owners));
      previous = journey;
    }
    yield batch;
  }
}

/** One journey before it is written; a return is the same line run backwards. */
interface Journey {
  readonly pair: CountryPair;
  readonly destination: CountryPair;
  readonly corridor: BenchCorridor | null;
  readonly points: readonly [Position, Position, Position];
  readonly month: number;
  readonly persons: number;
  readonly purpose: MovementPurpose;
}

type Writable = {
  -readonly [Key in keyof MovementBatch]: MovementBatch[Key] extends readonly (infer T)[]
    ? T[]
    : MovementBatch[Key];
};

function emptyBatch(count: number): Writable {
  const degrees = (): Float64Array => new Float64Array(count);
  const text = <T extends string>(): T[] => new Array<T>(count);
  return {
    count,
    incident: new Uint32Array(count),
    owner: new Uint8Array(count),
    originLongitude: degrees(),
    originLatitude: degrees(),
    crossingLongitude: degrees(),
    crossingLatitude: degrees(),
    destinationLongitude: degrees(),
    destinationLatitude: degrees(),
    originCountry: text(),
    leftCountry: text(),
    enteredCountry: text(),
    destinationCountry: text(),
    month: new Uint8Array(count),
    persons: new Uint8Array(count),
    purpose: text(),
    mode: text(),
    corridor: new Int16Array(count),
  };
}

function follow(random: Random, corridor: BenchCorridor | undefined): Journey {
  if (corridor === undefined) throw new RangeError('found no planted corridor, wanted at least one');
  const { pair, origin, spots, destination, from, to } = corridor;
  return {
    pair,
    destination: pair,
    corridor,
    points: [scatter(random, origin, HOME_KM), pick(random, spots), destination],
    month: from + random.int(to - from),
    ...party(random),
  };
}

/** A random journey: anywhere in a wide circle, across any stretch of its border, to anybody's destination. */
function wander(random: Random, months: number): Journey {
  const pair = pick(random, COUNTRY_PAIRS);
  const destination = pick(random, COUNTRY_PAIRS);
  return {
    pair,
    destination,
    corridor: null,
    points: [
      scatter(random, pair.from, 250),
      scatter(random, pair.crossing, 80),
      scatter(random, destination.to, 40),
    ],
    month: random.int(months),
    ...party(random),
  };
}

function party(random: Random): Pick<Journey, 'persons' | 'purpose'> {
  return {
    persons: pickWeighted(random, [
      [1, 60],
      [2, 25],
      [3, 10],
      [4, 5],
    ] as const),
    purpose: pickWeighted(random, [
      ['trafficking', 86],
      ['return', 8],
      ['unknown', 6],
    ] as const),
  };
}

/** Four in five reports of a corridor come from the two owners that work on it. */
function ownerOf(random: Random, journey: Journey | null, owners: number): number {
  const usual = journey?.corridor?.owners;
  return usual !== undefined && chance(random, 0.8) ? pick(random, usual) : random.int(owners);
}

function write(
  batch: Writable,
  row: number,
  random: Random,
  journey: Journey,
  incident: number,
  owner: number,
): void {
  const { pair, destination, points, purpose } = journey;
  const back = purpose === 'return';
  const [from, to] = back ? [points[2], points[0]] : [points[0], points[2]];
  batch.incident[row] = incident;
  batch.owner[row] = owner;
  [batch.originLongitude[row], batch.originLatitude[row]] = from;
  [batch.crossingLongitude[row], batch.crossingLatitude[row]] = points[1];
  [batch.destinationLongitude[row], batch.destinationLatitude[row]] = to;
  batch.originCountry[row] = back ? destination.destination : pair.origin;
  batch.leftCountry[row] = back ? pair.entered : pair.origin;
  batch.enteredCountry[row] = back ? pair.origin : pair.entered;
  batch.destinationCountry[row] = back ? pair.origin : destination.destination;
  batch.month[row] = journey.month;
  batch.persons[row] = journey.persons;
  batch.purpose[row] = purpose;
  batch.mode[row] = chance(random, 0.7) ? pair.mode : 'unknown';
  batch.corridor[row] = back ? -1 : (journey.corridor?.id ?? -1);
}
