/** An answer: what the hub says is wrong with it, where it lies, and its text. It is kept nowhere. */
import { useMemo } from 'react';
import type { Answered } from '../hub/ask.ts';
import type { Theme } from '../shell/theme.ts';
import { say } from '../words/words.ts';
import { AnswerMap } from './answer-map.tsx';

export function AnswerView({
  answered,
  theme,
}: {
  readonly answered: Answered | null;
  readonly theme: Theme;
}) {
  const text = useMemo(
    () => (answered?.data == null ? '' : JSON.stringify(answered.data, null, 2)),
    [answered],
  );
  if (answered === null) {
    return (
      <section className="card section" aria-label={say('query.answer')}>
        <p className="quiet">{say('query.answer.none')}</p>
      </section>
    );
  }
  return (
    <section className="card section" aria-label={say('query.answer')} data-answered={text !== ''}>
      {(answered.errors ?? []).length > 0 && (
        <div className="notice" role="alert">
          <strong>{say('query.errors')}</strong>
          {answered.errors?.map(({ message, path, extensions }) => {
            const code = extensions?.code ?? '';
            const where = path?.join('.') ?? '';
            return (
              <p key={`${where} ${message}`}>
                {where === ''
                  ? say('query.error', { message, code })
                  : say('query.error.at', { message, code, path: where })}
              </p>
            );
          })}
        </div>
      )}
      {text !== '' && (
        <>
          <AnswerMap data={answered.data} theme={theme} />
          <details open>
            <summary>{say('query.answer.text')}</summary>
            <pre
              className="as-text answer-text"
              tabIndex={0}
              aria-label={say('query.answer.text')}
              role="region"
            >
              {text}
            </pre>
          </details>
        </>
      )}
    </section>
  );
}
