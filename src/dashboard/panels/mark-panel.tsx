/** What was done on the way: one thing, or all of a month; what followed it, and the movements behind it. */
import { useMemo } from 'react';
import type { Mark } from '../layers/mark-answer.ts';
import { useCountries } from '../page/countries.ts';
import { MarkSign } from '../page/mark-sign.tsx';
import { month, persons, say, wordFor } from '../words/words.ts';
import { Fact, Facts, Movements } from './evidence.tsx';

interface MarkPanelProps {
  /** Of a mark, or a month. */
  readonly open: string;
  /** Null while it is not known which there are. */
  readonly marks: readonly Mark[] | null;
  readonly openMark: (id: string) => void;
  readonly openMovement: (id: string) => void;
  readonly follow: (mark: Mark) => void;
}

export function MarkPanel({ open, marks, openMark, openMovement, follow }: MarkPanelProps) {
  const chosen = useMemo(
    () => marks?.filter(({ id, day }) => id === open || day.slice(0, 7) === open),
    [open, marks],
  );
  const [first] = chosen ?? [];
  if (chosen === undefined) return null;
  if (first === undefined) return <p className="quiet">{say('movement.gone')}</p>;
  return (
    <>
      <h2>{chosen.length === 1 ? titleOf(first) : say('mark.ofMonth', { month: month(first.day) })}</h2>
      {chosen.map((mark) => (
        <article key={mark.id} className="mark-told">
          {chosen.length > 1 && (
            <h3>
              <MarkSign shape={mark.shape} />
              <button type="button" className="link" onClick={() => openMark(mark.id)}>
                {titleOf(mark)}
              </button>
            </h3>
          )}
          <Told mark={mark} follow={follow} />
          {chosen.length === 1 && <Behind mark={mark} openMovement={openMovement} />}
        </article>
      ))}
    </>
  );
}

const titleOf = ({ what, place }: Mark): string => (place === null ? what : say('mark.one', { what, place }));

function Told({ mark, follow }: { readonly mark: Mark; readonly follow: (mark: Mark) => void }) {
  const countries = useCountries();
  const { country, basis } = mark;
  return (
    <>
      {mark.inPart && <p className="quiet">{say('movement.inPart')}</p>}
      <Facts>
        <Fact word="table.when">{mark.when}</Fact>
        <Fact word="table.country">
          {country === null ? null : (countries.get(country)?.name ?? country)}
        </Fact>
        <Fact word="panel.howKnown">{basis === null ? null : wordFor('interdictionBasis', basis)}</Fact>
        <Fact word="panel.persons">{mark.persons === null ? null : persons(mark.persons)}</Fact>
        <Fact word="movement.owner">{mark.owner}</Fact>
      </Facts>
      {mark.hasStory && (
        <button type="button" className="button is-first" onClick={() => follow(mark)}>
          {say('closing.ask')}
        </button>
      )}
    </>
  );
}

function Behind({
  mark: { incidentIds },
  openMovement,
}: {
  readonly mark: Mark;
  readonly openMovement: (id: string) => void;
}) {
  const filter = useMemo(() => ({ incidentIds }), [incidentIds]);
  return incidentIds.length === 0 ? null : (
    <Movements filter={filter} total={0} openMovement={openMovement} />
  );
}
