/** The frame of every page: who is signed in, where they are, in which colours; and the door where nobody is. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { ask, HubError } from '../hub/ask.ts';
import { COUNTRIES, type CountryRow } from '../hub/questions.ts';
import { ENDED, leave, type Me, readMe } from '../hub/session.ts';
import { Notice, whatToDo } from '../page/answer-state.tsx';
import { type Countries, KnownCountries } from '../page/countries.ts';
import { forgetDraft } from '../query/kept-queries.ts';
import { useAddress } from '../view/use-address.ts';
import { countryName, say, wordFor } from '../words/words.ts';
import { Find } from './find.tsx';
import { LanguageChoice, useLanguage } from './language-choice.tsx';
import { pagesFor } from './pages.ts';
import { SignIn } from './sign-in.tsx';
import { THEMES, type Theme, useTheme } from './theme.ts';
import { useTitle } from './use-title.ts';
import { Views } from './views.tsx';

type Who =
  | { readonly kind: 'looking' }
  | { readonly kind: 'nobody'; readonly hasEnded: boolean }
  | { readonly kind: 'failed'; readonly error: HubError }
  | { readonly kind: 'in'; readonly me: Me };

/** Whether the session still runs is looked at this often where nobody asks anything. */
const LOOKED_AFTER_MS = 60_000;

export function Shell() {
  const [who, setWho] = useState<Who>({ kind: 'looking' });
  const [theme, setTheme] = useTheme();
  const language = useLanguage();
  const look = useCallback(() => {
    readMe()
      .then((me) =>
        setWho((before) => {
          if (me === null) return { kind: 'nobody', hasEnded: before.kind === 'in' };
          return before.kind === 'in' && JSON.stringify(before.me) === JSON.stringify(me)
            ? before
            : { kind: 'in', me };
        }),
      )
      .catch((error: unknown) => {
        const told = error instanceof HubError ? error : new HubError('INTERNAL', '');
        setWho((before) => (before.kind === 'in' ? before : { kind: 'failed', error: told }));
      });
  }, []);
  useEffect(look, [look]);
  useEffect(() => {
    const again = (): void => {
      if (document.visibilityState === 'visible') look();
    };
    const clock = setInterval(again, LOOKED_AFTER_MS);
    addEventListener(ENDED, look);
    return () => {
      clearInterval(clock);
      removeEventListener(ENDED, look);
    };
  }, [look]);

  if (who.kind === 'looking') return <main className="door" aria-busy="true" />;
  if (who.kind === 'failed') {
    return (
      <main className="door">
        <Notice title={say('state.failed')} again={look}>
          {whatToDo(who.error)}
        </Notice>
      </main>
    );
  }
  if (who.kind === 'nobody') return <SignIn key={language} hasEnded={who.hasEnded} entered={look} />;
  const signOut = (): void => {
    leave()
      .catch(() => undefined)
      .finally(() => {
        location.hash = '';
        forgetDraft();
        setWho({ kind: 'nobody', hasEnded: false });
      });
  };
  // Another language is another page: whatever was worked out in words is worked out anew.
  return <Inside key={language} me={who.me} theme={theme} setTheme={setTheme} signOut={signOut} />;
}

interface InsideProps {
  readonly me: Me;
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
  readonly signOut: () => void;
}

function Inside({ me, theme, setTheme, signOut }: InsideProps) {
  const [hash, go] = useAddress();
  const address = useMemo(() => hash, [JSON.stringify(hash)]);
  const pages = pagesFor(me);
  const page = pages.find(({ path }) => path === address.path[0]) ?? pages[0];
  const countries = useKnown(page !== undefined);
  const path = page?.path;
  useTitle(page === undefined ? null : say(page.word));
  // On a phone the pages are a row that scrolls: the one that is open is seen in it.
  // biome-ignore lint: the path says which one it is
  useEffect(() => {
    document.querySelector('.bar nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  return (
    <KnownCountries.Provider value={countries}>
      <a className="skip" href="#content" onClick={(event) => skip(event)}>
        {say('app.skip')}
      </a>
      <header className="bar">
        <h1>{say('app.name')}</h1>
        <nav aria-label={say('app.name')}>
          {pages.map(({ path, word }) => (
            <a key={path} href={`#/${path}`} aria-current={path === page?.path ? 'page' : undefined}>
              {say(word)}
            </a>
          ))}
        </nav>
        {page !== undefined && <Find me={me} address={address} go={go} />}
        {page !== undefined && me.organisation !== null && (
          <Views me={me} address={address} pages={pages} page={page} />
        )}
        <span className="who">
          {me.organisation === null
            ? wordFor('viewer', me.role)
            : say('app.who', { organisation: me.organisation, role: wordFor('viewer', me.role) })}
        </span>
        <LanguageChoice />
        <label className="theme">
          <span className="unseen">{say('app.theme')}</span>
          <select
            value={theme}
            onChange={(event) => setTheme(THEMES.find((one) => one === event.target.value) ?? 'system')}
          >
            {THEMES.map((one) => (
              <option key={one} value={one}>
                {say(`theme.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="button" onClick={signOut}>
          {say('app.signOut')}
        </button>
      </header>
      <main id="content" tabIndex={-1}>
        {page === undefined ? (
          <Notice title={say('page.nothing')}>{say('page.nothing.why')}</Notice>
        ) : (
          <page.Page me={me} address={address} go={go} theme={theme} />
        )}
      </main>
    </KnownCountries.Provider>
  );
}

function skip(event: { preventDefault: () => void }): void {
  // The address behind the # is where the reader is: it is left alone.
  event.preventDefault();
  document.getElementById('content')?.focus();
}

function useKnown(isWanted: boolean): Countries {
  const [countries, setCountries] = useState<Countries>(new Map());
  useEffect(() => {
    if (!isWanted) return;
    ask<{ readonly places: { readonly nodes: readonly CountryRow[] } }>(COUNTRIES)
      .then(({ places }) =>
        setCountries(
          new Map(
            places.nodes.map((one) => [one.country, { ...one, name: countryName(one.country, one.name) }]),
          ),
        ),
      )
      // Codes stand where names would.
      .catch(() => undefined);
  }, [isWanted]);
  return countries;
}
