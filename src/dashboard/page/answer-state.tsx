/** How far a question is: at work after a moment, to be stopped after three seconds, and what to do where it failed. */
import { useEffect, useState } from 'react';
import { ask, type HubError } from '../hub/ask.ts';
import { UNDER_WAY, type UnderWay } from '../hub/questions.ts';
import type { Answer } from '../hub/use-answer.ts';
import { say, share, type WordKey } from '../words/words.ts';

/** Sooner nobody would notice that anything is worked at. */
const SHOWN_AFTER_MS = 300;
const STOPPABLE_AFTER_MS = 3_000;
const LOOKED_AT_EVERY_MS = 1_500;

export function AnswerState({ answer }: { readonly answer: Answer<unknown> }) {
  if (answer.since !== null) return <AtWork since={answer.since} stop={answer.stop} />;
  if (answer.error !== null) {
    return (
      <Notice title={say('state.failed')} again={answer.again}>
        {whatToDo(answer.error)}
      </Notice>
    );
  }
  return answer.stopped ? <Notice title={say('state.cancelled')} again={answer.again} /> : null;
}

export function Notice({
  title,
  children,
  again,
}: {
  readonly title: string;
  readonly children?: string;
  readonly again?: () => void;
}) {
  return (
    <div className="notice" role="status">
      <strong>{title}</strong>
      {children !== undefined && <p>{children}</p>}
      {again !== undefined && (
        <button type="button" className="button" onClick={again}>
          {say('state.again')}
        </button>
      )}
    </div>
  );
}

function AtWork({ since, stop }: { readonly since: number; readonly stop: () => void }) {
  const [now, setNow] = useState(performance.now());
  const [progress, setProgress] = useState<number | null>(null);
  useEffect(() => {
    const clock = setInterval(() => setNow(performance.now()), 150);
    const look = setInterval(() => {
      ask<UnderWay>(UNDER_WAY)
        .then(({ myAnalyses }) => setProgress(myAnalyses[0]?.progress ?? null))
        .catch(() => setProgress(null));
    }, LOOKED_AT_EVERY_MS);
    return () => {
      clearInterval(clock);
      clearInterval(look);
    };
  }, []);
  const waited = now - since;
  if (waited < SHOWN_AFTER_MS) return null;
  return (
    <div className="at-work" role="status">
      <span>
        {say('state.asking')} {progress !== null && say('state.share', { share: share(progress) })}
      </span>
      <progress aria-label={say('state.asking')} {...(progress === null ? {} : { value: progress })} />
      {waited > STOPPABLE_AFTER_MS && (
        <button type="button" className="button" onClick={stop}>
          {say('state.cancel')}
        </button>
      )}
    </div>
  );
}

const TOLD: Readonly<Record<string, WordKey>> = {
  BUSY: 'state.BUSY',
  TOO_COSTLY: 'state.TOO_COSTLY',
  FORBIDDEN: 'state.FORBIDDEN',
  NOT_FOUND: 'state.NOT_FOUND',
  OFFLINE: 'state.OFFLINE',
  BAD_INPUT: 'state.BAD_INPUT',
  BAD_USER_INPUT: 'state.BAD_INPUT',
};

export function whatToDo({ code, message }: HubError): string {
  return say(TOLD[code] ?? 'state.INTERNAL', { message });
}
