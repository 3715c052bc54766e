/** However somebody protected wrote a number, it is known by what a suspect's record may say of it. */
import { describe, expect, it } from 'vitest';
import { normaliseSelector } from '../../intake/formats/selectors.ts';
import { phoneForms } from './phone-forms.ts';

const spellings = ['+977 980 000 0014', '9800000014', '0980 000 0014', '00977-980-000-0014', '9779800000014'];

describe('a telephone number', () => {
  it.each(spellings)('written %s covers every other spelling of it', (written) => {
    const forms = phoneForms(written);
    for (const other of spellings) expect(forms).toContain(normaliseSelector('phone', other, true)?.value);
  });

  it.each([
    ['tel +977 980 000 0014', '+9779800000014'],
    ['+977 980 000 0013 or +977 980 000 0014 (aunt)', '+9779800000014'],
    ['her uncle: ०९८०-०००-००१४', '+9779800000014'],
    ['9800000013 9800000014', '+9779800000014'],
    ['+44 (0)20 7946 0000', '+442079460000'],
    ['(202) 555-0100', '+12025550100'],
  ])('is found in "%s"', (text, value) => {
    expect(phoneForms(text)).toContain(value);
  });

  it('is not what is none', () => {
    for (const text of ['', 'Maya Example', 'ward 5', '12-34', '1'.repeat(30)])
      expect(phoneForms(text)).toEqual([]);
    expect(phoneForms('9800000014').every((form) => /^\+?\d{6,15}$/.test(form))).toBe(true);
  });
});
