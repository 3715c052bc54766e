/** Legal holds: what a case keeps from going, set and lifted by the reference of the case, of which the hub keeps a digest. */
import { useMemo, useState } from 'react';
import type { Question } from '../hub/ask.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { fieldOf } from '../page/form-fields.ts';
import { ListTable, Section } from '../page/section.tsx';
import { dayOf, numberUpTo, say, wordFor } from '../words/words.ts';
import { ActButton } from './act-button.tsx';
import { Choice, Field } from './fields.tsx';
import { type Hold, holds, LIFT_HOLD, PLACE_HOLD } from './keeping-questions.ts';

const KINDS = ['REPORT', 'ENTITY', 'IMPORT'] as const;
const REASONS = ['OPEN_CASE', 'LAW', 'SAFEGUARDING', 'AGREEMENT', 'AUDIT', 'OWN_RULE', 'OTHER'] as const;
const STATES = ['STANDING', 'LIFTED'] as const;

export function LegalHolds() {
  const [state, setState] = useState<(typeof STATES)[number]>('STANDING');
  const question = useMemo(() => holds(state === 'STANDING' ? false : null), [state]);
  const answer = useAnswer<{
    readonly legalHolds: { readonly countUpTo: number; readonly nodes: readonly Hold[] };
  }>(question);
  const { countUpTo = 0, nodes = [] } = answer.data?.legalHolds ?? {};
  const title = say('holds.title');
  const reason = <Choice word="agreement.reason" name="reason" group="retentionReason" values={REASONS} />;
  const caseField = <Field word="holds.case" name="caseReference" hint="holds.case.hint" />;
  return (
    <Section
      title={title}
      count={numberUpTo(countUpTo)}
      what="holds.what"
      question={question}
      answer={answer}
      tools={
        <>
          <select
            aria-label={title}
            value={state}
            onChange={(event) => setState(STATES.find((one) => one === event.target.value) ?? 'STANDING')}
          >
            {STATES.map((one) => (
              <option key={one} value={one}>
                {wordFor('heldState', one)}
              </option>
            ))}
          </select>
          <ActButton
            word="holds.place"
            isFirst
            willHappen={say('holds.place.will')}
            question={placed}
            done={answer.again}
          >
            {caseField}
            <Choice word="holds.what.kind" name="kind" group="heldKind" values={KINDS} />
            <Field word="holds.ids" name="ids" hint="holds.ids.hint" />
            {reason}
          </ActButton>
          <ActButton
            word="holds.lift"
            isEnding
            willHappen={say('holds.lift.will')}
            question={lifted}
            done={answer.again}
          >
            {caseField}
            <Field word="holds.ids.lift" name="ids" hint="holds.ids.lift.hint" isOptional />
            {reason}
          </ActButton>
        </>
      }
    >
      <ListTable
        name={title}
        columns={['table.record', 'table.placed', 'agreement.reason', 'table.state']}
        whenEmpty="holds.none"
        rows={nodes.map((one) => ({
          id: one.id,
          cells: [
            <span key="record">
              {wordFor('retained', one.kind)} <code>{one.objectId}</code>
            </span>,
            dayOf(one.placedAt),
            wordFor('retentionReason', one.reason),
            one.liftedAt === null ? say('holds.standing') : say('holds.lifted', { day: dayOf(one.liftedAt) }),
          ],
        }))}
      />
      {nodes.length < countUpTo && (
        <p className="quiet">{say('count.more', { count: countUpTo - nodes.length })}</p>
      )}
    </Section>
  );
}

const idsIn = (form: HTMLFormElement): readonly string[] =>
  fieldOf(form, 'ids')
    .split(/[\s,;]+/)
    .filter((id) => id !== '');

function placed(form: HTMLFormElement): Question {
  const kind = fieldOf(form, 'kind');
  const of = (one: string): readonly string[] => (kind === one ? idsIn(form) : []);
  return {
    query: PLACE_HOLD,
    variables: {
      reportIds: of('REPORT'),
      entityIds: of('ENTITY'),
      importIds: of('IMPORT'),
      caseReference: fieldOf(form, 'caseReference'),
      reason: fieldOf(form, 'reason'),
    },
  };
}

function lifted(form: HTMLFormElement): Question {
  const ids = idsIn(form);
  return {
    query: LIFT_HOLD,
    variables: {
      caseReference: fieldOf(form, 'caseReference'),
      objectIds: ids.length === 0 ? null : ids,
      reason: fieldOf(form, 'reason'),
    },
  };
}
