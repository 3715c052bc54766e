/** Exactly what another party would see of the officer's own records today: counts, and the newest rows field by field. */
import { useMemo } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import { AnswerState } from '../page/answer-state.tsx';
import { CopyQuery } from '../page/copy-query.tsx';
import { number, say, wordFor } from '../words/words.ts';
import { type Preview, previewQuestion } from './agreement-questions.ts';

export function AgreementPreview({ id, receiver }: { readonly id: string; readonly receiver: string }) {
  const question = useMemo(() => previewQuestion(id, receiver), [id, receiver]);
  const answer = useAnswer<Preview>(question);
  const all = answer.data?.agreementPreview.tables ?? [];
  const tables = all.filter(({ count }) => count > 0);
  const none = all.filter(({ count }) => count === 0).map(({ table }) => wordFor('previewTable', table));
  return (
    <div className="preview" data-receiver={receiver}>
      <header className="section-head">
        <h4>{say('agreement.preview.of', { receiver })}</h4>
        <CopyQuery question={question} />
      </header>
      <AnswerState answer={answer} />
      {answer.data !== null && tables.length === 0 && (
        <p className="quiet">{say('agreement.preview.nothing')}</p>
      )}
      {none.length > 0 && tables.length > 0 && (
        <p className="quiet">{say('agreement.preview.none', { tables: none.join(', ') })}</p>
      )}
      {tables.map(({ table, count, rows }) => (
        <details key={table}>
          <summary>
            <span>{wordFor('previewTable', table)}</span>{' '}
            <strong data-figure={`preview-${table}`}>{number(count)}</strong>
          </summary>
          {rows.map(({ fields }) => (
            <dl key={fields.map(({ value }) => value).join(' ')} className="preview-row">
              {fields.map(({ name, value, redacted }) => (
                <div key={name} className={redacted ? 'is-redacted' : ''}>
                  <dt>{name}</dt>
                  <dd>{redacted ? say('agreement.redacted') : (value ?? say('agreement.empty'))}</dd>
                </div>
              ))}
            </dl>
          ))}
        </details>
      ))}
    </div>
  );
}
