/** Asking in GraphQL, with the session of this browser: a text, its answer, and where the answer lies. */
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { AnswerState } from '../page/answer-state.tsx';
import { CopyQuery } from '../page/copy-query.tsx';
import type { PageProps } from '../shell/page-props.ts';
import { say } from '../words/words.ts';
import { AnswerView } from './answer-view.tsx';
import { isQuestion } from './is-question.ts';
import { draft, keepDraft, takeHandedOver } from './kept-queries.ts';
import { QueryShelf } from './query-shelf.tsx';
import { useQuery } from './run-query.ts';
import { SchemaDocs } from './schema-docs.tsx';

export function QueryPage({ theme }: PageProps) {
  const [text, setText] = useState(draft);
  const [variables, setVariables] = useState('');
  const [said, setSaid] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const { state, answered, run } = useQuery();
  const write = useCallback((query: string) => {
    setText(query);
    keepDraft(query);
  }, []);
  const ask = useCallback(
    (query: string, written: string) => {
      const values = readVariables(written);
      if (!isQuestion(query)) setSaid(say('query.notAsking'));
      else if (values === null) setSaid(say('query.variables.wrong'));
      else {
        setSaid('');
        run({ query, variables: values });
      }
    },
    [run],
  );
  useEffect(() => {
    const handed = takeHandedOver();
    if (handed === null) return;
    write(handed.query);
    setVariables(handed.variables);
    ask(handed.query, handed.variables);
  }, [write, ask]);
  const open = (query: string): void => {
    write(query);
    setVariables('');
    setSaid('');
    // On a phone it stands above what was chosen.
    field.current?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    ask(text, variables);
  };
  return (
    <div className="page query-page">
      <div className="query-shelf">
        <QueryShelf text={text} open={open} />
        <SchemaDocs />
      </div>
      <div className="query-main">
        <section className="card section" aria-label={say('query.title')}>
          <header className="section-head">
            <h2>{say('query.title')}</h2>
            <a href="/graphiql">{say('query.graphiql')}</a>
          </header>
          <label htmlFor="query-text" className="unseen">
            {say('query.text')}
          </label>
          <textarea
            ref={field}
            id="query-text"
            className="as-text"
            rows={14}
            spellCheck={false}
            aria-describedby="query-hint"
            value={text}
            onChange={(event) => write(event.target.value)}
            onKeyDown={onKey}
          />
          <details open={variables !== ''}>
            <summary>{say('query.variables')}</summary>
            <textarea
              className="as-text"
              rows={3}
              spellCheck={false}
              aria-label={say('query.variables')}
              value={variables}
              onChange={(event) => setVariables(event.target.value)}
              onKeyDown={onKey}
            />
          </details>
          <div className="tools">
            <button
              type="button"
              className="button is-first"
              disabled={text.trim() === ''}
              onClick={() => ask(text, variables)}
            >
              {say('query.ask')}
            </button>
            <CopyQuery question={{ query: text, variables: {} }} written={text} />
            <span id="query-hint" className="quiet">
              {say('query.text.hint')}
            </span>
          </div>
          <p role="alert" className={said === '' ? '' : 'said'}>
            {said}
          </p>
          <AnswerState answer={state} />
        </section>
        <AnswerView answered={answered} theme={theme} />
      </div>
    </div>
  );
}

/** Null for what is no object. */
function readVariables(written: string): Readonly<Record<string, unknown>> | null {
  if (written.trim() === '') return {};
  try {
    const values: unknown = JSON.parse(written);
    return typeof values === 'object' && values !== null && !Array.isArray(values)
      ? (values as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}
