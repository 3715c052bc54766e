/** The frame of a page that is read rather than looked at: a title, what it is for, and figures in blocks, each with the question it answers. */
import type { ReactNode } from 'react';
import type { Question } from '../hub/ask.ts';
import type { Answer } from '../hub/use-answer.ts';
import { say, type WordKey } from '../words/words.ts';
import { AnswerState } from './answer-state.tsx';
import { CopyQuery } from './copy-query.tsx';

interface DeskProps {
  readonly word: WordKey;
  readonly lead: WordKey;
  /** What is asked: periods, countries. */
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}

export function Desk({ word, lead, controls, children }: DeskProps) {
  return (
    <div className="desk">
      <div className="desk-inner">
        <header className="desk-head">
          <h2>{say(word)}</h2>
          <p className="lead">{say(lead)}</p>
          {controls !== undefined && <div className="desk-controls">{controls}</div>}
        </header>
        {children}
      </div>
    </div>
  );
}

interface BlockProps {
  readonly word: WordKey;
  /** What its figures are not. */
  readonly note?: string;
  readonly question: Question | null;
  readonly answer: Answer<unknown> | null;
  readonly children?: ReactNode;
}

export function Block({ word, note, question, answer, children }: BlockProps) {
  return (
    <section className="card block" aria-label={say(word)} aria-busy={answer?.since != null}>
      <header className="block-head">
        <h3>{say(word)}</h3>
        {question !== null && <CopyQuery question={question} />}
      </header>
      {answer !== null && <AnswerState answer={answer} />}
      {children}
      {note !== undefined && <p className="quiet">{note}</p>}
    </section>
  );
}

/** A choice among months that the answers have. */
export function MonthChoice({
  word,
  value,
  months,
  choose,
}: {
  readonly word: WordKey;
  readonly value: string;
  readonly months: readonly { readonly value: string; readonly text: string }[];
  readonly choose: (value: string) => void;
}) {
  return (
    <label>
      {say(word)}
      <select value={value} onChange={(event) => choose(event.target.value)}>
        {months.map((one) => (
          <option key={one.value} value={one.value}>
            {one.text}
          </option>
        ))}
      </select>
    </label>
  );
}
