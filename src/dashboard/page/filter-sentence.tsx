/** What is asked, as a sentence whose parts can be changed in place. */
import type { ReactNode } from 'react';
import type { StageNode } from '../hub/questions.ts';
import { EVERYTHING, type Filter, MODES, VERIFICATIONS } from '../view/map-view.ts';
import { month, pieces, say, type WordKey, wordFor } from '../words/words.ts';
import { useCountries } from './countries.ts';

interface SentenceProps {
  /** Months with something in them, in order: those that are offered. */
  readonly months: readonly string[];
  readonly filter: Filter;
  readonly change: (filter: Filter) => void;
  /** What the viewer's movements pass through at all: nothing else is offered. */
  readonly nodes: readonly StageNode[];
  /** False where the time is chosen elsewhere. */
  readonly hasTime?: boolean;
}

export function FilterSentence({ filter, change, nodes, months, hasTime = true }: SentenceProps) {
  const countries = useCountries();
  const set = (part: Partial<Filter>): void => change({ ...filter, ...part });
  const country = (word: WordKey, part: 'source' | 'transit' | 'destination'): ReactNode => {
    const codes = new Set(
      nodes.flatMap((node) => (node.role === part.toUpperCase() ? (node.country ?? []) : [])),
    );
    const chosen = filter[part];
    if (chosen !== null) codes.add(chosen);
    const options = [...codes]
      .map((code) => [code, countries.get(code)?.name ?? code] as const)
      .sort(([, one], [, other]) => one.localeCompare(other));
    return (
      <Choice
        word={word}
        value={chosen ?? ''}
        choose={(value) => set({ [part]: value === '' ? null : value })}
        options={[['', say('filter.anywhere')], ...options]}
      />
    );
  };
  const slots: Readonly<Record<string, ReactNode>> = {
    source: country('filter.source', 'source'),
    transit: country('filter.transit', 'transit'),
    destination: country('filter.destination', 'destination'),
    mode: (
      <Choice
        word="filter.mode"
        value={filter.mode ?? ''}
        choose={(value) => set({ mode: value === '' ? null : value })}
        options={[
          ['', say('filter.anyMode')],
          ...MODES.map((mode) => [mode, wordFor('mode', mode)] as const),
        ]}
      />
    ),
    from: (
      <Choice
        word="filter.from"
        value={filter.from ?? ''}
        choose={(value) => set({ from: value === '' ? null : value })}
        options={[['', say('filter.begin')], ...monthOptions(months, filter.from)]}
      />
    ),
    to: (
      <Choice
        word="filter.to"
        value={filter.to ?? ''}
        choose={(value) => set({ to: value === '' ? null : value })}
        options={[['', say('filter.now')], ...monthOptions(months, filter.to)]}
      />
    ),
    verification: (
      <Choice
        word="filter.verification"
        value={filter.verification}
        choose={(value) => set({ verification: VERIFICATIONS.find((one) => one === value) ?? 'counted' })}
        options={VERIFICATIONS.map((one) => [one, wordFor('verification', one)] as const)}
      />
    ),
  };
  const isNarrowed = JSON.stringify(filter) !== JSON.stringify(EVERYTHING);
  return (
    <form className="sentence" aria-label={say('filter.title')} onSubmit={(event) => event.preventDefault()}>
      <p>
        {pieces(hasTime ? 'filter.sentence' : 'filter.sentence.timeless').map((piece, index) => (
          <span key={piece.slot ?? `text-${index}`}>
            {piece.slot === undefined ? piece.text : slots[piece.slot]}
          </span>
        ))}
      </p>
      {isNarrowed && (
        <button type="button" className="link" onClick={() => change(EVERYTHING)}>
          {say('filter.clear')}
        </button>
      )}
    </form>
  );
}

interface ChoiceProps {
  readonly word: WordKey;
  readonly value: string;
  readonly options: readonly (readonly [value: string, word: string])[];
  readonly choose: (value: string) => void;
}

/** As wide as what is chosen: a word of the sentence, with a list behind it. */
export function Choice({ word, value, options, choose }: ChoiceProps) {
  const shown = options.find(([one]) => one === value)?.[1] ?? value;
  return (
    <span className={value === '' || value === 'counted' ? 'choice' : 'choice is-set'}>
      <span aria-hidden="true">{shown}</span>
      <select aria-label={say(word)} value={value} onChange={(event) => choose(event.target.value)}>
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}

/** The latest first; what is chosen is among them. */
function monthOptions(
  months: readonly string[],
  chosen: string | null,
): readonly (readonly [string, string])[] {
  const all = new Set(chosen === null ? months : [...months, chosen]);
  return [...all]
    .sort()
    .reverse()
    .map((one) => [one, month(one)] as const);
}
