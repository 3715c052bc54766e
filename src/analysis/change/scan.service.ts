/** Answering where and since when there is more than there should be: places and months read, scanned in the background, with evidence. */
import type { ViewerReader } from '../../access/reader.ts';
import { boundaryOf, cellAt, centreOf, toIndex } from '../../geo/cells.ts';
import { placeLoader } from '../../places/place.loader.ts';
import { runInBackground, type UnderWay } from '../../platform/background.ts';
import { NO_EFFORT_SEEN } from '../../records/flows/detection-rate.ts';
import { readStaffMonths } from '../../records/flows/staff-months.service.ts';
import { obstacleToRate } from '../../records/flows/staff-time.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { DETECTIONS_ONLY, type Refusal, refuseToDerive } from '../derivation.ts';
import { coarsenedUnknowns, refusalOf } from '../derived.type.ts';
import { monthName, monthNumber } from '../month-number.ts';
import { questionSeed } from '../question-seed.ts';
import { scopedId } from '../scoped-id.ts';
import { namesNear } from '../stage-names.ts';
import { MOST_EVIDENCE } from '../tell-how-known.service.ts';
import { refusalToAny, unknownsOf } from './change.service.ts';
import { readMonthTotals } from './change.view.ts';
import { type ClusterEvidence, evidenceOf, readReports } from './cluster-evidence.ts';
import { LEAST_ORIGINS } from './derive-alarms.ts';
import { type ClusterAlarm, ClusterAlarmAnswer } from './scan.type.ts';
import { readScanCounts, readScanIncidents } from './scan.view.ts';
import { type ScanQuestion, scannedMonth } from './scan-question.ts';
import { type FoundCluster, SCAN_WORK, type ScanWork } from './scan-work.ts';

export const CLUSTER_ALARMS = { method: 'space-time-scan/prospective', version: 2 } as const;

/** Characters of counts times draws: some 50 cells of two years, 999 times. */
const LONG_WORK = 30_000 * 999;

export async function answerClusterAlarms(
  reader: ViewerReader,
  asked: AskedMovements,
  question: ScanQuestion,
  now: Date,
  underWay?: UnderWay,
): Promise<ClusterAlarmAnswer> {
  const tested = scannedMonth(question, asked.search.occurred != null, asked.asKnown.at ?? now);
  const { model, resolution, months, longestMonths, maxRadiusKm, replications, first } = question;
  const { first: _most, ...parameters } = { ...question, month: monthName(tested) };
  const firstMonth = tested + 1 - months;
  const span = { from: `${monthName(firstMonth)}-01`, to: `${monthName(tested + 1)}-01` };
  const totals = await readMonthTotals(reader, asked, { month: `${monthName(tested)}-01`, to: span.to });
  const { records, incidents, owners } = totals;
  const effort = { months: span, ownerIds: asked.search.ownerIds ?? null, asKnown: asked.asKnown };
  const staff = await readStaffMonths(reader, effort);
  const shared = {
    ...CLUSTER_ALARMS,
    parameters,
    counts: { records, incidents, owners },
    dataWindow:
      totals.first === null || totals.last === null ? null : { first: totals.first, last: totals.last },
    unknowns: [
      DETECTIONS_ONLY,
      ...unknownsOf(totals),
      ...(staff.length === 0 ? [NO_EFFORT_SEEN] : []),
      ...(model === 'permutation' ? [WATCHING_IS_A_CLUSTER] : [ONE_RATE]),
      ...coarsenedUnknowns(reader.viewer),
    ],
  };
  const without = (refusal: Refusal, cells = 0): ClusterAlarmAnswer =>
    Object.assign(new ClusterAlarmAnswer(), {
      ...shared,
      refusal: refusalOf(refusal),
      clusters: [],
      scannedCells: cells,
      drawn: 0,
    });
  const obstacle = model === 'poisson' ? obstacleToRate({ ...asked.search }) : null;
  if (obstacle !== null)
    return without(
      refuseToDerive('no rate under this filter', obstacle, 'a filter that narrows both, or PERMUTATION'),
    );
  const nothing = refusalToAny(totals, tested);
  if (nothing) return without(nothing);
  if (model === 'poisson' && staff.length === 0)
    return without(refuseToDerive('no staff-time', NO_EFFORT_SEEN, 'staff-time to hold detections against'));
  const scope = { ...span, resolution, by: model === 'poisson' ? ('place' as const) : ('cell' as const) };
  const seen = staff.length === 0 ? null : effort;
  const blocks = await readScanCounts(reader, asked, scope, seen);
  const cellOf =
    model === 'poisson'
      ? await cellsOfPlaces(
          reader,
          staff.map(({ placeId }) => placeId),
          resolution,
        )
      : (cell: string) => cell;
  const found = await runInBackground(
    SCAN_WORK,
    {
      blocks: blocks.map((block) => inCells(block, cellOf)),
      firstMonth,
      months,
      model,
      staff:
        model === 'poisson'
          ? staff.map(({ placeId, month, staffMonths }) => ({
              cell: cellOf(placeId),
              month: monthNumber(month),
              staffMonths,
            }))
          : [],
      longestMonths,
      maxRadiusKm: maxRadiusKm ?? Infinity,
      replications,
      mostClusters: first,
      seed: questionSeed({ asked, parameters }),
    },
    blocks.reduce((sum, block) => sum + block.length, 0) * replications > LONG_WORK,
    underWay,
  );
  if (found.refusal !== null) return without(found.refusal, found.cells);
  const inside = new Set(found.clusters.flatMap(({ cells }) => cells));
  const begins = found.clusters.reduce((least, { from }) => Math.min(least, from), months);
  const keys = blocks
    .map((block) => block.slice(0, block.indexOf('\t')))
    .filter((key) => inside.has(cellOf(key)));
  const lines =
    keys.length === 0
      ? []
      : await readScanIncidents(reader, asked, scope, seen, {
          keys,
          from: `${monthName(firstMonth + begins)}-01`,
        });
  const reports = readReports(lines, firstMonth, cellOf);
  const evidence = found.clusters.map((one) => evidenceOf(one, reports, staff, firstMonth, months));
  return Object.assign(new ClusterAlarmAnswer(), {
    ...shared,
    refusal: null,
    clusters: await showClusters(reader, found, evidence, question, firstMonth),
    scannedCells: found.cells,
    drawn: found.replications,
  });
}

