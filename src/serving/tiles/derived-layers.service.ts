/** Drawing what is derived: one derivation, shared with GraphQL's answers to the same question, serves every tile. */
import type { CorridorAnswer } from '../../analysis/corridors/corridor.type.ts';
import type { CrossingClusterAnswer } from '../../analysis/crossings/crossing-cluster.type.ts';
import type { CrossingClusterFilter } from '../../analysis/crossings/crossing-filter.input.ts';
import type { RouteHotspotAnswer } from '../../analysis/hotspots/hotspot.type.ts';
import { fromIndex } from '../../geo/cells.ts';
import type { Position } from '../../geo/position.ts';
import type { RequestContext } from '../../graphql/context.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import {
  usualCorridors,
  usualCrossingClusters,
  usualRouteHotspots,
} from '../derived/usual-answers.service.ts';
import { cellShape } from './drawing/cell-shapes.ts';
import type { DrawnLayers } from './drawing/encode-tile.ts';
import { areaShape, lineShape, pointShape } from './drawing/map-shape.ts';
import { onceFor } from './drawing/once-for.ts';

export async function drawRouteHotspots(
  context: RequestContext,
  asked: AskedMovements,
): Promise<DrawnLayers> {
  return { 'route-hotspots': hotspotShapes(await usualRouteHotspots(context, asked)) };
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
  return clusterShapes(await usualCrossingClusters(context, filter));
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
  return { corridors: corridorShapes(await usualCorridors(context, asked)) };
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
