/** For a director: who sees what under agreements that run, what nobody took note of yet, and what ends soon. */
import { useAnswer } from '../hub/use-answer.ts';
import { ListTable, Section } from '../page/section.tsx';
import { Part } from '../panels/evidence.tsx';
import { dayOf, say, wordFor } from '../words/words.ts';
import { TermTable } from './agreement-detail.tsx';
import { AGREEMENTS, type ListedAgreement, type Term } from './agreement-questions.ts';
import type { OfficerPartProps } from './officer-part.ts';
import { NOTICES_GIVEN, type Told } from './review-questions.ts';

const SOON_DAYS = 90;
const DAY_MS = 86_400_000;

export function Sharing({ organisation, openItem }: OfficerPartProps) {
  const answer = useAnswer<{ readonly agreements: readonly ListedAgreement[] }>(AGREEMENTS);
  const agreements = answer.data?.agreements ?? [];
  const terms = agreements.filter(({ state }) => state === 'ACTIVE').flatMap((one) => one.terms);
  return (
    <>
      <Section title={say('sharing.who')} what="sharing.who.what" question={AGREEMENTS} answer={answer}>
        <Part word="sharing.ours">
          <TermTable terms={once(terms.filter(({ giver }) => giver === organisation))} />
        </Part>
        <Part word="sharing.theirs">
          <TermTable terms={once(terms.filter(({ receiver }) => receiver === organisation))} />
        </Part>
      </Section>
      <Ending agreements={agreements} answer={answer} openItem={openItem} />
      <Unacknowledged />
    </>
  );
}

/** Two agreements may say the same. */
function once(terms: readonly Term[]): readonly Term[] {
  return [
    ...new Map(
      terms.map((term) => [`${term.giver} ${term.receiver} ${term.recordClass} ${term.sight}`, term]),
    ).values(),
  ];
}

interface EndingProps {
  readonly agreements: readonly ListedAgreement[];
  readonly answer: Parameters<typeof Section>[0]['answer'];
  readonly openItem: OfficerPartProps['openItem'];
}

function Ending({ agreements, answer, openItem }: EndingProps) {
  const soon = Date.now() + SOON_DAYS * DAY_MS;
  const isSoon = (moment: string): boolean => Date.parse(moment) < soon;
  const ending = agreements.filter(
    ({ state, endsAt, reviewOn, reviewOverdue }) =>
      ['ACTIVE', 'SIGNED', 'SUSPENDED'].includes(state) &&
      (isSoon(endsAt) || isSoon(reviewOn) || reviewOverdue),
  );
  const title = say('sharing.ending');
  return (
    <Section
      title={title}
      count={ending.length}
      what="sharing.ending.what"
      question={AGREEMENTS}
      answer={answer}
    >
      <ListTable
        name={title}
        columns={['table.name', 'table.state', 'table.review', 'table.ends']}
        whenEmpty="sharing.ending.none"
        rows={ending.map((one) => ({
          id: one.id,
          cells: [
            <button key="open" type="button" className="link" onClick={() => openItem(one.id)}>
              {one.name}
            </button>,
            wordFor('agreementState', one.state),
            one.reviewOverdue ? say('agreements.overdue', { day: dayOf(one.reviewOn) }) : dayOf(one.reviewOn),
            dayOf(one.endsAt),
          ],
        }))}
      />
    </Section>
  );
}

function Unacknowledged() {
  const answer = useAnswer<{ readonly noticesGiven: readonly Told[] }>(NOTICES_GIVEN);
  const given = answer.data?.noticesGiven ?? [];
  const title = say('sharing.unnoted');
  return (
    <Section
      title={title}
      count={given.length}
      what="sharing.unnoted.what"
      question={NOTICES_GIVEN}
      answer={answer}
    >
      <ListTable
        name={title}
        columns={['table.what', 'table.recipient', 'table.when', 'table.record']}
        whenEmpty="sharing.unnoted.none"
        rows={given.map((one) => ({
          id: one.id,
          cells: [
            wordFor('noticeKind', one.kind),
            one.recipient,
            dayOf(one.raisedAt),
            <code key="id">{one.objectId}</code>,
          ],
        }))}
      />
    </Section>
  );
}
