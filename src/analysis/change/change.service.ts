/** Answering what changed in a month: series counted by the database, tested together, each alarm with its evidence. */
import type { ViewerReader } from '../../access/reader.ts';
import { runInBackground, type UnderWay } from '../../platform/background.ts';
import { NO_EFFORT_SEEN } from '../../records/flows/detection-rate.ts';
import { readStaffMonths } from '../../records/flows/staff-months.service.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { DETECTIONS_ONLY, type Refusal, refuseToDerive } from '../derivation.ts';
import { coarsenedUnknowns } from '../derived.type.ts';
import { monthName, monthNumber } from '../month-number.ts';
import { questionSeed } from '../question-seed.ts';
import type { ChangeAlertAnswer } from './change.type.ts';
import { type MonthTotals, readMonthTotals, readSeriesBlocks } from './change.view.ts';
import { emptyChanges, type SharedParts, showChanges } from './change-answer.ts';
import {
  blindSpot,
  type ChangeQuestion,
  LONGEST_WINDOW,
  MOST_ALERTS,
  methodFor,
  testedMonth,
} from './change-question.ts';
import { CHANGE_WORK } from './change-work.ts';
import { LEAST_INCIDENTS } from './derive-alarms.ts';
import { gatherEvidence } from './gather-evidence.service.ts';
import { STEPS_BEFORE } from './judge-month.ts';
import { nameSeries } from './series-names.service.ts';

/** Characters of counts: some five series of two years. Their redrawing is what takes time. */
const LONG_TEXT = 4_000;

export async function answerChanges(
  reader: ViewerReader,
  asked: AskedMovements,
  question: ChangeQuestion,
  now: Date,
  underWay?: UnderWay,
): Promise<ChangeAlertAnswer> {
  const tested = testedMonth(question, asked.search.occurred != null, asked.asKnown.at ?? now);
  const to = `${monthName(tested + 1)}-01`;
  const totals = await readMonthTotals(reader, asked, { month: `${monthName(tested)}-01`, to });
  const first = Math.max(
    totals.begins === null ? tested : monthNumber(totals.begins),
    tested + 1 - LONGEST_WINDOW,
  );
  const method = methodFor(question.method, tested - first);
  const { first: most, ...parameters } = { ...question, method, month: monthName(tested) };
  const shared: SharedParts = {
    reader,
    parameters,
    totals,
    unknowns: [DETECTIONS_ONLY, ...unknownsOf(totals)],
  };
  const refusal = refusalTo(totals, tested, tested - first, method);
  if (refusal) return emptyChanges(shared, refusal);
  const span = { from: `${monthName(first)}-01`, to };
  const effort = { months: span, ownerIds: asked.search.ownerIds ?? null, asKnown: asked.asKnown };
  const staff = await readStaffMonths(reader, effort);
  const { resolution, pairResolution, worlds, alpha } = question;
  const scopes = question.over.map((kind) => ({ kind, ...span, resolution, pairResolution }));
  const blocks = [];
  for (const scope of scopes)
    blocks.push(...(await readSeriesBlocks(reader, asked, scope, staff.length === 0 ? null : effort)));
  const found = await runInBackground(
    CHANGE_WORK,
    {
      blocks,
      staff,
      firstMonth: first,
      months: tested + 1 - first,
      settings: { method, alpha, seed: questionSeed({ asked, parameters }) },
      worlds,
    },
    blocks.reduce((sum, { block }) => sum + block.length, 0) > LONG_TEXT,
    underWay,
  );
  if (found.tooMany !== null)
    return emptyChanges(
      shared,
      refuseToDerive(
        'too much to test',
        `${found.tooMany.found} series`,
        `${found.tooMany.most} or fewer: coarser cells, fewer kinds, or a narrower filter`,
      ),
    );
  const evidence = await gatherEvidence(reader, asked, scopes, first, [
    found.alarms.slice(0, MOST_ALERTS),
    found.explained.slice(0, MOST_ALERTS),
  ]);
  const names = await nameSeries(
    reader,
    evidence.flat().flatMap(({ alarm, also }) => [alarm, ...also].map(({ series }) => series)),
  );
  const more = [
    blindSpot(method),
    'Reports of a month come in after it: the latest month may be counted short, and a fall in it be one of reporting.',
    ...(staff.length === 0 ? [NO_EFFORT_SEEN] : []),
  ];
  return showChanges(
    { ...shared, unknowns: [...shared.unknowns, ...more, ...coarsenedUnknowns(reader.viewer)] },
    { found, evidence, names, firstMonth: first, tested, most, search: asked.search },
  );
}

export function refusalToAny(totals: MonthTotals, tested: number): Refusal | null {
  if (totals.incidents < LEAST_INCIDENTS)
    return refuseToDerive('not enough data', `${totals.incidents} incidents`, `${LEAST_INCIDENTS} or more`);
  if (totals.tested > 0) return null;
  return refuseToDerive(
    'nothing reported',
    `no incident at all in ${monthName(tested)}`,
    `a month that is reported; the last with an incident is ${totals.last ?? 'none'}`,
  );
}

function refusalTo(
  totals: MonthTotals,
  tested: number,
  stepsBefore: number,
  method: keyof typeof STEPS_BEFORE,
): Refusal | null {
  const nothing = refusalToAny(totals, tested);
  if (nothing) return nothing;
  if (stepsBefore < STEPS_BEFORE[method])
    return refuseToDerive(
      'not enough data',
      `${stepsBefore} months before ${monthName(tested)}`,
      `${STEPS_BEFORE[method]} or more for this method`,
    );
  return null;
}

export function unknownsOf({ records, undated, silent, begun }: MonthTotals): readonly string[] {
  return [
    ...(undated === 0 ? [] : [`${undated} of ${records} movements are dated to no month, and in no series.`]),
    ...(silent === 0
      ? []
      : [
          `${silent} organisations with incidents in the year before have none in this month: a fall may be one of reporting.`,
        ]),
    ...(begun === 0
      ? []
      : [
          `${begun} organisations with incidents in this month have none in the year before: a rise may be a start of reporting.`,
        ]),
  ];
}
