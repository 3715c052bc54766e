/** Nepali as a language, with its letters: fetched when somebody chooses it. */
import type { Language } from './language.ts';
import { NEPALI } from './nepali.ts';
import { NEPALI_COUNTRIES } from './nepali-countries.ts';
import { NEPALI_DATES, NUMBERS } from './nepali-dates.ts';
import './nepali.css';

export const NEPALI_LANGUAGE: Language = {
  code: 'ne',
  words: NEPALI,
  // Of whole numbers English has the same rule, where a browser has none for Nepali.
  plurals: ['ne', 'en'],
  numbers: NUMBERS,
  dates: NEPALI_DATES,
  countries: NEPALI_COUNTRIES,
};
