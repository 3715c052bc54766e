/** How many incidents stand behind what is open: one sentence, its number large. */
import type { ReactNode } from 'react';
import { number, pieces } from '../words/words.ts';

export function Figure({ count, children }: { readonly count: number; readonly children?: ReactNode }) {
  return (
    <p className="figure">
      {pieces('count.incidents', { count }).map((piece) =>
        piece.slot === undefined ? (
          piece.text
        ) : (
          <strong key={piece.slot} data-figure="incidents">
            {number(count)}
          </strong>
        ),
      )}
      {children}
    </p>
  );
}
