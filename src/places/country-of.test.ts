import { describe, expect, it } from 'vitest';
import { ON_THE_GROUND, UNITED_NATIONS } from './border-policy.ts';
import { COUNTRIES } from './countries.ts';
import { countriesByName, countryByName } from './country-names.ts';
import { countryOf } from './country-of.ts';
import { countriesOfRegion, saysNothing } from './regions.ts';

describe('countryOf', () => {
  it.each([
    ['Kathmandu', [85.32, 27.71], 'NPL'],
    ['Paris, where ISO_A3 is −99 in Natural Earth', [2.35, 48.86], 'FRA'],
    ['Oslo, where it is −99 too', [10.75, 59.91], 'NOR'],
    ['Pristina', [21.16, 42.66], 'XKX'],
    ['Hong Kong, a territory with a code', [114.17, 22.3], 'HKG'],
    ['Cayenne', [-52.33, 4.93], 'GUF'],
    ['Las Palmas, whose code IC is only reserved', [-15.43, 28.12], 'ESP'],
    ['Taveuni, east of 180°', [-179.99, -16.8], 'FJI'],
    ['Laâyoune under the default policy', [-13.2, 27.15], 'ESH'],
    ['Tan-Tan, in Morocco proper', [-11.1, 28.44], 'MAR'],
  ] as const)('is right in %s', (_, position, code) => {
    expect(countryOf(position)).toBe(code);
  });

  it('is null at sea', () => {
    expect(countryOf([-30, 30])).toBeNull();
  });

  it('lets the policy decide on disputed ground: Crimea, Western Sahara, Northern Cyprus', () => {
    const simferopol = [34.1, 44.95] as const;
    expect(countryOf(simferopol, UNITED_NATIONS)).toBe('UKR');
    expect(countryOf(simferopol, ON_THE_GROUND)).toBe('RUS');
    expect(countryOf([-13.2, 27.15], ON_THE_GROUND)).toBe('MAR');
    expect(countryOf([33.32, 35.34], UNITED_NATIONS)).toBe('CYP');
    expect(countryOf(simferopol, { ...UNITED_NATIONS, areas: { Q7835: null } })).toBeNull();
  });
});

describe('countryByName', () => {
  it.each([
    ['Nepal', 'NPL'],
    ['नेपाल', 'NPL'],
    ['साउदी अरब', 'SAU'],
    ['KSA', 'SAU'],
    ['UAE', 'ARE'],
    ['u.a.e.', 'ARE'],
    ['Nepalese', 'NPL'],
    ['Indian', 'IND'],
    ['American', 'USA'],
    ['the Gambia', 'GMB'],
    ['DRC', 'COD'],
    ["Côte d'Ivoire", 'CIV'],
    ['Turkey', 'TUR'],
    ['Непал', 'NPL'],
    ['FR', 'FRA'],
    ['FRA', 'FRA'],
    ['NO', 'NOR'],
    ['250', 'FRA'],
    ['578', 'NOR'],
    ['UNK', 'XKX'],
    ['Kosovo', 'XKX'],
    ['Sudan', 'SDN'],
  ])('reads %s as %s', (text, code) => {
    expect(countryByName(text)).toBe(code);
  });

  it('answers null for words, unknown names and what means several', () => {
    for (const text of ['no', 'in', 'Atlantis', '', 'Congolese', 'Dominican'])
      expect(countryByName(text)).toBeNull();
    expect(countriesByName('Congolese')).toEqual(['COD', 'COG']);
  });

  it('finds every country by its own common name and its three codes', () => {
    for (const { code, name, alpha2, m49 } of COUNTRIES) {
      for (const text of [name, code, alpha2, m49].filter(Boolean))
        expect([text, countryByName(text)]).toEqual([text, code]);
    }
    expect(COUNTRIES.length).toBe(250);
  });
});

describe('words that are no place', () => {
  it('tells a region by its countries', () => {
    for (const text of ['Gulf Country', 'gulf countries', 'Gulf', 'GCC', 'खाडी मुलुक']) {
      expect(countriesOfRegion(text)).toEqual(['ARE', 'BHR', 'KWT', 'OMN', 'QAT', 'SAU']);
    }
    expect(countriesOfRegion('Middle East')).toEqual(expect.arrayContaining(['SAU', 'LBN']));
    expect(countriesOfRegion('West Africa')).toContain('GHA');
    expect(countriesOfRegion('Abroad')).toEqual([]);
    expect(countriesOfRegion('Oman')).toBeUndefined();
  });

  it('hears when nobody knows, and does not take a name for it', () => {
    for (const text of [
      "PV doesn't know",
      'Unknown',
      'n/a',
      '-',
      '?',
      'doesn’t know where',
      'थाहा छैन',
      'not disclosed',
    ]) {
      expect([text, saysNothing(text)]).toEqual([text, true]);
    }
    for (const text of ['Nanded', 'Noida', 'Nagpur', 'Other Dhaka', 'Notre-Dame'])
      expect([text, saysNothing(text)]).toEqual([text, false]);
  });
});
