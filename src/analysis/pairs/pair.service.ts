/** Answering which origins and destinations go together more than chance: ends read as the viewer sees them, tested in the background, named. */
import type { ViewerReader } from '../../access/reader.ts';
import { cutLine } from '../../geo/antimeridian.ts';
import { centreOf, inradiusKm, toIndex } from '../../geo/cells.ts';
import { densify, toMetre } from '../../geo/sphere.ts';
import type { Point } from '../../graphql/shapes.type.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { runInBackground, type UnderWay } from '../../platform/background.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { coarsenedUnknowns, refusalOf } from '../derived.type.ts';
import { checkBounds } from '../question-bounds.ts';
import { questionSeed } from '../question-seed.ts';
import { scopedId } from '../scoped-id.ts';
import { namesNear } from '../stage-names.ts';
import { MOST_EVIDENCE } from '../tell-how-known.service.ts';
import {
  type OriginDestinationPair,
  type PairCircle,
  PairClusterAnswer,
  type PairClusterFound,
  type PairEnd,
} from './pair.type.ts';
import { readJourneys } from './pair.view.ts';
import { type FoundPair, type FoundPairCluster, PAIR_WORK } from './pair-work.ts';

export const PAIR_CLUSTERS = {
  method: 'flow-getis-ord-g-star/origin-destination-scan/destinations-dealt-again',
  version: 1,
} as const;

export interface PairQuestion {
  readonly resolution: number;
  /** null: the cells next to it. */
  readonly reachKm: number | null;
  readonly maxRadiusKm: number;
  readonly alpha: number;
  readonly replications: number;
  readonly first: number;
  /** Whether ids of incidents are asked for, and whether with those of the pairs near each. */
  readonly withEvidence: boolean;
  readonly withAround: boolean;
}

export const MOST_PAIR_REPLICATIONS = 9_999;
/** With more, nearly every pair would be near every other. */
const MOST_REACH_KM = 1_000;
const MOST_CLUSTERS = 20;
/** A rate, or a finding, of fewer is not told: they may be one voice. */
const LEAST_ORIGINS = 3;
/** From a centre to the next is 2 inradii on average, and to the one after that 3.5: cells differ, this lies between for all. */
const NEXT_CELLS = 2.6;
/** Characters of journeys times draws: some 200 journeys, 999 times. */
const LONG_WORK = 30_000 * 999;
/** Great circles are drawn with a vertex at least every this many km. */
const STEP_KM = 100;

export async function answerPairClusters(
  reader: ViewerReader,
  asked: AskedMovements,
  question: PairQuestion,
  underWay?: UnderWay,
): Promise<PairClusterAnswer> {
  checkQuestion(question);
  const { first, withEvidence, withAround, ...rest } = question;
  const reachKm = question.reachKm ?? toMetre(NEXT_CELLS * inradiusKm(question.resolution));
  const parameters = { ...rest, reachKm };
  // What is called significant, and how much of it is shown, leaves chance as it fell.
  const { alpha: _alpha, ...tested } = parameters;
  const blocks = await readJourneys(reader, asked, question.resolution);
  const found = await runInBackground(
    PAIR_WORK,
    {
      blocks,
      reachKm,
      maxRadiusKm: question.maxRadiusKm,
      replications: question.replications,
      mostPairs: first,
      mostClusters: Math.min(first, MOST_CLUSTERS),
      evidence: withEvidence ? MOST_EVIDENCE : 0,
      withAround,
      enoughOrigins: LEAST_ORIGINS,
      seed: questionSeed({ asked, parameters: tested }),
    },
    blocks.reduce((sum, block) => sum + block.length, 0) * question.replications > LONG_WORK,
    underWay,
  );
  const { pairRefusal, clusterRefusal } = found;
  const names = await cellNames(reader, [
    ...found.pairs.flatMap(({ fromCell, toCell }) => [fromCell, toCell]),
    ...found.clusters.flatMap(({ fromCells, toCells }) => [...fromCells, ...toCells]),
  ]);
  const shown: Shown = { reader, alpha: question.alpha, nameOf: (cell) => names.get(cell) ?? indexOf(cell) };
  return Object.assign(new PairClusterAnswer(), {
    ...PAIR_CLUSTERS,
    parameters,
    counts: found.counts,
    dataWindow: found.window,
    unknowns: [...found.unknowns, ...coarsenedUnknowns(reader.viewer)],
    refusal: pairRefusal !== null && clusterRefusal !== null ? refusalOf(clusterRefusal) : null,
    pairs: found.pairs.map((pair) => showPair(pair, shown)),
    testedPairs: found.tested,
    pairRefusal: pairRefusal && refusalOf(pairRefusal),
    clusters: found.clusters.map((cluster) => showCluster(cluster, shown)),
    clusterRefusal: clusterRefusal && refusalOf(clusterRefusal),
    drawn: found.dealt,
  });
}

