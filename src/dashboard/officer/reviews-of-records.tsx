/** Queues about the organisation's own records: what falls due, whose suspicion lapsed, places that nobody has told apart. */
import { useMemo } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import { fieldOf } from '../page/form-fields.ts';
import { ListTable, Section } from '../page/section.tsx';
import { dayOf, number, numberUpTo, say, wordFor } from '../words/words.ts';
import { ActButton } from './act-button.tsx';
import { dueCells } from './due-cells.tsx';
import { Choice, Field } from './fields.tsx';
import {
  DECIDE_RETENTION,
  type Due,
  type Lapsed,
  lapsedQuestion,
  PLACES_TO_REVIEW,
  RETENTION,
  REVIEW_SUSPICION,
} from './review-questions.ts';

const KEPT_FOR = ['OPEN_CASE', 'LAW', 'SAFEGUARDING', 'AGREEMENT', 'AUDIT', 'OWN_RULE', 'OTHER'] as const;
const HELD_AS = ['SUSPECT', 'WITNESS', 'CHARGED', 'CONVICTED', 'CLEARED'] as const;
const BASES = [
  'INVESTIGATION',
  'POLICE',
  'CHARGE_SHEET',
  'COURT',
  'REPORT',
  'PARTNER',
  'MISTAKEN_IDENTITY',
  'OTHER',
] as const;

interface Page<T> {
  readonly countUpTo: number;
  readonly nodes: readonly T[];
}

export function DueRecords() {
  const answer = useAnswer<{ readonly retentionReview: Page<Due> }>(RETENTION);
  const { countUpTo = 0, nodes = [] } = answer.data?.retentionReview ?? {};
  const title = say('review.due');
  return (
    <Section
      title={title}
      count={numberUpTo(countUpTo)}
      what="review.due.what"
      question={RETENTION}
      answer={answer}
    >
      <ListTable
        name={title}
        columns={['table.due', 'table.class', 'table.happens', 'table.record', 'table.act']}
        whenEmpty="review.none"
        rows={nodes.map((one) => ({
          id: one.id,
          cells: [...dueCells(one), <DueActs key="act" id={one.id} done={answer.again} />],
        }))}
      />
      {nodes.length < countUpTo && (
        <p className="quiet">{say('count.more', { count: countUpTo - nodes.length })}</p>
      )}
    </Section>
  );
}

function DueActs({ id, done }: { readonly id: string; readonly done: () => void }) {
  const decided = (decision: string) => (form: HTMLFormElement, idempotencyKey: string) => ({
    query: DECIDE_RETENTION,
    variables: {
      id,
      decision,
      reason: fieldOf(form, 'reason'),
      until: decision === 'EXTEND' ? fieldOf(form, 'until') : null,
      idempotencyKey,
    },
  });
  const reason = <Choice word="agreement.reason" name="reason" group="retentionReason" values={KEPT_FOR} />;
  return (
    <span className="tools">
      <ActButton
        word="review.due.keep"
        willHappen={say('review.due.keep.will')}
        question={decided('EXTEND')}
        done={done}
      >
        {reason}
        <Field word="review.due.until" name="until" type="date" />
      </ActButton>
      <ActButton
        word="review.due.purge"
        isEnding
        willHappen={say('review.due.purge.will')}
        question={decided('PURGE')}
        done={done}
      >
        {reason}
      </ActButton>
    </span>
  );
}

export function LapsedSuspicions({ organisation }: { readonly organisation: string }) {
  const question = useMemo(() => lapsedQuestion(organisation), [organisation]);
  const answer = useAnswer<{ readonly entities: Page<Lapsed> }>(question);
  const { countUpTo = 0, nodes = [] } = answer.data?.entities ?? {};
  const title = say('review.lapsed');
  return (
    <Section
      title={title}
      count={numberUpTo(countUpTo)}
      what="review.lapsed.what"
      question={question}
      answer={answer}
    >
      <ListTable
        name={title}
        columns={['table.name', 'table.when', 'table.basis', 'table.act']}
        whenEmpty="review.none"
        rows={nodes.map(({ id, label, suspicion }) => ({
          id,
          cells: [
            label,
            suspicion?.lapsedAt == null ? say('not.known') : dayOf(suspicion.lapsedAt),
            suspicion?.basis == null ? say('not.known') : wordFor('suspicionBasis', suspicion.basis),
            <ActButton
              key="act"
              word="review.lapsed.review"
              willHappen={say('review.lapsed.will', { label })}
              question={(form, idempotencyKey) => ({
                query: REVIEW_SUSPICION,
                variables: {
                  entityId: id,
                  version: suspicion?.version ?? 0,
                  review: {
                    status: fieldOf(form, 'status'),
                    basis: fieldOf(form, 'basis'),
                    basisOn: fieldOf(form, 'basisOn'),
                  },
                  idempotencyKey,
                },
              })}
              done={answer.again}
            >
              <Choice word="review.lapsed.status" name="status" group="suspicion" values={HELD_AS} />
              <Choice word="table.basis" name="basis" group="suspicionBasis" values={BASES} />
              <Field word="review.lapsed.basisOn" name="basisOn" type="date" />
            </ActButton>,
          ],
        }))}
      />
    </Section>
  );
}

export function PlacesToReview() {
  const answer = useAnswer<{
    readonly placeReview: Page<{
      readonly id: string;
      readonly written: string | null;
      readonly country: string | null;
      readonly uses: number;
    }>;
  }>(PLACES_TO_REVIEW);
  const { countUpTo = 0, nodes = [] } = answer.data?.placeReview ?? {};
  const title = say('review.places');
  return (
    <Section
      title={title}
      count={numberUpTo(countUpTo)}
      what="review.places.what"
      question={PLACES_TO_REVIEW}
      answer={answer}
    >
      <ListTable
        name={title}
        columns={['table.written', 'table.country', 'table.uses']}
        whenEmpty="review.none"
        rows={nodes.map(({ id, written, country, uses }) => ({
          id,
          cells: [written ?? say('review.places.closed'), country ?? say('not.known'), number(uses)],
        }))}
      />
      {nodes.length < countUpTo && (
        <p className="quiet">{say('count.more', { count: countUpTo - nodes.length })}</p>
      )}
    </Section>
  );
}
