/** What is asked of corridors. */
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
}

export function checkCorridorQuestion(question: CorridorQuestion): void {
  checkBounds(question, {
    supportAtLeast: [2, 1_000_000],
    originsAtLeast: [1, 1_000_000],
    nodeResolution: [1, 7],
    gatherKm: [0, 100],
    parallelWithin: [0, 2],
    first: [1, 500],
  });
}
