/** The line that stands for a bundle of segments: their mean, swept in the direction they go together (TRACLUS, SIGMOD 2007, section 4.3). */
import { frameAt, fromPlane, type LocalFrame, toPlane } from './local-frame.ts';
import type { Position } from './position.ts';
import type { Segment } from './segment-distance.ts';
import { toPosition, type UnitVector } from './sphere.ts';

/** Share of all that runs in the bundle, along the line, that its width takes in. */
const WIDTH_SHARE = 0.8;

export interface BundledSegment extends Segment {
  /** Whose it is; those of one group are averaged first, so that what is told twice of it weighs no more. */
  readonly group: number;
  /** Radius within which its ends are known; 0 where none is known. */
  readonly uncertaintyKm: number;
}

export interface RepresentativeLine {
  /** In the direction of travel; empty where nowhere enough groups run side by side, or all directions cancel out. */
  readonly line: readonly Position[];
  /** Full width that takes in 80 % of the groups with their uncertainty, along the line; null where there is no line. */
  readonly widthKm: number | null;
}

/** Bends nearer to each other than `smoothingKm` are one. The line is where at least `minGroups` run side by side. */
export function representativeLine(
  segments: readonly BundledSegment[],
  minGroups: number,
  smoothingKm: number,
): RepresentativeLine {
  const frame = commonFrame(segments);
  if (frame === null) return { line: [], widthKm: null };
  const lanes = segments.map((segment) => laneOf(segment, frame));
  const entering = lanes.toSorted((a, b) => a.left - b.left);
  const leaving = lanes.toSorted((a, b) => a.right - b.right);
  const stops = Float64Array.from(lanes.flatMap(({ left, right }) => [left, right])).sort();
  const active = new Set<Lane>();
  const line: Position[] = [];
  const reaches: { readonly km: number; readonly weight: number }[] = [];
  let [entered, left, last] = [0, 0, -Infinity];
  for (const at of stops) {
    for (; entered < entering.length && entering[entered]!.left <= at; entered += 1)
      active.add(entering[entered]!);
    for (; left < leaving.length && leaving[left]!.right < at; left += 1) active.delete(leaving[left]!);
    if (at - last < smoothingKm) continue;
    const means = groupMeans(active, at);
    if (means.size < minGroups) continue;
    let sum = 0;
    for (const { total, count } of means.values()) sum += total / count;
    const middle = sum / means.size;
    for (const lane of active) {
      reaches.push({
        km: Math.abs(acrossAt(lane, at) - middle) + lane.uncertaintyKm,
        weight: 1 / means.get(lane.group)!.count,
      });
    }
    line.push(toPosition(fromPlane(frame, [at, middle])));
    last = at;
  }
  return line.length < 2 ? { line: [], widthKm: null } : { line, widthKm: widthOf(reaches) };
}

/** A segment in the plane of the common direction, from its left to its right end. */
interface Lane {
  readonly left: number;
  readonly right: number;
  readonly leftAcross: number;
  readonly rightAcross: number;
  readonly group: number;
  readonly uncertaintyKm: number;
}

/** Where the groups are on the whole, in the direction they go on the whole: each group has one voice. */
function commonFrame(segments: readonly BundledSegment[]): LocalFrame | null {
  const ways = new Map<number, { place: UnitVector; direction: UnitVector }>();
  for (const { group, start, end } of segments) {
    const known = ways.get(group) ?? { place: [0, 0, 0] as const, direction: [0, 0, 0] as const };
    ways.set(group, {
      place: added(known.place, added(start, end)),
      direction: added(known.direction, [end[0] - start[0], end[1] - start[1], end[2] - start[2]]),
    });
  }
  let place: UnitVector = [0, 0, 0];
  let direction: UnitVector = [0, 0, 0];
  for (const way of ways.values()) {
    place = added(place, asVoice(way.place));
    direction = added(direction, asVoice(way.direction));
  }
  return frameAt(place, direction);
}

/** Of length 1; one that says nothing, as of there and back again, is none. */
function asVoice([x, y, z]: UnitVector): UnitVector {
  const length = Math.hypot(x, y, z);
  return length < 1e-12 ? [0, 0, 0] : [x / length, y / length, z / length];
}

function added(a: UnitVector, b: UnitVector): UnitVector {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

function laneOf({ start, end, group, uncertaintyKm }: BundledSegment, frame: LocalFrame): Lane {
  const [a, b] = [toPlane(frame, start), toPlane(frame, end)];
  const [[left, leftAcross], [right, rightAcross]] = a[0] <= b[0] ? [a, b] : [b, a];
  return { left, right, leftAcross, rightAcross, group, uncertaintyKm };
}

function acrossAt({ left, right, leftAcross, rightAcross }: Lane, at: number): number {
  if (right === left) return (leftAcross + rightAcross) / 2;
  return leftAcross + ((rightAcross - leftAcross) * (at - left)) / (right - left);
}

function groupMeans(active: ReadonlySet<Lane>, at: number): Map<number, { total: number; count: number }> {
  const means = new Map<number, { total: number; count: number }>();
  for (const lane of active) {
    const known = means.get(lane.group);
    if (!known) means.set(lane.group, { total: acrossAt(lane, at), count: 1 });
    else {
      known.total += acrossAt(lane, at);
      known.count += 1;
    }
  }
  return means;
}

function widthOf(reaches: { readonly km: number; readonly weight: number }[]): number {
  reaches.sort((a, b) => a.km - b.km);
  const wanted = WIDTH_SHARE * reaches.reduce((sum, { weight }) => sum + weight, 0);
  let below = 0;
  for (const { km, weight } of reaches) {
    below += weight;
    if (below >= wanted - 1e-9) return 2 * km;
  }
  return 0;
}
