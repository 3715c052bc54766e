/** What became of clusters from one period to the next: which opened, closed, were kept, grew into one, came apart. */
import { DisjointSets } from '../../../geo/disjoint-sets.ts';
import type { GroupedIncidents } from './incident-places.ts';
import type { NearbyPlaces } from './nearby-places.ts';

export type TransitionKind = 'opened' | 'closed' | 'kept' | 'merged' | 'split' | 'reshaped';

export interface Transition {
  readonly kind: TransitionKind;
  /** Numbers of the clusters of the earlier period, ascending, and of the later. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** So much of one cluster must lie within reach of another for it to be the same, or a part of it (as in MONIC, Spiliopoulou et al., KDD 2006). */
const LEAST_OVERLAP = 0.5;

/**
 * Clusters are linked where half or more of the one's incidents were at places nearest, within reach, to the other; what is linked is one
 * transition. In order of its lowest cluster, earlier ones first.
 */
export function transitionsOf(
  before: GroupedIncidents,
  after: GroupedIncidents,
  nearby: NearbyPlaces,
): Transition[] {
  const [earlier, later] = [before.members.length, after.members.length];
  const sets = new DisjointSets(earlier + later);
  for (const [one, other] of followed(before, after, nearby)) sets.join(one, earlier + other);
  for (const [one, other] of followed(after, before, nearby)) sets.join(earlier + one, other);
  const groups = new Map<number, { before: number[]; after: number[] }>();
  for (let thing = 0; thing < earlier + later; thing += 1) {
    const root = sets.find(thing);
    const group = groups.get(root) ?? { before: [], after: [] };
    groups.set(root, group);
    if (thing < earlier) group.before.push(thing);
    else group.after.push(thing - earlier);
  }
  return [...groups.values()].map((group) => ({ kind: kindOf(group), ...group }));
}

function kindOf({ before, after }: Pick<Transition, 'before' | 'after'>): TransitionKind {
  if (before.length === 0) return 'opened';
  if (after.length === 0) return 'closed';
  if (before.length === 1) return after.length === 1 ? 'kept' : 'split';
  return after.length === 1 ? 'merged' : 'reshaped';
}

/** Pairs of a cluster and the one of the other period that half of it or more lies at. */
function* followed(
  own: GroupedIncidents,
  other: GroupedIncidents,
  nearby: NearbyPlaces,
): Generator<[number, number]> {
  for (const [cluster, members] of own.members.entries()) {
    let size = 0;
    const shares = new Map<number, number>();
    for (const place of members) {
      size += own.weights[place]!;
      const nearest = nearestCluster(place, other, nearby);
      if (nearest >= 0) shares.set(nearest, (shares.get(nearest) ?? 0) + own.weights[place]!);
    }
    for (const [nearest, weight] of shares) if (weight >= LEAST_OVERLAP * size) yield [cluster, nearest];
  }
}

function nearestCluster(
  place: number,
  { labels }: Pick<GroupedIncidents, 'labels'>,
  { starts, places }: NearbyPlaces,
): number {
  for (let at = starts[place]!; at < starts[place + 1]!; at += 1) {
    const label = labels[places[at]!]!;
    if (label >= 0) return label;
  }
  return -1;
}
