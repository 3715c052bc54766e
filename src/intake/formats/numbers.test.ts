import { describe, expect, it } from 'vitest';
import { parseBoolean } from './booleans.ts';
import { isMissing, isPersonalColumn, USUAL_MISSING } from './cell.ts';
import { parseCountry } from './countries.ts';
import { parseCount, parseNumber } from './numbers.ts';
import { describeValue } from './shape.ts';

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

  it('shows a figure or a word that names nobody, and only the length of a personal one', () => {
    expect(['many', 'n/a', '12,5', '150x', '10-5'].map((text) => found(text))).toEqual([
      '"many"',
      '"n/a"',
      '"12,5"',
      'letters and digits, 4 characters',
      '"10-5"',
    ]);
    expect(found('Maya Example', true)).toBe('a value of 12 characters');
  });

  it.each([
    ['Sita Example', 'letters, 12 characters'],
    ['Sita', 'letters, 4 characters'],
    ['सीता', 'letters, 4 characters'],
    ['does not know Sita', 'letters, 18 characters'],
    ['+977-980-0000000x', 'letters, digits and punctuation, 17 characters'],
    ['98410 00000x', 'letters and digits, 12 characters'],
    ['9841-000-000', 'digits and punctuation, 12 characters'],
    ['९८४१-०००-०००', 'digits and punctuation, 12 characters'],
    ['12.3.2001', 'digits and punctuation, 9 characters'],
    ['12/3/01', 'digits and punctuation, 7 characters'],
    ['85.3240°', 'digits and punctuation, 8 characters'],
    ['a@example.org', 'letters and punctuation, 13 characters'],
    ['She said that her uncle in the village paid', 'letters, 43 characters'],
  ])('tells only the shape of %s in a column of numbers', (text, shape) => {
    expect(found(text)).toBe(shape);
  });

  it('shows a date where a date was wanted, and nothing that may be a telephone number', () => {
    const date = (text: string) => describeValue(text, 'date');
    for (const text of ['31/02/2024', '2062-05-01', '3/1/24', '2024-03-01 25:00', '31 Feb 2024', '18:75'])
      expect(date(text)).toBe(`"${text}"`);
    for (const text of ['01-23-4567', '9841000000', '20240301', '9841-00-11', 'Sita Feb 2024'])
      expect(date(text)).toMatch(/characters$/);
    expect(describeValue('Gulf Country', 'country')).toBe('"Gulf Country"');
    expect(describeValue('Mixed/Unknown', 'country')).toBe('"Mixed/Unknown"');
    expect(describeValue('Sita', 'country')).toBe('letters, 4 characters');
  });

  it('knows personal columns by name, and station names as places', () => {
    expect(['full_name', 'phone_contact', 'Address', 'birthdate', 'case_notes'].every(isPersonalColumn)).toBe(
      true,
    );
    expect(['station_name', 'age', 'gender', 'country'].some(isPersonalColumn)).toBe(false);
  });
});
