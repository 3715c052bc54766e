/** Stops as columns of numbers, and in boxes, so that those near one another are found: kept from one question to the next, and handed to another thread. */
import type { Position } from '../../geo/position.ts';
import { EARTH_RADIUS_KM, toUnitVector } from '../../geo/sphere.ts';
import { longer } from './journeys.ts';

/** Plain values; of each column only the first `count` (`boxes`) entries mean anything. */
export interface StopColumns {
  readonly reachKm: number;
  count: number;
  /** Longitude and latitude after one another; the same on the unit sphere. */
  positions: Float64Array<ArrayBuffer>;
  vectors: Float64Array<ArrayBuffer>;
  /** 1: a town that a source named. */
  towns: Int32Array<ArrayBuffer>;
  /** How often each was stopped at, and all around it together. */
  visits: Int32Array<ArrayBuffer>;
  density: Float64Array<ArrayBuffer>;
  boxOf: Int32Array<ArrayBuffer>;
  /** The next in the same box; -1 after the last. */
  nextInBox: Int32Array<ArrayBuffer>;
  boxes: number;
  boxKeys: Float64Array<ArrayBuffer>;
  firstInBox: Int32Array<ArrayBuffer>;
  /** Alpha-3; stops of different countries are in different boxes. */
  readonly countries: (string | null)[];
}

export function emptyStops(reachKm: number): StopColumns {
  const whole = (): Int32Array<ArrayBuffer> => new Int32Array(0);
  const real = (): Float64Array<ArrayBuffer> => new Float64Array(0);
  return {
    reachKm,
    count: 0,
    positions: real(),
    vectors: real(),
    towns: whole(),
    visits: whole(),
    density: real(),
    boxOf: whole(),
    nextInBox: whole(),
    boxes: 0,
    boxKeys: real(),
    firstInBox: whole(),
    countries: [],
  };
}

export function stopBuffers(stops: StopColumns): ArrayBuffer[] {
  return [
    stops.positions,
    stops.vectors,
    stops.towns,
    stops.visits,
    stops.density,
    stops.boxOf,
    stops.nextInBox,
    stops.boxKeys,
    stops.firstInBox,
  ].map(({ buffer }) => buffer);
}

/** Beyond this numbers of boxes would no longer be exact. */
const LEAST_SIDE_KM = 5;

/** Finds stops near one another. What it holds itself is made anew from the columns. */
export class NearStops {
  readonly #stops: StopColumns;
  readonly #side: number;
  readonly #across: number;
  readonly #boxOfKey = new Map<number, number>();
  readonly #countryOf = new Map<string | null, number>();
  /** By box, the boxes that are there of the 27 around it; undefined where not looked for yet. */
  #around: (readonly number[] | undefined)[] = [];
  /** What `find` found. */
  found = new Int32Array(64);
  squaredChords = new Float64Array(64);

  constructor(stops: StopColumns) {
    this.#stops = stops;
    // Any side of at least the reach will do; very small boxes would be too many to number.
    this.#side = Math.max(stops.reachKm, LEAST_SIDE_KM) / EARTH_RADIUS_KM;
    this.#across = Math.ceil(2 / this.#side) + 3;
    for (let box = 0; box < stops.boxes; box += 1) this.#boxOfKey.set(stops.boxKeys[box]!, box);
    for (const [number, country] of stops.countries.entries()) this.#countryOf.set(country, number);
  }

  /** The number of a new stop, at which nobody has stopped yet. */
  add(position: Position, country: string | null, isTown: boolean): number {
    const stops = this.#stops;
    const stop = stops.count;
    if (3 * stop + 3 > stops.vectors.length) makeRoom(stops, stop + 1);
    const vector = toUnitVector(position);
    stops.positions.set(position, 2 * stop);
    stops.vectors.set(vector, 3 * stop);
    stops.towns[stop] = isTown ? 1 : 0;
    stops.visits[stop] = 0;
    stops.density[stop] = 0;
    const box = this.#boxFor(this.#keyOf(vector, country));
    stops.boxOf[stop] = box;
    stops.nextInBox[stop] = stops.firstInBox[box]!;
    stops.firstInBox[box] = stop;
    stops.count += 1;
    return stop;
  }

  #keyOf(vector: readonly number[], country: string | null): number {
    const { countries } = this.#stops;
    const number = this.#countryOf.get(country) ?? countries.push(country) - 1;
    this.#countryOf.set(country, number);
    return vector.reduce(
      (key, along) => key * this.#across + Math.floor((along + 1) / this.#side) + 1,
      number,
    );
  }

  #boxFor(key: number): number {
    const known = this.#boxOfKey.get(key);
    if (known !== undefined) return known;
    const stops = this.#stops;
    const box = stops.boxes;
    if (box === stops.boxKeys.length) {
      stops.boxKeys = longer(stops.boxKeys, box + 1);
      stops.firstInBox = longer(stops.firstInBox, box + 1);
    }
    stops.boxKeys[box] = key;
    stops.firstInBox[box] = -1;
    stops.boxes += 1;
    this.#boxOfKey.set(key, box);
    // A box around which others were looked for has one more now.
    this.#around = [];
    return box;
  }

  /**
   * How many stops of the same country are within a distance (at most the reach) of a stop, itself among them; `found` begins with them, and `squaredChords` with how far
   * they are on the unit sphere: that orders pairs as the great circle does, without a trigonometric function a pair.
   */
  find(stop: number, withinKm: number): number {
    const { vectors, boxOf, nextInBox, firstInBox } = this.#stops;
    const most = (2 * Math.sin(withinKm / EARTH_RADIUS_KM / 2)) ** 2;
    const [x, y, z] = [vectors[3 * stop]!, vectors[3 * stop + 1]!, vectors[3 * stop + 2]!];
    let count = 0;
    for (const box of this.#boxesAround(boxOf[stop]!)) {
      for (let other = firstInBox[box]!; other >= 0; other = nextInBox[other]!) {
        const dx = vectors[3 * other]! - x;
        const dy = vectors[3 * other + 1]! - y;
        const dz = vectors[3 * other + 2]! - z;
        const squared = dx * dx + dy * dy + dz * dz;
        if (squared > most) continue;
        if (count === this.found.length) {
          this.found = longer(this.found, 2 * count);
          this.squaredChords = longer(this.squaredChords, 2 * count);
        }
        this.found[count] = other;
        this.squaredChords[count] = squared;
        count += 1;
      }
    }
    return count;
  }

  #boxesAround(box: number): readonly number[] {
    const known = this.#around[box];
    if (known !== undefined) return known;
    const key = this.#stops.boxKeys[box]!;
    const across = this.#across;
    const boxes: number[] = [];
    for (let step = 0; step < 27; step += 1) {
      const [dx, dy, dz] = [(step % 3) - 1, (Math.floor(step / 3) % 3) - 1, Math.floor(step / 9) - 1];
      const other = this.#boxOfKey.get(key + (dx * across + dy) * across + dz);
      if (other !== undefined) boxes.push(other);
    }
    this.#around[box] = boxes;
    return boxes;
  }
}

function makeRoom(stops: StopColumns, count: number): void {
  // The one that is full first, of all.
  stops.vectors = longer(stops.vectors, 3 * count);
  stops.positions = longer(stops.positions, 2 * count);
  stops.towns = longer(stops.towns, count);
  stops.visits = longer(stops.visits, count);
  stops.density = longer(stops.density, count);
  stops.boxOf = longer(stops.boxOf, count);
  stops.nextInBox = longer(stops.nextInBox, count);
}
