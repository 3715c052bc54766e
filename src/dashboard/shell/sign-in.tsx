/** The door: a key typed once, or an account. */

import { type FormEvent, useState } from 'react';
import { HubError } from '../hub/ask.ts';
import { enter } from '../hub/session.ts';
import { whatToDo } from '../page/answer-state.tsx';
import { fieldOf } from '../page/form-fields.ts';
import { SteadyButton } from '../page/steady-button.tsx';
import { say, type WordKey } from '../words/words.ts';
import { LanguageChoice } from './language-choice.tsx';
import { useTitle } from './use-title.ts';

/** As the hub writes them; sessions of the command line too. */
const KEY = /^hws?_[0-9a-z]{12}_[0-9A-Za-z_-]{32}$/;

export function SignIn({ hasEnded, entered }: { readonly hasEnded: boolean; readonly entered: () => void }) {
  const [said, setSaid] = useState<string>(hasEnded ? say('signIn.ended') : '');
  const [busy, setBusy] = useState(false);
  useTitle(say('signIn.title'));
  const refuse = (word: WordKey): void => setSaid(say(word));
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const key = fieldOf(form, 'key');
    if (!KEY.test(key)) {
      refuse('signIn.noKey');
      return;
    }
    setBusy(true);
    enter(key)
      .then((result) => {
        // The field is emptied whatever came of it: the key stays nowhere on this page.
        form.reset();
        if (result === 'in') entered();
        else refuse(result === 'wait' ? 'signIn.wait' : 'signIn.refused');
      })
      .catch((error: unknown) => setSaid(error instanceof HubError ? whatToDo(error) : say('state.OFFLINE')))
      .finally(() => setBusy(false));
  };
  return (
    <main className="door">
      <div className="door-card card">
        <LanguageChoice />
        <h1>{say('app.name')}</h1>
        <p className="lead">{say('app.claim')}</p>
        <svg className="journey" viewBox="0 0 640 120" aria-hidden="true">
          <path d="M40 82 C 150 20, 230 40, 320 62 S 500 110, 600 38" />
          <circle cx="40" cy="82" r="7" />
          <circle cx="320" cy="62" r="9" className="is-crossing" />
          <circle cx="600" cy="38" r="7" />
        </svg>
        <form onSubmit={submit}>
          <label htmlFor="key">{say('signIn.key')}</label>
          <div className="door-row">
            <input
              id="key"
              name="key"
              type="password"
              placeholder="hw_…"
              autoComplete="off"
              spellCheck={false}
              required
              aria-describedby="key-hint"
            />
            <SteadyButton type="submit" className="button is-first" isOff={busy}>
              {say(busy ? 'signIn.busy' : 'signIn.enter')}
            </SteadyButton>
          </div>
          <p id="door-said" role="alert" className={said === '' ? '' : 'said'}>
            {said}
          </p>
          <p id="key-hint" className="quiet">
            {say('signIn.keyHint')}
          </p>
        </form>
        <ul className="doors">
          <li>
            <a href="/auth/">{say('signIn.account')}</a>
            <small>{say('signIn.accountHint')}</small>
          </li>
          <li>
            <a href="/graphiql">{say('signIn.ask')}</a> · <a href="/schema.graphql">{say('signIn.schema')}</a>
          </li>
        </ul>
        <p className="quiet door-note">{say('signIn.demo')}</p>
      </div>
    </main>
  );
}
