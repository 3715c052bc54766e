/** The question whose answer is what is shown, as one text that can be run anywhere. */
import { useEffect, useState } from 'react';
import type { Question } from '../hub/ask.ts';
import { writtenOut } from '../hub/written-out.ts';
import { say } from '../words/words.ts';

const DONE_MS = 2_500;

interface CopyProps {
  readonly question: Question;
  /** As somebody wrote it; otherwise the question written out. */
  readonly written?: string;
}

export function CopyQuery({ question, written }: CopyProps) {
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');
  const text = written ?? writtenOut(question);
  useEffect(() => {
    if (state !== 'done') return undefined;
    const timer = setTimeout(() => setState('idle'), DONE_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = (): void => {
    // Over plain http to another machine a browser has no clipboard for pages.
    const copied: Promise<void> =
      navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    copied.then(() => setState('done')).catch(() => setState('failed'));
  };
  return (
    <>
      <button type="button" className="button" onClick={copy}>
        {say(state === 'done' ? 'copy.done' : 'copy.query')}
      </button>
      {state === 'failed' && (
        <div className="copy-failed">
          <p className="quiet">{say('copy.failed')}</p>
          <textarea readOnly aria-label={say('copy.query')} rows={8} value={text} />
        </div>
      )}
    </>
  );
}
