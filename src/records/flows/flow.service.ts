/** Answering a flow question: the groups, and for each the detections against staff-time where effort is known. */
import type { ViewerReader } from '../../access/reader.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { howKnownOf, NO_EVIDENCE } from '../how-known/how-known.ts';
import type { HowKnown } from '../how-known/how-known.type.ts';
import type { AskedMovements } from '../movements/movement-search.service.ts';
import { corroboratedIncidents } from '../same-incident/corroborated.service.ts';
import { detectionRate, NO_EFFORT_SEEN, withoutRate } from './detection-rate.ts';
import { type EffortRow, readEffort } from './effort.view.ts';
import type { DetectionRate, FlowDimension, FlowGroup, FlowMeasureAsked } from './flow.type.ts';
import { type FlowQuestion, type FlowRow, readFlows } from './flow.view.ts';
import { readFlowEvidence } from './flow-evidence.view.ts';
import { rollupFor } from './rolled-up.ts';
import { readRolledUp } from './rolled-up.view.ts';
import { obstacleToRate, wholeMonths } from './staff-time.ts';

const MOST_GROUPS = 5_000;
const BUCKETS = ['month', 'quarter', 'year'] as const;
const RATE_FIGURES: ReadonlySet<FlowMeasureAsked> = new Set(['incidents', 'independent_origins']);
/** Effort is known by owner, crossing point and time; grouped by anything else, a rate would share out staff-time by guess. */
const RATE_DIMENSIONS: readonly FlowDimension[] = ['month', 'quarter', 'year', 'owner', 'crossing_point'];

export async function answerFlows(
  reader: ViewerReader,
  asked: AskedMovements,
  question: FlowQuestion,
  withHowKnown: boolean,
): Promise<FlowGroup[]> {
  checkQuestion(question);
  const rollup = rollupFor(asked, question);
  const rows =
    rollup === null
      ? await readFlows(reader, asked, question)
      : await readRolledUp(reader, asked, question, rollup);
  const rates = question.figures.has('detections_per_staff_month')
    ? await detectionRates(reader, asked, question)
    : null;
  const known = withHowKnown ? await howGroupsAreKnown(reader, asked, question) : null;
  return rows.map((row) => groupOf(row, question, rates?.(row) ?? null, known?.(row) ?? null));
}

function checkQuestion({ dimensions, limit, cellResolution, having, orderBy }: FlowQuestion): void {
  const complain = (message: string): never => {
    throw new HeadwaterError('BAD_INPUT', message);
  };
  if (new Set(dimensions).size !== dimensions.length)
    complain('groupBy: found a dimension twice, wanted each at most once');
  if (BUCKETS.filter((bucket) => dimensions.includes(bucket)).length > 1) {
    complain('groupBy: found more than one of MONTH, QUARTER and YEAR, wanted one time bucket');
  }
  if (dimensions.includes('origin_cell') && dimensions.includes('crossing_cell')) {
    complain('groupBy: found both ORIGIN_CELL and CROSSING_CELL, wanted one of them');
  }
  if (limit === null || limit < 1 || limit > MOST_GROUPS)
    complain(`first: found ${limit}, wanted 1 to ${MOST_GROUPS}`);
  if (!Number.isInteger(cellResolution) || cellResolution < 0 || cellResolution > 9) {
    complain(`cellResolution: found ${cellResolution}, wanted 0 to 9`);
  }
  if (having.some(({ figure }) => figure === 'detections_per_staff_month')) {
    complain('having: DETECTIONS_PER_STAFF_MONTH has an interval and cannot be a bound; use INCIDENTS');
  }
  for (const { figure, dimension } of orderBy) {
    if ((figure == null) === (dimension == null))
      complain('orderBy: wanted a figure or a dimension, exactly one of them');
    if (figure === 'detections_per_staff_month')
      complain(
        'orderBy: found DETECTIONS_PER_STAFF_MONTH, wanted a figure without an interval, like INCIDENTS',
      );
    if (dimension != null && !dimensions.includes(dimension)) {
      complain(`orderBy: found ${dimension.toUpperCase()}, wanted a dimension that is in groupBy`);
    }
  }
}

async function howGroupsAreKnown(
  reader: ViewerReader,
  asked: AskedMovements,
  question: FlowQuestion,
): Promise<(row: FlowRow) => HowKnown> {
  const corroborated = await corroboratedIncidents(reader, asked.asKnown);
  const rows = await readFlowEvidence(reader, asked, question, corroborated);
  const evidence = new Map(rows.map((row) => [keyOf(row, question), row]));
  return (row) => howKnownOf(evidence.get(keyOf(row, question)) ?? NO_EVIDENCE, true);
}

function keyOf(
  row: Partial<Readonly<Record<FlowDimension, string | null>>>,
  { dimensions }: FlowQuestion,
): string {
  return dimensions.map((dimension) => row[dimension] ?? '').join('|');
}

