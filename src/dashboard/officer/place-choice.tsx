/** Choosing a place of the gazetteer for written words: of what may be meant, or found by typing. */
import { useId, useMemo, useState } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import { AnswerState } from '../page/answer-state.tsx';
import { say, wordFor } from '../words/words.ts';
import {
  type FoundPlace,
  type FoundPlacesAnswer,
  placesThatBegin,
  type WaitingPlace,
} from './place-questions.ts';

interface PlaceChoiceProps {
  readonly waiting: WaitingPlace;
  /** What stands for words that name no place. */
  readonly nowhere: string;
  readonly nameOf: (code: string | null) => string;
}

const SHORTEST = 2;

export function PlaceChoice({ waiting, nowhere, nameOf }: PlaceChoiceProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const text = typed.trim();
  const question = useMemo(
    () => (text.length < SHORTEST ? null : placesThatBegin(text, waiting.country)),
    [text, waiting.country],
  );
  const answer = useAnswer<FoundPlacesAnswer>(question);
  const known = new Set(waiting.candidates.map(({ place }) => place.id));
  const found = (answer.data?.places.nodes ?? []).filter((place) => !known.has(place.id));
  const radio = (place: FoundPlace, area: string | null) => (
    <label key={place.id} className="radio">
      <input type="radio" name="place" value={place.id} required />{' '}
      {say(area === null ? 'placing.choice' : 'placing.choice.area', {
        name: place.name,
        kind: wordFor('placeKind', place.kind),
        area: area ?? '',
        country: nameOf(place.country),
      })}
    </label>
  );
  return (
    <>
      {waiting.candidates.length > 0 && (
        <fieldset className="field">
          <legend>{say('placing.candidates')}</legend>
          {waiting.candidates.map(({ place, area }) => radio(place, area))}
        </fieldset>
      )}
      <div className="field">
        <label htmlFor={id}>{say('placing.find')}</label>
        <input
          id={id}
          type="search"
          value={typed}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            // Enter is for what is chosen, never for what is still typed.
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
        <small id={`${id}-hint`}>{say('placing.find.hint')}</small>
      </div>
      {question !== null && <AnswerState answer={answer} />}
      {found.length > 0 && (
        <fieldset className="field" data-list="found">
          <legend>{say('placing.found')}</legend>
          {found.map((place) => radio(place, null))}
        </fieldset>
      )}
      <label className="radio">
        <input type="radio" name="place" value={nowhere} required /> {say('placing.not')}
      </label>
    </>
  );
}
