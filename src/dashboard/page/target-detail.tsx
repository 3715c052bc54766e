/** One target: what is said of it, each with its report, and what was decided. */
import { useEffect, useMemo, useRef } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import { dayOf, number, say, wordFor } from '../words/words.ts';
import { SaidTable } from './said-table.tsx';
import { ListTable, Section } from './section.tsx';
import { type TargetAnswer, targetOf } from './target-questions.ts';
import { nameOf } from './target-words.ts';
import type { Who } from './use-who.tsx';

interface TargetDetailProps {
  readonly id: string;
  readonly who: Who;
  readonly openReport: (id: string) => void;
  readonly close: () => void;
  /** How many acts were done on the page: after each, more was decided. */
  readonly acts: number;
}

export function TargetDetail({ id, who, openReport, close, acts }: TargetDetailProps) {
  const place = useRef<HTMLDivElement>(null);
  // It stands below a list that may be long.
  useEffect(() => place.current?.focus(), []);
  const question = useMemo(() => targetOf(id), [id]);
  const answer = useAnswer<TargetAnswer>(question);
  const seen = useRef(acts);
  useEffect(() => {
    if (seen.current !== acts) answer.again();
    seen.current = acts;
  }, [acts, answer.again]);
  const target = answer.isCurrent ? answer.data?.targets.nodes[0] : undefined;
  const said = (target?.entities ?? []).flatMap(({ statements }) => statements);
  return (
    <div
      ref={place}
      tabIndex={-1}
      role="group"
      aria-label={say('panel.evidence')}
      className="opened"
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <Section
        title={say('targets.evidence', { name: target === undefined ? '' : nameOf(target) })}
        question={question}
        answer={answer}
        tools={
          <button type="button" className="button" onClick={close}>
            {say('panel.close')}
          </button>
        }
      >
        {answer.isCurrent && target === undefined && <p className="quiet">{say('targets.none')}</p>}
        {target !== undefined && (
          <>
            <h3>{say('targets.said')}</h3>
            <SaidTable said={said} openReport={openReport} />
            <h3>{say('targets.steps')}</h3>
            <ListTable
              name={say('targets.steps')}
              columns={[
                'targets.step',
                'targets.stage',
                'targets.next',
                'targets.due',
                'targets.added',
                'targets.doneBy',
              ]}
              whenEmpty="targets.none"
              rows={target.steps.map((one) => ({
                id: String(one.number),
                cells: [
                  dayOf(one.doneAt),
                  wordFor('targetStage', one.stage),
                  one.nextAction === null
                    ? wordFor('targetClosing', one.closedFor ?? '')
                    : wordFor('targetAction', one.nextAction),
                  dayOf(one.dueOn),
                  one.added === null || one.added === 0 ? '' : number(one.added),
                  who(one.doneBy),
                ],
              }))}
            />
          </>
        )}
      </Section>
    </div>
  );
}
