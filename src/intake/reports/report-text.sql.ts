/** A report as JSON text, for lists of what leads to it. */
import { HandlingEnum, PapEnum, ReportKindEnum } from '../../graphql/enums.ts';
import { intJson, momentJson, textJson, wordJson } from '../../graphql/fast-path/json-text.sql.ts';
import { EVALUATION_TEXT, OWNED_TEXT } from '../../graphql/fast-path/owned-text.sql.ts';
import { type PrintedType, plain } from '../../graphql/fast-path/printed.ts';

export const REPORT_TEXT: PrintedType = {
  ...OWNED_TEXT,
  kind: plain((r) => wordJson(ReportKindEnum, `${r}.kind`)),
  externalReference: plain((r) => textJson(`${r}.external_reference`, 'nullable')),
  recordedAt: plain((r) => momentJson(`${r}.recorded_at`)),
  evaluation: EVALUATION_TEXT,
  originKind: plain((r) => textJson(`${r}.origin_kind`)),
  handling: plain((r) => wordJson(HandlingEnum, `${r}.handling`)),
  pap: plain((r) => wordJson(PapEnum, `${r}.pap`)),
  withdrawnAt: plain((r) => momentJson(`${r}.retracted_at`, 'nullable')),
  part: plain((r) => intJson(`${r}.occurrence`)),
};
