/** What recurs across independent incidents and is no target yet: to be looked at, and made one. */
import { useEffect, useRef } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import { ActButton } from '../officer/act-button.tsx';
import { Choice, Field } from '../officer/fields.tsx';
import { number, say, small, wordFor } from '../words/words.ts';
import { fieldOf } from './form-fields.ts';
import { ListTable, Section } from './section.tsx';
import { usualDay } from './target-acts.tsx';
import { ACTIONS, LEADS, type Lead, type LeadsAnswer, OPEN_TARGET } from './target-questions.ts';

interface TargetLeadsProps {
  readonly again: () => void;
  /** How many acts were done here: after each, others may be followed. */
  readonly acts: number;
}

export function TargetLeads({ again, acts }: TargetLeadsProps) {
  const answer = useAnswer<LeadsAnswer>(LEADS);
  const seen = useRef(acts);
  useEffect(() => {
    if (seen.current !== acts) answer.again();
    seen.current = acts;
  }, [acts, answer.again]);
  const followed = new Set(
    (answer.data?.targets.nodes ?? []).flatMap(({ entities }) => entities.map(({ id }) => id)),
  );
  const leads = (answer.data?.sharedFacilitators ?? []).filter(
    ({ entityIds }) => !entityIds.some((id) => followed.has(id)),
  );
  return (
    <Section title={say('targets.leads')} what="targets.leads.what" question={LEADS} answer={answer}>
      <ListTable
        name={say('targets.leads')}
        columns={[
          'targets.target',
          'targets.incidents',
          'targets.owners',
          'targets.without',
          'targets.surprise',
          'table.act',
        ]}
        whenEmpty="targets.leads.none"
        rows={leads.map((lead) => ({
          id: `${lead.selectorKind} ${lead.hint} ${lead.entityIds[0] ?? ''}`,
          cells: [
            <span key="name">
              {lead.hint} <small>{wordFor('entity', lead.kind)}</small>
            </span>,
            number(lead.incidents),
            number(lead.owners),
            number(lead.incidentsWithoutVictim),
            small(lead.surprise),
            <OpenTarget key="open" lead={lead} done={again} />,
          ],
        }))}
      />
    </Section>
  );
}

/** As many records as a target may have. */
const MOST_RECORDS = 50;

function OpenTarget({ lead, done }: { readonly lead: Lead; readonly done: () => void }) {
  return (
    <ActButton
      word="targets.open"
      label={say('targets.open.of', { name: lead.hint })}
      willHappen={say('targets.open.will')}
      question={(form, idempotencyKey) => ({
        query: OPEN_TARGET,
        variables: {
          entityIds: lead.entityIds.slice(0, MOST_RECORDS),
          action: fieldOf(form, 'action'),
          dueOn: fieldOf(form, 'dueOn'),
          idempotencyKey,
        },
      })}
      done={done}
      refused={done}
    >
      <Choice word="targets.next" name="action" group="targetAction" values={ACTIONS} />
      <Field word="targets.due" name="dueOn" type="date" value={usualDay()} />
    </ActButton>
  );
}
