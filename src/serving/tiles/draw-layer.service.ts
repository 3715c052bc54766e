/** Which layer is drawn by what, and of which filter. */

import type { CrossingClusterFilter } from '../../analysis/crossings/crossing-filter.input.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { searchOwned } from '../../graphql/owned-record.type.ts';
import type { PlaceSearch } from '../../places/place-source.sql.ts';
import type { IncidentSearch } from '../../records/incidents/incident-source.sql.ts';
import { CROSSINGS_UNLESS_SAID, type CrossingSearch } from '../../records/movements/crossing-source.sql.ts';
import type { MovementFilter } from '../../records/movements/movement-filter.input.ts';
import { askedMovements } from '../../records/movements/movement-search.service.ts';
import { drawDensity, drawFlows } from './counted-layers.service.ts';
import { drawCorridors, drawCrossingClusters, drawRouteHotspots } from './derived-layers.service.ts';
import type { DrawnLayers } from './drawing/encode-tile.ts';
import { drawBorders, drawCountries, drawLand, drawPlaces } from './ground-layers.service.ts';
import { drawPoints } from './point-layers.service.ts';
import { crossingPoints, incidentPoints, waypointPoints } from './point-source.sql.ts';
import { rolledCrossings, rolledIncidents } from './rolled-points.sql.ts';
import type { TileAddress } from './tile-address.ts';
import type { LayerName } from './tile-layers.ts';

/** The filter as `readTileFilter` read it: of the type that the layer names. */
type Draw = (context: RequestContext, filter: never, address: TileAddress) => Promise<DrawnLayers>;
interface Owned {
  readonly owners?: readonly string[];
  readonly asKnownAt?: Date;
}

const DRAWN: Readonly<Record<LayerName, Draw>> = {
  density: async (context, filter: MovementFilter | null, address) =>
    drawDensity(context, await askedMovements(context, filter), address),
  'route-hotspots': async (context, filter: MovementFilter | null) =>
    drawRouteHotspots(context, await askedMovements(context, filter)),
  'crossing-clusters': (context, filter: CrossingClusterFilter | null) =>
    drawCrossingClusters(context, filter),
  corridors: async (context, filter: MovementFilter | null) =>
    drawCorridors(context, await askedMovements(context, filter)),
  incidents: async (context, filter: (IncidentSearch & Owned) | null, address) => {
    const question = await searchOwned(context, filter);
    const make = incidentPoints(question.search, question.asKnown);
    const rolled = rolledIncidents(question.search, question.asKnown);
    return drawPoints(context, { layer: 'incidents', question, make, rolled }, address);
  },
  crossings: async (context, filter: (CrossingSearch & Owned) | null, address) => {
    const question = await searchOwned(context, { ...CROSSINGS_UNLESS_SAID, ...filter });
    const make = crossingPoints(question.search, question.asKnown);
    const rolled = rolledCrossings(question.search, question.asKnown);
    return drawPoints(context, { layer: 'crossings', question, make, rolled }, address);
  },
  movements: async (context, filter: MovementFilter | null, address) => {
    const question = await askedMovements(context, filter);
    const make = waypointPoints(question.search, question.asKnown);
    return drawPoints(context, { layer: 'movements', question, make, rolled: null }, address);
  },
  flows: async (context, filter: MovementFilter | null) =>
    drawFlows(context, await askedMovements(context, filter)),
  places: (context, filter: PlaceSearch | null, address) => drawPlaces(context, filter, address),
  land: async (_context, _filter, address) => drawLand(address),
  countries: async (_context, _filter, address) => drawCountries(address),
  borders: (context) => drawBorders(context),
};

export function drawLayer(
  context: RequestContext,
  layer: LayerName,
  filter: unknown,
  address: TileAddress,
): Promise<DrawnLayers> {
  return DRAWN[layer](context, filter as never, address);
}
