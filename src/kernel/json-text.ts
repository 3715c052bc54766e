/** JSON written by hand: a mistake is named by its line and column, and by what had to stand there. */
import { accept, type Outcome, refuse } from './errors.ts';

/** Refuses with `line L, column C`, both counted from 1. A byte order mark before the text is passed over. */
export function readJson(written: string): Outcome<unknown> {
  const text = written.replace(/^\uFEFF/, '');
  try {
    return accept(JSON.parse(text));
  } catch (error) {
    const { at, wanted } = firstMistake(text) ?? { at: 0, wanted: (error as Error).message };
    const before = text.slice(0, at).split('\n');
    const stood = text.slice(at, at + 1);
    return refuse({
      where: `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`,
      found: stood === '' ? 'the end of the text' : JSON.stringify(stood),
      wanted,
    });
  }
}

interface Mistake {
  readonly at: number;
  readonly wanted: string;
}

const SPACE = /[ \t\n\r]*/y;
/** From the space on, but the quote and the backslash: control signs must be escaped. */
const TEXT = /"(?:[ !#-[\]-\u{10FFFF}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const WORD = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Where a reader that goes from left to right stops; null when it does not. */
function firstMistake(text: string): Mistake | null {
  let at = 0;
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    at += found?.[0].length ?? 0;
    return found !== null;
  };
  const sign = (wanted: string): boolean => {
    match(SPACE);
    if (text[at] !== wanted) return false;
    at += 1;
    return true;
  };
  const stop = (wanted: string): never => {
    throw Object.assign(new Error(wanted), { mistake: { at, wanted } satisfies Mistake });
  };
  const value = (): void => {
    match(SPACE);
    if (sign('{')) {
      if (sign('}')) return;
      do {
        match(SPACE);
        if (!match(TEXT)) stop('the name of a member in double quotes');
        if (!sign(':')) stop('a colon after the name of a member');
        value();
      } while (sign(','));
      if (!sign('}')) stop('a comma or } after a member');
    } else if (sign('[')) {
      if (sign(']')) return;
      do value();
      while (sign(','));
      if (!sign(']')) stop('a comma or ] after a value');
    } else if (!match(TEXT) && !match(WORD)) {
      stop(
        text[at] === '"'
          ? 'a text that ends in a double quote on its own line'
          : 'a value: a text in double quotes, a number, true, false, null, { or [',
      );
    }
  };
  try {
    value();
    match(SPACE);
    return at === text.length ? null : { at, wanted: 'the end of the text' };
  } catch (error) {
    return (error as { mistake?: Mistake }).mistake ?? null;
  }
}
