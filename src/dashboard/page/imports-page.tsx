/** Imports of the own organisation: what became of each row, the rows that wait with why and what to do, and taking an import back. */
import { useState } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import type { PageProps } from '../shell/page-props.ts';
import { dayOf, number, say, wordFor } from '../words/words.ts';
import { Block, Desk } from './desk-page.tsx';
import { DataTable } from './figures-table.tsx';
import { COUNTS, IMPORTS, type ImportRow, type ImportsAnswer } from './import-answer.ts';
import { ImportUndo } from './import-undo.tsx';
import { QuarantineBlock } from './quarantine-block.tsx';
import { UploadForm } from './upload-form.tsx';

export function ImportsPage({ address, go }: PageProps) {
  const answer = useAnswer<ImportsAnswer>(IMPORTS);
  const [said, setSaid] = useState('');
  const nodes = answer.data?.imports.nodes ?? [];
  const open = address.path[1] ?? null;
  const chosen = nodes.find(({ id }) => id === open);
  const show = (id: string | null): void =>
    go({ path: id === null ? ['imports'] : ['imports', id], params: {} });
  return (
    <Desk word="imports.title" lead="imports.lead">
      <Block word="imports.upload" question={null} answer={null}>
        <UploadForm
          done={(batchId, words) => {
            setSaid(words);
            answer.again();
            if (batchId !== null) show(batchId);
          }}
        />
        <p role="status">{said}</p>
      </Block>
      <Block word="imports.all" note={say('imports.note')} question={IMPORTS} answer={answer}>
        {answer.data !== null && (
          <>
            <p className="figure">
              <strong data-figure="headline">
                {say('count.imports', { count: answer.data.imports.countUpTo })}
              </strong>
            </p>
            <DataTable
              caption={say('imports.all')}
              columns={[
                { word: 'imports.file' },
                { word: 'imports.when' },
                { word: 'imports.profile' },
                { word: 'imports.state' },
                { word: 'imports.rows', isNumber: true },
                ...COUNTS.map((count) => ({ word: `imports.${count}` as const, isNumber: true })),
              ]}
              rows={nodes.map((one) => ({
                id: one.id,
                name: (
                  <button
                    type="button"
                    className="link"
                    aria-pressed={one.id === open}
                    onClick={() => show(one.id === open ? null : one.id)}
                  >
                    {one.fileName}
                  </button>
                ),
                cells: [
                  one.fileName,
                  dayOf(one.startedAt),
                  one.profile,
                  wordFor('importState', one.state),
                  one.rows,
                  ...COUNTS.map((count) => one.counts[count]),
                ],
              }))}
            />
          </>
        )}
      </Block>
      {chosen !== undefined && (
        <>
          <Rows one={chosen} />
          <QuarantineBlock key={`q ${chosen.id}`} batchId={chosen.id} taken={answer.again} />
          {chosen.state !== 'UNDONE' && (
            <ImportUndo
              key={`u ${chosen.id}`}
              batchId={chosen.id}
              fileName={chosen.fileName}
              done={(words) => {
                setSaid(words);
                answer.again();
              }}
            />
          )}
        </>
      )}
    </Desk>
  );
}

/** Every row is in exactly one of five: a bar of all of them, with the same in words. */
function Rows({ one }: { readonly one: ImportRow }) {
  const all = Math.max(
    1,
    COUNTS.reduce((sum, count) => sum + one.counts[count], 0),
  );
  return (
    <Block word="imports.rowsOf" question={null} answer={null}>
      <h4>{one.fileName}</h4>
      <svg className="row-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        {COUNTS.map((count, index) => {
          const before = COUNTS.slice(0, index).reduce((sum, name) => sum + one.counts[name], 0);
          return (
            <rect
              key={count}
              className={`row-${count}`}
              x={(before / all) * 100}
              width={(one.counts[count] / all) * 100}
              height="4"
            />
          );
        })}
      </svg>
      <ul className="row-words">
        {COUNTS.map((count) => (
          <li key={count}>
            <span className={`swatch swatch-dot row-${count}`} aria-hidden="true" /> {say(`imports.${count}`)}{' '}
            <strong>{number(one.counts[count])}</strong>
          </li>
        ))}
      </ul>
      <dl className="facts">
        <div>
          <dt>{say('imports.state')}</dt>
          <dd>{wordFor('importState', one.state)}</dd>
        </div>
        <div>
          <dt>{say('imports.read')}</dt>
          <dd>
            {say('imports.read.how', {
              profile: one.profile,
              version: one.profileVersion,
              encoding: one.encoding,
            })}
          </dd>
        </div>
        {one.droppedColumns.length > 0 && (
          <div>
            <dt>{say('imports.dropped')}</dt>
            <dd>{one.droppedColumns.join(', ')}</dd>
          </div>
        )}
        {one.unknownColumns.length > 0 && (
          <div>
            <dt>{say('imports.unknown')}</dt>
            <dd>{one.unknownColumns.join(', ')}</dd>
          </div>
        )}
      </dl>
    </Block>
  );
}
