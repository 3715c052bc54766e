/** Taking an import back: first what that would change and what stands in its way, then, confirmed, doing it. */

import { useMemo, useState } from 'react';
import { ask, HubError } from '../hub/ask.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { languageOf, say } from '../words/words.ts';
import { Notice, whatToDo } from './answer-state.tsx';
import { Block } from './desk-page.tsx';
import { DataTable } from './figures-table.tsx';
import { type Outcome, type UndoPlanAnswer, undoImport, undoPlan } from './import-answer.ts';
import { SteadyButton } from './steady-button.tsx';

interface UndoProps {
  readonly batchId: string;
  readonly fileName: string;
  /** What is said of it: with the import this is gone. */
  readonly done: (words: string) => void;
}

export function ImportUndo({ batchId, fileName, done }: UndoProps) {
  const [isWanted, setWanted] = useState(false);
  const [isSure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const question = useMemo(() => (isWanted ? undoPlan(batchId) : null), [isWanted, batchId]);
  const answer = useAnswer<UndoPlanAnswer>(question);
  const plan = answer.data?.undoPlan;
  const undo = (): void => {
    setBusy(true);
    ask<{ readonly undoImport: Outcome }>(undoImport(batchId))
      .then(({ undoImport: { reasons } }) => {
        const [reason] = reasons ?? [];
        if (reason === undefined) done(say('undo.done', { file: fileName }));
        else setSaid(say('imports.reason', { ...reason }));
      })
      .catch((error: unknown) => setSaid(error instanceof HubError ? whatToDo(error) : say('state.failed')))
      .finally(() => setBusy(false));
  };
  return (
    <Block word="undo.title" question={question} answer={isWanted ? answer : null}>
      {!isWanted && (
        <button type="button" className="button" onClick={() => setWanted(true)}>
          {say('undo.look')}
        </button>
      )}
      {plan === null && <p>{say('undo.nothing')}</p>}
      {plan != null && (
        <>
          <DataTable
            caption={say('undo.steps')}
            columns={[
              { word: 'imports.file' },
              { word: 'undo.removed', isNumber: true },
              { word: 'undo.restored', isNumber: true },
              { word: 'undo.attached', isNumber: true },
            ]}
            rows={plan.steps.map((step) => ({
              id: step.batchId,
              cells: [step.fileName, step.removed, step.restored, step.attached],
            }))}
          />
          {[...plan.obstacles, ...plan.byPeople].map(({ sentence }) => (
            <p key={sentence} lang={languageOf(sentence)}>
              {sentence}
            </p>
          ))}
          {!plan.possibleNow && (
            <Notice title={say('undo.notNow')}>
              {say(plan.possibleInOrder ? 'undo.inOrder' : 'undo.notAtAll')}
            </Notice>
          )}
          {plan.possibleNow && (
            <div className="confirm">
              <label>
                <input type="checkbox" checked={isSure} onChange={(event) => setSure(event.target.checked)} />{' '}
                {say('undo.sure', { file: fileName })}
              </label>
              <SteadyButton type="button" className="button is-grave" isOff={!isSure || busy} onClick={undo}>
                {say('undo.do')}
              </SteadyButton>
            </div>
          )}
        </>
      )}
      <p role="status">{said}</p>
    </Block>
  );
}
