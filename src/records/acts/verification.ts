/** When blind answers come to a decision. */

export const ANSWERS = ['evidence', 'high_risk', 'should_not_count'] as const;
export type Answer = (typeof ANSWERS)[number];

export interface VerificationState {
  readonly stage: 'awaiting_second' | 'awaiting_tie_break' | 'decided';
  readonly decided: Answer | null;
}

/**
 * Two that agree decide. Where two differ, the third decides with whichever it agrees with; where all three differ, the middle one of the
 * scale stands (should not count < high risk < evidence), which at least one gave and nobody is further from than one step.
 */
export function stateOf(answers: readonly Answer[]): VerificationState {
  if (answers.length < 2) return { stage: 'awaiting_second', decided: null };
  const counted = ANSWERS.find((answer) => answers.filter((each) => each === answer).length >= 2);
  if (counted !== undefined) return { stage: 'decided', decided: counted };
  if (answers.length === 2) return { stage: 'awaiting_tie_break', decided: null };
  return { stage: 'decided', decided: 'high_risk' };
}
