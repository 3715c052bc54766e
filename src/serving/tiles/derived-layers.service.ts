/** Drawing what is derived: one derivation, shared with GraphQL's answers to the same question, serves every tile. */
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
import { fromIndex } from '../../geo/cells.ts';
import type { Position } from '../../geo/position.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { keptAnswer } from '../../graphql/kept-answers.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { cellShape } from './drawing/cell-shapes.ts';
import type { DrawnLayers } from './drawing/encode-tile.ts';
import { areaShape, lineShape, pointShape } from './drawing/map-shape.ts';
import { onceFor } from './drawing/once-for.ts';

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
};
const CLUSTERS = { epsKm: reachOf(CLUSTER_METHODS.DBSCAN, null), minIncidents: 5 };
const SHOWN = { evidence: false, members: false, stretches: false, density: false, stability: false };
const PLAIN = { withHowKnown: false };

export async function drawRouteHotspots(
  context: RequestContext,
  asked: AskedMovements,
): Promise<DrawnLayers> {
  const question = { asked, question: HOTSPOTS, ...PLAIN };
  const answer = await keptAnswer(context, 'routeHotspots', question, (underWay) =>
    answerRouteHotspots(context.reader, asked, HOTSPOTS, underWay),
  );
  return { 'route-hotspots': hotspotShapes(answer) };
}

const hotspotShapes = onceFor(({ cells }: RouteHotspotAnswer) =>
  cells.map(({ id, class: found, magnitude, incidents, z, q }) =>
    cellShape(fromIndex(id), { cell: id, class: found, magnitude, incidents, z, q }),
  ),
);

export async function drawCrossingClusters(
  context: RequestContext,
  filter: CrossingClusterFilter | null,
): Promise<DrawnLayers> {
  const asked = await askedCrossings(context, null, filter);
  const question = { asked, parameters: CLUSTERS, shown: SHOWN, ...PLAIN };
  const answer = await keptAnswer(context, 'crossingClusters', question, (underWay) =>
    answerCrossingClusters(context.reader, asked, CLUSTERS, SHOWN, underWay),
  );
  return clusterShapes(answer);
}

const clusterShapes = onceFor(({ clusters }: CrossingClusterAnswer) => ({
  'crossing-clusters': clusters.flatMap(({ id, name, border, incidents, persons, monthsActive, centre }) => {
    const tags = { id, name, border: border.join(' '), incidents, persons, monthsActive };
    return pointShape([centre.longitude, centre.latitude], tags) ?? [];
  }),
  'crossing-clusters-hulls': clusters.flatMap(({ id, incidents, hull }) => {
    const { coordinates } = hull as { coordinates: Position[][][] };
    return coordinates.length === 0 ? [] : [areaShape(coordinates, { id, incidents })];
  }),
}));

export async function drawCorridors(context: RequestContext, asked: AskedMovements): Promise<DrawnLayers> {
  const question = { asked, question: CORRIDORS, ...PLAIN };
  const kept = context.services?.read(KEPT_TRAVEL);
  const answer = await keptAnswer(context, 'corridors', question, async (underWay) => {
    const derived = await answerCorridors(context.reader, asked, CORRIDORS, kept, underWay);
    for (const corridor of derived.nodes) corridor.asKnown = asked.asKnown;
    return derived;
  });
  return { corridors: corridorShapes(answer) };
}

const corridorShapes = onceFor(({ nodes }: CorridorAnswer) =>
  nodes.flatMap(({ id, name, support, widthKm, share, firstMonth, lastMonth, geometry }) => {
    if (geometry === null) return [];
    const { incidents, independentOrigins: origins, movements } = support;
    const tags = {
      id,
      name,
      incidents,
      origins,
      movements,
      widthKm,
      observed: share.observed,
      firstMonth,
      lastMonth,
    };
    return [lineShape((geometry as { coordinates: Position[][] }).coordinates, tags)];
  }),
);
