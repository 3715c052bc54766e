/** What recurs across independent incidents and is no target yet, or not all of it: to be looked at, and made one or added. */
import { useEffect, useMemo, useRef } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import { ActButton } from '../officer/act-button.tsx';
import { Choice, Field } from '../officer/fields.tsx';
import { number, say, small, wordFor } from '../words/words.ts';
import { fieldOf } from './form-fields.ts';
import { SaidOfRecords } from './said-table.tsx';
import { ListTable, Section } from './section.tsx';
import { usualDay } from './target-acts.tsx';
import {
  ACTIONS,
  ADD_TO_TARGET,
  type Following,
  LEADS,
  type Lead,
  type LeadsAnswer,
  OPEN_TARGET,
} from './target-questions.ts';

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
  const followed = useMemo(
    () =>
      new Map(
        (answer.data?.targets.nodes ?? []).flatMap((target) =>
          target.entities.map(({ id }) => [id, target] as const),
        ),
      ),
    [answer.data],
  );
  const { establishments = [], structures = [] } = answer.data ?? {};
  const leads = [...establishments, ...structures]
    .toSorted((one, other) => other.surprise - one.surprise)
    .filter(({ entityIds }) => !entityIds.every((id) => followed.has(id)))
    .slice(0, MOST_SHOWN);
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
            <FollowLead key="follow" lead={lead} followed={followed} done={again} />,
          ],
        }))}
      />
    </Section>
  );
}

const MOST_SHOWN = 20;
/** As many records as a target may have. */
const MOST_RECORDS = 50;

interface FollowLeadProps {
  readonly lead: Lead;
  /** By record. */
  readonly followed: ReadonlyMap<string, Following>;
  readonly done: () => void;
}

/** What nobody follows becomes a target; what a later report says of one that is followed is added to it. */
function FollowLead({ lead, followed, done }: FollowLeadProps) {
  const target = lead.entityIds.map((id) => followed.get(id)).find((one) => one !== undefined);
  const room = MOST_RECORDS - (target?.entities.length ?? 0);
  const entityIds = useMemo(
    () => lead.entityIds.filter((id) => !followed.has(id)).slice(0, Math.max(0, room)),
    [lead, followed, room],
  );
  if (target === undefined) return <OpenTarget lead={lead} entityIds={entityIds} done={done} />;
  if (entityIds.length === 0) return say('targets.full');
  return (
    <ActButton
      word="targets.add"
      label={say('targets.add.of', { name: lead.hint })}
      willHappen={say('targets.add.will', { count: entityIds.length })}
      question={(_form, idempotencyKey) => ({
        query: ADD_TO_TARGET,
        variables: { id: target.id, version: target.version, entityIds, idempotencyKey },
      })}
      done={done}
      refused={done}
    >
      {target.stage === 'READY' && <p className="said">{say('targets.add.ready')}</p>}
      <SaidOfRecords ids={entityIds} />
    </ActButton>
  );
}

interface OpenTargetProps {
  readonly lead: Lead;
  readonly entityIds: readonly string[];
  readonly done: () => void;
}

function OpenTarget({ lead, entityIds, done }: OpenTargetProps) {
  return (
    <ActButton
      word="targets.open"
      label={say('targets.open.of', { name: lead.hint })}
      willHappen={say('targets.open.will')}
      question={(form, idempotencyKey) => ({
        query: OPEN_TARGET,
        variables: {
          entityIds,
          action: fieldOf(form, 'action'),
          dueOn: fieldOf(form, 'dueOn'),
          idempotencyKey,
        },
      })}
      done={done}
      refused={done}
    >
      <SaidOfRecords ids={entityIds} />
      <Choice word="targets.next" name="action" group="targetAction" values={ACTIONS} />
      <Field word="targets.due" name="dueOn" type="date" value={usualDay()} />
    </ActButton>
  );
}
