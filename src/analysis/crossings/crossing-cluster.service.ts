/** Answering for crossing clusters: observed crossings read as the viewer sees them, gathered, named, and set against staff-time. */
import type { ViewerReader } from '../../access/reader.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { runInBackground, type UnderWay } from '../../platform/background.ts';
import { NO_EFFORT_SEEN } from '../../records/flows/detection-rate.ts';
import { obstacleToRate, wholeMonths } from '../../records/flows/staff-time.ts';
import { refuseToDerive } from '../derivation.ts';
import { coarsenedUnknowns, refusalOf } from '../derived.type.ts';
import { MOST_EVIDENCE } from '../tell-how-known.service.ts';
import { BorderLine } from './border-line.ts';
import {
  byBorder,
  clustersOf,
  type LinesByBorder,
  noiseOf,
  positionOf,
  unmonitored,
  unnamedBorders,
} from './crossing-answer.ts';
import { CrossingClusterAnswer } from './crossing-cluster.type.ts';
import {
  type CrossingSearch,
  readBorderLines,
  readCrossingBlocks,
  readCrossingPoints,
  readStations,
} from './crossing-cluster.view.ts';
import { type CrossingClusterParameters, FINEST_KM } from './crossing-grouping.ts';
import { CROSSING_WORK } from './crossing-work.ts';

/** Characters that about 50,000 crossings take: what takes longer than 0.1 s. */
const LONG_TEXT = 8_000_000;
/** And gathered again a hundred times. */
const LONG_REDRAWN = LONG_TEXT / 100;

/** What of an answer is asked for, and costs more than the rest. */
export interface Shown {
  readonly evidence: boolean;
  readonly members: boolean;
  readonly stretches: boolean;
  readonly density: boolean;
  readonly stability: boolean;
}

export async function answerCrossingClusters(
  reader: ViewerReader,
  search: CrossingSearch,
  parameters: CrossingClusterParameters,
  shown: Shown,
  underWay?: UnderWay,
): Promise<CrossingClusterAnswer> {
  checkParameters(parameters);
  const blocks = await readCrossingBlocks(reader, search);
  const months = wholeMonths(search.occurred);
  const stations = await readStations(reader, months ?? { from: null, to: null }, { at: search.asKnownAt });
  const watching = stations.filter(({ owner_id }) => search.ownerIds?.includes(owner_id) ?? true);
  const borders = new Set(blocks.map(({ border }) => border.join(' ')));
  if (search.border) borders.add(search.border.join(' '));
  const points = borders.size === 0 ? [] : await readCrossingPoints(reader, [...borders]);
  const pointsOf = byBorder(points);
  const drawn = shown.stretches || shown.density ? await readBorderLines(reader, [...borders]) : [];
  const found = await runInBackground(
    CROSSING_WORK,
    {
      blocks,
      parameters,
      stations: watching.map((row) => ({
        ownerId: row.owner_id,
        position: positionOf(row),
        staffMonths: row.staff_months,
        months: row.months === '' ? [] : row.months.split(' '),
      })),
      points: new Map(
        [...pointsOf].map(([border, own]) => [
          border,
          own.map((point) => ({ id: point.id, position: positionOf(point), derived: point.derived })),
        ]),
      ),
      evidence: shown.evidence ? MOST_EVIDENCE : 0,
      withPlaces: shown.members,
      lines: drawn,
      withStretches: shown.stretches,
      withMass: shown.density,
      withStability: shown.stability,
    },
    blocks.reduce((sum, { lines }) => sum + lines.length, 0) > (shown.stability ? LONG_REDRAWN : LONG_TEXT),
    underWay,
  );
  const { counts } = found;
  const unnamed = drawn.length > 0 ? [] : unnamedBorders(found.clusters, pointsOf);
  const named = unnamed.length === 0 ? drawn : await readBorderLines(reader, unnamed);
  const lines = new Map(named.map((line) => [line.border.join(' '), new BorderLine(line)]));
  return Object.assign(new CrossingClusterAnswer(), {
    method: found.method,
    version: found.version,
    parameters: { ...shownParameters(parameters), ...(search.border && { border: search.border }) },
    counts: { ...counts, owners: found.owners },
    dataWindow: found.window,
    unknowns: [
      ...found.unknowns,
      ...(shown.stretches || shown.density ? withoutLine([...borders], lines) : []),
      ...coarsenedUnknowns(reader.viewer),
    ],
    refusal:
      counts.incidents < parameters.minIncidents
        ? refusalOf(
            refuseToDerive(
              'not enough data',
              `${counts.incidents} incidents with an observed crossing`,
              `${parameters.minIncidents} or more`,
            ),
          )
        : found.refusal && refusalOf(found.refusal),
    clusters: clustersOf(
      reader.viewer,
      found.clusters,
      pointsOf,
      lines,
      obstacleToRate({ area: search.area, occurred: search.occurred }) ??
        (watching.length === 0 ? NO_EFFORT_SEEN : null),
    ),
    noise: noiseOf(found.noise),
    borderMass: found.mass,
    borderLines: lines,
    unmonitored: stations.length === 0 ? null : unmonitored(points, stations),
  });
}

/** Throws BAD_INPUT naming what was found and what was wanted. */
export function checkParameters({ epsKm, minIncidents }: CrossingClusterParameters): void {
  if (epsKm !== null && !(epsKm >= 0.5 && epsKm <= 50))
    throw new HeadwaterError('BAD_INPUT', `epsKm: found ${epsKm}, wanted 0.5 to 50`);
  if (!(minIncidents >= 2 && minIncidents <= 10_000))
    throw new HeadwaterError('BAD_INPUT', `minIncidents: found ${minIncidents}, wanted 2 to 10,000`);
}

function withoutLine(borders: readonly string[], lines: LinesByBorder): readonly string[] {
  const missing = borders.filter((border) => !lines.has(border)).map((border) => border.replace(' ', '–'));
  return missing.length === 0
    ? []
    : [`The hub holds no border line of ${missing.join(', ')}: nothing there has a chainage or a density.`];
}

function shownParameters({ epsKm, minIncidents }: CrossingClusterParameters): Record<string, number> {
  return epsKm === null ? { minIncidents, finestKm: FINEST_KM } : { epsKm, minIncidents };
}
