/** Queries to take from the shelf: the hub's examples, and those that somebody keeps in this browser. */
import { type FormEvent, useEffect, useState } from 'react';
import { send } from '../hub/ask.ts';
import { fieldOf } from '../page/form-fields.ts';
import { say } from '../words/words.ts';
import { type KeptQuery, keepQueries, keptQueries } from './kept-queries.ts';

interface Example {
  readonly title: string;
  readonly note: string;
  readonly query: string;
}

interface ShelfProps {
  readonly text: string;
  readonly open: (query: string) => void;
}

export function QueryShelf({ text, open }: ShelfProps) {
  return (
    <>
      <Examples open={open} />
      <Kept text={text} open={open} />
    </>
  );
}

function Examples({ open }: { readonly open: (query: string) => void }) {
  const [examples, setExamples] = useState<readonly Example[]>([]);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    send('/graphiql/examples.json', {})
      .then((response) => response.json())
      .then((list) => setExamples(list as readonly Example[]))
      .catch(() => setFailed(true));
  }, []);
  return (
    <details className="card section" open>
      <summary>
        <h2>{say('query.examples')}</h2>
      </summary>
      {failed && <p className="quiet">{say('query.examples.none')}</p>}
      <ul className="list" data-list="examples">
        {examples.map(({ title, note, query }) => (
          <li key={title}>
            <button type="button" className="list-item" onClick={() => open(query)}>
              <span>
                {title}
                <small>{note}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Kept({ text, open }: ShelfProps) {
  const [kept, setKept] = useState<readonly KeptQuery[]>(keptQueries);
  const [said, setSaid] = useState('');
  const keep = (next: readonly KeptQuery[]): void => {
    if (keepQueries(next)) setKept(next);
    else setSaid(say('query.saved.full'));
  };
  const save = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const name = fieldOf(form, 'name');
    keep([...kept.filter((one) => one.name !== name), { name, query: text }]);
    form.reset();
  };
  return (
    <details className="card section" open>
      <summary>
        <h2>{say('query.saved')}</h2>
      </summary>
      <p className="quiet">{say('query.saved.what')}</p>
      {kept.length === 0 && <p className="quiet">{say('query.saved.none')}</p>}
      <ul className="list" data-list="saved">
        {kept.map(({ name, query }) => (
          <li key={name} className="saved">
            <button type="button" className="list-item" onClick={() => open(query)}>
              {name}
            </button>
            <button
              type="button"
              className="link"
              aria-label={say('query.saved.forgetOf', { name })}
              onClick={() => keep(kept.filter((one) => one.name !== name))}
            >
              {say('query.saved.forget')}
            </button>
          </li>
        ))}
      </ul>
      <form className="saving" onSubmit={save}>
        <label htmlFor="save-name">{say('query.save.name')}</label>
        <div className="door-row">
          <input id="save-name" name="name" required maxLength={80} autoComplete="off" />
          <button type="submit" className="button" disabled={text.trim() === ''}>
            {say('query.save')}
          </button>
        </div>
      </form>
      <p role="status">{said}</p>
    </details>
  );
}
