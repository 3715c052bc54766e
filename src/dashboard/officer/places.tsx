/** Written words that no place, or several places, may be meant by: each is decided by choosing a place of the gazetteer, and the decision can be taken back. */
import { useMemo, useState } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import { useCountries } from '../page/countries.ts';
import { fieldOf } from '../page/form-fields.ts';
import { ListTable, Section } from '../page/section.tsx';
import { number, numberUpTo, say } from '../words/words.ts';
import { ActButton } from './act-button.tsx';
import { Ticks, tickedIn } from './fields.tsx';
import { PlaceChoice } from './place-choice.tsx';
import {
  RESOLVE_PLACE,
  UNDO_PLACE,
  type WaitingPlace,
  type WaitingPlacesAnswer,
  waitingPlaces,
} from './place-questions.ts';

interface Decided {
  readonly referenceId: string;
  readonly state: number;
}

export function Places() {
  const countries = useCountries();
  const [country, setCountry] = useState('');
  const [after, setAfter] = useState<string | null>(null);
  const [decided, setDecided] = useState<Decided | null>(null);
  const [said, setSaid] = useState('');
  const question = useMemo(() => waitingPlaces(country, after), [country, after]);
  const answer = useAnswer<WaitingPlacesAnswer>(question);
  const { countUpTo = 0, nodes = [], pageInfo } = answer.data?.placeReview ?? {};
  const title = say('placing.title');
  const nameOf = (code: string | null): string =>
    code === null ? say('not.known') : (countries.get(code)?.name ?? code);
  const named = [...countries.values()].sort((one, other) => one.name.localeCompare(other.name));
  return (
    <Section
      title={title}
      count={numberUpTo(countUpTo)}
      what="placing.what"
      question={question}
      answer={answer}
      tools={
        <select
          aria-label={say('table.country')}
          value={country}
          onChange={(event) => {
            setCountry(event.target.value);
            setAfter(null);
          }}
        >
          <option value="">{say('placing.all')}</option>
          {named.map((one) => (
            <option key={one.country} value={one.country}>
              {one.name}
            </option>
          ))}
        </select>
      }
    >
      <p role="status">
        {said}{' '}
        {decided !== null && (
          <ActButton
            word="placing.undo"
            willHappen={say('placing.undo.will')}
            question={() => ({
              query: UNDO_PLACE,
              variables: { referenceId: decided.referenceId, expectedState: decided.state },
            })}
            done={() => {
              setDecided(null);
              setSaid(say('placing.undone'));
              answer.again();
            }}
          />
        )}
      </p>
      <ListTable
        name={title}
        columns={['table.written', 'table.country', 'table.uses', 'table.act']}
        whenEmpty="placing.none"
        rows={nodes.map((one) => ({
          id: one.id,
          cells: [
            one.written ?? say(one.home ? 'placing.home' : 'review.places.closed'),
            nameOf(one.country),
            number(one.uses),
            <Decide
              key="act"
              waiting={one}
              nameOf={nameOf}
              done={(state) => {
                setDecided(state === null ? null : { referenceId: one.id, state });
                setSaid(say('placing.done', { count: one.uses }));
                answer.again();
              }}
              refused={answer.again}
            />,
          ],
        }))}
      />
      {pageInfo?.hasNextPage === true && (
        <button type="button" className="button" onClick={() => setAfter(pageInfo.endCursor)}>
          {say('placing.more')}
        </button>
      )}
    </Section>
  );
}

interface DecideProps {
  readonly waiting: WaitingPlace;
  readonly nameOf: (code: string | null) => string;
  readonly done: (state: number | null) => void;
  readonly refused: () => void;
}

const NOWHERE = 'nowhere';

function Decide({ waiting, nameOf, done, refused }: DecideProps) {
  const { id, state, uses } = waiting;
  const { written } = waiting;
  return (
    <ActButton
      word="placing.decide"
      label={written === null ? say('placing.decide.hidden') : say('placing.decide.of', { written })}
      willHappen={say('placing.decide.will', { count: uses })}
      question={(form) => {
        const chosen = fieldOf(form, 'place');
        return {
          query: RESOLVE_PLACE,
          variables: {
            referenceId: id,
            expectedState: state,
            placeId: chosen === NOWHERE ? null : chosen,
            notAPlace: chosen === NOWHERE ? true : null,
            learn: tickedIn(form, 'learn').length > 0,
          },
        };
      }}
      done={(acted) => done(acted.state ?? null)}
      refused={refused}
    >
      <PlaceChoice waiting={waiting} nowhere={NOWHERE} nameOf={nameOf} />
      <Ticks word="placing.learn" name="learn" group="learnt" values={['YES']} ticked={['YES']} />
    </ActButton>
  );
}
