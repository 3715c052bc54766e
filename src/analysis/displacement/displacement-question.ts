/** What may be asked of a displacement. */
import { HeadwaterError } from '../../kernel/errors.ts';
import { checkBounds } from '../question-bounds.ts';
import type { ChangedEffort } from './displacement.type.ts';

export interface DisplacementQuestion {
  readonly interdictionId: string | null;
  readonly crossingPointIds: readonly string[] | null;
  /** The day of the closing, "2025-02-01", where crossing points are given. */
  readonly on: string | null;
  readonly months: number;
  readonly ringKm: number;
  readonly pairResolution: number;
  readonly confidence: number;
  readonly replications: number;
  readonly onChangedEffort: ChangedEffort;
  readonly withEvidence: boolean;
}

export const MOST_REPLICATIONS = 9_999;

/** Throws BAD_INPUT naming what was found and what was wanted. */
export function checkQuestion(question: DisplacementQuestion): void {
  const { interdictionId, crossingPointIds, on } = question;
  if ((interdictionId === null) === (crossingPointIds === null))
    complain('found interdiction and crossingPoints both or neither, wanted one of them');
  if (crossingPointIds !== null && (crossingPointIds.length < 1 || crossingPointIds.length > 20))
    complain(`crossingPoints: found ${crossingPointIds.length}, wanted 1 to 20`);
  if ((crossingPointIds === null) !== (on === null))
    complain('on: wanted the day of the closing with crossingPoints, and not with an interdiction');
  if (on !== null && !isDay(on)) complain(`on: found "${on}", wanted a day like 2025-02-01`);
  checkBounds(question, {
    months: [3, 60],
    ringKm: [0, 500],
    pairResolution: [0, 6],
    confidence: [0.5, 0.999],
    replications: [99, MOST_REPLICATIONS],
  });
}

function complain(message: string): never {
  throw new HeadwaterError('BAD_INPUT', message);
}

function isDay(text: string): boolean {
  if (!/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}
