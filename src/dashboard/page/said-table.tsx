/** What is said of records, each statement with who perceived it, how good it is, and the report it stands in. */
import { useMemo } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import { dayOf, say, wordFor } from '../words/words.ts';
import { AnswerState } from './answer-state.tsx';
import { ListTable } from './section.tsx';
import { type Said, type SaidAnswer, saidOf } from './target-questions.ts';
import { claimWords } from './target-words.ts';

interface SaidTableProps {
  readonly said: readonly Said[];
  /** Null where nothing opens. */
  readonly openReport: ((id: string) => void) | null;
}

export function SaidTable({ said, openReport }: SaidTableProps) {
  return (
    <ListTable
      name={say('targets.said')}
      columns={[
        'targets.claim',
        'targets.saidBy',
        'targets.grade',
        'targets.organisation',
        'targets.report',
        'targets.recorded',
      ]}
      whenEmpty="targets.said.none"
      rows={said.map((one) => ({ id: one.id, cells: cellsOf(one, openReport) }))}
    />
  );
}

function cellsOf(
  { claim, originKind, derived, evaluation, owner, report }: Said,
  openReport: SaidTableProps['openReport'],
) {
  const kind = wordFor('origin', originKind);
  const reportKind = report === null ? say('not.known') : wordFor('reportKind', report.kind);
  return [
    claimWords(claim),
    derived ? say('targets.derived', { kind }) : kind,
    `${evaluation.reliability}${evaluation.credibility}`,
    owner,
    report === null || openReport === null ? (
      reportKind
    ) : (
      <button key="report" type="button" className="link" onClick={() => openReport(report.id)}>
        {reportKind}
      </button>
    ),
    report === null ? say('not.known') : dayOf(report.recordedAt),
  ];
}

/** Of records that are to be followed: nobody is to decide on what they have not read. */
export function SaidOfRecords({ ids }: { readonly ids: readonly string[] }) {
  const answer = useAnswer<SaidAnswer>(useMemo(() => saidOf(ids), [ids]));
  return (
    <>
      <AnswerState answer={answer} />
      {answer.data !== null && (
        <SaidTable
          said={answer.data.entities.nodes.flatMap(({ statements }) => statements)}
          openReport={null}
        />
      )}
    </>
  );
}
