/** English as a language: its words, and dates as `Intl` writes them. */
import { ENGLISH } from './english.ts';
import type { Language } from './language.ts';

const dates = (options: Intl.DateTimeFormatOptions): ((date: Date) => string) => {
  const format = new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' });
  return (date) => format.format(date);
};

export const ENGLISH_LANGUAGE: Language = {
  code: 'en',
  words: ENGLISH,
  plurals: ['en'],
  numbers: ['en'],
  dates: {
    monthAndYear: dates({ month: 'short', year: 'numeric' }),
    month: dates({ month: 'long' }),
    day: dates({ dateStyle: 'medium' }),
    moment: dates({ dateStyle: 'medium', timeStyle: 'short' }),
  },
  countries: {},
};
