/** Answering for emerging hotspots: movements read as the viewer sees them, in steps of time. */
import type { ViewerReader } from '../../access/reader.ts';
import { boundaryOf, centreOf, toIndex } from '../../geo/cells.ts';
import { runInBackground, type UnderWay } from '../../platform/background.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { coarsenedUnknowns, refusalOf } from '../derived.type.ts';
import { checkBounds } from '../question-bounds.ts';
import { questionSeed } from '../question-seed.ts';
import { MOST_EVIDENCE } from '../tell-how-known.service.ts';
import { EmergingHotspotAnswer, type EmergingHotspotCell } from './emerging.type.ts';
import { EMERGING_HOTSPOTS } from './emerging-cells.ts';
import { EMERGING_WORK, type EmergingWork } from './emerging-work.ts';
import type { HotspotParts, HotspotWeight } from './hotspot.type.ts';
import { readObservedBlocks } from './hotspot.view.ts';
import { movementsIn } from './observed-blocks.ts';
import { LONGEST_LEG_KM } from './observed-legs.ts';

export interface EmergingQuestion {
  readonly resolution: number;
  readonly rings: number;
  readonly alpha: number;
  readonly simulations: number;
  readonly monthsAStep: number;
  readonly over: HotspotParts;
  readonly weight: HotspotWeight;
  readonly first: number;
  readonly withEvidence: boolean;
}

export const MOST_EMERGING_SIMULATIONS = 199;
/** Movements. Cells times steps times simulations are many even of few. */
const LONG_WORK = 300;

export async function answerEmergingHotspots(
  reader: ViewerReader,
  asked: AskedMovements,
  question: EmergingQuestion,
  underWay?: UnderWay,
): Promise<EmergingHotspotAnswer> {
  checkQuestion(question);
  const { first, withEvidence, ...parameters } = question;
  const { over, weight, ...told } = parameters;
  const blocks = await readObservedBlocks(reader, asked, {
    resolution: question.resolution,
    least: question.resolution,
    withLegs: over === 'points_and_legs',
    withEvidence,
    byPersons: weight === 'persons',
    byMonth: true,
  });
  const found = await runInBackground(
    EMERGING_WORK,
    {
      blocks,
      ...told,
      withLegs: over === 'points_and_legs',
      byPersons: weight === 'persons',
      seed: questionSeed({ asked, parameters }),
      first,
      evidence: withEvidence ? MOST_EVIDENCE : 0,
    },
    movementsIn(blocks) > LONG_WORK,
    underWay,
  );
  return Object.assign(new EmergingHotspotAnswer(), {
    ...EMERGING_HOTSPOTS,
    parameters: { ...parameters, longestLegKm: LONGEST_LEG_KM },
    counts: found.counts,
    dataWindow: found.window,
    unknowns: [...found.unknowns, ...coarsenedUnknowns(reader.viewer)],
    refusal: found.refusal === null ? null : refusalOf(found.refusal),
    cells: found.cells.map((cell) => cellOf(cell, found.steps)),
    seenCells: found.tested,
  });
}

function checkQuestion(question: EmergingQuestion): void {
  checkBounds(question, {
    resolution: [2, 6],
    rings: [1, 3],
    alpha: [0.001, 0.2],
    simulations: [19, MOST_EMERGING_SIMULATIONS],
    monthsAStep: [1, 12],
    first: [1, 2_000],
  });
}

function cellOf(found: EmergingWork['cells'][number], months: readonly string[]): EmergingHotspotCell {
  const { cell, category, trend, heat, z, magnitudes, incidents, incidentIds } = found;
  const [longitude, latitude] = centreOf(cell);
  return {
    id: toIndex(cell),
    category,
    trend: trend && { tau: trend.tau, slope: trend.slope, z: trend.z, p: trend.p },
    steps: months.map((month, step) => ({
      month,
      class: heat[step] === 1 ? 'hot' : heat[step] === -1 ? 'cold' : 'density',
      z: z[step]!,
      magnitude: magnitudes[step]!,
    })),
    incidents,
    position: { longitude, latitude },
    geometry: { type: 'MultiPolygon', coordinates: boundaryOf(cell) },
    allIncidentIds: incidentIds,
  };
}
