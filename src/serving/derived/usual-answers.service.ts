/** What is derived when nothing but a filter is given, for whatever is not GraphQL: one derivation, shared with its answers to the same question. */
import { answerCorridors } from '../../analysis/corridors/corridor.service.ts';
import type { CorridorAnswer } from '../../analysis/corridors/corridor.type.ts';
import { KEPT_TRAVEL } from '../../analysis/corridors/kept-travel.ts';
import { PARALLEL_WITHIN } from '../../analysis/corridors/parallel-corridors.ts';
import { answerCrossingClusters } from '../../analysis/crossings/crossing-cluster.service.ts';
import {
  CLUSTER_METHODS,
  type CrossingClusterAnswer,
} from '../../analysis/crossings/crossing-cluster.type.ts';
import {
  askedCrossings,
  type CrossingClusterFilter,
} from '../../analysis/crossings/crossing-filter.input.ts';
import { reachOf } from '../../analysis/crossings/crossing-question.ts';
import { answerRouteHotspots } from '../../analysis/hotspots/hotspot.service.ts';
import {
  HOTSPOT_PARTS,
  HOTSPOT_SCALES,
  HOTSPOT_WEIGHTS,
  type RouteHotspotAnswer,
} from '../../analysis/hotspots/hotspot.type.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { keptAnswer } from '../../graphql/kept-answers.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';

/** What the fields of GraphQL ask for when they are asked for nothing else, but as much of it as there may be. */
const HOTSPOTS = {
  scale: HOTSPOT_SCALES.STATED,
  resolution: 5,
  rings: 1,
  alpha: 0.05,
  simulations: 99,
  over: HOTSPOT_PARTS.POINTS_AND_LEGS,
  weight: HOTSPOT_WEIGHTS.INCIDENTS,
  first: 5_000,
  withEvidence: false,
};
const CORRIDORS = {
  supportAtLeast: 3,
  originsAtLeast: 1,
  nodeResolution: 5,
  gatherKm: 30,
  parallelWithin: PARALLEL_WITHIN,
  first: 500,
  withEvidence: false,
  withForecast: false,
  withForecastTest: false,
  ids: null,
};
const CLUSTERS = { epsKm: reachOf(CLUSTER_METHODS.DBSCAN, null), minIncidents: 5 };
const SHOWN = { evidence: false, members: false, stretches: false, density: false, stability: false };
const PLAIN = { withHowKnown: false };

/** The first 5,000 cells. */
export function usualRouteHotspots(
  context: RequestContext,
  asked: AskedMovements,
): Promise<RouteHotspotAnswer> {
  const question = { asked, question: HOTSPOTS, ...PLAIN };
  return keptAnswer(context, 'routeHotspots', question, (underWay) =>
    answerRouteHotspots(context.reader, asked, HOTSPOTS, underWay),
  );
}

/** The first 500. */
export function usualCorridors(context: RequestContext, asked: AskedMovements): Promise<CorridorAnswer> {
  const question = { asked, question: CORRIDORS, ...PLAIN };
  const kept = context.services?.read(KEPT_TRAVEL);
  return keptAnswer(context, 'corridors', question, async (underWay) => {
    const derived = await answerCorridors(context.reader, asked, CORRIDORS, kept, underWay);
    for (const corridor of derived.nodes) corridor.asKnown = asked.asKnown;
    return derived;
  });
}

export async function usualCrossingClusters(
  context: RequestContext,
  filter: CrossingClusterFilter | null,
): Promise<CrossingClusterAnswer> {
  const asked = await askedCrossings(context, null, filter);
  const question = { asked, parameters: CLUSTERS, shown: SHOWN, ...PLAIN };
  return keptAnswer(context, 'crossingClusters', question, (underWay) =>
    answerCrossingClusters(context.reader, asked, CLUSTERS, SHOWN, underWay),
  );
}
