/** A place of a row as the source gave it: never guessed, never finer than it may be known. */
import type { Position } from '../../geo/position.ts';
import { type Outcome, refuse } from '../../kernel/errors.ts';
import type { PlaceLevel } from '../../kernel/vocabulary.ts';
import { countryByName } from '../../places/country-names.ts';
import { countriesOfRegion, saysNothing } from '../../places/regions.ts';
import type { PlaceDraft } from '../reports/report-draft.ts';
import { checkPosition, parsePair, parsePosition } from './coordinates.ts';
import type { FieldReader } from './field-reader.ts';
import { parsePrintedAddress } from './printed-address.ts';
import type { PlaceField } from './profile-places.ts';

export const NOWHERE: PlaceDraft = {
  text: null,
  position: null,
  country: null,
  level: 'unknown',
  uncertaintyKm: null,
};

/** A home is kept on a grid of 0.1°, whose cells are 11 km high: it stays 8 km or nearer to what is kept. */
const HOME_GRID_DEGREES = 0.1;
const HOME_UNCERTAINTY_KM = 8;

/**
 * Null when the row says nothing of the place. Several answers in one cell, a region ("Gulf Country") or "doesn't know" make a place of
 * level `unknown` that keeps its text. A text that is a country's name is of level `country`. A position that is wrong is left out
 * and noted, unless the profile refuses it.
 */
export function readPlace(reader: FieldReader, field: PlaceField | undefined): PlaceDraft | null {
  if (field === undefined) return null;
  const printed = readPrinted(reader, field);
  const home = field.home === true;
  const told = reader.text(field.text, home) ?? printed.text;
  const text = home ? areaOf(told) : told;
  const country = reader.country(field.country);
  const position = readPosition(reader, field, country ?? countryIn(told)) ?? printed.position;
  if (text === null && position === null && country === null) return null;
  if (position !== null) {
    const at = home ? onHomeGrid(position) : position;
    const level = field.level?.positioned ?? (home ? 'admin' : 'exact');
    const uncertaintyKm = field.uncertaintyKm ?? (home ? HOME_UNCERTAINTY_KM : null);
    return { text, position: at, country, level, uncertaintyKm };
  }
  if (text === null) return { ...NOWHERE, country, level: 'country' };
  const named = judgeName(text, field);
  return {
    text,
    position: null,
    country: country ?? named.country,
    level: named.level,
    uncertaintyKm: named.level === 'unknown' ? null : (field.uncertaintyKm ?? null),
  };
}

/** "District, Country": what the last part of an address is the name of. */
function countryIn(text: string | null): string | null {
  return countryByName(text?.split(',').at(-1)?.trim() ?? '');
}

function readPosition(reader: FieldReader, field: PlaceField, country: string | null): Position | null {
  const settle = (outcome: Outcome<Position>): Position | null =>
    reader.settle(outcome, field.onWrong ?? 'note');
  const { box } = field;
  if (field.pair !== undefined) {
    const pair = reader.cell(field.pair, true);
    if (pair !== null) return settle(parsePair(pair, field.pair.order, { box, country }));
  }
  if (field.latitude === undefined || field.longitude === undefined) return null;
  const latitude = reader.cell(field.latitude, true);
  const longitude = reader.cell(field.longitude, true);
  if (latitude === null && longitude === null) return null;
  if (latitude === null || longitude === null) {
    const { where } = latitude ?? longitude ?? { where: '' };
    return settle(refuse({ where, found: 'one coordinate', wanted: 'latitude and longitude' }));
  }
  return settle(parsePosition(latitude, longitude, { box, country }));
}

function readPrinted(
  reader: FieldReader,
  field: PlaceField,
): { text: string | null; position: Position | null } {
  const cell =
    field.printedAddress === undefined ? null : reader.cell({ column: field.printedAddress }, true);
  const printed = cell === null ? null : reader.settle(parsePrintedAddress(cell), field.onWrong ?? 'note');
  if (cell === null || printed === null) return { text: null, position: null };
  const { text, longitude, latitude } = printed;
  // (0, 0) is what the form writes when nobody set the pin: no answer, and nothing to report.
  if (longitude === null || latitude === null || (longitude === 0 && latitude === 0))
    return { text, position: null };
  const checked = checkPosition(cell.where, longitude, latitude, {
    box: field.box,
    country: countryIn(text),
  });
  return { text, position: reader.settle(checked, field.onWrong ?? 'note') };
}

function judgeName(text: string, field: PlaceField): { level: PlaceLevel; country: string | null } {
  const answers = field.split === undefined ? [text] : text.split(field.split).map((each) => each.trim());
  const told = new Set(answers.filter((each) => each !== ''));
  const [only = ''] = told;
  if (told.size !== 1 || saysNothing(only) || countriesOfRegion(only) !== undefined)
    return { level: 'unknown', country: null };
  const country = countryByName(only);
  return country === null
    ? { level: field.level?.named ?? 'locality', country: null }
    : { level: 'country', country };
}

function onHomeGrid([longitude, latitude]: Position): Position {
  const snap = (degrees: number): number =>
    Math.round(Math.round(degrees / HOME_GRID_DEGREES) * HOME_GRID_DEGREES * 10) / 10;
  return [snap(longitude), snap(latitude)];
}

/** "12 Temple Road, Itahari, Sunsari, Nepal" → "Sunsari, Nepal": house, street, numbers and sentences stay in the vault. */
function areaOf(address: string | null): string | null {
  const parts = (address ?? '').split(',').map((part) => part.trim());
  const area = parts
    .filter((part) => part !== '' && !/\p{Nd}/u.test(part) && part.split(/\s+/).length <= 3)
    .slice(-2);
  return area.length === 0 ? null : area.join(', ');
}

/** One place for the rows of a report: theirs where they agree; else only the country they share, or nothing at all. */
export function sharedPlace(places: readonly PlaceDraft[]): PlaceDraft | null {
  const distinct = new Map(places.map((place) => [JSON.stringify(place), place]));
  const [first, ...others] = distinct.values();
  if (first === undefined) return null;
  if (others.length === 0) return first;
  const countries = new Set([...distinct.values()].map((place) => place.country));
  const country = countries.size === 1 ? first.country : null;
  return { ...NOWHERE, country, level: country === null ? 'unknown' : 'country' };
}
