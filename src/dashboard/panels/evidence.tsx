/** What every panel is made of: facts, how a figure is known, and the movements behind it, each of which opens. */
import { type ReactNode, useMemo } from 'react';
import type { Question } from '../hub/ask.ts';
import type { Known } from '../hub/questions.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { AnswerState } from '../page/answer-state.tsx';
import type { AskedFilter } from '../view/asked.ts';
import { dayOf, languageOf, say, share, type WordKey, wordFor } from '../words/words.ts';

export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}

/** Nothing at all where there is nothing to say. */
export function Fact({ word, children }: { readonly word: WordKey; readonly children: ReactNode }) {
  if (children === null || children === undefined || children === '') return null;
  return (
    <div>
      <dt>{say(word)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function Part({ word, children }: { readonly word: WordKey; readonly children: ReactNode }) {
  return (
    <section className="part">
      <h3>{say(word)}</h3>
      {children}
    </section>
  );
}

const SHARES = ['observed', 'stated', 'inferred'] as const;

/** What of the stops was seen, said or only follows; and the one sentence on what the figure does not know. */
export function HowKnown({
  known,
  unknowns = [],
}: {
  readonly known: Known | null;
  readonly unknowns?: readonly string[];
}) {
  if (known === null) return null;
  const said = {
    observed: share(known.observed ?? 0),
    stated: share(known.stated ?? 0),
    inferred: share(known.inferred ?? 0),
  };
  return (
    <Part word="panel.howKnown">
      {known.observed !== null && (
        <>
          <svg
            className="known-bar"
            viewBox="0 0 100 4"
            preserveAspectRatio="none"
            role="img"
            aria-label={say('panel.share', said)}
          >
            {SHARES.map((name, index) => {
              const before = SHARES.slice(0, index).reduce((sum, one) => sum + (known[one] ?? 0), 0);
              return (
                <rect
                  key={name}
                  className={`known-${name}`}
                  x={before * 100}
                  width={(known[name] ?? 0) * 100}
                  height="4"
                />
              );
            })}
          </svg>
          <ul className="known-words" aria-hidden="true">
            {SHARES.map((name) => (
              <li key={name}>
                <span className={`swatch swatch-dot known-${name}`} /> {say(`share.${name}`)} {said[name]}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="quiet" lang={languageOf(known.sentence)}>
        {known.sentence}
      </p>
      {unknowns.map((unknown) => (
        <p key={unknown} className="quiet" lang={languageOf(unknown)}>
          {unknown}
        </p>
      ))}
    </Part>
  );
}

export interface ListedMovement {
  readonly id: string;
  readonly occurred: { readonly from: string } | null;
  readonly originCountry: string | null;
  readonly destinationCountry: string | null;
  readonly mode: string;
  readonly verification: string;
  readonly evaluation: { readonly reliability: string; readonly credibility: number };
}

export const movementsQuestion = (filter: Readonly<Record<string, unknown>>): Question => ({
  query: `query Movements($filter: MovementFilter) {
  movements(filter: $filter, first: 50) {
    nodes {
      id originCountry destinationCountry mode verification
      occurred { from }
      evaluation { reliability credibility }
    }
  }
}`,
  variables: { filter },
});

/** At most 50 of them, the latest first; `total`: how many stand behind the figure. */
export function Movements({
  filter,
  total,
  openMovement,
}: {
  /** By ids or incidents where a figure names them: none of them is none. */
  readonly filter: AskedFilter;
  readonly total: number;
  readonly openMovement: (id: string) => void;
}) {
  const nothing = [filter.ids, filter.incidentIds].some((ids) => Array.isArray(ids) && ids.length === 0);
  const question = useMemo(() => (nothing ? null : movementsQuestion(filter)), [filter, nothing]);
  const answer = useAnswer<{ readonly movements: { readonly nodes: readonly ListedMovement[] } }>(question);
  const nodes = answer.data?.movements.nodes ?? [];
  return (
    <Part word="panel.movements">
      <AnswerState answer={answer} />
      {(nothing || (answer.data !== null && nodes.length === 0)) && (
        <p className="quiet">{say('panel.noMovements')}</p>
      )}
      {nodes.length > 0 && (
        <>
          <p className="quiet">{say('panel.movements.what')}</p>
          <ul className="list">
            {nodes.map((one) => (
              <li key={one.id}>
                <button type="button" className="list-item" onClick={() => openMovement(one.id)}>
                  <span>
                    {one.occurred === null ? say('not.known') : dayOf(one.occurred.from)}
                    <small>
                      {one.originCountry ?? '?'} – {one.destinationCountry ?? '?'} ·{' '}
                      {wordFor('mode', one.mode)} · {wordFor('verified', one.verification)}
                    </small>
                  </span>
                  <span className="grade">
                    {one.evaluation.reliability}
                    {one.evaluation.credibility}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {total > nodes.length && (
            <p className="quiet">{say('count.more', { count: total - nodes.length })}</p>
          )}
        </>
      )}
    </Part>
  );
}
