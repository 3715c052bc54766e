/** A row that says how many points a red flag counts. */
import type { WeightDraft } from '../reports/report-draft.ts';
import type { FieldReader } from './field-reader.ts';
import type { WeightMapping } from './profile-records.ts';
import { describeValue } from './shape.ts';

/** "border-intercept/1" */
export const FORM = /^[a-z0-9-]+\/\d+$/;
/** "evade_caught_in_lie" */
export const FLAG = /^[a-z][a-z0-9_]{1,63}$/;
export const WANTED_FORM = 'a code list and its version, like border-intercept/1';
export const WANTED_FLAG = 'a code like evade_caught_in_lie';

/** Null, with every reason, when the row is no weight. */
export function readWeight(reader: FieldReader, weight: WeightMapping): WeightDraft | null {
  const form = readCode(reader, weight.form, FORM, WANTED_FORM);
  const code = readCode(reader, weight.code, FLAG, WANTED_FLAG);
  const { points: field } = weight;
  const points = reader.number(
    'constant' in field ? field : { ...field, integer: true, min: 1, max: 10, required: true },
  );
  const validFrom = readDay(reader, weight);
  if (form === null || code === null || points === null || validFrom === null) return null;
  return { type: 'weight', form, code, points, validFrom };
}

function readCode(
  reader: FieldReader,
  field: WeightMapping['form'],
  shape: RegExp,
  wanted: string,
): string | null {
  const text = reader.text('constant' in field || 'join' in field ? field : { ...field, required: true });
  if (text === null || shape.test(text)) return text;
  const where = `line ${reader.line}, ${'column' in field ? [field.column].flat().join(' or ') : 'form'}`;
  reader.reasons.push({ where, found: describeValue(text, 'figure'), wanted });
  return null;
}

/** Weights may be told before they count. */
function readDay(reader: FieldReader, { validFrom }: WeightMapping): string | null {
  const found = reader.date({ ...validFrom, required: true, zone: 'UTC', allowFuture: true });
  if (found === null) return null;
  if (found.granularity === 'day') return found.from.slice(0, 10);
  const where = `line ${reader.line}, ${[validFrom.column].flat().join(' or ')}`;
  reader.reasons.push({ where, found: `a time to the ${found.granularity}`, wanted: 'a day, as 2024-03-01' });
  return null;
}
