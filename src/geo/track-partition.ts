/** A track as few straight segments: its characteristic points by minimum description length (Lee, Han & Whang, SIGMOD 2007, section 3). */
import type { Position } from './position.ts';
import { type Segment, segmentBetween, segmentDistance } from './segment-distance.ts';
import { densify, toUnitVector } from './sphere.ts';

export interface PartitionParameters {
  /** What a length is told to: a departure of less costs nothing. The paper has 1 of its own units. */
  readonly precisionKm: number;
  /**
   * Longer segments are cut into equal parts. The paper leaves them whole; but its parallel distance of a short segment beside the middle of a long
   * one is that to the long one's ends, so that tracks which join a road at different places would not be neighbours on it.
   */
  readonly longestKm: number;
}

/** One line is tried over so many legs at most; what is straight for longer is told in several lines. */
const MOST_LEGS = 40;

/** Of a track of two or more places; repeated places in a row are one. None where all its places are one. */
export function trackSegments(
  track: readonly Position[],
  { precisionKm, longestKm }: PartitionParameters,
): Segment[] {
  const moved = track.filter(
    (place, at) => at === 0 || segmentBetween(toUnitVector(track[at - 1]!), toUnitVector(place)) !== null,
  );
  const points = characteristicPoints(moved, precisionKm);
  const corners = densify(
    points.map((point) => moved[point]!),
    longestKm,
  ).map(toUnitVector);
  return corners.slice(1).flatMap((end, before) => segmentBetween(corners[before]!, end) ?? []);
}

/**
 * Numbers of the places that are kept, the first and the last among them, ascending: those whose lines, with how far the legs lie from them, take the
 * fewest bits to tell. All ways to keep some are weighed, by dynamic programming. The paper's own short cut goes forward and keeps what it met: having
 * saved much on a straight way out, it misses that the way turned back.
 */
export function characteristicPoints(track: readonly Position[], precisionKm: number): number[] {
  if (!(precisionKm > 0))
    throw new RangeError(`characteristicPoints: found a precision of ${precisionKm} km, wanted more than 0`);
  if (track.length < 2) return [...track.keys()];
  const vectors = track.map(toUnitVector);
  const legs = vectors.slice(1).map((end, before) => segmentBetween(vectors[before]!, end));
  const fewest = new Float64Array(track.length).fill(Infinity);
  const before = new Int32Array(track.length);
  fewest[0] = 0;
  for (let end = 1; end < track.length; end += 1) {
    // Of equally short descriptions, that of the longest last line.
    for (let start = Math.max(0, end - MOST_LEGS); start < end; start += 1) {
      const line = segmentBetween(vectors[start]!, vectors[end]!);
      const most = fewest[end]! - fewest[start]!;
      const cost = bitsOf(line, legs.slice(start, end), precisionKm, most);
      if (cost >= most) continue;
      fewest[end] = fewest[start]! + cost;
      before[end] = start;
    }
  }
  const kept: number[] = [];
  for (let at = track.length - 1; at > 0; at = before[at]!) kept.push(at);
  return [0, ...kept.reverse()];
}

/** To tell a line and how far its legs lie from it; no more is counted than `most`. Infinity where it leads back to where it began. */
function bitsOf(
  line: Segment | null,
  legs: readonly (Segment | null)[],
  precisionKm: number,
  most: number,
): number {
  if (line === null) return legs.length === 1 ? 0 : Infinity;
  const bits = (km: number): number => Math.log2(Math.max(1, km / precisionKm));
  let sum = bits(line.lengthKm);
  if (legs.length === 1) return sum;
  for (const leg of legs) {
    if (sum >= most) return sum;
    if (leg === null) continue;
    const { perpendicularKm, angleKm } = segmentDistance(line, leg);
    sum += bits(perpendicularKm) + bits(angleKm);
  }
  return sum;
}
