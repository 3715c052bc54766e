/** Answering for changes of crossing clusters: the same crossings gathered period by period, and set side by side. */
import type { ViewerReader } from '../../access/reader.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { runInBackground, type UnderWay } from '../../platform/background.ts';
import { coarsenedUnknowns, refusalOf } from '../derived.type.ts';
import { lastWholeMonth, monthName, monthNumber } from '../month-number.ts';
import { checkBounds } from '../question-bounds.ts';
import { questionSeed } from '../question-seed.ts';
import { MOST_EVIDENCE } from '../tell-how-known.service.ts';
import { BorderLine } from './border-line.ts';
import { byBorder, positionOf } from './crossing-answer.ts';
import { type ChangeSettings, changeOf, spanOf } from './crossing-change-answer.ts';
import { CrossingChangeAnswer } from './crossing-changes.type.ts';
import { checkParameters } from './crossing-cluster.service.ts';
import {
  type CrossingSearch,
  readBorderLines,
  readCrossingBlocks,
  readCrossingPoints,
  readStations,
} from './crossing-cluster.view.ts';
import type { CrossingClusterParameters } from './crossing-grouping.ts';
import { CHANGES_WORK, CROSSING_CHANGES, type WatchPost } from './over-time/changes-work.ts';
import type { Period } from './over-time/incident-periods.ts';

export interface ChangesQuestion {
  readonly parameters: CrossingClusterParameters;
  /** The last of the last period; the latest that is over when null. */
  readonly month: string | null;
  /** Of each period. */
  readonly months: number;
  readonly periods: number;
  readonly alpha: number;
  readonly replications: number;
  readonly first: number;
  /** Whether ids of incidents are asked for. */
  readonly withEvidence: boolean;
}

export const MOST_REPLICATIONS = 999;

/** Characters that about 500 crossings take: each is gathered some hundred times. */
const LONG_TEXT = 80_000;
const DAY_MS = 86_400_000;

export async function answerCrossingChanges(
  reader: ViewerReader,
  search: Omit<CrossingSearch, 'occurred'>,
  question: ChangesQuestion,
  now: Date,
  underWay?: UnderWay,
): Promise<CrossingChangeAnswer> {
  const periods = checkedPeriods(question, now);
  const [earliest, latest] = [periods[0]!.first, periods[periods.length - 1]!.last];
  const blocks = await readCrossingBlocks(reader, {
    ...search,
    // Months are of the place's own calendar: at either end some of its hours lie a day away in UTC.
    occurred: {
      from: new Date(firstDay(earliest).getTime() - DAY_MS),
      to: new Date(firstDay(latest + 1).getTime() + DAY_MS),
    },
  });
  const borders = [...new Set(blocks.map(({ border }) => border.join(' ')))];
  const points = byBorder(borders.length === 0 ? [] : await readCrossingPoints(reader, borders));
  const lines = new Map(
    (await readBorderLines(reader, borders)).map((line) => [line.border.join(' '), new BorderLine(line)]),
  );
  const { parameters, replications, alpha, months, withEvidence } = question;
  const found = await runInBackground(
    CHANGES_WORK,
    {
      blocks,
      parameters,
      periods,
      stations: await readWatchPosts(reader, search, periods),
      replications,
      seed: questionSeed({ parameters, periods, replications }),
      alpha,
      first: question.first,
      evidence: withEvidence ? MOST_EVIDENCE : 0,
    },
    blocks.reduce((sum, { lines: text }) => sum + text.length, 0) > LONG_TEXT,
    underWay,
  );
  const settings: ChangeSettings = { viewer: reader.viewer, periods, points, lines, alpha };
  return Object.assign(new CrossingChangeAnswer(), {
    ...CROSSING_CHANGES,
    parameters: {
      ...(parameters.epsKm !== null && { epsKm: parameters.epsKm }),
      minIncidents: parameters.minIncidents,
      months,
      alpha,
      replications,
      ...(search.border && { border: search.border }),
    },
    counts: found.counts,
    dataWindow: found.counts.incidents === 0 ? null : { first: monthName(earliest), last: monthName(latest) },
    unknowns: [...found.unknowns, ...coarsenedUnknowns(reader.viewer)],
    refusal: found.refusal && refusalOf(found.refusal),
    periods: found.periods.map((figures, number) => ({ months: spanOf(periods[number]!), ...figures })),
    changes: found.changes.map((change) => changeOf(settings, change)),
    totalCount: found.total,
    kept: found.kept,
  });
}

/** Throws BAD_INPUT naming what was found and what was wanted. */
function checkedPeriods(question: ChangesQuestion, now: Date): readonly Period[] {
  checkParameters(question.parameters);
  checkBounds(question, {
    months: [1, 60],
    periods: [2, 10],
    alpha: [0.001, 0.2],
    replications: [99, MOST_REPLICATIONS],
    first: [1, 500],
  });
  const { month, months, periods } = question;
  if (month !== null && !/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/.test(month))
    throw new HeadwaterError('BAD_INPUT', `month: found "${month}", wanted one like 2026-04`);
  const last = month === null ? lastWholeMonth(now) : monthNumber(month);
  return Array.from({ length: periods }, (_, number) => {
    const end = last - months * (periods - 1 - number);
    return { first: end - months + 1, last: end };
  });
}

/** Of the owners asked of, those whose effort this viewer sees. */
async function readWatchPosts(
  reader: ViewerReader,
  search: Omit<CrossingSearch, 'occurred'>,
  periods: readonly Period[],
): Promise<readonly WatchPost[]> {
  const posts = new Map<string, { position: WatchPost['position']; staffMonths: number[] }>();
  for (const [number, { first, last }] of periods.entries()) {
    const span = {
      from: firstDay(first).toISOString().slice(0, 10),
      to: firstDay(last + 1)
        .toISOString()
        .slice(0, 10),
    };
    for (const row of await readStations(reader, span, { at: search.asKnownAt })) {
      if (!(search.ownerIds?.includes(row.owner_id) ?? true)) continue;
      const post = posts.get(row.id) ?? { position: positionOf(row), staffMonths: periods.map(() => 0) };
      posts.set(row.id, post);
      post.staffMonths[number] = row.staff_months;
    }
  }
  return [...posts.values()];
}

function firstDay(month: number): Date {
  return new Date(`${monthName(month)}-01T00:00:00Z`);
}
