import { describe, expect, it } from 'vitest';
import { parseDegrees, parsePair, parsePosition } from './coordinates.ts';
import { parsePrintedAddress } from './printed-address.ts';

const cell = (text: string) => ({ where: 'line 2, place', text, personal: true });
const nepal = { west: 80, south: 26.3, east: 88.3, north: 30.5 };
const position = (latitude: string, longitude: string, box?: typeof nepal, country: string | null = null) => {
  const outcome = parsePosition(cell(latitude), cell(longitude), { box, country });
  return outcome.accepted ? outcome.value : outcome.reasons[0]?.found;
};

describe('positions', () => {
  it('puts longitude first', () => {
    expect(position('27.7', '85.3')).toEqual([85.3, 27.7]);
    expect(position('-0.0', '-46.0')).toEqual([-46, -0]);
  });

  it.each([
    ['0', '0', '0, 0'],
    ['102.6', '17.97', 'latitude and longitude swapped'],
    // Swapped it would be in the Arctic: it is a slip of another kind.
    ['127.7', '85.3', 'a position outside the Earth'],
    ['85.3', '27.7', 'a position that lies on land only when swapped'],
    ['27.7', '185.3', 'a position outside the Earth'],
    ['north', '85.3', 'a value of 5 characters'],
  ])('judges %s, %s', (latitude, longitude, found) => {
    expect(position(latitude, longitude)).toBe(found);
  });

  it('finds a swap inside the range by the country the source names', () => {
    const inKenya = (latitude: string, longitude: string) => position(latitude, longitude, undefined, 'KEN');
    expect(inKenya('-1.29', '36.82')).toEqual([36.82, -1.29]);
    expect(inKenya('36.82', '-1.29')).toBe('a position that lies in KEN only when swapped');
    // A border town may lie on the other side of what a source says: it is kept.
    expect(inKenya('-3.4', '37.6')).toEqual([37.6, -3.4]);
    // Somebody lives in Longyearbyen.
    expect(position('78.22', '15.65')).toEqual([15.65, 78.22]);
    // At sea, and on land when swapped: people die at sea.
    expect(position('35', '12')).toEqual([12, 35]);
  });

  it('finds a swap inside the range by the area the profile declares', () => {
    expect(position('27.7', '85.3', nepal)).toEqual([85.3, 27.7]);
    expect(position('85.3', '27.7', nepal)).toBe(
      'a position that lies in the expected area only when swapped',
    );
    expect(position('10', '10', nepal)).toBe('a position outside the expected area');
  });

  it('knows an area across the antimeridian', () => {
    const fiji = { west: 176, south: -21, east: -178, north: -12 };
    expect(position('-17', '179', fiji)).toEqual([179, -17]);
    expect(position('-17', '-179', fiji)).toEqual([-179, -17]);
    expect(position('-17', '0', fiji)).toBe('a position outside the expected area');
  });

  it.each([
    ['27°42\'05"N', 27 + 42 / 60 + 5 / 3600],
    ['27 42 05 S', -(27 + 42 / 60 + 5 / 3600)],
    ["N 27° 42.5'", 27 + 42.5 / 60],
    ['27º42′05″N', 27 + 42 / 60 + 5 / 3600],
    ['-27,7', -27.7],
    ['27.7N', 27.7],
  ])('reads the latitude %s', (text, wanted) => {
    expect(parseDegrees(text, 'NS')).toBeCloseTo(wanted, 9);
  });

  it.each(["27°61'N", '27.7E', '-27.7N', 'N27N', '', '27..7'])('finds no latitude in "%s"', (text) => {
    expect(parseDegrees(text, 'NS')).toBeNull();
  });

  it('reads a pair in one cell, in the declared order or by its letters', () => {
    const pair = (text: string, order: 'lat_lon' | 'lon_lat') => parsePair(cell(text), order);
    expect(pair('14.6, 93.2', 'lat_lon')).toMatchObject({ value: [93.2, 14.6] });
    expect(pair('POINT(93.2 14.6)', 'lon_lat')).toMatchObject({ value: [93.2, 14.6] });
    expect(pair("27°42'N 85°19'E", 'lon_lat')).toMatchObject({ accepted: true });
    expect(pair('14.6', 'lat_lon')).toMatchObject({ accepted: false });
  });
});

describe('the printed address', () => {
  const read = (text: string) => {
    const outcome = parsePrintedAddress(cell(text));
    return outcome.accepted ? outcome.value : outcome.reasons[0]?.found;
  };

  it('reads text and coordinates', () => {
    expect(read(`{'address': "Maya's house, Itahari", 'location': {'x': 87.27, 'y': 26.66}}`)).toEqual({
      text: "Maya's house, Itahari",
      longitude: 87.27,
      latitude: 26.66,
    });
    expect(read(`{'address': 'O\\'Neil \\u0928', 'location': None}`)).toEqual({
      text: "O'Neil न",
      longitude: null,
      latitude: null,
    });
  });

  it('takes plain text as the address, and an empty dict as none', () => {
    expect(read('Itahari')).toMatchObject({ text: 'Itahari', longitude: null });
    expect(read('{}')).toEqual({ text: null, longitude: null, latitude: null });
    expect(read('None')).toEqual({ text: null, longitude: null, latitude: null });
  });

  it.each([`{'address': 'cut`, `{'a': __import__('os')}`, `{'a': 1} x`, '{'.repeat(10_000)])(
    'refuses %.20s',
    (text) => {
      expect(read(text)).toBe(`a value of ${text.length} characters`);
    },
  );

  it('does not let a dict set a prototype', () => {
    expect(read(`{'__proto__': {'address': 'x'}}`)).toMatchObject({ text: null });
  });
});
