/** In which language the dashboard speaks: chosen here, kept on the device. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { keepLanguage, LANGUAGES, type LanguageCode } from '../words/language.ts';
import { languageSpoken, say, speak } from '../words/words.ts';

const listeners = new Set<() => void>();
/** Everything is drawn anew in another language; whoever chose it goes on where they were. */
let hasJustChosen = false;

/** A language that cannot be fetched is not spoken: what was goes on. */
export async function speakIn(code: LanguageCode): Promise<void> {
  await speak(code).catch(() => undefined);
  document.documentElement.lang = languageSpoken();
  for (const changed of listeners) changed();
}

export function useLanguage(): LanguageCode {
  return useSyncExternalStore(listen, languageSpoken);
}

function listen(changed: () => void): () => void {
  listeners.add(changed);
  return () => void listeners.delete(changed);
}

export function LanguageChoice() {
  const box = useRef<HTMLSelectElement>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (hasJustChosen) box.current?.focus({ preventScroll: true });
    hasJustChosen = false;
  }, []);
  const choose = (code: LanguageCode): void => {
    keepLanguage(code);
    hasJustChosen = true;
    setBusy(true);
    speakIn(code)
      .catch(() => undefined)
      .finally(() => setBusy(false));
  };
  return (
    <label className="theme language">
      <span className="unseen">{say('app.language')}</span>
      <select
        ref={box}
        name="language"
        value={languageSpoken()}
        aria-busy={busy}
        onChange={(event) => choose(LANGUAGES.find((one) => one === event.target.value) ?? 'en')}
      >
        {LANGUAGES.map((one) => (
          <option key={one} value={one} lang={one}>
            {say(`language.${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
