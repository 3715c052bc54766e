/** A span of months, said. */
import type { Span } from '../view/time-view.ts';
import { month, say } from '../words/words.ts';

export const spanWords = ({ from, to }: Span): string =>
  from === to ? month(from) : say('span', { from: month(from), to: month(to) });
