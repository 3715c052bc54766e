/** Notices that the organisation was given about others' records, to be taken note of. */
import { useAnswer } from '../hub/use-answer.ts';
import { ListTable, Section } from '../page/section.tsx';
import { dayOf, say, wordFor } from '../words/words.ts';
import { ActButton } from './act-button.tsx';
import { ACKNOWLEDGE, NOTICES, type Told } from './review-questions.ts';

export function NoticeList() {
  const answer = useAnswer<{ readonly notices: readonly Told[] }>(NOTICES);
  const notices = answer.data?.notices ?? [];
  const acknowledge = (ids: readonly string[]) => () => ({ query: ACKNOWLEDGE, variables: { ids } });
  return (
    <Section
      title={say('review.notices')}
      count={notices.length}
      what="review.notices.what"
      question={NOTICES}
      answer={answer}
      tools={
        notices.length > 1 && (
          <ActButton
            word="review.noteAll"
            willHappen={say('review.noteAll.will', { count: notices.length })}
            question={acknowledge(notices.map(({ id }) => id))}
            done={answer.again}
          />
        )
      }
    >
      <ListTable
        name={say('review.notices')}
        columns={['table.what', 'table.owner', 'table.when', 'table.record', 'table.act']}
        whenEmpty="review.none"
        rows={notices.map((one) => ({
          id: one.id,
          cells: [
            wordFor('noticeKind', one.kind),
            one.owner,
            dayOf(one.raisedAt),
            <code key="id">{one.objectId}</code>,
            <ActButton
              key="act"
              word="review.note"
              willHappen={say('review.note.will', { owner: one.owner })}
              question={acknowledge([one.id])}
              done={answer.again}
            />,
          ],
        }))}
      />
    </Section>
  );
}
