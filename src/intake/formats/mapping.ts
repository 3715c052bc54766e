/** Interprets an import profile: a file's header is checked once, each row is mapped, the rows of a record are put together. */
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { suggestion } from '../../kernel/nearest.ts';
import type { EffortDraft, FlowObservationDraft } from '../reports/report-draft.ts';
import { columnKey } from './column-names.ts';
import { FieldReader, type MapContext } from './field-reader.ts';
import { readMonth, readStation } from './map-effort.ts';
import { readInterdiction, readStatistics } from './map-interdiction.ts';
import { NOWHERE, readPlace } from './map-place.ts';
import { readReport } from './map-report.ts';
import { readWeight } from './map-weight.ts';
import type { ImportProfile } from './profile.ts';
import { columnsUsed, prefixesUsed } from './profile-meaning.ts';
import type { EffortMapping, FlowMapping } from './profile-records.ts';
import type { RecordFacts, RowFacts } from './row-facts.ts';
import type { GoodRow, RowTable } from './source-rows.ts';

export interface HeaderReport {
  /** Columns of the file that the profile does not name; they stay in the raw record. */
  readonly unknown: readonly string[];
  /** Columns the profile would use, and the file has not. */
  readonly absent: readonly string[];
}

/** Refuses a file that lacks required columns, repeats a column the mapping uses, or (when strict) has unknown ones. */
export function checkHeader(
  profile: ImportProfile,
  table: Pick<RowTable, 'columns' | 'dropped'>,
): Outcome<HeaderReport> {
  const { required, optional = [], ignored = [], counters = [], strict = false } = profile.columns;
  const present = new Set(table.columns.map((column) => column.key));
  const dropped = new Set(table.dropped.map((column) => columnKey(column.name)));
  const used = [...required, ...optional, ...columnsUsed(profile), ...(profile.identity ?? [])].map(
    columnKey,
  );
  const known = new Set([...used, ...[...ignored, ...counters].map(columnKey)]);
  const prefixes = prefixesUsed(profile).map(columnKey);
  const unknown = table.columns.filter(
    ({ key }) => !known.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)),
  );
  const reasons: Reason[] = required
    .filter((column) => !present.has(columnKey(column)) && !dropped.has(columnKey(column)))
    .map((column) => {
      const others = unknown.map(({ name }) => name);
      return {
        where: 'header',
        found: `no column ${column}`,
        wanted: `the columns ${required.join(', ')}${suggestion(column, others) || (others.length === 0 ? '' : `; nothing reads the file’s ${others.join(', ')}`)}`,
      };
    });
  for (const { name, key, repeated } of table.columns) {
    if (repeated && used.includes(key))
      reasons.push({ where: 'header', found: `column ${name} twice`, wanted: 'one column of each name' });
  }
  if (strict && unknown.length > 0) {
    const found = `unknown columns ${unknown.map((column) => column.name).join(', ')}`;
    reasons.push({ where: 'header', found, wanted: 'only columns the profile names' });
  }
  if (reasons.length > 0) return refuse(...reasons);
  const absent = [...new Set(used)].filter((key) => !present.has(key) && !dropped.has(key));
  return accept({ unknown: unknown.map((column) => column.name), absent });
}

/** What the row says, or every reason why it is not taken. */
export function mapRow(profile: ImportProfile, row: GoodRow, context: MapContext): Outcome<RowFacts> {
  const reader = new FieldReader(profile, row, context);
  const facts = readFacts(profile, reader, row.rowNumber);
  if (reader.reasons.length > 0) return refuse(...reader.reasons);
  if (facts === null)
    return refuse({ where: `line ${row.line}`, found: 'too little', wanted: 'the answers a record needs' });
  return accept(facts);
}

function readFacts(profile: ImportProfile, reader: FieldReader, rowNumber: number): RowFacts | null {
  if (profile.target === 'report') return readReport(reader, profile.report, rowNumber);
  const record = readRecord(profile, reader);
  return record === null
    ? null
    : { type: 'record', rowNumber, line: reader.line, record, notes: reader.notes };
}

function readRecord(
  profile: Exclude<ImportProfile, { readonly target: 'report' }>,
  reader: FieldReader,
): RecordFacts['record'] | null {
  if (profile.target === 'flow') return readFlow(reader, profile.flow);
  if (profile.target === 'effort') return readEffort(reader, profile.effort);
  if (profile.target === 'statistics') return readStatistics(reader, profile.statistics);
  if (profile.target === 'weight') return readWeight(reader, profile.weight);
  return readInterdiction(reader, profile.interdiction);
}

function readFlow(reader: FieldReader, flow: FlowMapping): FlowObservationDraft | null {
  const publisher = reader.choice<string>(flow.publisher, '');
  const period = reader.date({ ...flow.period, required: true });
  const value = reader.count(flow.value);
  const origin = readPlace(reader, flow.origin);
  const destination = readPlace(reader, flow.destination);
  if (period === null || value === null) return null;
  return {
    type: 'flow',
    publisher,
    origin,
    destination,
    period,
    population: reader.choice(flow.population, 'displacement'),
    unit: reader.choice(flow.unit, 'persons'),
    measure: reader.choice(flow.measure, 'flow'),
    valueMin: value.min,
    valueMax: value.max,
  };
}

function readEffort(reader: FieldReader, effort: EffortMapping): EffortDraft | null {
  const station = readStation(reader, effort);
  const month = readMonth(reader, effort);
  const staff = reader.number(effort.staff);
  const workFraction = reader.number(effort.workFraction);
  if (station === null || month === null || staff === null || workFraction === null) return null;
  return {
    type: 'effort',
    station,
    monitoringLocation: reader.text(effort.monitoringLocation),
    country: reader.country(effort.country),
    position: (readPlace(reader, effort.place) ?? NOWHERE).position,
    month,
    staff,
    workFraction,
  };
}
