/** Corridors that run beside each other: who is parallel to whom, and which are told as one. */
import { type Flow, flowDissimilarity } from '../../geo/flow-distance.ts';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';

/**
 * Both ends of two corridors are a seventh of their length apart (FDS is √2 times the shift over the length), or one of them a fifth. Stages that are gathered 30 km apart keep corridors of
 * 200 km together, and journeys of 3,000 km from one source to cities 800 km from each other stay two.
 */
export const PARALLEL_WITHIN = 0.2;

/** From the first stage on the map to the last; null where those are fewer than two places. */
export function flowOf(positions: readonly (Position | null)[]): Flow | null {
  const onMap = positions.filter((position) => position !== null);
  const [from, to] = [onMap[0], onMap.at(-1)];
  return from && to && greatCircleKm(from, to) > 0 ? { from, to } : null;
}

/** For each flow, the numbers of the others whose dissimilarity (Tao & Thill 2016) to it is at most `within`, ascending. There and back are no parallels. */
export function parallelsOf(flows: readonly (Flow | null)[], within: number): readonly (readonly number[])[] {
  const parallels = flows.map((): number[] => []);
  for (const [number, flow] of flows.entries()) {
    for (let other = 0; flow !== null && other < number; other += 1) {
      const before = flows[other];
      if (!before || flowDissimilarity(flow, before) > within) continue;
      parallels[number]!.push(other);
      parallels[other]!.push(number);
    }
  }
  return parallels;
}

/**
 * Everybody once: the first is a leader, and so is each that is parallel to no leader before it; the others follow the first leader that they are parallel to. No chains: whoever is in a
 * group is parallel to its leader. In order: the most important first.
 */
export function leaderGroups(parallels: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>();
  for (const [number, others] of parallels.entries()) {
    const leader = [...others].sort((a, b) => a - b).find((other) => other < number && groups.has(other));
    if (leader === undefined) groups.set(number, [number]);
    else groups.get(leader)!.push(number);
  }
  return [...groups.values()];
}
