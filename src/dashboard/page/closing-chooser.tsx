/** Which closing is asked about: a recorded interdiction, or a crossing point and the day it was closed. */
import { type FormEvent, useState } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import { CLOSINGS, type ClosingsAnswer, STORY } from '../layers/closing-answer.ts';
import type { ChooserProps } from '../map/layer.ts';
import { dayOf, say, wordFor } from '../words/words.ts';
import { AnswerState } from './answer-state.tsx';
import { fieldOf } from './form-fields.ts';

const SPANS = [3, 6, 12] as const;

export function ClosingChooser({ view: { closing }, change }: ChooserProps) {
  const answer = useAnswer<ClosingsAnswer>(CLOSINGS);
  const known = answer.data?.interdictions.nodes ?? [];
  const crossings = (answer.data?.flows ?? []).flatMap(({ crossingPoint }) => crossingPoint ?? []);
  const [chosen, setChosen] = useState(closing?.id ?? '');
  const isRecorded = known.some(({ id }) => id === chosen);
  const ask = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const on = isRecorded ? null : fieldOf(form, 'on');
    const months = Number(fieldOf(form, 'months'));
    change({ closing: { id: chosen, on, months }, open: STORY, movement: null, camera: null });
  };
  return (
    <form className="chooser" onSubmit={ask}>
      <AnswerState answer={answer} />
      <label>
        {say('closing.where')}
        <select name="closing" required value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <option value="">{say('closing.choose')}</option>
          {known.length > 0 && (
            <optgroup label={say('closing.recorded')}>
              {known.map(({ id, kind, occurredOn, place }) => (
                <option key={id} value={id}>
                  {say('closing.option', {
                    place: place?.name ?? wordFor('interdiction', kind),
                    day: dayOf(occurredOn),
                  })}
                </option>
              ))}
            </optgroup>
          )}
          <optgroup label={say('closing.crossings')}>
            {crossings.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      {!isRecorded && (
        <label>
          {say('closing.on')}
          <input type="date" name="on" required defaultValue={closing?.on ?? ''} />
        </label>
      )}
      <label>
        {say('closing.months')}
        <select name="months" defaultValue={closing?.months ?? 6}>
          {SPANS.map((count) => (
            <option key={count} value={count}>
              {say('count.months', { count })}
            </option>
          ))}
        </select>
      </label>
      <div className="chooser-acts">
        <button type="submit" className="button is-first">
          {say('closing.ask')}
        </button>
        {closing !== null && (
          <button
            type="button"
            className="button"
            onClick={() => {
              setChosen('');
              change({ closing: null, open: null, movement: null });
            }}
          >
            {say('closing.other')}
          </button>
        )}
      </div>
    </form>
  );
}
