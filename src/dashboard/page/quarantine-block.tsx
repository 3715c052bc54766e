/** Rows of an import that wait: first by what would mend them, then line by line, each to be opened, mended or left out. */
import { useMemo, useState } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import { digits, say, wordFor } from '../words/words.ts';
import { Block } from './desk-page.tsx';
import { DataTable } from './figures-table.tsx';
import { type QuarantineAnswer, quarantine, type WaitingRow } from './import-answer.ts';
import { RowMending } from './row-mending.tsx';

interface QuarantineProps {
  readonly batchId: string;
  /** Something was taken in. */
  readonly taken: () => void;
}

export function QuarantineBlock({ batchId, taken }: QuarantineProps) {
  const [open, setOpen] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  const question = useMemo(() => quarantine(batchId), [batchId]);
  const answer = useAnswer<QuarantineAnswer>(question);
  const rows = answer.data?.quarantine ?? [];
  const waiting = rows.filter(({ mendedBy, leftOut }) => mendedBy === null && leftOut === null);
  return (
    <Block word="quarantine.title" note={say('quarantine.note')} question={question} answer={answer}>
      {answer.data !== null && (
        <p className="figure">
          <strong data-figure="waiting">{say('count.waiting', { count: waiting.length })}</strong>
        </p>
      )}
      {waiting.length > 0 && (
        <>
          <h4>{say('quarantine.todo')}</h4>
          <ul className="todo">
            {byRemedy(waiting).map(({ wanted, lines }) => (
              <li key={wanted}>
                <strong>{say('quarantine.wanted', { wanted })}</strong>
                <small>{say('quarantine.lines', { count: lines.length, lines: linesOf(lines) })}</small>
              </li>
            ))}
          </ul>
          <p>{say('quarantine.how')}</p>
        </>
      )}
      <p role="status">{said}</p>
      {open !== null && (
        <RowMending
          key={open}
          batchId={batchId}
          line={open}
          settled={(words, isTaken) => {
            setSaid(words);
            if (isTaken) setOpen(null);
            answer.again();
            if (isTaken) taken();
          }}
        />
      )}
      {rows.length > 0 && (
        <details open>
          <summary>{say('quarantine.each')}</summary>
          <DataTable
            caption={say('quarantine.each')}
            columns={[
              { word: 'quarantine.line' },
              { word: 'quarantine.where' },
              { word: 'quarantine.found' },
              { word: 'quarantine.wants' },
              { word: 'imports.state' },
            ]}
            rows={rows.flatMap(({ line, mendedBy, leftOut, reasons }) =>
              reasons.map(({ where, found, wanted }, index) => ({
                id: `${line} ${where} ${wanted} ${found}`,
                ...(mendedBy === null && index === 0
                  ? {
                      name: (
                        <button
                          type="button"
                          className="link"
                          aria-expanded={line === open}
                          onClick={() => setOpen(line === open ? null : line)}
                        >
                          {say(line === open ? 'mending.close' : 'mending.open', { line: digits(line) })}
                        </button>
                      ),
                    }
                  : {}),
                cells: [digits(line), where, found, wanted, stateOf(mendedBy, leftOut)],
              })),
            )}
          />
        </details>
      )}
    </Block>
  );
}

function stateOf(mendedBy: string | null, leftOut: string | null): string {
  if (mendedBy !== null) return say('quarantine.mended');
  return leftOut === null
    ? say('quarantine.waits')
    : say('mending.out', { reason: wordFor('leftOut', leftOut) });
}

/** What is wanted, with the lines that want it, the most first. */
function byRemedy(
  rows: readonly WaitingRow[],
): readonly { readonly wanted: string; readonly lines: readonly number[] }[] {
  const lines = new Map<string, Set<number>>();
  for (const { line, reasons } of rows) {
    for (const { wanted } of reasons) lines.set(wanted, (lines.get(wanted) ?? new Set()).add(line));
  }
  return [...lines]
    .map(([wanted, all]) => ({ wanted, lines: [...all] }))
    .sort((one, other) => other.lines.length - one.lines.length);
}

const SHOWN = 12;

function linesOf(lines: readonly number[]): string {
  const shown = lines.slice(0, SHOWN).map(digits).join(', ');
  return lines.length > SHOWN ? `${shown} …` : shown;
}
