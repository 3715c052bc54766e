/** Positions as forms hold them: decimal degrees, degrees and minutes, a pair in one cell. Wrong ones are refused, not repaired. */
import type { BoundingBox, Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { countryOf } from '../../places/country-of.ts';
import { asciiDigits } from './ascii-digits.ts';
import type { Cell } from './cell.ts';

export interface CoordinateOptions {
  /** Where the source's places lie. A position outside it is refused; one that lies inside only when swapped is named so. */
  readonly box?: BoundingBox | undefined;
  /** Forms leave (0, 0) where nobody set a position; it is refused unless this is true. */
  readonly allowZero?: boolean | undefined;
  /** Alpha-3 of where the source says it lies: a position that lies there only when swapped is refused. */
  readonly country?: string | null | undefined;
}

/** Nobody lives on land so near a pole but where a country is known: a position there that is on land when swapped was swapped. */
const POLAR_DEGREES = 72;
/** Where latitude and longitude are much alike, both positions lie near each other, and a source may name a country next to it, or a coast. */
const FAR_KM = 3_000;

/** Reasons never show a coordinate: to the metre, it is an address. */
export function parsePosition(
  latitude: Cell,
  longitude: Cell,
  options: CoordinateOptions = {},
): Outcome<Position> {
  const north = parseDegrees(latitude.text, 'NS');
  const east = parseDegrees(longitude.text, 'EW');
  const reasons = [
    ...(north === null ? [unread(latitude, 'a latitude')] : []),
    ...(east === null ? [unread(longitude, 'a longitude')] : []),
  ];
  if (north === null || east === null) return refuse(...reasons);
  return checkPosition(latitude.where, east, north, options);
}

/** Two coordinates in one cell, as "27.7, 85.3" or "27°42'N 85°19'E". `order` says which comes first where no letter does. */
export function parsePair(
  cell: Cell,
  order: 'lat_lon' | 'lon_lat',
  options: CoordinateOptions = {},
): Outcome<Position> {
  const text = asciiDigits(cell.text)
    .trim()
    .replace(/^(?:POINT\s*)?[([]|[)\]]$/gi, '');
  const lettered = /^(.+?[NS])[\s,;]+(.+?[EW])$/i.exec(text);
  const parts = lettered === null ? text.split(/\s*[,;]\s*|\s+/) : [lettered[1] ?? '', lettered[2] ?? ''];
  if (parts.length !== 2) return refuse(unread(cell, 'two coordinates'));
  const [first = '', second = ''] = parts;
  const latitudeFirst = lettered !== null || order === 'lat_lon';
  const at = (text: string): Cell => ({ ...cell, text });
  return latitudeFirst
    ? parsePosition(at(first), at(second), options)
    : parsePosition(at(second), at(first), options);
}

/** Degrees from "27.7", "-27,7", "27°42'05\"N", "27 42 05 S", "N 27° 42.1'"; null when it is none. `letters`: positive, negative. */
export function parseDegrees(text: string, letters: 'NS' | 'EW'): number | null {
  const plain = asciiDigits(text)
    .trim()
    .replace(/\u2212/g, '-');
  if (/^[+-]?\d+(?:[.,]\d*)?$|^[+-]?[.,]\d+$/.test(plain)) return Number(plain.replace(',', '.'));
  const match = DEGREES.exec(plain.toUpperCase());
  if (match === null) return null;
  const [, before = '', sign = '', degrees = '', minutes = '0', seconds = '0', after = ''] = match;
  const letter = before || after;
  if ((before !== '' && after !== '') || (letter !== '' && (sign !== '' || !letters.includes(letter))))
    return null;
  if (Number(minutes) >= 60 || Number(seconds) >= 60) return null;
  const size = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600;
  return sign === '-' || letter === letters[1] ? -size : size;
}

/** Checks numbers that are already in hand. `where` goes into the reason. */
export function checkPosition(
  where: string,
  longitude: number,
  latitude: number,
  { box, allowZero = false, country = null }: CoordinateOptions = {},
): Outcome<Position> {
  const reason = (found: string, wanted: string): Outcome<never> => refuse({ where, found, wanted });
  if (longitude === 0 && latitude === 0 && !allowZero) return reason('0, 0', 'a position that somebody set');
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
    const found = isOnLand(latitude, longitude)
      ? 'latitude and longitude swapped'
      : 'a position outside the Earth';
    return reason(found, 'latitude within ±90, longitude within ±180');
  }
  if (box !== undefined && !within(box, longitude, latitude)) {
    const swapped = within(box, latitude, longitude);
    const found = swapped
      ? 'a position that lies in the expected area only when swapped'
      : 'a position outside the expected area';
    return reason(found, 'a position in the area the profile declares');
  }
  const here = countryOf([longitude, latitude]);
  const there = isOnEarth(latitude, longitude) ? countryOf([latitude, longitude]) : null;
  if (country !== null && here !== country && there === country && isFar(longitude, latitude))
    return reason(`a position that lies in ${country} only when swapped`, `a position in ${country}`);
  if (box === undefined && here === null && there !== null && Math.abs(latitude) > POLAR_DEGREES)
    return reason(
      'a position that lies on land only when swapped',
      'latitude and longitude, each in its place',
    );
  return accept([longitude, latitude]);
}

/** From where it lies when swapped. */
function isFar(longitude: number, latitude: number): boolean {
  return greatCircleKm([longitude, latitude], [latitude, longitude]) > FAR_KM;
}

function isOnEarth(longitude: number, latitude: number): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}

function isOnLand(longitude: number, latitude: number): boolean {
  return isOnEarth(longitude, latitude) && countryOf([longitude, latitude]) !== null;
}

const DEGREES =
  /^([NSEW]?)\s*([+-]?)(\d+(?:\.\d+)?)(?:\s*[°º:\s]\s*(?:(\d+(?:\.\d+)?)\s*['′’:\s]?\s*(?:(\d+(?:\.\d+)?)\s*(?:["″”]|'')?)?)?)?\s*([NSEW]?)$/;

function within(box: BoundingBox, longitude: number, latitude: number): boolean {
  if (latitude < box.south || latitude > box.north) return false;
  const afterWest = longitude >= box.west;
  const beforeEast = longitude <= box.east;
  return box.west <= box.east ? afterWest && beforeEast : afterWest || beforeEast;
}

function unread(cell: Cell, wanted: string): Reason {
  return { where: cell.where, found: `a value of ${cell.text.trim().length} characters`, wanted };
}
