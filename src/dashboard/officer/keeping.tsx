/** How long records are kept, what will fall due, and what a case holds. */
import { useMemo, useState } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import { fieldOf } from '../page/form-fields.ts';
import { ListTable, Section } from '../page/section.tsx';
import { dayOf, number, numberUpTo, say, wordFor } from '../words/words.ts';
import { ActButton } from './act-button.tsx';
import { dueCells } from './due-cells.tsx';
import { Choice, Field } from './fields.tsx';
import { type Falling, falling, PERIODS, type Period, SET_PERIOD } from './keeping-questions.ts';
import { LegalHolds } from './legal-holds.tsx';

const ACTIONS = ['REVIEW', 'PURGE'] as const;
const RETENTION_REASONS = [
  'OWN_RULE',
  'LAW',
  'AGREEMENT',
  'OPEN_CASE',
  'SAFEGUARDING',
  'AUDIT',
  'OTHER',
] as const;
const SPANS = [30, 90, 365, 1_825] as const;

export function Keeping() {
  // What falls due is another list once a period is another.
  const [round, setRound] = useState(0);
  return (
    <>
      <Periods changed={() => setRound((before) => before + 1)} />
      <FallingDue key={round} />
      <LegalHolds />
    </>
  );
}

function Periods({ changed }: { readonly changed: () => void }) {
  const answer = useAnswer<{ readonly retentionPolicies: readonly Period[] }>(PERIODS);
  const done = (): void => {
    answer.again();
    changed();
  };
  return (
    <Section title={say('periods.title')} what="periods.what" question={PERIODS} answer={answer}>
      <ListTable
        name={say('periods.title')}
        columns={['table.class', 'periods.months', 'table.happens', 'periods.said', 'table.act']}
        whenEmpty="review.none"
        rows={(answer.data?.retentionPolicies ?? []).map((one) => ({
          id: one.recordClass,
          cells: [
            wordFor('retentionClass', one.recordClass),
            number(one.months),
            wordFor('retentionAction', one.action),
            one.reason === null || one.since === null
              ? say('periods.usual')
              : say('periods.since', {
                  reason: wordFor('retentionReason', one.reason),
                  day: dayOf(one.since),
                }),
            <ActButton
              key="act"
              word="periods.set"
              label={say('periods.set.of', { kind: wordFor('retentionClass', one.recordClass) })}
              willHappen={say('periods.set.will')}
              question={(form, idempotencyKey) => ({
                query: SET_PERIOD,
                variables: {
                  recordClass: one.recordClass,
                  months: Number(fieldOf(form, 'months')),
                  action: fieldOf(form, 'action'),
                  reason: fieldOf(form, 'reason'),
                  version: one.version,
                  idempotencyKey,
                },
              })}
              done={done}
              refused={answer.again}
            >
              <Field
                word="periods.months"
                name="months"
                type="number"
                hint="periods.month.hint"
                value={String(one.months)}
              />
              <Choice word="periods.action" name="action" group="retentionAction" values={ACTIONS} />
              <Choice
                word="agreement.reason"
                name="reason"
                group="retentionReason"
                values={RETENTION_REASONS}
              />
            </ActButton>,
          ],
        }))}
      />
    </Section>
  );
}

function FallingDue() {
  const [within, setWithin] = useState<number>(SPANS[1]);
  const question = useMemo(() => falling(within), [within]);
  const answer = useAnswer<{
    readonly retentionReview: { readonly countUpTo: number; readonly nodes: readonly Falling[] };
  }>(question);
  const { countUpTo = 0, nodes = [] } = answer.data?.retentionReview ?? {};
  const title = say('falling.title');
  return (
    <Section
      title={title}
      count={numberUpTo(countUpTo)}
      question={question}
      answer={answer}
      tools={
        <label>
          {say('falling.within')}{' '}
          <select value={within} onChange={(event) => setWithin(Number(event.target.value))}>
            {SPANS.map((days) => (
              <option key={days} value={days}>
                {say('falling.days', { count: days })}
              </option>
            ))}
          </select>
        </label>
      }
    >
      <ListTable
        name={title}
        columns={['table.due', 'table.class', 'table.happens', 'table.record']}
        whenEmpty="review.none"
        rows={nodes.map((one) => ({
          id: one.id,
          cells: dueCells(one),
        }))}
      />
      {nodes.length < countUpTo && (
        <p className="quiet">{say('count.more', { count: countUpTo - nodes.length })}</p>
      )}
    </Section>
  );
}
