import { describe, expect, it } from 'vitest';
import { normaliseSelector } from './selectors.ts';

describe('telephone numbers', () => {
  it.each([
    ['ASCII', '+977 984-1000001'],
    ['Devanagari', '+९७७ ९८४-१०००००१'],
    ['Bengali', '+৯৭৭ ৯৮৪-১০০০০০১'],
    ['Arabic-Indic', '\u200e+٩٧٧ ٩٨٤-١٠٠٠٠٠١'],
    ['Persian', '۰۰۹۷۷ ۹۸۴ ۱۰۰۰۰۰۱'],
    ['full-width', '＋９７７ ９８４１０００００１'],
  ])('are one number in %s figures', (_, text) => {
    expect(normaliseSelector('phone', text, true)).toEqual({
      kind: 'phone',
      value: '+9779841000001',
      hint: '…0001',
    });
  });

  it.each(['ask Ram', '12345', '9841000001 / 9841000002'])('are not found in "%s"', (text) => {
    expect(normaliseSelector('phone', text, true)).toBeNull();
  });
});

describe('other identifiers', () => {
  it('makes plates equal in either script', () => {
    const nepali = normaliseSelector('plate', 'बा २ च १२३४', false);
    expect(nepali?.value).toBe(normaliseSelector('plate', 'बा 2 च 1234', false)?.value);
  });

  it('shows no name that was typed in the place of a plate or a passport', () => {
    expect(normaliseSelector('plate', 'Sita Example', false)).toBeNull();
    expect(normaliseSelector('passport', 'Sita Example', true)?.hint).toBe('…');
    expect(normaliseSelector('passport', 'ABC12', true)?.hint).toBe('…');
    expect(normaliseSelector('passport', 'AB 1234567', true)?.hint).toBe('…567');
    expect(normaliseSelector('name', 'Sita Example', true)?.hint).toBe('…');
  });
});