function checkQuestion(question: PairQuestion): void {
  checkBounds(question, {
    resolution: [1, 6],
    maxRadiusKm: [0, 20_000],
    alpha: [0.001, 0.2],
    replications: [99, MOST_PAIR_REPLICATIONS],
    first: [1, 500],
  });
  const { reachKm } = question;
  if (reachKm !== null && !(reachKm >= 0 && reachKm <= MOST_REACH_KM))
    throw new HeadwaterError('BAD_INPUT', `reachKm: found ${reachKm}, wanted 0 to ${MOST_REACH_KM}`);
}

interface Shown {
  readonly reader: ViewerReader;
  readonly alpha: number;
  readonly nameOf: (cell: string) => string;
}

function cellNames(reader: ViewerReader, cells: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const places = [...new Set(cells)].sort().map((key) => ({
    key,
    position: centreOf(BigInt(key)),
    country: null,
  }));
  return namesNear(reader, places);
}

function showPair(
  { fromCell, toCell, own, around, ...score }: FoundPair,
  { reader, alpha, nameOf }: Shown,
): OriginDestinationPair {
  const endOf = (cell: string): PairEnd => ({
    cell: indexOf(cell),
    name: nameOf(cell),
    position: pointOf(cell),
  });
  return {
    id: scopedId(reader.viewer, 'origin-destination-pair', `${fromCell} > ${toCell}`),
    name: `${nameOf(fromCell)} → ${nameOf(toCell)}`,
    origin: endOf(fromCell),
    destination: endOf(toCell),
    isSignificant:
      score.q <= alpha && score.flow > score.expected && around.independentOrigins >= LEAST_ORIGINS,
    incidents: score.flow,
    expected: score.expected,
    incidentsAround: score.flowAround,
    expectedAround: score.expectedAround,
    z: Number.isNaN(score.z) ? null : score.z,
    normalP: Number.isNaN(score.normalP) ? null : score.normalP,
    p: score.p,
    q: score.q,
    independentOrigins: own.independentOrigins,
    destinationNotObservedShare: own.notObservedShare,
    geometry: lineBetween(fromCell, toCell),
    allIncidentIds: own.incidentIds,
    incidentIdsAround: around.incidentIds,
  };
}

function showCluster(
  { fromCells, toCells, evidence, observed, expected, p, ...cluster }: FoundPairCluster,
  { reader, alpha, nameOf }: Shown,
): PairClusterFound {
  const circleOf = (cells: readonly string[], radiusKm: number): PairCircle => ({
    centre: pointOf(cells[0]!),
    radiusKm,
    cells: cells.map(indexOf),
    names: [...new Set(cells.map(nameOf))],
  });
  const key = [fromCells, toCells].map((cells) => cells.toSorted().join(' ')).join(' > ');
  return {
    id: scopedId(reader.viewer, 'pair-cluster', key),
    name: `${nameOf(fromCells[0]!)} → ${nameOf(toCells[0]!)}`,
    isSignificant: p <= alpha && evidence.independentOrigins >= LEAST_ORIGINS,
    origin: circleOf(fromCells, cluster.originRadiusKm),
    destination: circleOf(toCells, cluster.destinationRadiusKm),
    incidents: observed,
    expected,
    ratio: observed / expected,
    logLikelihoodRatio: cluster.logLikelihood,
    p,
    independentOrigins: evidence.independentOrigins,
    destinationNotObservedShare: evidence.notObservedShare,
    geometry: lineBetween(fromCells[0]!, toCells[0]!),
    allIncidentIds: evidence.incidentIds,
  };
}

function lineBetween(from: string, to: string): unknown {
  const line = densify([centreOf(BigInt(from)), centreOf(BigInt(to))], STEP_KM);
  return { type: 'MultiLineString', coordinates: cutLine(line) };
}

function pointOf(cell: string): Point {
  const [longitude, latitude] = centreOf(BigInt(cell));
  return { longitude, latitude };
}

function indexOf(cell: string): string {
  return toIndex(BigInt(cell));
}