type RateOf = (row: FlowRow) => DetectionRate;

async function detectionRates(
  reader: ViewerReader,
  asked: AskedMovements,
  question: FlowQuestion,
): Promise<RateOf> {
  const notAvailable = (reason: string): DetectionRate => withoutRate('NOT_AVAILABLE', reason);
  const { dimensions } = question;
  const { occurred, ...filter } = asked.search;
  const months = wholeMonths(occurred);
  const obstacle = obstacleToGroups(dimensions) ?? obstacleToRate({ ...asked.search });
  if (obstacle !== null || months === null) return () => notAvailable(obstacle ?? '');
  const scope = { months, ownerIds: asked.search.ownerIds ?? null, asKnown: asked.asKnown };
  const bucket = BUCKETS.find((candidate) => dimensions.includes(candidate)) ?? null;
  const effort = await readEffort(reader, bucket, scope);
  if (effort.length === 0) return () => notAvailable(NO_EFFORT_SEEN);
  const owners = new Set(effort.map((row) => row.owner_id));
  // The months of the staff-time stand for the span, whose edges a month of another time zone would overlap.
  const counted = await readFlows(
    reader,
    { search: filter, asKnown: asked.asKnown },
    { ...question, figures: RATE_FIGURES, having: [], orderBy: [], limit: null, effort: scope },
  );
  const detections = new Map(counted.map((row) => [keyOf(row, question), row]));
  return (row) => {
    if (dimensions.includes('owner') && !owners.has(row.owner ?? '')) return notAvailable(NO_EFFORT_SEEN);
    if (bucket !== null && row[bucket] == null)
      return notAvailable(`When these happened is not known to the ${bucket}.`);
    if (dimensions.includes('crossing_point') && row.crossing_point == null)
      return notAvailable('Where these crossed is not known to the crossing point.');
    const found = detections.get(keyOf(row, question));
    const counts = {
      incidents: found?.incidents ?? 0,
      independentOrigins: found?.independent_origins ?? 0,
    };
    return detectionRate(counts, staffMonths(effort, row, dimensions));
  };
}

function obstacleToGroups(dimensions: readonly FlowDimension[]): string | null {
  const unsafe = dimensions.find((dimension) => !RATE_DIMENSIONS.includes(dimension));
  return unsafe === undefined
    ? null
    : `Grouped by ${unsafe.toUpperCase()}, staff-time would be shared out by guess: it is known by time, owner and crossing point.`;
}

function staffMonths(
  effort: readonly EffortRow[],
  row: FlowRow,
  dimensions: readonly FlowDimension[],
): number {
  const period = row.month ?? row.quarter ?? row.year ?? null;
  return effort
    .filter((entry) => !dimensions.includes('owner') || entry.owner_id === row.owner)
    .filter((entry) => !dimensions.includes('crossing_point') || entry.place_id === row.crossing_point)
    .filter((entry) => entry.period === null || entry.period === period)
    .reduce((sum, entry) => sum + entry.staff_months, 0);
}

/** Names a group by its dimensions. */
export function flowKey(group: FlowGroup): string {
  return JSON.stringify([
    group.originCountry,
    group.transitCountry,
    group.destinationCountry,
    group.period,
    group.mode,
    group.purpose,
    group.status,
    group.exploitation,
    group.sex,
    group.ageBand,
    group.cell,
    group.crossingPointId,
    group.ownerId,
  ]);
}

/** The figures of a group in which there is nothing. */
export const NO_GROUP = {
  movements: 0,
  persons: null,
  incidents: 0,
  independentOrigins: 0,
  detectionsPerStaffMonth: null,
  howKnown: null,
} as const satisfies Partial<FlowGroup>;

function groupOf(
  row: FlowRow,
  question: FlowQuestion,
  detectionsPerStaffMonth: DetectionRate | null,
  howKnown: HowKnown | null,
): FlowGroup {
  const cell = row.origin_cell ?? row.crossing_cell ?? null;
  return {
    originCountry: row.origin_country ?? null,
    transitCountry: row.transit_country ?? null,
    destinationCountry: row.destination_country ?? null,
    period: row.month ?? row.quarter ?? row.year ?? null,
    mode: row.mode ?? null,
    purpose: row.purpose ?? null,
    status: row.status ?? null,
    exploitation: row.exploitation ?? null,
    sex: row.sex ?? null,
    ageBand: row.age_band ?? null,
    cell: cell === null ? null : BigInt(cell).toString(16),
    movements: row.movements,
    persons: row.persons_min === null ? null : { min: row.persons_min, max: row.persons_max },
    incidents: row.incidents,
    independentOrigins: row.independent_origins,
    detectionsPerStaffMonth,
    howKnown,
    crossingPointId: row.crossing_point ?? null,
    ownerId: question.dimensions.includes('owner') ? (row.owner ?? null) : null,
  };
}
