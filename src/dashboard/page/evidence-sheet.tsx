/** What is open: a figure with its evidence, and behind it a movement with its report. */
import { type ReactNode, useEffect, useRef } from 'react';
import type { Question } from '../hub/ask.ts';
import { say } from '../words/words.ts';
import { CopyQuery } from './copy-query.tsx';

interface SheetProps {
  /** Changes with what is open: the sheet is read from its beginning then. */
  readonly name: string;
  /** Null where there is none to copy. */
  readonly question: Question | null;
  readonly back: (() => void) | null;
  readonly close: () => void;
  readonly children: ReactNode;
}

export function EvidenceSheet({ name, question, back, close, children }: SheetProps) {
  const sheet = useRef<HTMLElement>(null);
  // Whoever closes it goes on where they were; where that is gone, at the page.
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (isElsewhere()) return;
      const there = before instanceof HTMLElement && before.isConnected && before !== document.body;
      (there ? before : document.getElementById('content'))?.focus({ preventScroll: true });
    };
  }, []);
  // biome-ignore lint: the name stands for what is open
  useEffect(() => {
    sheet.current?.scrollTo({ top: 0 });
    if (!isElsewhere()) sheet.current?.focus({ preventScroll: true });
  }, [name]);
  return (
    <aside
      ref={sheet}
      className="card sheet"
      tabIndex={-1}
      aria-label={say('panel.evidence')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') (back ?? close)();
      }}
    >
      <header className="sheet-tools">
        {back !== null && (
          <button type="button" className="button" onClick={back}>
            {say('panel.back')}
          </button>
        )}
        {question !== null && <CopyQuery question={question} />}
        <button type="button" className="button sheet-close" onClick={close}>
          {say('panel.close')}
        </button>
      </header>
      {children}
    </aside>
  );
}

/** What opens late takes nobody's keyboard who has gone on to the bar above the page. */
function isElsewhere(): boolean {
  const at = document.activeElement;
  if (at === null || at === document.body) return false;
  return document.getElementById('content')?.contains(at) !== true;
}
