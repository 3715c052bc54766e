/** A record that falls due, as every list of them tells it: when, what it is, and what will happen. */
import type { ReactNode } from 'react';
import { dayOf, say, wordFor } from '../words/words.ts';
import type { Due } from './review-questions.ts';

export function dueCells({
  dueOn,
  recordClass,
  held,
  action,
  kind,
  name,
  id,
}: Omit<Due, 'ground'>): readonly ReactNode[] {
  return [
    dayOf(dueOn),
    wordFor('retentionClass', recordClass),
    held ? say('review.due.held') : wordFor('retentionAction', action),
    <span key="record">
      {wordFor('retained', kind)} {name ?? ''} <code>{id}</code>
    </span>,
  ];
}
