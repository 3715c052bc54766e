/** Queues about what goes over the border of the organisation: emergencies, passing on, views of counts. */
import { useAnswer } from '../hub/use-answer.ts';
import { fieldOf } from '../page/form-fields.ts';
import { ListTable, Section } from '../page/section.tsx';
import { dayOf, number, say, wordFor } from '../words/words.ts';
import { ActButton } from './act-button.tsx';
import { Choice, Ticks, tickedIn } from './fields.tsx';
import {
  ANSWER_ONWARD,
  APPROVE_VIEW,
  END_GLASS,
  GLASSES,
  type Glass,
  ONWARD,
  type Onward,
  PROPOSALS,
  type Proposal,
  REVIEW_GLASS,
  REVOKE_VIEW,
} from './review-questions.ts';

export function BrokenGlasses() {
  const answer = useAnswer<{ readonly breakGlassNotices: readonly Glass[] }>(GLASSES);
  const glasses = answer.data?.breakGlassNotices ?? [];
  const waiting = glasses.filter(({ state }) => state !== 'REVIEWED');
  return (
    <Section
      title={say('review.glass')}
      count={say('review.waiting', { count: waiting.length })}
      what="review.glass.what"
      question={GLASSES}
      answer={answer}
    >
      <ListTable
        name={say('review.glass')}
        columns={['table.why', 'table.when', 'table.by', 'table.openings', 'table.state', 'table.act']}
        whenEmpty="review.none"
        rows={glasses.map((one) => ({
          id: one.id,
          cells: [
            wordFor('breakGlass', one.reason),
            dayOf(one.beganAt),
            <code key="by">{one.by}</code>,
            number(one.openings),
            one.justified === null
              ? wordFor('glassState', one.state)
              : say(one.justified ? 'review.glass.justified' : 'review.glass.unjustified'),
            <GlassAct key="act" glass={one} done={answer.again} />,
          ],
        }))}
      />
    </Section>
  );
}

function GlassAct({ glass, done }: { readonly glass: Glass; readonly done: () => void }) {
  const { id, version, state } = glass;
  if (state === 'REVIEWED') return null;
  if (state === 'OPEN') {
    return (
      <ActButton
        word="review.glass.end"
        isEnding
        willHappen={say('review.glass.end.will')}
        question={(_form, idempotencyKey) => ({
          query: END_GLASS,
          variables: { id, version, idempotencyKey },
        })}
        done={done}
      />
    );
  }
  return (
    <ActButton
      word="review.glass.review"
      willHappen={say('review.glass.review.will')}
      question={(form, idempotencyKey) => ({
        query: REVIEW_GLASS,
        variables: { id, version, justified: fieldOf(form, 'justified') === 'YES', idempotencyKey },
      })}
      done={done}
    >
      <Choice word="review.glass.judgement" name="justified" group="justified" values={['YES', 'NO']} />
    </ActButton>
  );
}

export function OnwardRequests({ organisation }: { readonly organisation: string }) {
  const answer = useAnswer<{ readonly onwardRequests: readonly Onward[] }>(ONWARD);
  const asked = (answer.data?.onwardRequests ?? []).filter(({ originator }) => originator === organisation);
  const answerWith =
    ({ id, version }: Onward, consent: boolean) =>
    (_form: HTMLFormElement, idempotencyKey: string) => ({
      query: ANSWER_ONWARD,
      variables: { id, version, consent, idempotencyKey },
    });
  return (
    <Section
      title={say('review.onward')}
      count={asked.length}
      what="review.onward.what"
      question={ONWARD}
      answer={answer}
    >
      <ListTable
        name={say('review.onward')}
        columns={['table.asker', 'table.receivers', 'terms.ceiling', 'table.when', 'table.act']}
        whenEmpty="review.none"
        rows={asked.map((one) => ({
          id: one.id,
          cells: [
            one.asker,
            one.receivers.join(', '),
            wordFor('tlp', one.handling),
            dayOf(one.askedAt),
            <span key="act" className="tools">
              <ActButton
                word="review.onward.yes"
                willHappen={say('review.onward.yes.will', {
                  asker: one.asker,
                  receivers: one.receivers.join(', '),
                })}
                question={answerWith(one, true)}
                done={answer.again}
              />
              <ActButton
                word="review.onward.no"
                isEnding
                willHappen={say('review.onward.no.will', { asker: one.asker })}
                question={answerWith(one, false)}
                done={answer.again}
              />
            </span>,
          ],
        }))}
      />
    </Section>
  );
}

export function Proposals({ organisation }: { readonly organisation: string }) {
  const answer = useAnswer<{ readonly sharedViewProposals: readonly Proposal[] }>(PROPOSALS);
  const proposals = answer.data?.sharedViewProposals ?? [];
  const waiting = proposals.filter(({ approvedBy }) => !approvedBy.includes(organisation));
  return (
    <Section
      title={say('review.views')}
      count={say('review.waiting', { count: waiting.length })}
      what="review.views.what"
      question={PROPOSALS}
      answer={answer}
    >
      <ListTable
        name={say('review.views')}
        columns={['table.name', 'table.by', 'table.when', 'table.approvedBy', 'table.act']}
        whenEmpty="review.none"
        rows={proposals.map((one) => ({
          id: one.id,
          cells: [
            <details key="query">
              <summary>{one.title}</summary>
              <pre className="as-text">{one.query}</pre>
            </details>,
            one.proposedBy,
            dayOf(one.proposedAt),
            one.approvedBy.join(', '),
            <ProposalAct
              key="act"
              proposal={one}
              isApproved={one.approvedBy.includes(organisation)}
              done={answer.again}
            />,
          ],
        }))}
      />
    </Section>
  );
}

function ProposalAct({
  proposal: { id, version },
  isApproved,
  done,
}: {
  readonly proposal: Proposal;
  readonly isApproved: boolean;
  readonly done: () => void;
}) {
  if (isApproved) {
    return (
      <ActButton
        word="review.views.revoke"
        isEnding
        willHappen={say('review.views.revoke.will')}
        question={(_form, idempotencyKey) => ({
          query: REVOKE_VIEW,
          variables: { id, version, idempotencyKey },
        })}
        done={done}
      />
    );
  }
  return (
    <ActButton
      word="review.views.approve"
      willHappen={say('review.views.approve.will')}
      question={(form, idempotencyKey) => ({
        query: APPROVE_VIEW,
        variables: { id, version, forEverybody: tickedIn(form, 'to').length > 0, idempotencyKey },
      })}
      done={done}
    >
      <Ticks word="review.views.to" name="to" group="viewTo" values={['EVERYBODY']} />
    </ActButton>
  );
}
