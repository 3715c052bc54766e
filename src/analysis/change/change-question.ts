/** What may be asked of changes, and which month it is about. */
import { HeadwaterError } from '../../kernel/errors.ts';
import { lastWholeMonth, monthName, monthNumber } from '../month-number.ts';
import { checkBounds } from '../question-bounds.ts';
import { type ChangeMethod, CUSUM_WATCHES, STEPS_BEFORE } from './judge-month.ts';
import type { SeriesKind } from './monthly-series.ts';

export interface ChangeQuestion {
  readonly over: readonly SeriesKind[];
  /** null: by how many months lie before the tested one. */
  readonly method: ChangeMethod | null;
  readonly alpha: number;
  /** "2026-04"; null: the latest that is over. */
  readonly month: string | null;
  readonly resolution: number;
  readonly pairResolution: number;
  readonly worlds: number;
  readonly first: number;
}

export const MOST_WORLDS = 1_000;
export const MOST_ALERTS = 500;
/** Six years: Farrington looks back at five of them. */
export const LONGEST_WINDOW = 72;

/** The number of the tested month. `now`: the moment as of which is asked. Throws BAD_INPUT naming what was found and what was wanted. */
export function testedMonth(question: ChangeQuestion, hasSpan: boolean, now: Date): number {
  const { over } = question;
  if (over.length === 0 || new Set(over).size !== over.length)
    complain(`over: found ${over.length} kinds, wanted one or more, each once`);
  checkBounds(question, {
    alpha: [0.001, 0.2],
    resolution: [2, 7],
    pairResolution: [0, 6],
    worlds: [20, MOST_WORLDS],
    first: [1, MOST_ALERTS],
  });
  return monthAsked(question.month, hasSpan, now);
}

/** The number of the month, null being the latest that is over. Throws BAD_INPUT where it is not over, or the filter says a time of its own. */
export function monthAsked(month: string | null, hasSpan: boolean, now: Date): number {
  if (hasSpan)
    complain(
      'filter: found "occurred", wanted none: `month` says which, and what lies before it is its past',
    );
  const last = lastWholeMonth(now);
  if (month === null) return last;
  if (!/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/.test(month))
    complain(`month: found "${month}", wanted one like 2026-04`);
  const asked = monthNumber(month);
  if (asked > last)
    complain(`month: found ${month}, wanted one that is over: ${monthName(last)} or an earlier one`);
  return asked;
}

/** The asked one, or the one that most can be said with: with three years Farrington's, which knows seasons; with half as much CUSUM; else EARS. */
export function methodFor(asked: ChangeMethod | null, stepsBefore: number): ChangeMethod {
  if (asked !== null) return asked;
  if (stepsBefore >= STEPS_BEFORE.farrington) return 'farrington';
  if (stepsBefore >= STEPS_BEFORE.cusum) return 'cusum';
  return stepsBefore >= STEPS_BEFORE.C2 ? 'C2' : 'C1';
}

/** What each method does not see, in plain words. */
export function blindSpot(method: ChangeMethod): string {
  if (method === 'farrington')
    return 'A change that comes at the same season every year is expected, and raises no alarm.';
  if (method === 'cusum')
    return `Lasting doublings and halvings of the last ${CUSUM_WATCHES} months are looked for; a season is a change to this method.`;
  return 'A month is held against the seven before it: slow changes are not seen, and a season is a change to this method.';
}

function complain(message: string): never {
  throw new HeadwaterError('BAD_INPUT', message);
}