const WATCHING_IS_A_CLUSTER =
  'Watching that grew in one place only is a cluster to this model: `watching` says where staff-time is seen to have changed.';
const ONE_RATE =
  'All staff-time is supposed to find at one rate: a place that is busy in every month is a cluster to this model.';

/** Stations stand at places of the gazetteer, which is there for every viewer. */
async function cellsOfPlaces(
  reader: ViewerReader,
  placeIds: readonly string[],
  resolution: number,
): Promise<(placeId: string) => string> {
  const cells = new Map<string, string>();
  await Promise.all(
    [...new Set(placeIds)].map(async (placeId) => {
      const place = await placeLoader(reader).load(placeId);
      if (place) cells.set(placeId, String(cellAt([place.longitude, place.latitude], resolution)));
    }),
  );
  return (placeId) => cells.get(placeId)!;
}

function inCells(block: string, cellOf: (place: string) => string): string {
  const key = block.slice(0, block.indexOf('\t'));
  return block
    .split('\n')
    .map((line) => cellOf(key) + line.slice(key.length))
    .join('\n');
}

async function showClusters(
  reader: ViewerReader,
  { clusters }: ScanWork,
  evidence: readonly ClusterEvidence[],
  { alpha, model }: ScanQuestion,
  firstMonth: number,
): Promise<readonly ClusterAlarm[]> {
  const centres = clusters.map(({ cells }) => ({
    key: cells[0]!,
    position: centreOf(BigInt(cells[0]!)),
    country: null,
  }));
  const names = await namesNear(reader, centres);
  return clusters.map((cluster: FoundCluster, i): ClusterAlarm => {
    const { cells, radiusKm, from, to, observed, expected, logLikelihood, p } = cluster;
    const { incidentIds, independentOrigins, watching } = evidence[i]!;
    const { key, position } = centres[i]!;
    const since = monthName(firstMonth + from);
    const month = monthName(firstMonth + to - 1);
    return {
      id: scopedId(reader.viewer, 'cluster-alarm', [model, since, month, ...[...cells].sort()].join('\n')),
      isAlarm: p <= alpha && independentOrigins >= LEAST_ORIGINS,
      name: names.get(key) ?? toIndex(BigInt(key)),
      centre: { longitude: position[0], latitude: position[1] },
      radiusKm,
      cells: cells.map((cell) => toIndex(BigInt(cell))),
      since,
      month,
      observed,
      expected,
      logLikelihoodRatio: logLikelihood,
      p,
      recurrenceMonths: 1 / p,
      independentOrigins,
      watching,
      geometry: { type: 'MultiPolygon', coordinates: cells.flatMap((cell) => boundaryOf(BigInt(cell))) },
      allIncidentIds: incidentIds.slice(0, MOST_EVIDENCE),
    };
  });
}
