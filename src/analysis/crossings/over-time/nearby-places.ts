/** Which places are within reach of each, the nearest first. */
import type { Position } from '../../../geo/position.ts';
import { chordOfKm, toUnitVector } from '../../../geo/sphere.ts';

/** Place p has places[starts[p]] … places[starts[p + 1] − 1] within reach: itself first. */
export interface NearbyPlaces {
  readonly starts: Int32Array;
  readonly places: Int32Array;
}

/** Great circles on a sphere. Null where there are more than `mostPairs`. */
export function nearbyPlaces(
  positions: readonly Position[],
  reachKm: number,
  mostPairs: number,
): NearbyPlaces | null {
  const vectors = positions.map(toUnitVector);
  const axis = widestAxis(vectors);
  const order = [...vectors.keys()].sort((a, b) => vectors[a]![axis] - vectors[b]![axis]);
  // A hair more, so that what is a reach apart to the last digit is within it.
  const chord = chordOfKm(reachKm) * (1 + 1e-12);
  const found = vectors.map((): { readonly place: number; readonly chord: number }[] => []);
  let pairs = 0;
  let first = 0;
  for (const [rank, place] of order.entries()) {
    const own = vectors[place]!;
    found[place]!.push({ place, chord: -1 });
    while (own[axis] - vectors[order[first]!]![axis] > chord) first += 1;
    for (let at = first; at < rank; at += 1) {
      const other = order[at]!;
      const apart = Math.hypot(
        own[0] - vectors[other]![0],
        own[1] - vectors[other]![1],
        own[2] - vectors[other]![2],
      );
      if (apart > chord) continue;
      found[place]!.push({ place: other, chord: apart });
      found[other]!.push({ place, chord: apart });
      pairs += 2;
      if (pairs > mostPairs) return null;
    }
  }
  const starts = new Int32Array(positions.length + 1);
  for (const [place, near] of found.entries()) starts[place + 1] = starts[place]! + near.length;
  const places = new Int32Array(starts[positions.length]!);
  for (const [place, near] of found.entries())
    places.set(
      near.sort((a, b) => a.chord - b.chord || a.place - b.place).map((entry) => entry.place),
      starts[place],
    );
  return { starts, places };
}

function widestAxis(vectors: readonly (readonly [number, number, number])[]): 0 | 1 | 2 {
  const extent = ([0, 1, 2] as const).map((axis) => {
    let [low, high] = [Infinity, -Infinity];
    for (const vector of vectors) {
      low = Math.min(low, vector[axis]);
      high = Math.max(high, vector[axis]);
    }
    return high - low;
  });
  return extent.indexOf(Math.max(...extent)) as 0 | 1 | 2;
}
