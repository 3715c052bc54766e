/** One agreement: its terms, exactly what the other side would see, its signatures, and the acts that its state allows. */
import { useEffect, useMemo, useRef } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import { Notice } from '../page/answer-state.tsx';
import { fieldOf } from '../page/form-fields.ts';
import { ListTable, Section } from '../page/section.tsx';
import { Fact, Facts, Part } from '../panels/evidence.tsx';
import { dayOf, say, wordFor } from '../words/words.ts';
import { ActButton } from './act-button.tsx';
import { AgreementPreview } from './agreement-preview.tsx';
import {
  type AgreementRead,
  agreementQuestion,
  RESUME,
  REVIEW,
  REVOKE,
  SIGN,
  SUSPEND,
  type Term,
} from './agreement-questions.ts';
import { Choice, Field, REASONS } from './fields.tsx';

interface DetailProps {
  readonly id: string;
  readonly organisation: string;
  readonly changed: () => void;
  readonly close: () => void;
}

export function AgreementDetail({ id, organisation, changed, close }: DetailProps) {
  const question = useMemo(() => agreementQuestion(id), [id]);
  const answer = useAnswer<{ readonly agreement: AgreementRead | null }>(question);
  const agreement = answer.data?.agreement ?? null;
  const top = useRef<HTMLDivElement>(null);
  const isThere = agreement !== null;
  useEffect(() => {
    if (isThere) top.current?.focus();
  }, [isThere]);
  const done = (): void => {
    answer.again();
    changed();
  };
  return (
    <div ref={top} tabIndex={-1} className="detail" data-agreement={agreement?.state ?? ''}>
      <Section
        title={agreement?.name ?? say('officer.agreement')}
        question={question}
        answer={answer}
        tools={
          <button type="button" className="button" onClick={close}>
            {say('panel.close')}
          </button>
        }
      >
        {agreement === null ? (
          <Notice title={say('state.NOT_FOUND')} />
        ) : (
          <>
            <Standing agreement={agreement} />
            <Acts agreement={agreement} organisation={organisation} done={done} />
            <Part word="agreement.preview">
              <p className="quiet">{say('agreement.preview.what')}</p>
              {agreement.parties
                .filter((party) => party.organisation !== organisation)
                .map((party) => (
                  <AgreementPreview key={party.organisation} id={id} receiver={party.organisation} />
                ))}
            </Part>
            <Part word="agreement.terms">
              <TermTable terms={agreement.terms} />
            </Part>
            <Part word="agreement.acts">
              <ul className="plain">
                {agreement.acts.map((one) => (
                  <li key={`${one.at} ${one.act} ${one.organisation}`}>
                    {dayOf(one.at)} · {one.organisation} · {wordFor('agreementAct', one.act)}{' '}
                    <small>{one.reason === null ? '' : wordFor('agreementReason', one.reason)}</small>
                  </li>
                ))}
              </ul>
            </Part>
            <details className="part">
              <summary>{say('agreement.printed')}</summary>
              <pre className="as-text">{agreement.printed}</pre>
            </details>
            <details className="part">
              <summary>{say('agreement.assessment')}</summary>
              <pre className="as-text">{agreement.impactAssessment}</pre>
            </details>
          </>
        )}
      </Section>
    </div>
  );
}

function Standing({ agreement }: { readonly agreement: AgreementRead }) {
  return (
    <Facts>
      <Fact word="table.state">{wordFor('agreementState', agreement.state)}</Fact>
      <Fact word="agreements.template">{wordFor('template', agreement.template)}</Fact>
      <Fact word="table.parties">
        {agreement.parties
          .map(({ organisation, signedAt }) =>
            signedAt === null
              ? say('agreement.unsigned', { organisation })
              : say('agreement.signed', { organisation, day: dayOf(signedAt) }),
          )
          .join('; ')}
      </Fact>
      <Fact word="agreements.purposes">
        {agreement.purposes.map((purpose) => wordFor('purpose', purpose)).join(', ')}
      </Fact>
      <Fact word="agreement.runs">
        {say('span', { from: dayOf(agreement.startsAt), to: dayOf(agreement.endsAt) })}
      </Fact>
      <Fact word="table.review">
        {agreement.reviewOverdue
          ? say('agreements.overdue', { day: dayOf(agreement.reviewOn) })
          : dayOf(agreement.reviewOn)}
      </Fact>
      <Fact word="agreement.onward">{wordFor('onward', agreement.onward)}</Fact>
      <Fact word="agreement.digest">
        <code>{agreement.digest}</code>
      </Fact>
    </Facts>
  );
}

