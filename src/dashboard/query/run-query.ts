/** A query that somebody wrote, and how far it is. */
import { useCallback, useRef, useState } from 'react';
import { type Answered, askWhole, HubError, type Question } from '../hub/ask.ts';
import { ENDED } from '../hub/session.ts';
import type { Answer } from '../hub/use-answer.ts';

export interface Running {
  /** For saying how far it is. */
  readonly state: Answer<unknown>;
  readonly answered: Answered | null;
  readonly asked: Question | null;
  readonly run: (question: Question) => void;
}

interface State {
  readonly asked: Question | null;
  readonly answered: Answered | null;
  readonly error: HubError | null;
  readonly stopped: boolean;
  readonly since: number | null;
}

const NOTHING: State = { asked: null, answered: null, error: null, stopped: false, since: null };

export function useQuery(): Running {
  const [state, setState] = useState<State>(NOTHING);
  const controller = useRef<AbortController | null>(null);
  const run = useCallback((asked: Question) => {
    controller.current?.abort();
    const own = new AbortController();
    controller.current = own;
    const settled = (change: Partial<State>): void => {
      if (controller.current === own) setState({ ...NOTHING, asked, ...change });
    };
    setState({ ...NOTHING, asked, since: performance.now() });
    askWhole(asked, own.signal)
      .then((answered) => {
        const isOut = answered.errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED');
        if (isOut === true) dispatchEvent(new Event(ENDED));
        settled({ answered });
      })
      .catch((error: unknown) => {
        if (own.signal.aborted) settled({ stopped: true });
        else settled({ error: error instanceof HubError ? error : new HubError('INTERNAL', '') });
      });
  }, []);
  const stop = useCallback(() => controller.current?.abort(), []);
  const { asked, answered } = state;
  const again = useCallback(() => {
    if (asked !== null) run(asked);
  }, [asked, run]);
  return {
    state: {
      data: answered,
      isCurrent: true,
      error: state.error,
      stopped: state.stopped,
      since: state.since,
      stop,
      again,
    },
    answered,
    asked,
    run,
  };
}
