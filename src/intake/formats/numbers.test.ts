import { describe, expect, it } from 'vitest';
import { parseBoolean } from './booleans.ts';
import { isMissing, isPersonalColumn, USUAL_MISSING } from './cell.ts';
import { parseCountry } from './countries.ts';
import { parseCount, parseNumber } from './numbers.ts';

const cell = (text: string, personal = false) => ({ where: 'line 2, n', text, personal });
const refused = { accepted: false };

describe('numbers', () => {
  it.each([
    ['1,022', 1022],
    ['1,00,000', 100000],
    [' 12.50 ', 12.5],
    ['-3', -3],
    ['\u22123', -3],
    ['1 022', 1022],
    ['१२', 12],
    ['٤٥', 45],
    ['2e3', 2000],
    ['-0.0', 0],
  ])('reads %s', (text, value) => {
    expect(parseNumber(cell(text))).toEqual({ accepted: true, value });
  });

  it('reads a decimal comma only where it is declared', () => {
    expect(parseNumber(cell('1.022,5'), { decimal: ',' })).toEqual({ accepted: true, value: 1022.5 });
    expect(parseNumber(cell('1,5'))).toMatchObject(refused);
    expect(parseNumber(cell('1.022,5'))).toMatchObject(refused);
  });

  it.each(['', 'twelve', '1,02,2', '12,3456', '1.2.3', '0x10', 'Infinity', '1e999', '--1'])(
    'refuses "%s"',
    (text) => {
      expect(parseNumber(cell(text))).toMatchObject(refused);
    },
  );

  it('keeps to its bounds', () => {
    expect(parseNumber(cell('2.5'), { integer: true })).toMatchObject(refused);
    expect(parseNumber(cell('6'), { min: 1, max: 5 })).toMatchObject({
      reasons: [{ found: '"6"', wanted: '5 or less' }],
    });
  });

  it.each([
    ['<5', 0, 4],
    ['≤5', 0, 5],
    ['>100', 101, null],
    ['≥100', 100, null],
    ['5+', 5, null],
    ['5-10', 5, 10],
    ['1,022', 1022, 1022],
  ])('reads the count %s as an interval', (text, min, max) => {
    expect(parseCount(cell(text))).toEqual({ accepted: true, value: { min, max } });
  });

  it('starts a censored count at 1 where the source never means zero', () => {
    expect(parseCount(cell('<5'), { floor: 1 })).toEqual({ accepted: true, value: { min: 1, max: 4 } });
  });

  it.each(['-3', '10-5', '<', 'few', '2.5'])('refuses the count "%s"', (text) => {
    expect(parseCount(cell(text))).toMatchObject(refused);
  });
});

describe('words', () => {
  it('reads True and False in their spellings', () => {
    expect(['True', 'yes', '1.0', 'X'].map((text) => parseBoolean(cell(text)))).toEqual(
      Array.from({ length: 4 }, () => ({ accepted: true, value: true })),
    );
    expect(parseBoolean(cell('0'))).toEqual({ accepted: true, value: false });
    expect(parseBoolean(cell('maybe'))).toMatchObject(refused);
  });

  it('does not take Namibia for a missing value', () => {
    expect(isMissing(' None ', USUAL_MISSING)).toBe(true);
    expect(isMissing('NA', USUAL_MISSING)).toBe(false);
  });

  it.each([
    ['NP', 'alpha2', 'NPL'],
    ['np', 'alpha2', 'NPL'],
    ['NPL', 'alpha3', 'NPL'],
    ['Iran (Islamic Republic of)', 'name', 'IRN'],
    ['Nepalese', 'any', 'NPL'],
    ["Côte d'Ivoire", 'name', 'CIV'],
  ] as const)('knows %s as %s', (text, writing, value) => {
    expect(parseCountry(cell(text), writing)).toEqual({ accepted: true, value });
  });

  it.each([
    ['Nepal', 'alpha2'],
    ['in', 'any'],
    ['ZZ', 'alpha2'],
    ['XXX', 'alpha3'],
    ['Gulf Country', 'any'],
  ] as const)('refuses %s as %s', (text, writing) => {
    expect(parseCountry(cell(text), writing)).toMatchObject(refused);
  });
});

describe('what a reason shows', () => {
  const found = (text: string, personal = false) => {
    const outcome = parseNumber(cell(text, personal));
    return outcome.accepted ? null : outcome.reasons[0]?.found;
  };

  it('shows a harmless value, and only the length of a personal one', () => {
    expect(found('many')).toBe('"many"');
    expect(found('Maya Example', true)).toBe('a value of 12 characters');
  });

  it('hides what looks like a phone number, a mailbox or a sentence in any column', () => {
    expect(found('+977-980-0000000x')).toBe('a value of 17 characters');
    expect(found('a@example.org')).toBe('a value of 13 characters');
    expect(found('She said that her uncle in the village paid')).toBe('a value of 43 characters');
  });

  it('knows personal columns by name, and station names as places', () => {
    expect(['full_name', 'phone_contact', 'Address', 'birthdate', 'case_notes'].every(isPersonalColumn)).toBe(
      true,
    );
    expect(['station_name', 'age', 'gender', 'country'].some(isPersonalColumn)).toBe(false);
  });
});
