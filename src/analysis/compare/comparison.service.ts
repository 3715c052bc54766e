/** Answering for a comparison: the flows of both selections, group by group, per staff-month where both can be, else per day. */
import type { ViewerReader } from '../../access/reader.ts';
import { benjaminiHochberg } from '../../geo/benjamini-hochberg.ts';
import { LEAST_RATE_INCIDENTS, LEAST_RATE_ORIGINS } from '../../records/flows/detection-rate.ts';
import { answerFlows, flowKey, NO_GROUP } from '../../records/flows/flow.service.ts';
import { type FlowDimension, FlowGroup, type FlowMeasureAsked } from '../../records/flows/flow.type.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { DETECTIONS_ONLY, refuseToDerive } from '../derivation.ts';
import { coarsenedUnknowns, refusalOf } from '../derived.type.ts';
import { checkBounds } from '../question-bounds.ts';
import { COMPARED_COUNTS, type Counted, compareCounts } from './compare-counts.ts';
import { ComparedGroup, FlowComparison } from './comparison.type.ts';
import { readShared } from './comparison.view.ts';

export interface ComparisonQuestion {
  readonly dimensions: readonly FlowDimension[];
  readonly cellResolution: number;
  readonly confidence: number;
  readonly first: number;
}

const MOST_GROUPS = 5_000;
/** More than this share of the smaller selection in both: they are no two counts. */
const SHARED_AT_MOST = 0.01;
const DAY_MS = 86_400_000;
const FIGURES: ReadonlySet<FlowMeasureAsked> = new Set([
  'movements',
  'persons',
  'incidents',
  'independent_origins',
  'detections_per_staff_month',
]);

export async function compareFlows(
  reader: ViewerReader,
  a: AskedMovements,
  b: AskedMovements,
  question: ComparisonQuestion,
  now: Date,
): Promise<FlowComparison> {
  checkBounds(question, { confidence: [0.5, 0.999], first: [1, MOST_GROUPS] });
  const flows = (
    asked: AskedMovements,
    dimensions: readonly FlowDimension[],
  ): Promise<readonly FlowGroup[]> =>
    answerFlows(
      reader,
      asked,
      {
        dimensions,
        figures: FIGURES,
        having: [],
        orderBy: [],
        cellResolution: question.cellResolution,
        limit: MOST_GROUPS,
      },
      false,
    );
  const shared = await readShared(reader, a, b);
  const [totalA, totalB] = [(await flows(a, []))[0]!, (await flows(b, []))[0]!];
  const grouped = question.dimensions.length > 0;
  const [groupsA, groupsB] = grouped
    ? [await flows(a, question.dimensions), await flows(b, question.dimensions)]
    : [[], []];
  const smaller = Math.min(totalA.incidents ?? 0, totalB.incidents ?? 0);
  const scale: Scale = {
    days: [daysOf(a, now), daysOf(b, now)],
    confidence: question.confidence,
    apart: shared.shared <= SHARED_AT_MOST * smaller,
  };
  const cutOff = Math.max(groupsA.length, groupsB.length) >= MOST_GROUPS;
  const groups = (cutOff ? [] : pairsOf(groupsA, groupsB)).map(([one, other]) =>
    compareGroup(one, other, scale),
  );
  const q = benjaminiHochberg(groups.map(({ p }) => p ?? Number.NaN));
  for (const [number, group] of groups.entries()) group.q = group.p === null ? null : q[number]!;
  return Object.assign(new FlowComparison(), {
    ...COMPARED_COUNTS,
    parameters: { confidence: question.confidence, sharedAtMost: SHARED_AT_MOST },
    counts: { records: shared.records, incidents: shared.incidents, owners: shared.owners },
    dataWindow:
      shared.first === null || shared.last === null ? null : { first: shared.first, last: shared.last },
    unknowns: unknownsOf(scale, groups, shared.shared, reader),
    refusal: cutOff
      ? refusalOf(
          refuseToDerive(
            'too many groups',
            `${MOST_GROUPS} or more`,
            'fewer: what one side leaves out would look like nothing',
          ),
        )
      : null,
    total: compareGroup(totalA, totalB, scale),
    groups: groups.sort(byChange).slice(0, question.first),
    sharedIncidents: shared.shared,
  });
}

