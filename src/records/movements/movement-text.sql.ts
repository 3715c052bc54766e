/** A movement, its stops, its party and its crossings as JSON text. */
import {
  ExploitationEnum,
  ModeEnum,
  MovementPurposeEnum,
  MovementStatusEnum,
  PlaceLevelEnum,
  SexEnum,
  VerificationEnum,
  WaypointBasisEnum,
  WaypointKindEnum,
} from '../../graphql/enums.ts';
import {
  cellJson,
  floatJson,
  intJson,
  joined,
  listJson,
  momentJson,
  textJson,
  wordJson,
} from '../../graphql/fast-path/json-text.sql.ts';
import { manyText, oneText } from '../../graphql/fast-path/list-text.sql.ts';
import {
  EVALUATION_TEXT,
  OCCURRED_TEXT,
  OWNED_TEXT,
  PERSONS_TEXT,
  POSITION_TEXT,
} from '../../graphql/fast-path/owned-text.sql.ts';
import { type PrintedType, type PrintField, plain, printObject } from '../../graphql/fast-path/printed.ts';
import { REPORT_TEXT } from '../../intake/reports/report-text.sql.ts';
import { PLACE_OF_ROW } from '../../places/place-text.sql.ts';
import { INCIDENT_TEXT } from '../incidents/incident-text.sql.ts';

const WAYPOINT_TEXT: PrintedType = {
  ordinal: plain((w) => intJson(`${w}.ordinal`)),
  kind: plain((w) => wordJson(WaypointKindEnum, `${w}.kind`)),
  basis: plain((w) => wordJson(WaypointBasisEnum, `${w}.basis`)),
  mode: plain((w) => wordJson(ModeEnum, `${w}.mode`, 'nullable')),
  level: plain((w) => wordJson(PlaceLevelEnum, `${w}.level`)),
  country: plain((w) => textJson(`${w}.country`, 'nullable')),
  position: POSITION_TEXT,
  uncertaintyKm: plain((w) => floatJson(`${w}.uncertainty_km`, 'nullable')),
  cell: plain((w) => cellJson(`${w}.cell`)),
  occurredFrom: plain((w) => momentJson(`${w}.occurred_from`, 'nullable')),
  place: PLACE_OF_ROW,
};

const PARTY_TEXT: PrintedType = {
  sex: plain((m) => wordJson(SexEnum, `${m}.sex`)),
  ageBand: plain((m) => textJson(`${m}.age_band`)),
};

/** What stands in `roles`: of a movement within one country, that too. */
const ROLES = { SOURCE: 'source', TRANSIT: 'transit', DESTINATION: 'destination', DOMESTIC: 'domestic' };

/** The arrays of countries and roles are equally long, and seldom longer than three: those are read without a row for each. */
const COUNTRIES_TEXT: PrintField = (r, field, printing) => {
  const step = printing.alias();
  const text = (country: string, role: string): string =>
    printObject(
      { country: () => textJson(country), role: () => wordJson(ROLES, role) },
      step,
      field,
      printing,
    );
  const at = (place: number): string => text(`${r}.countries[${place}]`, `${r}.roles[${place}]`);
  const few = [1, 2, 3].map((many) => {
    const list = Array.from({ length: many }, (_, index) => [index === 0 ? `'['` : `','`, at(index + 1)]);
    return `when ${many} then ${joined([...list.flat(), `']'`])}`;
  });
  const all = listJson(
    `(select string_agg(${text(`${step}.country`, `${step}.role`)}, ',' order by ${step}.at) ` +
      `from unnest(${r}.countries, ${r}.roles) with ordinality as ${step} (country, role, at))`,
  );
  return `case cardinality(${r}.countries) ${few.join(' ')} else ${all} end`;
};

const OF_MOVEMENT: PrintedType = {
  ...OWNED_TEXT,
  purpose: plain((r) => wordJson(MovementPurposeEnum, `${r}.purpose`)),
  mode: plain((r) => wordJson(ModeEnum, `${r}.mode`)),
  status: plain((r) => wordJson(MovementStatusEnum, `${r}.status`)),
  exploitation: plain((r) => wordJson(ExploitationEnum, `${r}.exploitation`)),
  occurred: OCCURRED_TEXT,
  persons: PERSONS_TEXT,
  originCountry: plain((r) => textJson(`${r}.origin_country`, 'nullable')),
  destinationCountry: plain((r) => textJson(`${r}.destination_country`, 'nullable')),
  countries: COUNTRIES_TEXT,
  verification: plain((r) => wordJson(VerificationEnum, `${r}.verification`)),
  evaluation: EVALUATION_TEXT,
  waypoints: manyText(
    'waypoint',
    WAYPOINT_TEXT,
    (w, r) => `${w}.movement_id = ${r}.row_id`,
    (w) => `${w}.ordinal`,
  ),
  party: manyText(
    'party_member',
    PARTY_TEXT,
    (m, r) => `${m}.movement_id = ${r}.row_id`,
    (m) => `${m}.age_band, ${m}.sex, ${m}.subject_id`,
  ),
  incident: oneText(
    'incident',
    () => INCIDENT_TEXT,
    (i, r) => `${i}.id = ${r}.incident_id`,
  ),
  report: oneText(
    'report',
    () => REPORT_TEXT,
    (p, r) => `${p}.id = ${r}.report_id`,
  ),
};

export const CROSSING_TEXT: PrintedType = {
  ...OWNED_TEXT,
  kind: plain((c) => wordJson(WaypointKindEnum, `${c}.kind`)),
  fromCountry: plain((c) => textJson(`${c}.from_country`)),
  toCountry: plain((c) => textJson(`${c}.to_country`)),
  position: POSITION_TEXT,
  cell: plain((c) => cellJson(`${c}.cell`)),
  distanceKm: plain((c) => floatJson(`${c}.distance_km`, 'nullable')),
  occurred: OCCURRED_TEXT,
  persons: PERSONS_TEXT,
  movement: oneText(
    'movement',
    () => MOVEMENT_TEXT,
    (r, c) => `${r}.id = ${c}.movement_id`,
  ),
  crossingPoint: PLACE_OF_ROW,
};

export const MOVEMENT_TEXT: PrintedType = {
  ...OF_MOVEMENT,
  crossings: manyText(
    'crossing',
    CROSSING_TEXT,
    (c, r) => `${c}.movement_id = ${r}.id`,
    (c) => `${c}.ordinal, ${c}.id`,
  ),
};
