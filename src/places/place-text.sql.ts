/** A gazetteer place as JSON text, where a record leads to one. */
import { PlaceKindEnum } from '../graphql/enums.ts';
import {
  booleanJson,
  floatJson,
  idJson,
  intJson,
  textJson,
  wordJson,
} from '../graphql/fast-path/json-text.sql.ts';
import { POSITION_TEXT } from '../graphql/fast-path/owned-text.sql.ts';
import { type PrintedType, type PrintField, plain, printObject } from '../graphql/fast-path/printed.ts';

const PLACE_TEXT: PrintedType = {
  id: plain((r) => idJson(`${r}.id`)),
  kind: plain((r) => wordJson(PlaceKindEnum, `${r}.kind`)),
  name: plain((r) => textJson(`${r}.name`)),
  country: plain((r) => textJson(`${r}.country`)),
  population: plain((r) => intJson(`${r}.population`, 'nullable')),
  position: POSITION_TEXT,
  footprintRadiusKm: plain((r) => floatJson(`${r}.footprint_radius_km`)),
  derived: plain((r) => booleanJson(`${r}.derived`)),
  source: plain((r) => textJson(`${r}.source`)),
};

/** The place that a row names in its projection; the same for every viewer. */
export const PLACE_OF_ROW: PrintField = (one, field, printing) => {
  const place = printing.alias();
  const text = printObject(PLACE_TEXT, place, field, printing);
  return `coalesce((select ${text} from place ${place} where ${place}.id = ${one}.place_id), 'null')`;
};
