/** A secret that the hub tells once: an invitation, or the key of a machine. */
import { say, type WordKey } from '../words/words.ts';

interface ShownOnceProps {
  /** Null: the same act asked for again has made nothing more, and it was told the first time. */
  readonly text: string | null;
  readonly words: { readonly title: WordKey; readonly gone: WordKey; readonly away: WordKey };
  readonly close: () => void;
}

export function ShownOnce({ text, words, close }: ShownOnceProps) {
  return (
    <div className="notice" role="status">
      {text === null ? (
        <p>{say(words.gone)}</p>
      ) : (
        <>
          <strong>{say(words.title)}</strong>
          <code className="as-id" data-secret>
            {text}
          </code>
        </>
      )}
      <button type="button" className="button" onClick={close}>
        {say(words.away)}
      </button>
    </div>
  );
}