interface Scale {
  /** Of each span; null where an end is open. */
  readonly days: readonly [number | null, number | null];
  readonly confidence: number;
  readonly apart: boolean;
}

/** Days that were over when it was asked, or when it was known as asked. */
function daysOf({ search, asKnown }: AskedMovements, now: Date): number | null {
  const { from, to } = search.occurred ?? {};
  if (!from || !to) return null;
  const days = (Math.min(to.getTime(), (asKnown.at ?? now).getTime()) - from.getTime()) / DAY_MS;
  return days > 0 ? days : null;
}

/** Every group of either selection with what the other has of it. */
function pairsOf(
  a: readonly FlowGroup[],
  b: readonly FlowGroup[],
): readonly (readonly [FlowGroup, FlowGroup])[] {
  const others = new Map(b.map((group) => [flowKey(group), group]));
  const known = new Set(a.map(flowKey));
  return [
    ...a.map((group) => [group, others.get(flowKey(group)) ?? emptied(group)] as const),
    ...b.filter((group) => !known.has(flowKey(group))).map((group) => [emptied(group), group] as const),
  ];
}

/** The same group of a selection that has nothing of it. */
function emptied(group: FlowGroup): FlowGroup {
  return Object.assign(new FlowGroup(), group, NO_GROUP);
}

function compareGroup(a: FlowGroup, b: FlowGroup, { days, confidence, apart }: Scale): ComparedGroup {
  const rated = [a, b].map(({ detectionsPerStaffMonth: rate }): Counted | null =>
    rate?.detections != null && (rate.staffMonths ?? 0) > 0
      ? { count: rate.detections, exposure: rate.staffMonths! }
      : null,
  );
  const timed = days[0] !== null && days[1] !== null;
  const [one, other] =
    rated[0] && rated[1]
      ? [rated[0], rated[1]]
      : [
          { count: a.incidents ?? 0, exposure: timed ? days[0] : 1 },
          { count: b.incidents ?? 0, exposure: timed ? days[1] : 1 },
        ];
  const enough =
    one.count + other.count >= LEAST_RATE_INCIDENTS &&
    // Origins of both may be the same ones: the more of the two is what is known to be there.
    Math.max(a.independentOrigins ?? 0, b.independentOrigins ?? 0) >= LEAST_RATE_ORIGINS;
  const status = enough ? (apart ? 'COMPARED' : 'SAME_INCIDENTS') : 'NOT_ENOUGH_DATA';
  const change = status === 'COMPARED' ? compareCounts(one, other, confidence) : null;
  return Object.assign(new ComparedGroup(), {
    a,
    b,
    per: rated[0] && rated[1] ? 'STAFF_MONTH' : timed ? 'DAY' : 'COUNT',
    status,
    ratio: change && { ...change.ratio, high: Number.isFinite(change.ratio.high) ? change.ratio.high : null },
    difference: change && change.difference,
    p: change && change.p,
    q: null,
  });
}

function byChange(a: ComparedGroup, b: ComparedGroup): number {
  return (
    (a.q ?? 2) - (b.q ?? 2) ||
    Math.abs(b.difference?.value ?? 0) - Math.abs(a.difference?.value ?? 0) ||
    (flowKey(a.a) < flowKey(b.a) ? -1 : 1)
  );
}

function unknownsOf(
  { days, apart }: Scale,
  groups: readonly ComparedGroup[],
  shared: number,
  { viewer }: ViewerReader,
): readonly string[] {
  const unrated = groups.some(({ per }) => per !== 'STAFF_MONTH');
  return [
    DETECTIONS_ONLY,
    'Reports come in after what they tell of: the latest weeks may be counted short.',
    'Counts are taken as varying by chance alone. Where cases come in bursts, intervals are too narrow.',
    ...(unrated || groups.length === 0
      ? [
          'Where no staff-time can be set against both sides, more may have been found because more was looked.',
        ]
      : []),
    ...(days[0] === null || days[1] === null
      ? ['A span is open: counts are compared as they are, whatever time they took.']
      : []),
    ...(shared === 0
      ? []
      : [
          apart
            ? `${shared} incidents are in both selections and counted in each.`
            : `${shared} incidents are in both selections: they are no two counts, and nothing is said of chance.`,
        ]),
    ...coarsenedUnknowns(viewer),
  ];
}
