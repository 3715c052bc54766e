/** A question and how far it is: asked, under way, answered, failed or stopped. What is no longer asked is ended at the hub too. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { oneAhead } from './ahead.ts';
import { HubError, type Question } from './ask.ts';
import { ENDED } from './session.ts';

export interface Answer<T> {
  /** Of this question; while it is asked, of the one before. */
  readonly data: T | null;
  readonly isCurrent: boolean;
  readonly error: HubError | null;
  readonly stopped: boolean;
  /** When it was asked; null when nothing is under way. */
  readonly since: number | null;
  readonly stop: () => void;
  readonly again: () => void;
}

interface State<T> {
  readonly of: string;
  /** The text it was asked by: an answer to another has another shape. */
  readonly query: string;
  readonly data: T | null;
  readonly error: HubError | null;
  readonly stopped: boolean;
  readonly since: number | null;
}

/** Null asks nothing. */
export function useAnswer<T>(question: Question | null): Answer<T> {
  const key = question === null ? '' : JSON.stringify(question);
  const query = question?.query ?? '';
  const [round, setRound] = useState(0);
  const [state, setState] = useState<State<T>>({
    of: '',
    query: '',
    data: null,
    error: null,
    stopped: false,
    since: null,
  });
  const running = useRef<AbortController | null>(null);

  useEffect(() => {
    if (key === '') return undefined;
    const controller = new AbortController();
    running.current = controller;
    const settled = (change: Partial<State<T>>): void => {
      if (running.current !== controller) return;
      setState({ of: key, query, data: null, error: null, stopped: false, ...change, since: null });
    };
    setState((before) => ({ ...before, error: null, stopped: false, since: performance.now() }));
    oneAhead
      .take<T>(JSON.parse(key) as Question, controller.signal)
      .then((data) => settled({ data }))
      .catch((error: unknown) => {
        if (controller.signal.aborted) {
          settled({ stopped: true });
          return;
        }
        const told = error instanceof HubError ? error : new HubError('INTERNAL', '');
        if (told.code === 'UNAUTHENTICATED') dispatchEvent(new Event(ENDED));
        settled({ error: told });
      });
    return () => {
      running.current = null;
      // The hub ends what nobody waits for.
      controller.abort();
    };
  }, [key, query, round]);

  const stop = useCallback(() => running.current?.abort(), []);
  const again = useCallback(() => setRound((before) => before + 1), []);
  const isCurrent = state.of === key;
  return {
    data: key === '' || state.query !== query ? null : state.data,
    isCurrent,
    error: isCurrent ? state.error : null,
    stopped: isCurrent && state.stopped,
    since: key !== '' && (state.since !== null || !isCurrent) ? (state.since ?? performance.now()) : null,
    stop,
    again,
  };
}
