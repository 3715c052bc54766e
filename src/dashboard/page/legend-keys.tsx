/** Keys of a legend: what a colour, a width or a shape means, in words beside it. */
import type { ReactNode } from 'react';
import { type ColourName, SHADES } from '../map/look.ts';
import { number, say, type WordKey } from '../words/words.ts';

export type KeyShape = 'line' | 'thin' | 'halo' | 'dot' | 'area' | 'ring' | 'hatch';

export function Key({
  colour,
  shape,
  children,
}: {
  readonly colour: ColourName;
  readonly shape: KeyShape;
  readonly children: ReactNode;
}) {
  return (
    <div className="key">
      <span className={`swatch swatch-${shape} colour-${colour}`} aria-hidden="true" />
      <span>{children}</span>
    </div>
  );
}

export function Keys({ word, children }: { readonly word: WordKey; readonly children: ReactNode }) {
  return (
    <div className="keys">
      <p className="quiet">{say(word)}</p>
      {children}
    </div>
  );
}

/** A line that grows. */
export function Ramp({ word }: { readonly word: WordKey }) {
  return (
    <div className="key">
      <span className="swatch swatch-ramp" aria-hidden="true" />
      <span>{say(word)}</span>
    </div>
  );
}

/** Shades from few to many, with the number each begins at. */
export function Shades({ words, steps }: { readonly words: string; readonly steps: readonly number[] }) {
  return (
    <div className="keys">
      <p className="quiet">{words}</p>
      <div className="shades">
        {SHADES.slice(1, steps.length + 1).map((shade, index) => (
          <span key={shade} className={`shade colour-${shade}`}>
            {index === steps.length - 1
              ? say('legend.step.last', { count: steps[index] ?? 0 })
              : number(steps[index] ?? 0)}
          </span>
        ))}
      </div>
    </div>
  );
}
