/** Dates in Nepali: the Gregorian calendar, digits by `Intl`, and names of months of our own, because Chromium knows no Nepali. */
import type { Language } from './language.ts';

/** The digits and the grouping of Nepali; Hindi has the same, and every browser has it. */
export const NUMBERS = ['ne-NP-u-nu-deva', 'hi-IN-u-nu-deva'] as const;

/** As Unicode CLDR has them. */
const MONTHS = [
  'जनवरी',
  'फेब्रुअरी',
  'मार्च',
  'अप्रिल',
  'मे',
  'जुन',
  'जुलाई',
  'अगस्ट',
  'सेप्टेम्बर',
  'अक्टोबर',
  'नोभेम्बर',
  'डिसेम्बर',
] as const;

const whole = new Intl.NumberFormat([...NUMBERS], { useGrouping: false });
const two = new Intl.NumberFormat([...NUMBERS], { useGrouping: false, minimumIntegerDigits: 2 });

const month = (date: Date): string => MONTHS[date.getUTCMonth()] ?? '';
const monthAndYear = (date: Date): string => `${whole.format(date.getUTCFullYear())} ${month(date)}`;
const day = (date: Date): string => `${monthAndYear(date)} ${whole.format(date.getUTCDate())}`;

export const NEPALI_DATES: Language['dates'] = {
  month,
  monthAndYear,
  day,
  moment: (date) => `${day(date)}, ${two.format(date.getUTCHours())}:${two.format(date.getUTCMinutes())}`,
};
