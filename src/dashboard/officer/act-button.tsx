/** A button for an act: it says what will happen, asks for what the act wants, does it under one key, and says what the hub says of it. */

import { type FormEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { type Acted, act, newActKey, type Refusal } from '../hub/act.ts';
import { HubError, type Question } from '../hub/ask.ts';
import { ENDED } from '../hub/session.ts';
import { whatToDo } from '../page/answer-state.tsx';
import { SteadyButton } from '../page/steady-button.tsx';
import { say, type WordKey } from '../words/words.ts';

interface ActButtonProps {
  readonly word: WordKey;
  /** Like "Sign Terai corridor": buttons of a list have names of their own. */
  readonly label?: string;
  /** One sentence: what will be different afterwards. */
  readonly willHappen: string;
  readonly isEnding?: boolean;
  readonly isFirst?: boolean;
  /** Fields of what else the act wants. */
  readonly children?: ReactNode;
  readonly question: (form: HTMLFormElement, idempotencyKey: string) => Question;
  readonly done: (acted: Acted) => void;
  /** It was left after it did not work: what was read may be out of date. */
  readonly refused?: () => void;
}

export function ActButton(props: ActButtonProps) {
  const { word, label, isEnding = false, isFirst = false } = props;
  const [key, setKey] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  // Once the dialog is gone: while it is open, nothing outside it takes the keyboard.
  useEffect(() => {
    if (wasOpen.current && key === null) button.current?.focus();
    wasOpen.current = key !== null;
  }, [key]);
  // The act may take the button away with its row: whoever is at it goes on beside it, and not at the top of the page.
  useLayoutEffect(() => {
    const own = button.current;
    return () => {
      if (own === null || document.activeElement !== own) return;
      const near = own.closest<HTMLElement>('[tabindex]');
      setTimeout(() => {
        if (document.activeElement !== document.body) return;
        const there = near?.isConnected === true ? near : document.getElementById('content');
        there?.focus({ preventScroll: true });
      });
    };
  }, []);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`button${isEnding ? ' is-ending' : ''}${isFirst ? ' is-first' : ''}`}
        onClick={() => setKey(newActKey())}
        {...(label === undefined ? {} : { 'aria-label': label })}
      >
        {say(word)}
      </button>
      {key !== null && <ActDialog {...props} idempotencyKey={key} close={() => setKey(null)} />}
    </>
  );
}

interface DialogProps extends ActButtonProps {
  /** The same for every try of this act: it is done once, whatever became of the answer. */
  readonly idempotencyKey: string;
  readonly close: () => void;
}

function ActDialog({
  word,
  label,
  willHappen,
  isEnding = false,
  children,
  question,
  done,
  refused,
  idempotencyKey,
  close,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<readonly string[]>([]);
  useEffect(() => dialog.current?.showModal(), []);
  const leave = (): void => {
    close();
    if (said.length > 0) refused?.();
  };
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setBusy(true);
    setSaid([]);
    act(question(event.currentTarget, idempotencyKey))
      .then((acted) => {
        setBusy(false);
        if (acted.reasons === undefined) {
          close();
          done(acted);
        } else setSaid(acted.reasons.map(refusalOf));
      })
      .catch((error: unknown) => {
        setBusy(false);
        const told = error instanceof HubError ? error : new HubError('INTERNAL', '');
        if (told.code === 'UNAUTHENTICATED') dispatchEvent(new Event(ENDED));
        setSaid([whatWentWrong(told)]);
      });
  };
  return (
    <dialog ref={dialog} className="card act" aria-labelledby={title} onClose={leave}>
      <form onSubmit={submit}>
        <h2 id={title}>{label ?? say(word)}</h2>
        <p>{willHappen}</p>
        {children}
        <div role="alert">
          {said.map((line) => (
            <p key={line} className="said">
              {line}
            </p>
          ))}
        </div>
        <div className="tools">
          <SteadyButton
            type="submit"
            className={`button ${isEnding ? 'is-ending' : 'is-first'}`}
            isOff={busy}
            confirms
          >
            {say(word)}
          </SteadyButton>
          <button type="button" className="button" onClick={leave}>
            {say('act.leave')}
          </button>
        </div>
      </form>
    </dialog>
  );
}

export function refusalOf({ where, found, wanted }: Refusal): string {
  return say('act.refused', { where, found, wanted });
}

/** As the hub says it; where it says nothing, what to do. */
export function whatWentWrong(error: HubError): string {
  return error.message === '' ? whatToDo(error) : error.message;
}