interface ActsProps {
  readonly agreement: AgreementRead;
  readonly organisation: string;
  readonly done: () => void;
}

/** Who may act in which state is the hub's to say; what would be refused for certain is not offered. */
function Acts({ agreement, organisation, done }: ActsProps) {
  const { id, version, digest, name, state } = agreement;
  const isOver = state === 'REVOKED' || state === 'EXPIRED';
  const unsigned = agreement.parties.filter(({ signedAt }) => signedAt === null);
  const isMine = unsigned.some((party) => party.organisation === organisation);
  const others = agreement.parties
    .map((party) => party.organisation)
    .filter((slug) => slug !== organisation)
    .join(', ');
  const withReason = (query: string) => (form: HTMLFormElement, idempotencyKey: string) => ({
    query,
    variables: { id, version, reason: fieldOf(form, 'reason'), idempotencyKey },
  });
  const reason = <Choice word="agreement.reason" name="reason" group="agreementReason" values={REASONS} />;
  return (
    <div className="tools acts" role="group" aria-label={say('agreement.acts.title')}>
      {!isOver && isMine && (
        <ActButton
          word="agreement.sign"
          isFirst
          willHappen={say(unsigned.length === 1 ? 'agreement.sign.last' : 'agreement.sign.will', { others })}
          question={(_form, idempotencyKey) => ({
            query: SIGN,
            variables: { id, version, digest, idempotencyKey },
          })}
          done={done}
          refused={done}
        />
      )}
      {state === 'ACTIVE' && (
        <ActButton
          word="agreement.review"
          willHappen={say('agreement.review.will')}
          question={(form, idempotencyKey) => ({
            query: REVIEW,
            variables: { id, version, nextOn: fieldOf(form, 'nextOn'), idempotencyKey },
          })}
          done={done}
          refused={done}
        >
          <Field word="agreements.reviewOn" name="nextOn" type="date" />
        </ActButton>
      )}
      {state === 'ACTIVE' && (
        <ActButton
          word="agreement.suspend"
          isEnding
          willHappen={say('agreement.suspend.will', { others })}
          question={withReason(SUSPEND)}
          done={done}
          refused={done}
        >
          {reason}
        </ActButton>
      )}
      {state === 'SUSPENDED' && (
        <ActButton
          word="agreement.resume"
          willHappen={say('agreement.resume.will', { others })}
          question={withReason(RESUME)}
          done={done}
          refused={done}
        >
          {reason}
        </ActButton>
      )}
      {!isOver && (
        <ActButton
          word="agreement.revoke"
          isEnding
          willHappen={say(state === 'DRAFTED' ? 'agreement.revoke.draft' : 'agreement.revoke.will', {
            name,
            others,
          })}
          question={withReason(REVOKE)}
          done={done}
          refused={done}
        >
          {reason}
        </ActButton>
      )}
    </div>
  );
}

export function TermTable({ terms }: { readonly terms: readonly Term[] }) {
  return (
    <ListTable
      name={say('agreement.terms')}
      columns={['terms.giver', 'terms.receiver', 'terms.class', 'terms.sight', 'terms.ceiling']}
      whenEmpty="terms.none"
      rows={terms.map((term) => ({
        id: `${term.giver} ${term.receiver} ${term.recordClass}`,
        cells: [
          term.giver,
          term.receiver,
          wordFor('sharedClass', term.recordClass),
          sightOf(term),
          wordFor('tlp', term.handlingCeiling),
        ],
      }))}
    />
  );
}

function sightOf({ sight, place, time, details }: Term): string {
  const fine = [
    place === null ? '' : say('terms.place', { place: wordFor('sharedPlace', place) }),
    time === null ? '' : say('terms.time', { time: wordFor('sharedTime', time) }),
    ...details.map((detail) => wordFor('detail', detail)),
  ].filter((part) => part !== '');
  return [wordFor('sight', sight), ...fine].join(' · ');
}
