/** What a language is, and which one is spoken: as somebody chose on this device, or as the browser asks for. */
import type { Catalogue } from './catalogue.ts';

export const LANGUAGES = ['en', 'ne'] as const;
export type LanguageCode = (typeof LANGUAGES)[number];

export interface Language {
  readonly code: LanguageCode;
  /** What a language has no words for is said in English. */
  readonly words: Catalogue;
  /** For rules of `Intl`, the best first: a browser may not know the language itself. */
  readonly plurals: readonly string[];
  readonly numbers: readonly string[];
  readonly dates: Dates;
  /** By alpha-3; where there is none, the name that the hub has. */
  readonly countries: Readonly<Record<string, string>>;
}

/** Of moments in UTC, in the Gregorian calendar. */
interface Dates {
  readonly monthAndYear: (date: Date) => string;
  readonly month: (date: Date) => string;
  readonly day: (date: Date) => string;
  readonly moment: (date: Date) => string;
}

const KEPT_AS = 'headwater.language';

/** Like `ne`, and nothing else: no id, and nothing of who reads. */
export function chosenLanguage(): LanguageCode {
  return keptLanguage() ?? firstOf(navigator.languages) ?? 'en';
}

export function keepLanguage(code: LanguageCode): void {
  try {
    localStorage.setItem(KEPT_AS, code);
  } catch {
    // A browser that keeps nothing asks for its own language next time.
  }
}

function keptLanguage(): LanguageCode | null {
  try {
    return LANGUAGES.find((code) => code === localStorage.getItem(KEPT_AS)) ?? null;
  } catch {
    return null;
  }
}

function firstOf(asked: readonly string[]): LanguageCode | undefined {
  return asked
    .map((tag) => LANGUAGES.find((code) => code === tag.toLowerCase().split('-')[0]))
    .find((code) => code !== undefined);
}
