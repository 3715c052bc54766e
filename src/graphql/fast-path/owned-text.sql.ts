/** What every record shows, and the shapes that many share, as JSON text. */
import { GranularityEnum, ReliabilityEnum } from '../enums.ts';
import { booleanJson, floatJson, idJson, intJson, momentJson, textJson, wordJson } from './json-text.sql.ts';
import { type PrintedType, type PrintField, part, plain } from './printed.ts';
import { LeftToExecution } from './selected.ts';

const owner: PrintField = (alias, _field, { slugs, parameters }) => {
  if (slugs === null) throw new LeftToExecution('owner');
  const names = parameters.bind(JSON.stringify(Object.fromEntries(slugs)));
  return `coalesce((${names}::jsonb -> ${alias}.owner_id::text)::text, '""')`;
};

export const OWNED_TEXT: PrintedType = {
  id: plain((r) => idJson(`${r}.id`)),
  version: plain((r) => intJson(`${r}.version`)),
  redacted: plain((r) => booleanJson(`${r}.redacted`)),
  owner,
};

const TIME_SPAN: PrintedType = {
  from: plain((r) => momentJson(`${r}.occurred_from`)),
  to: plain((r) => momentJson(`${r}.occurred_to`)),
  granularity: plain((r) => wordJson(GranularityEnum, `${r}.occurred_granularity`)),
  zone: plain((r) => textJson(`${r}.occurred_zone`, 'nullable')),
  basis: plain((r) => textJson(`${r}.occurred_basis`, 'nullable')),
};

export const OCCURRED_TEXT = part(
  TIME_SPAN,
  (r) => `${r}.occurred_from is not null and ${r}.occurred_to is not null`,
);

export const PERSONS_TEXT = part({
  min: plain((r) => intJson(`${r}.persons_min`)),
  max: plain((r) => intJson(`${r}.persons_max`, 'nullable')),
});

export const POSITION_TEXT = part(
  {
    longitude: plain((r) => floatJson(`${r}.longitude`)),
    latitude: plain((r) => floatJson(`${r}.latitude`)),
  },
  (r) => `${r}.longitude is not null and ${r}.latitude is not null`,
);

export const EVALUATION_TEXT = part({
  reliability: plain((r) => wordJson(ReliabilityEnum, `${r}.reliability`)),
  credibility: plain((r) => intJson(`${r}.credibility`)),
});
