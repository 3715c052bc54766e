/** Rows of interdictions and of what a station counted in a month. */
import { type InterdictionBasis, STATION_INTERDICTIONS } from '../../kernel/vocabulary.ts';
import type { InterdictionDraft, StatisticsDraft } from '../reports/report-draft.ts';
import type { FieldReader } from './field-reader.ts';
import { readMonth, readStation } from './map-effort.ts';
import { NOWHERE, readPlace } from './map-place.ts';
import type { NumberField } from './profile-fields.ts';
import type { InterdictionMapping, StatisticsMapping } from './profile-records.ts';

/** Null, with the reason, for a day that is not known, and for an opening or closure that names no station. */
export function readInterdiction(
  reader: FieldReader,
  interdiction: InterdictionMapping,
): InterdictionDraft | null {
  const kind = reader.choice(interdiction.kind, 'arrest');
  const occurredOn = readDay(reader, interdiction);
  const named = interdiction.station !== undefined && reader.text(interdiction.station) !== null;
  if (STATION_INTERDICTIONS.includes(kind) && !named)
    reader.reasons.push({
      where: `line ${reader.line}, station`,
      found: 'nothing',
      wanted: 'the station that was opened or closed',
    });
  const { station: field } = interdiction;
  const station = field === undefined || !named ? null : readStation(reader, { station: field });
  if (occurredOn === null) return null;
  return {
    type: 'interdiction',
    kind,
    basis: readBasis(reader, interdiction),
    occurredOn,
    place: readPlace(reader, interdiction.place) ?? NOWHERE,
    station,
    monitoringLocation: reader.text(interdiction.monitoringLocation),
    reference: reader.text(interdiction.reference),
    incidentIds: [],
    entityIds: [],
  };
}

/** Nothing said is "unknown"; a word that is none of the list is for somebody to look at. */
function readBasis(reader: FieldReader, { basis }: InterdictionMapping): InterdictionBasis {
  if (basis !== undefined && 'column' in basis && reader.cell(basis) === null) return 'unknown';
  return reader.choice(basis, 'unknown');
}

function readDay(reader: FieldReader, { occurred }: InterdictionMapping): string | null {
  const found = reader.date({ ...occurred, required: true, zone: 'UTC' });
  if (found === null) return null;
  if (['instant', 'hour', 'day'].includes(found.granularity)) return found.from.slice(0, 10);
  const where = `line ${reader.line}, ${[occurred.column].flat().join(' or ')}`;
  reader.reasons.push({ where, found: `a ${found.granularity}`, wanted: 'a day, as 2024-03-01' });
  return null;
}

export function readStatistics(reader: FieldReader, statistics: StatisticsMapping): StatisticsDraft | null {
  const station = readStation(reader, statistics);
  const month = readMonth(reader, statistics);
  const count = (field: NumberField | undefined): number | null => {
    if (field === undefined || 'constant' in field) return reader.number(field);
    return reader.number({ ...field, integer: true, min: 0, max: MOST_COUNTED });
  };
  const counts = {
    intercepts: count(statistics.intercepts),
    evidence: count(statistics.evidence),
    highRisk: count(statistics.highRisk),
    invalid: count(statistics.invalid),
    arrests: count(statistics.arrests),
  };
  if (reader.reasons.length === 0 && Object.values(counts).every((value) => value === null))
    reader.reasons.push({
      where: `line ${reader.line}`,
      found: 'no count',
      wanted: 'one at least of intercepts, evidence, high risk, invalid, arrests',
    });
  if (station === null || month === null) return null;
  return {
    type: 'statistics',
    station,
    monitoringLocation: reader.text(statistics.monitoringLocation),
    country: reader.country(statistics.country),
    position: (readPlace(reader, statistics.place) ?? NOWHERE).position,
    month,
    ...counts,
  };
}

/** In a month, at one gate: more is a slip of the keyboard. */
const MOST_COUNTED = 1_000_000;
