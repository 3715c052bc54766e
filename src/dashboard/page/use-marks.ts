/** What was done on the way, asked once for whoever sees it. */
import { useMemo } from 'react';
import type { Question } from '../hub/ask.ts';
import type { Me } from '../hub/session.ts';
import { type Answer, useAnswer } from '../hub/use-answer.ts';
import {
  type DoneAnswer,
  doneQuestion,
  leftOut,
  type Mark,
  marksOf,
  type RecoveriesAnswer,
  recoveriesQuestion,
} from '../layers/mark-answer.ts';

export interface KnownMarks {
  readonly marks: readonly Mark[];
  readonly leftOut: number;
  /** The one of the two that is told of first. */
  readonly question: Question | null;
  /** Whether all of it has come. */
  readonly isWhole: boolean;
}

export function useMarks(me: Me): KnownMarks {
  const asked = useMemo(() => [doneQuestion(me), recoveriesQuestion(me)] as const, [me]);
  const done = useAnswer<DoneAnswer>(asked[0]);
  const recovered = useAnswer<RecoveriesAnswer>(asked[1]);
  const marks = useMemo(() => marksOf(done.data, recovered.data), [done.data, recovered.data]);
  return {
    marks,
    question: asked[0] ?? asked[1],
    leftOut: leftOut(done.data, recovered.data),
    isWhole: isOver(asked[0], done) && isOver(asked[1], recovered),
  };
}

const isOver = (question: unknown, answer: Answer<unknown>): boolean =>
  question === null || (answer.isCurrent && answer.since === null);
