/** Filling in the form: one intercept becomes as many rows as it has persons, with the intercept's own answers on each. */
import type { Position } from '../src/geo/position.ts';
import type { Random } from '../src/kernel/random.ts';
import type { CsvRow } from './csv-text.ts';
import { chance, pick, pickWeighted } from './draw.ts';
import { COUNTRY_NAMES } from './geography.ts';
import { interceptAnswers } from './intercept-answers.ts';
import type { InterceptColumn } from './intercept-header.ts';
import type { Intercept } from './intercepts.ts';
import type { Numbers } from './numbers.ts';
import type { DemoOrganisation } from './organisations.ts';
import { COUNTER_PHONE, type Facilitator, fictionalPhone, RINGS } from './rings.ts';

export type InterceptCells = CsvRow<InterceptColumn>;

export interface FilledIntercept {
  readonly intercept: Intercept;
  /** Possible victims first, then the suspect. */
  readonly rows: readonly InterceptCells[];
  /** The planted facilitators that stand on them. */
  readonly facilitators: readonly Facilitator[];
}

export const CANARY_NAME = 'CANARY-NAME-';
export const CANARY_NOTE = 'CANARY-NOTE-';
/** What stands in columns that an importer must drop. */
export const FORBIDDEN_TEXT = 'DUMMY-FORBIDDEN';

const CALLING_CODES: Readonly<Record<string, string>> = { NPL: '977', BGD: '880', MMR: '95', KHM: '855' };

export function canary(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(6, '0')}`;
}

/** The address cell as the form's own software prints it: a Python dict. Personal text, so never in a message. */
export function pythonAddress(address: string, [x, y]: Position): string {
  return `{'address': '${address}', 'location': {'x': ${x}, 'y': ${y}}}`;
}

export function fillIn(
  random: Random,
  numbers: Numbers,
  organisation: DemoOrganisation,
  intercept: Intercept,
  now: string,
): FilledIntercept {
  const spelling = intercept.destination.spellings;
  const shared: InterceptCells = {
    country: COUNTRY_NAMES[intercept.station.country] ?? '',
    station_name: intercept.station.name,
    irf_number: intercept.reference,
    date_of_interception: intercept.date,
    number_of_victims: String(intercept.homes.length),
    number_of_traffickers: intercept.hasSuspect ? '1' : '0',
    location: intercept.location.name,
    profile: `${FORBIDDEN_TEXT} appearance text`,
    where_going_destination: pickWeighted(
      random,
      spelling.map((text, index) => [text, index === 0 ? 5 : 1] as const),
    ),
    ...interceptAnswers(random, intercept, now),
    ...(organisation.exportsCaseNotes
      ? { case_notes: `Dummy note ${canary(CANARY_NOTE, numbers.next('note'))}, "quoted", on one line` }
      : {}),
  };
  const victims = intercept.homes.map((home) => ({ ...shared, ...victim(random, numbers, intercept, home) }));
  if (!intercept.hasSuspect) return { intercept, rows: victims, facilitators: [] };
  const met = suspect(random, numbers, organisation, intercept);
  return { intercept, rows: [...victims, { ...shared, ...met.cells }], facilitators: met.facilitators };
}

function victim(random: Random, numbers: Numbers, intercept: Intercept, home: Position): InterceptCells {
  const number = numbers.next('person');
  const age = pickWeighted(random, [[9 + random.int(9), 30] as const, [18 + random.int(25), 70] as const]);
  const { name, district, country } = intercept.origin;
  return {
    role: chance(random, 0.8) ? 'PVOT' : 'PV',
    full_name: `Demo Person ${canary(CANARY_NAME, number)}`,
    gender: chance(random, 0.72) ? 'F' : 'M',
    age: String(age),
    birthdate: chance(random, 0.3) ? `${Number(intercept.date.slice(0, 4)) - age}-01-01` : '',
    address: pythonAddress(`Demo Ward ${1 + random.int(14)}, ${name}, ${district}`, home),
    latitude: String(home[1]),
    longitude: String(home[0]),
    nationality: COUNTRY_NAMES[country] ?? '',
    phone_contact: chance(random, 0.6)
      ? fictionalPhone(CALLING_CODES[country] ?? '977', numbers.next('phone'))
      : pick(random, ['', 'None']),
    not_physically_present: 'False',
  };
}

/** In an intercept of a ring's corridor the suspect is, in two of five, one of the ring; else a stranger with a number of its own. */
function suspect(
  random: Random,
  numbers: Numbers,
  organisation: DemoOrganisation,
  intercept: Intercept,
): { readonly cells: InterceptCells; readonly facilitators: readonly Facilitator[] } {
  const { country } = intercept.origin;
  const common: InterceptCells = {
    role: 'Suspect',
    gender: chance(random, 0.6) ? 'M' : 'F',
    age: String(22 + random.int(35)),
    nationality: COUNTRY_NAMES[country] ?? '',
    not_physically_present: chance(random, 0.3) ? 'True' : 'False',
  };
  const ring = RINGS.find(({ corridors }) => corridors.includes(intercept.corridor?.id ?? 'noise'));
  if (ring !== undefined && chance(random, 0.4)) {
    const phone = pick(random, ring.phones);
    const cells = {
      ...common,
      full_name: pick(random, ring.individual.spellings),
      phone_contact: phone.value,
    };
    return { cells, facilitators: [ring.individual, phone] };
  }
  const counter = organisation.slug === COUNTER_PHONE.organisation && chance(random, 0.35);
  const own = fictionalPhone(CALLING_CODES[country] ?? '977', numbers.next('phone'));
  return {
    cells: {
      ...common,
      full_name: `Demo Suspect ${String(numbers.next('suspect')).padStart(4, '0')}`,
      phone_contact: counter ? COUNTER_PHONE.phone : own,
    },
    facilitators: [],
  };
}
