/** Answering for route hotspots: observed stops read as the viewer sees them, tested, and shown as cells. */
import type { ViewerReader } from '../../access/reader.ts';
import { boundaryOf, centreOf, toIndex } from '../../geo/cells.ts';
import { runInBackground, type UnderWay } from '../../platform/background.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { coarsenedUnknowns, refusalOf } from '../derived.type.ts';
import { checkBounds } from '../question-bounds.ts';
import { questionSeed } from '../question-seed.ts';
import { MOST_EVIDENCE } from '../tell-how-known.service.ts';
import { COARSEST, FINEST } from './automatic-scale.ts';
import {
  type HotspotParts,
  type HotspotScale,
  type HotspotWeight,
  RouteHotspotAnswer,
  type RouteHotspotCell,
} from './hotspot.type.ts';
import { readObservedBlocks } from './hotspot.view.ts';
import { type FoundCell, HOTSPOT_WORK } from './hotspot-work.ts';
import { movementsIn } from './observed-blocks.ts';
import { LONGEST_LEG_KM } from './observed-legs.ts';
import { ROUTE_HOTSPOTS } from './route-hotspots.ts';

export interface HotspotQuestion {
  readonly scale: HotspotScale;
  /** Passed over, as `rings` is, where the scale is automatic. */
  readonly resolution: number;
  readonly rings: number;
  readonly alpha: number;
  readonly simulations: number;
  readonly over: HotspotParts;
  readonly weight: HotspotWeight;
  readonly first: number;
  readonly withEvidence: boolean;
}

/** Movements times simulations: what holds up other answers for more than a tenth of a second. */
const LONG_WORK = 2_000 * 99;
export const MOST_SIMULATIONS = 999;
/** The finest cells, of which there are twice as many to go through as at the usual resolution, may be what is chosen. */
const MOST_AUTOMATIC_SIMULATIONS = 499;

export async function answerRouteHotspots(
  reader: ViewerReader,
  asked: AskedMovements,
  question: HotspotQuestion,
  underWay?: UnderWay,
): Promise<RouteHotspotAnswer> {
  checkQuestion(question);
  const { first, withEvidence, ...parameters } = question;
  const { resolution, rings, alpha, simulations, over, weight } = parameters;
  const isAutomatic = question.scale === 'automatic';
  const blocks = await readObservedBlocks(reader, asked, {
    ...(isAutomatic ? { resolution: FINEST, least: COARSEST } : { resolution, least: resolution }),
    withLegs: over === 'points_and_legs',
    withEvidence,
    byPersons: weight === 'persons',
    byMonth: false,
  });
  const found = await runInBackground(
    HOTSPOT_WORK,
    {
      blocks,
      parameters: { resolution, rings, alpha, simulations },
      isAutomatic,
      withLegs: over === 'points_and_legs',
      byPersons: weight === 'persons',
      seed: questionSeed({ asked, parameters }),
      first,
      evidence: withEvidence ? MOST_EVIDENCE : 0,
    },
    movementsIn(blocks) * simulations > LONG_WORK,
    underWay,
  );
  const { counts } = found;
  return Object.assign(new RouteHotspotAnswer(), {
    ...ROUTE_HOTSPOTS,
    parameters: { ...parameters, ...found.scale, longestLegKm: LONGEST_LEG_KM },
    scaleDecisions: found.decisions,
    counts: { records: counts.movements, incidents: counts.incidents, owners: counts.owners },
    dataWindow: found.window,
    unknowns: [...found.unknowns, ...coarsenedUnknowns(reader.viewer)],
    refusal: found.refusal === null ? null : refusalOf(found.refusal),
    cells: found.cells.map(cellOf),
    testedCells: found.tested,
    hotspots: found.hot,
    coldSpots: found.cold,
  });
}

/** Cells as features, for maps: the figures are properties, the id is the feature's id. */
export function featuresOf(cells: readonly RouteHotspotCell[]): unknown {
  return {
    type: 'FeatureCollection',
    features: cells.map(({ id, geometry, z, p, pPermutation, q, magnitude, incidents, ...cell }) => ({
      type: 'Feature',
      id,
      geometry,
      properties: { class: NAMES[cell.class], z, p, pPermutation, q, magnitude, incidents },
    })),
  };
}

const NAMES: Readonly<Record<string, string>> = {
  hot: 'route hotspot',
  cold: 'cold spot',
  density: 'density',
};

function checkQuestion(question: HotspotQuestion): void {
  const isAutomatic = question.scale === 'automatic';
  checkBounds(question, {
    resolution: [2, 7],
    rings: [1, 5],
    alpha: [0.001, 0.2],
    simulations: [19, isAutomatic ? MOST_AUTOMATIC_SIMULATIONS : MOST_SIMULATIONS],
    first: [1, 5_000],
  });
}

function cellOf({ cell, incidentIds, ...found }: FoundCell): RouteHotspotCell {
  const [longitude, latitude] = centreOf(cell);
  return {
    ...found,
    id: toIndex(cell),
    position: { longitude, latitude },
    geometry: { type: 'MultiPolygon', coordinates: boundaryOf(cell) },
    allIncidentIds: incidentIds,
  };
}
