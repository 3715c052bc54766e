/** What is asked of corridors. */
import { HeadwaterError } from '../../kernel/errors.ts';
import { checkBounds } from '../question-bounds.ts';

export interface CorridorQuestion {
  readonly supportAtLeast: number;
  readonly originsAtLeast: number;
  readonly nodeResolution: number;
  readonly gatherKm: number;
  readonly parallelWithin: number;
  readonly first: number;
  /** Whether ids of movements and incidents are asked for. */
  readonly withEvidence: boolean;
  /** Whether it is asked where those who travel it go on to. */
  readonly withForecast: boolean;
  /** Whether it is asked how well such a forecast holds. */
  readonly withForecastTest: boolean;
  /** Of the first ones, these alone; null: all of them. */
  readonly ids: readonly string[] | null;
}

const MOST = 500;

export function checkCorridorQuestion(question: CorridorQuestion): void {
  checkBounds(question, {
    supportAtLeast: [2, 1_000_000],
    originsAtLeast: [1, 1_000_000],
    nodeResolution: [1, 7],
    gatherKm: [0, 100],
    parallelWithin: [0, 2],
    first: [1, MOST],
  });
  if (question.ids !== null && question.ids.length > MOST)
    throw new HeadwaterError('BAD_INPUT', `ids: found ${question.ids.length}, wanted ${MOST} at most`);
}
