/** Saying things in a language: its digits, its plurals, its months, and what it has no words for. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chosenLanguage } from './language.ts';
import {
  countryName,
  dayOf,
  digits,
  languageSpoken,
  momentOf,
  month,
  monthOfYear,
  number,
  numberUpTo,
  persons,
  pieces,
  say,
  share,
  small,
  speak,
  wordFor,
} from './words.ts';

afterEach(async () => {
  vi.unstubAllGlobals();
  await speak('en');
});

describe('saying things in Nepali', () => {
  it('writes numbers in its own digits and its own grouping', async () => {
    await speak('ne');
    expect(languageSpoken()).toBe('ne');
    expect([number(1_234_567.8), share(0.42), small(0.0312), digits(2026)]).toEqual([
      '१२,३४,५६७.८',
      '४२%',
      '०.०३१',
      '२०२६',
    ]);
    expect(say('count.incidents', { count: 12_345 })).toBe('१२,३४५ वटा घटना');
    expect(numberUpTo(10_000)).toBe('१०,००० वा बढी');
  });

  it('has the plural forms of its rules: one for one alone', async () => {
    await speak('ne');
    expect([0, 1, 2].map((count) => say('count.reports', { count }))).toEqual([
      '० वटा प्रतिवेदन',
      '१ प्रतिवेदन',
      '२ वटा प्रतिवेदन',
    ]);
    expect(persons({ min: 2, max: 5 })).toBe('२ देखि ५ जना');
  });

  it('dates by the Gregorian calendar, with the months of the Unicode repository', async () => {
    await speak('ne');
    const asRepository = new Intl.DateTimeFormat('ne-NP-u-ca-gregory-nu-deva', {
      month: 'long',
      timeZone: 'UTC',
    });
    expect(asRepository.resolvedOptions().locale).toContain('ne');
    for (let which = 1; which <= 12; which += 1)
      expect(monthOfYear(which)).toBe(asRepository.format(new Date(Date.UTC(2000, which - 1, 1))));
    expect([month('2026-04'), dayOf('2026-04-09T12:00:00Z'), momentOf('2026-04-09T05:07:00Z')]).toEqual([
      '२०२६ अप्रिल',
      '२०२६ अप्रिल ९',
      '२०२६ अप्रिल ९, ०५:०७ UTC',
    ]);
  });

  it('puts controls where its own sentence has them', async () => {
    const order = (): readonly string[] => pieces('filter.sentence').flatMap(({ slot }) => slot ?? []);
    const english = order();
    await speak('ne');
    expect(order()).not.toEqual(english);
    expect([...order()].sort()).toEqual([...english].sort());
  });

  it('says values in words, in whatever case they come, and countries by name', async () => {
    await speak('ne');
    expect([wordFor('mode', 'BUS'), wordFor('origin', 'contact')]).toEqual(['बस', 'सम्पर्क व्यक्ति']);
    expect([countryName('IND', 'India'), countryName('XXX', 'Nowhere')]).toEqual(['भारत', 'Nowhere']);
    expect(wordFor('auditAction', 'something_new')).toBe('something new');
  });

  it('goes back to English as it was', async () => {
    const before = [number(1_234_567.8), month('2026-04'), say('count.reports', { count: 1 })];
    await speak('ne');
    await speak('en');
    expect([number(1_234_567.8), month('2026-04'), say('count.reports', { count: 1 })]).toEqual(before);
  });
});

describe('the language that is spoken', () => {
  const on = (kept: string | null, languages: readonly string[]): string => {
    vi.stubGlobal('localStorage', { getItem: () => kept });
    vi.stubGlobal('navigator', { languages });
    return chosenLanguage();
  };

  it('is the one chosen on the device, else the first that the browser asks for, else English', () => {
    expect(on('ne', ['en-US'])).toBe('ne');
    expect(on('en', ['ne-NP'])).toBe('en');
    expect(on(null, ['fr-FR', 'ne-NP', 'en'])).toBe('ne');
    expect(on(null, ['fr-FR', 'en-GB', 'ne'])).toBe('en');
    expect(on(null, ['fr'])).toBe('en');
    expect(on('<script>', ['fr'])).toBe('en');
  });
});
