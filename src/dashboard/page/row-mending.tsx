/** One row that waits, cell by cell: what may be shown of it, other words for what is wrong, and leaving it out for a reason. */

import { type FormEvent, useId, useMemo, useState } from 'react';
import { type Acted, act } from '../hub/act.ts';
import { HubError } from '../hub/ask.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { ActButton, refusalOf, whatWentWrong } from '../officer/act-button.tsx';
import { Choice } from '../officer/fields.tsx';
import { digits, say } from '../words/words.ts';
import { AnswerState, Notice } from './answer-state.tsx';
import { fieldOf } from './form-fields.ts';
import {
  LEAVE_ROW_OUT,
  LET_ROW_WAIT,
  mendRow,
  type WaitingField,
  type WaitingRowAnswer,
  waitingRow,
} from './import-answer.ts';
import { SteadyButton } from './steady-button.tsx';

const REASONS = [
  'DUPLICATE',
  'TEST_ENTRY',
  'NOT_A_RECORD',
  'CANNOT_BE_MENDED',
  'SOURCE_WITHDREW',
  'OTHER',
] as const;

interface RowMendingProps {
  readonly batchId: string;
  readonly line: number;
  readonly settled: (words: string, isTaken: boolean) => void;
}

export function RowMending({ batchId, line, settled }: RowMendingProps) {
  const question = useMemo(() => waitingRow(batchId, line), [batchId, line]);
  const answer = useAnswer<WaitingRowAnswer>(question);
  const title = useId();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<readonly string[]>([]);
  const row = answer.data?.waitingRow;
  const named = digits(line);
  const done = (_acted: Acted): void => {
    answer.again();
    settled('', false);
  };
  const mend = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    setSaid([]);
    cellsIn(form, row?.fields ?? [])
      .then(async ({ cells, profileJson }) => {
        if (cells.length === 0) return setSaid([say('mending.none')]);
        setBusy(true);
        const given = profileJson === null ? {} : { profileJson };
        const acted = await act(mendRow({ batchId, line, cells, ...given }));
        if (acted.reasons === undefined) settled(say('mending.done', { line: named }), true);
        else setSaid(acted.reasons.map(refusalOf));
      })
      .catch((error: unknown) =>
        setSaid([whatWentWrong(error instanceof HubError ? error : new HubError('INTERNAL', ''))]),
      )
      .finally(() => setBusy(false));
  };
  const wrong = row?.fields.filter((one) => one.wrong) ?? [];
  const others = row?.fields.filter((one) => !one.wrong) ?? [];
  return (
    <section className="mending" aria-labelledby={title} data-mending={line}>
      <h4 id={title}>{say('mending.title', { line: named })}</h4>
      <AnswerState answer={answer} />
      {row === null && <Notice title={say('mending.gone')} />}
      {row != null && (
        <>
          {row.unmendable === null ? (
            <form onSubmit={mend}>
              <p className="quiet">{say('mending.what')}</p>
              <Cells fields={wrong} />
              {others.length > 0 && (
                <details open={wrong.length === 0}>
                  <summary>{say('mending.others', { count: others.length })}</summary>
                  <Cells fields={others} />
                </details>
              )}
              {row.fields.every(isUnmapped) && (
                <label className="field">
                  {say('mending.profile')}
                  <input type="file" name="profileJson" required accept=".json" />
                </label>
              )}
              <div role="alert">
                {said.map((words) => (
                  <p key={words} className="said">
                    {words}
                  </p>
                ))}
              </div>
              <SteadyButton type="submit" className="button is-first" isOff={busy}>
                {say('mending.try')}
              </SteadyButton>
            </form>
          ) : (
            <p>{say('mending.unmendable', { why: row.unmendable })}</p>
          )}
          {row.leftOut === null ? (
            <ActButton
              word="mending.leave"
              label={say('mending.leave.of', { line: named })}
              willHappen={say('mending.leave.will')}
              question={(form) => ({
                query: LEAVE_ROW_OUT,
                variables: { batchId, line, reason: fieldOf(form, 'reason') },
              })}
              done={done}
            >
              <Choice word="mending.leave.reason" name="reason" group="leftOut" values={REASONS} />
            </ActButton>
          ) : (
            <ActButton
              word="mending.wait"
              label={say('mending.wait.of', { line: named })}
              willHappen={say('mending.wait.will')}
              question={() => ({ query: LET_ROW_WAIT, variables: { batchId, line } })}
              done={done}
            />
          )}
        </>
      )}
    </section>
  );
}

function Cells({ fields }: { readonly fields: readonly WaitingField[] }) {
  return (
    <div className="cells-to-mend">
      {fields.map((field) => (
        <CellField key={field.column} field={field} />
      ))}
    </div>
  );
}

function CellField({ field }: { readonly field: WaitingField }) {
  const { column, value, shape, meaning, takes, wrong } = field;
  const id = useId();
  return (
    <div className={wrong ? 'field is-wrong' : 'field'}>
      <label htmlFor={id}>
        {column} {wrong && <span className="grade">{say('mending.wrong')}</span>}
      </label>
      <input
        id={id}
        name={`cell ${column}`}
        defaultValue={value ?? ''}
        placeholder={value === null ? say('mending.hidden', { shape }) : ''}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-told`}
      />
      <small id={`${id}-told`}>
        {value === null && `${say('mending.hidden', { shape })}. `}
        {say('mending.meaning', {
          meaning: isUnmapped(field) ? say('mending.unmapped') : meaning,
          takes: shortened(takes),
        })}
      </small>
    </div>
  );
}

/** As the hub says of a column that the profile does not read. */
const isUnmapped = ({ meaning }: WaitingField): boolean => meaning === 'not mapped';

const LONGEST = 160;
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** Cells that say something else than they did; one whose value is not shown, where anything was typed. */
async function cellsIn(
  form: HTMLFormElement,
  fields: readonly WaitingField[],
): Promise<{
  readonly cells: readonly { readonly column: string; readonly value: string }[];
  readonly profileJson: string | null;
}> {
  const said = new FormData(form);
  const profile = said.get('profileJson');
  const cells = fields.flatMap(({ column, value }) => {
    const typed = said.get(`cell ${column}`);
    return typeof typed === 'string' && typed !== (value ?? '') ? [{ column, value: typed }] : [];
  });
  return { cells, profileJson: profile instanceof File ? await profile.text() : null };
}
