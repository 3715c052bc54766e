/** A part of a page that answers one question: its name, how to ask it elsewhere, how far it is, and what was answered. */
import { type ReactNode, useId } from 'react';
import type { Question } from '../hub/ask.ts';
import type { Answer } from '../hub/use-answer.ts';
import { number, say, type WordKey } from '../words/words.ts';
import { AnswerState } from './answer-state.tsx';
import { CopyQuery } from './copy-query.tsx';

interface SectionProps {
  readonly title: string;
  /** Behind the title once it is known: nothing is none before it was answered. */
  readonly count?: string | number;
  readonly what?: WordKey;
  readonly question: Question;
  readonly answer: Answer<unknown>;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, count, what, question, answer, tools, children }: SectionProps) {
  const name = useId();
  const isAnswered = answer.data !== null && answer.error === null;
  return (
    <section className="card section" aria-labelledby={name} data-answered={answer.data !== null}>
      <header className="section-head">
        <h2 id={name}>
          {title}
          {isAnswered && count !== undefined && (
            <span className="count" data-figure="count">
              {typeof count === 'number' ? number(count) : count}
            </span>
          )}
        </h2>
        <div className="tools">
          {tools}
          <CopyQuery question={question} />
        </div>
      </header>
      {what !== undefined && <p className="quiet">{say(what)}</p>}
      <AnswerState answer={answer} />
      {isAnswered && children}
    </section>
  );
}

interface ListTableProps {
  readonly name: string;
  readonly columns: readonly WordKey[];
  readonly rows: readonly { readonly id: string; readonly cells: readonly ReactNode[] }[];
  readonly whenEmpty: WordKey;
}

/** The first cell of a row is its name. */
export function ListTable({ name, columns, rows, whenEmpty }: ListTableProps) {
  if (rows.length === 0) return <p className="quiet">{say(whenEmpty)}</p>;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={name}>
      <table>
        <thead>
          <tr>
            {columns.map((word) => (
              <th key={word} scope="col">
                {say(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells: [first, ...others] }) => (
            <tr key={id}>
              <th scope="row">{first}</th>
              {others.map((cell, index) => (
                // biome-ignore lint: columns do not move
                <td key={columns[index + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
