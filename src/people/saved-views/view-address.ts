/** The address of a page of the dashboard, as it may be kept: codes, months, opaque ids and words of closed lists. What somebody could have typed does not parse. */
import { COUNTRY_CODES } from '../../kernel/country-codes.ts';
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';

export const SAVED_PAGES = ['map', 'countries', 'changes', 'stations'] as const;
export type SavedPage = (typeof SAVED_PAGES)[number];

export interface ViewAddress {
  readonly page: SavedPage;
  /** Written in one way, whatever the order it came in. */
  readonly text: string;
}

interface Part {
  readonly is: (text: string) => boolean;
  readonly wanted: string;
}

export const LONGEST_ADDRESS = 600;

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
/** Of something derived, or a cell: with a letter, for a number alone may be a telephone's or a card's. */
const DERIVED = /^(?=.*[a-f])[0-9a-f]{15,64}$/;
const CAMERA = /^-?\d{1,3}(\.\d{1,3})?,-?\d{1,2}(\.\d{1,3})?,\d{1,2}(\.\d{1,2})?$/;
/** Of a crossing that is measured around a closing. */
const ZONE = /^(CLOSED|ALTERNATIVES|CONTROL|CONTROL_OF_ALTERNATIVES)-/;

const isOpaque = (text: string): boolean => isId(text) || DERIVED.test(text);
const oneOf = (...words: readonly string[]): Part => ({
  is: (text) => words.includes(text),
  wanted: `one of ${words.join(', ')}`,
});
const country: Part = { is: (text) => COUNTRY_CODES.has(text), wanted: 'a country code like NPL' };
const month: Part = { is: (text) => MONTH.test(text), wanted: 'a month like 2026-04' };
const id: Part = { is: isOpaque, wanted: 'an id as the hub gives it' };
const span: Part = {
  is: (text) => {
    const [from = '', to = '', ...more] = text.split(',');
    return MONTH.test(from) && MONTH.test(to) && from <= to && more.length === 0;
  },
  wanted: 'two months like 2025-11,2026-04',
};

const PERIOD = { from: month, to: month };
/** Two that are held against each other. */
const PERIODS = { a: span, b: span };
const day: Part = { is: (text) => DAY.test(text), wanted: 'a day like 2026-04-01' };

/** What may follow the `?`, page by page, in the order in which it is kept. */
const PARTS: Readonly<Record<SavedPage, Readonly<Record<string, Part>>>> = {
  map: {
    role: oneOf('SOURCE', 'TRANSIT', 'DESTINATION'),
    source: country,
    transit: country,
    destination: country,
    mode: oneOf('BUS', 'TRAIN', 'PRIVATE_VEHICLE', 'FOOT', 'AIR', 'SEA', 'MIXED', 'UNKNOWN'),
    ...PERIOD,
    which: oneOf('counted', 'verified', 'unverified'),
    at: { is: (text) => CAMERA.test(text), wanted: 'longitude, latitude and zoom like 84.5,27.1,5.25' },
    open: {
      is: (text) => isOpaque(text) || COUNTRY_CODES.has(text) || isOpaque(text.replace(ZONE, '')),
      wanted: id.wanted,
    },
    movement: id,
    ...PERIODS,
    play: oneOf('slow', 'even', 'fast'),
    split: { is: (text) => /^(100|\d{1,2})$/.test(text), wanted: 'hundredths of the width, 0 to 100' },
    side: oneOf('b'),
    mark: { is: (text) => isOpaque(text) || MONTH.test(text), wanted: `${id.wanted}, or ${month.wanted}` },
    marks: oneOf('no'),
    table: oneOf('yes'),
    closing: id,
    on: day,
    months: { is: (text) => /^\d{1,2}$/.test(text), wanted: 'a number of months' },
    cells: oneOf('2', '3', '4', '5', '6', '7', 'auto'),
    changes: oneOf('yes'),
  },
  countries: { country, ...PERIOD },
  changes: {
    ...PERIODS,
    by: oneOf('CROSSING_POINT', 'ORIGIN_COUNTRY', 'DESTINATION_COUNTRY', 'MODE', 'EXPLOITATION'),
    since: day,
    report: id,
    movement: id,
  },
  stations: PERIOD,
};
const LAYER = oneOf(
  'corridors',
  'roles',
  'hotspots',
  'clusters',
  'density',
  'crossings',
  'incidents',
  'closings',
);

/** Like `map/corridors?source=NPL&from=2025-11`. A refusal repeats nothing of what was given. */
export function readViewAddress(given: string): Outcome<ViewAddress> {
  const wrong = (found: string, wanted: string): Outcome<ViewAddress> =>
    refuse({ where: 'address', found, wanted });
  if (given.length > LONGEST_ADDRESS)
    return wrong(`${given.length} characters`, `${LONGEST_ADDRESS} at most`);
  const [path = '', query, ...rest] = given.replace(/^#?\/?/, '').split('?');
  const [named, layer, ...deeper] = path.split('/');
  const page = SAVED_PAGES.find((one) => one === named);
  if (page === undefined || rest.length > 0 || deeper.length > 0)
    return wrong('no page that can be kept', `a page of the dashboard: ${SAVED_PAGES.join(', ')}`);
  if (layer !== undefined && (page !== 'map' || !LAYER.is(layer)))
    return wrong('no layer of that page', `of the map ${LAYER.wanted}`);
  const said = [...new URLSearchParams(query ?? '')];
  const known = PARTS[page];
  for (const [name, value] of said) {
    const part = Object.hasOwn(known, name) ? known[name] : undefined;
    if (part === undefined || said.filter(([other]) => other === name).length > 1)
      return wrong('a part that the page does not have, or twice', `of ${Object.keys(known).join(', ')}`);
    if (!part.is(value)) return wrong(`another ${name}`, part.wanted);
  }
  const values = new Map(said);
  const kept = Object.keys(known).flatMap((name) => {
    const value = values.get(name);
    return value === undefined ? [] : [`${name}=${value}`];
  });
  const text = [page, ...(layer === undefined ? [] : [layer])].join('/');
  return accept({ page, text: kept.length === 0 ? text : `${text}?${kept.join('&')}` });
}
