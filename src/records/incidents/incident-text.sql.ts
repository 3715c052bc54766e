/** An incident as JSON text. */
import { PopulationEnum, VerificationEnum } from '../../graphql/enums.ts';
import { cellJson, intJson, textJson, wordJson } from '../../graphql/fast-path/json-text.sql.ts';
import { oneText } from '../../graphql/fast-path/list-text.sql.ts';
import {
  OCCURRED_TEXT,
  OWNED_TEXT,
  PERSONS_TEXT,
  POSITION_TEXT,
} from '../../graphql/fast-path/owned-text.sql.ts';
import { type PrintedType, plain } from '../../graphql/fast-path/printed.ts';
import { REPORT_TEXT } from '../../intake/reports/report-text.sql.ts';
import { PLACE_OF_ROW } from '../../places/place-text.sql.ts';

export const INCIDENT_TEXT: PrintedType = {
  ...OWNED_TEXT,
  kind: plain((r) => textJson(`${r}.kind`)),
  population: plain((r) => wordJson(PopulationEnum, `${r}.population`)),
  occurred: OCCURRED_TEXT,
  country: plain((r) => textJson(`${r}.country`, 'nullable')),
  position: POSITION_TEXT,
  cell: plain((r) => cellJson(`${r}.cell`)),
  persons: PERSONS_TEXT,
  verification: plain((r) => wordJson(VerificationEnum, `${r}.verification`)),
  redFlagTotal: plain((r) => intJson(`${r}.red_flag_total`, 'nullable')),
  report: oneText(
    'report',
    () => REPORT_TEXT,
    (report, r) => `${report}.id = ${r}.report_id`,
  ),
  place: PLACE_OF_ROW,
};
