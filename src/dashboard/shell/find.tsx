/** One box to find places, corridors, reports and entities. What it finds opens on the map; names of persons are searched nowhere here. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { ask } from '../hub/ask.ts';
import type { Me } from '../hub/session.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { AnswerState } from '../page/answer-state.tsx';
import type { Address, Go } from '../view/address.ts';
import { dayOf, say, type WordKey, wordFor } from '../words/words.ts';
import {
  CORRIDOR_NAMES,
  type FirstMovement,
  type Found,
  findQuestion,
  firstMovement,
  type NamedCorridors,
  SHORTEST,
} from './find-answer.ts';

interface Hit {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  /** Null where nothing opens: it is seen here and nowhere else. */
  readonly open: (() => void) | null;
}

interface FindProps {
  readonly me: Me;
  readonly address: Address;
  readonly go: Go;
}

/** Typing goes on for so long at least. */
const PAUSE_MS = 250;
const ZOOMS: Readonly<Record<string, number>> = {
  COUNTRY: 5,
  ADMIN_AREA: 7,
  LOCALITY: 9,
  CROSSING_POINT: 10,
};

export function Find({ me, address, go }: FindProps) {
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState('');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const question = useMemo(() => findQuestion(text, me), [text, me]);
  const answer = useAnswer<Found>(question);
  const isAsked = question !== null && me.reads.includes('MOVEMENT');
  const corridors = useAnswer<NamedCorridors>(isAsked ? CORRIDOR_NAMES : null);
  const close = (): void => {
    setOpen(false);
    setTyped('');
    // At once: what is written next is not shown with what was found before.
    setText('');
    setSaid('');
  };
  const show = (path: readonly string[], params: Address['params']): void => {
    go({ path, params });
    close();
  };
  const layer = address.path[0] === 'map' ? (address.path[1] ?? 'corridors') : 'corridors';
  const openMovement = (movement: string): void => show(['map', 'corridors'], { open: movement, movement });
  const openFirst = (incidents: readonly { readonly id: string }[]) => (): void => {
    ask<FirstMovement>(firstMovement(incidents.map(({ id }) => id)))
      .then(({ counted, any }) => {
        const [first] = [...counted.nodes, ...any.nodes];
        if (first === undefined) setSaid(say('find.noMovement'));
        else openMovement(first.id);
      })
      .catch(() => setSaid(say('state.failed')));
  };
  const found = answer.isCurrent ? answer.data : null;
  const lists: readonly { readonly word: WordKey; readonly hits: readonly Hit[] }[] = [
    {
      word: 'find.places',
      hits: (found?.places?.nodes ?? []).map(({ id, name, kind, country, position }) => ({
        id,
        name,
        note: say('find.place', { kind: wordFor('placeKind', kind), country }),
        open: () =>
          show(['map', layer], {
            at: `${position.longitude.toFixed(3)},${position.latitude.toFixed(3)},${ZOOMS[kind] ?? 9}`,
          }),
      })),
    },
    {
      word: 'find.corridors',
      hits: (corridors.data?.corridors.nodes ?? [])
        .filter(({ name }) => text.length >= SHORTEST && name.toLowerCase().includes(text.toLowerCase()))
        .slice(0, 6)
        .map(({ id, name }) => ({
          id,
          name,
          note: '',
          open: () => show(['map', 'corridors'], { open: id }),
        })),
    },
    {
      word: 'find.records',
      hits: [
        ...[...(found?.reports?.nodes ?? []), ...(found?.report == null ? [] : [found.report])].map(
          (one) => ({
            id: one.id,
            name: wordFor('reportKind', one.kind),
            note: say('find.report', { day: dayOf(one.recordedAt) }),
            open: openFirst(one.incidents),
          }),
        ),
        ...(found?.movement == null
          ? []
          : [
              {
                id: found.movement.id,
                name: say('movement.title'),
                note: wordFor('mode', found.movement.mode),
                open: () => openMovement(found.movement?.id ?? ''),
              },
            ]),
      ],
    },
    {
      word: 'find.entities',
      hits: (found?.entities?.nodes ?? []).map(({ id, kind, label, incidents }) => ({
        id,
        name: label,
        note: wordFor('entity', kind),
        open: incidents.length === 0 ? null : openFirst(incidents),
      })),
    },
  ];
  const isEmpty = found !== null && corridors.since === null && lists.every(({ hits }) => hits.length === 0);
  return (
    <div
      ref={box}
      className="find"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <form role="search" onSubmit={(event) => event.preventDefault()}>
        <input
          type="search"
          aria-label={say('find.title')}
          placeholder={say('find.title')}
          value={typed}
          maxLength={80}
          autoComplete="off"
          onFocus={() => setOpen(true)}
          onChange={(event) => {
            setTyped(event.target.value);
            setOpen(true);
          }}
        />
      </form>
      {isOpen && question !== null && (
        <div className="card find-found" tabIndex={-1}>
          <AnswerState answer={answer} />
          {lists
            .filter(({ hits }) => hits.length > 0)
            .map(({ word, hits }) => (
              <section key={word} aria-label={say(word)}>
                <h2>{say(word)}</h2>
                <ul className="list">
                  {hits.map(({ id, name, note, open }) => (
                    <li key={id}>
                      <button
                        type="button"
                        className="list-item"
                        disabled={open === null}
                        onClick={() => open?.()}
                      >
                        <span>
                          {name}
                          {note !== '' && <small>{note}</small>}
                        </span>
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          <p role="status" className="quiet">
            {said === '' && isEmpty ? say('find.nothing') : said}
          </p>
          {me.reads.includes('REPORT') && <p className="quiet">{say('find.persons')}</p>}
        </div>
      )}
    </div>
  );
}
