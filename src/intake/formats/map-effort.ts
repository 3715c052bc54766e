/** The station and the month of a row of effort or statistics: what it is known by. */
import { foldName } from '../../places/normalise-name.ts';
import { wrong } from './cell.ts';
import type { FieldReader } from './field-reader.ts';
import type { EffortMapping } from './profile-records.ts';

/** As written; null, with the reason, when no letter or figure is left of it: no station could be told from another. */
export function readStation(reader: FieldReader, { station }: Pick<EffortMapping, 'station'>): string | null {
  const name = reader.text(
    'constant' in station || 'join' in station ? station : { ...station, required: true },
  );
  if (name === null || foldName(name) !== '') return name;
  const columns = 'column' in station ? [station.column].flat().join(' or ') : 'station';
  const cell = { where: `line ${reader.line}, ${columns}`, text: name, personal: false };
  reader.reasons.push(wrong(cell, 'a name of a station, with letters or figures'));
  return null;
}

/** "2024-03-01" for whatever lies in one month; null, with the reason, for a year or a quarter: which of its months is not known. */
export function readMonth(reader: FieldReader, { month }: Pick<EffortMapping, 'month'>): string | null {
  const found = reader.date({ ...month, required: true, zone: 'UTC' });
  if (found === null) return null;
  if (found.granularity !== 'year' && found.granularity !== 'quarter') return `${found.from.slice(0, 7)}-01`;
  const where = `line ${reader.line}, ${[month.column].flat().join(' or ')}`;
  reader.reasons.push({
    where,
    found: `a ${found.granularity}`,
    wanted: 'a month with its year, as 2024-03',
  });
  return null;
}
