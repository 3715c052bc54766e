/** What may be asked of re-supply. */
import { HeadwaterError } from '../../kernel/errors.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { checkBounds } from '../question-bounds.ts';
import { questionSeed } from '../question-seed.ts';
import type { ResupplyAction } from './raided-places.ts';

export interface ResupplyQuestion {
  readonly establishmentId: string | null;
  readonly actions: readonly ResupplyAction[];
  readonly windowDays: number;
  readonly replacementDays: number;
  readonly sameWithinKm: number;
  readonly confidence: number;
  readonly first: number;
}

/** Throws BAD_INPUT naming what was found and what was wanted. */
export function checkQuestion(question: ResupplyQuestion): void {
  if (question.actions.length === 0)
    throw new HeadwaterError('BAD_INPUT', 'actions: found none, wanted RECOVERY, ARREST or both');
  checkBounds(question, {
    windowDays: [30, 730],
    replacementDays: [7, 730],
    sameWithinKm: [0, 500],
    confidence: [0.5, 0.999],
    first: [1, 200],
  });
}

/** What stands behind a recovery is looked at whole: of whom, and as known when, and not as arrivals are filtered. */
export function incidentsAsked({ search: { ownerIds }, asKnown }: AskedMovements): AskedMovements {
  return { search: ownerIds === undefined ? {} : { ownerIds }, asKnown };
}

/** How many establishments are shown decides nothing of the figures. */
export function seedOf(asked: AskedMovements, { first: _most, ...question }: ResupplyQuestion): number {
  return questionSeed({ asked, question });
}
