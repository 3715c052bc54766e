/** Fields of acts: a choice of the schema's values, a day, a text. */
import { useId } from 'react';
import { say, type WordKey, wordFor } from '../words/words.ts';

export function Choice({
  word,
  name,
  group,
  values,
  value: chosen,
}: {
  readonly word: WordKey;
  readonly name: string;
  /** Of the catalogue. */
  readonly group: string;
  readonly values: readonly string[];
  /** Which is chosen at first; the first one where nothing is said, and none where it is empty. */
  readonly value?: string;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{say(word)}</label>
      <select id={id} name={name} required {...(chosen === undefined ? {} : { defaultValue: chosen })}>
        {chosen === '' && (
          <option value="" disabled>
            {say('act.choose')}
          </option>
        )}
        {values.map((value) => (
          <option key={value} value={value}>
            {wordFor(group, value)}
          </option>
        ))}
      </select>
    </div>
  );
}

export function Field({
  word,
  name,
  type = 'text',
  hint,
  value = '',
  isOptional = false,
}: {
  readonly word: WordKey;
  readonly name: string;
  readonly type?: 'text' | 'date' | 'number';
  readonly hint?: WordKey;
  readonly value?: string;
  readonly isOptional?: boolean;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{say(word)}</label>
      <input
        id={id}
        name={name}
        type={type}
        defaultValue={value}
        required={!isOptional}
        autoComplete="off"
        spellCheck={false}
        {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })}
      />
      {hint !== undefined && <small id={`${id}-hint`}>{say(hint)}</small>}
    </div>
  );
}

export function Ticks({
  word,
  name,
  group,
  values,
  ticked = [],
}: {
  readonly word: WordKey;
  readonly name: string;
  readonly group: string;
  readonly values: readonly string[];
  readonly ticked?: readonly string[];
}) {
  return (
    <fieldset className="field">
      <legend>{say(word)}</legend>
      {values.map((value) => (
        <label key={value} className="radio">
          <input type="checkbox" name={name} value={value} defaultChecked={ticked.includes(value)} />{' '}
          {wordFor(group, value)}
        </label>
      ))}
    </fieldset>
  );
}

export function tickedIn(form: HTMLFormElement, name: string): readonly string[] {
  return new FormData(form).getAll(name).map(String);
}

export const REASONS = [
  'PRECAUTION',
  'BREACH',
  'MISUSE',
  'LEGAL_ORDER',
  'NO_LONGER_NEEDED',
  'PARTY_LEFT',
  'TERMS_CHANGED',
  'RESOLVED',
] as const;

export const PURPOSES = [
  'INVESTIGATION',
  'SAFEGUARDING',
  'VICTIM_SUPPORT',
  'PROSECUTION',
  'DATA_QUALITY',
  'ERASURE_REQUEST',
] as const;
