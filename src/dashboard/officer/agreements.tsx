/** Agreements: which there are, in what state, and until when; a new one is drafted here. */
import { useState } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import { fieldOf } from '../page/form-fields.ts';
import { ListTable, Section } from '../page/section.tsx';
import { dayOf, say, wordFor } from '../words/words.ts';
import { ActButton } from './act-button.tsx';
import { AgreementDetail } from './agreement-detail.tsx';
import { AGREEMENTS, DRAFT, type ListedAgreement } from './agreement-questions.ts';
import { OwnTerms, ownTermsIn } from './draft-terms.tsx';
import { Choice, Field, PURPOSES, Ticks, tickedIn } from './fields.tsx';
import type { OfficerPartProps } from './officer-part.ts';

const TEMPLATES = ['PSEUDONYMOUS', 'FULL_RECORD', 'CASE_BY_CASE', 'AGGREGATE_ONLY'] as const;

export function Agreements({ organisation, open, openItem }: OfficerPartProps) {
  const answer = useAnswer<{ readonly agreements: readonly ListedAgreement[] }>(AGREEMENTS);
  const [said, setSaid] = useState('');
  const changed = (id: string): void => {
    answer.again();
    openItem(id);
  };
  const agreements = answer.data?.agreements ?? [];
  return (
    <>
      <Section
        title={say('officer.agreements')}
        what="agreements.what"
        question={AGREEMENTS}
        answer={answer}
        tools={
          <ActButton
            word="agreements.draft"
            willHappen={say('agreements.draft.will')}
            isFirst
            question={(form, idempotencyKey) => ({
              query: DRAFT,
              variables: { idempotencyKey, agreement: draftFrom(form, organisation) },
            })}
            done={({ id = '' }) => {
              setSaid(say('agreements.drafted'));
              changed(id);
            }}
          >
            <DraftFields organisation={organisation} />
          </ActButton>
        }
      >
        <p role="status" className="quiet">
          {said}
        </p>
        <ListTable
          name={say('officer.agreements')}
          columns={['table.name', 'table.state', 'table.parties', 'table.review', 'table.ends']}
          whenEmpty="agreements.none"
          rows={agreements.map((one) => ({
            id: one.id,
            cells: [
              <button
                key="open"
                type="button"
                className="link"
                aria-expanded={one.id === open}
                onClick={() => openItem(one.id)}
              >
                {one.name}
              </button>,
              <span key="state" className={`state state-${one.state.toLowerCase()}`}>
                {wordFor('agreementState', one.state)}
              </span>,
              one.parties.map((party) => party.organisation).join(', '),
              one.reviewOverdue
                ? say('agreements.overdue', { day: dayOf(one.reviewOn) })
                : dayOf(one.reviewOn),
              dayOf(one.endsAt),
            ],
          }))}
        />
      </Section>
      {open !== null && (
        <AgreementDetail
          key={open}
          id={open}
          organisation={organisation}
          changed={answer.again}
          close={() => openItem(null)}
        />
      )}
    </>
  );
}

function DraftFields({ organisation }: { readonly organisation: string }) {
  const today = new Date();
  const inMonths = (months: number): string =>
    new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + months, today.getUTCDate()))
      .toISOString()
      .slice(0, 10);
  return (
    <>
      <Field word="agreements.name" name="name" hint="agreements.name.hint" />
      <Field word="agreements.with" name="parties" hint="agreements.with.hint" />
      <p className="quiet">{say('agreements.self', { organisation })}</p>
      <Choice word="agreements.template" name="template" group="template" values={TEMPLATES} />
      <Ticks
        word="agreements.purposes"
        name="purposes"
        group="purpose"
        values={PURPOSES}
        ticked={['INVESTIGATION', 'SAFEGUARDING']}
      />
      <div className="fields-in-row">
        <Field word="agreements.starts" name="startsAt" type="date" value={inMonths(0)} />
        <Field word="agreements.reviewOn" name="reviewOn" type="date" value={inMonths(6)} />
        <Field word="agreements.ends" name="endsAt" type="date" value={inMonths(12)} />
      </div>
      <OwnTerms />
    </>
  );
}

function draftFrom(form: HTMLFormElement, organisation: string): Readonly<Record<string, unknown>> {
  const others = fieldOf(form, 'parties')
    .split(/[\s,]+/)
    .filter((slug) => slug !== '' && slug !== organisation);
  const terms = ownTermsIn(form, organisation, others);
  return {
    ...(terms === null ? {} : { terms }),
    name: fieldOf(form, 'name'),
    template: fieldOf(form, 'template'),
    parties: [organisation, ...others],
    purposes: tickedIn(form, 'purposes'),
    startsAt: `${fieldOf(form, 'startsAt')}T00:00:00Z`,
    endsAt: `${fieldOf(form, 'endsAt')}T00:00:00Z`,
    reviewOn: fieldOf(form, 'reviewOn'),
  };
}
