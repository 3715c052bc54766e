/** What may be asked of clusters in space and time. */
import { HeadwaterError } from '../../kernel/errors.ts';
import { checkBounds } from '../question-bounds.ts';
import { LONGEST_WINDOW, monthAsked } from './change-question.ts';
import type { ClusterModel } from './scan.type.ts';

export interface ScanQuestion {
  readonly model: ClusterModel;
  readonly alpha: number;
  /** "2026-04"; null: the latest that is over. */
  readonly month: string | null;
  readonly months: number;
  readonly longestMonths: number;
  readonly resolution: number;
  /** null: no bound. */
  readonly maxRadiusKm: number | null;
  readonly replications: number;
  readonly first: number;
}

export const MOST_REPLICATIONS = 9_999;

/** The number of the tested month. Throws BAD_INPUT naming what was found and what was wanted. */
export function scannedMonth(question: ScanQuestion, hasSpan: boolean, now: Date): number {
  checkBounds(question, {
    alpha: [0.001, 0.2],
    resolution: [2, 7],
    months: [4, LONGEST_WINDOW],
    longestMonths: [1, Math.floor(question.months / 2)],
    replications: [99, MOST_REPLICATIONS],
    first: [1, 20],
  });
  const { maxRadiusKm } = question;
  if (maxRadiusKm !== null && !(maxRadiusKm >= 0 && maxRadiusKm <= 20_000))
    throw new HeadwaterError('BAD_INPUT', `maxRadiusKm: found ${maxRadiusKm}, wanted 0 to 20000`);
  return monthAsked(question.month, hasSpan, now);
}
