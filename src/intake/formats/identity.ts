/** By what a row is known again: the source's id, what a row of figures is about, or the row itself. */
import { createHash } from 'node:crypto';
import { countryByName } from '../../places/country-names.ts';
import { foldName } from '../../places/normalise-name.ts';
import type { WeightDraft } from '../reports/report-draft.ts';
import { FieldReader, keyOf, type MapContext } from './field-reader.ts';
import { readMonth, readStation } from './map-effort.ts';
import { readWeight } from './map-weight.ts';
import type { ImportProfile } from './profile.ts';
import type { TextField } from './profile-fields.ts';
import type { PlaceField } from './profile-places.ts';
import type { FlowMapping } from './profile-records.ts';
import type { Cells, GoodRow } from './source-rows.ts';

export interface RowIdentity {
  /** The id columns' texts, joined; or the SHA-256 of the row. Never to be shown: ids reveal the station. */
  readonly key: string;
  readonly from: 'columns' | 'digest';
}

const BETWEEN = '\u001f';

/**
 * A row of effort or statistics is known by its station, location and month as they are read, whoever wrote them in what spelling: two living rows of
 * one station-month would double what rates divide by. A row of a flow is known by its id columns as they are read. A row without an id
 * (all of its id columns missing, none declared, or unreadable) is known by its digest, which every equal row shares.
 */
export function identity(profile: ImportProfile, row: GoodRow, context: MapContext): RowIdentity {
  const texts = idTexts(profile, row, context);
  if (texts !== null) return { key: texts.join(BETWEEN), from: 'columns' };
  return { key: rowDigest(row.cells), from: 'digest' };
}

/** SHA-256 of what the cells say, whatever the order of columns, in hexadecimal. */
export function rowDigest(cells: Cells): string {
  const canonical = JSON.stringify(
    Object.keys(cells)
      .sort()
      .map((key) => [key, cells[key]]),
  );
  return createHash('sha256').update(canonical).digest('hex');
}

/** What a station-month is known by, whoever tells of it. */
export function stationMonthKey(station: string, location: string | null, month: string): string {
  return stationMonthTexts(station, location, month).join(BETWEEN);
}

/** What a weight is known by, whoever tells of it. */
export function weightKey(told: Pick<WeightDraft, 'form' | 'code' | 'validFrom'>): string {
  return weightTexts(told).join(BETWEEN);
}

function weightTexts({ form, code, validFrom }: Pick<WeightDraft, 'form' | 'code' | 'validFrom'>) {
  return [form, code, validFrom];
}

function stationMonthTexts(station: string, location: string | null, month: string): readonly string[] {
  return [foldName(station), foldName(location ?? ''), month];
}

function idTexts(profile: ImportProfile, row: GoodRow, context: MapContext): readonly string[] | null {
  // A reader of its own: what is wrong with the row is for the mapping to say.
  if (profile.target === 'effort' || profile.target === 'statistics') {
    const told = profile.target === 'effort' ? profile.effort : profile.statistics;
    const reader = new FieldReader(profile, row, context);
    const station = readStation(reader, told);
    const month = readMonth(reader, told);
    if (station === null || month === null) return null;
    return stationMonthTexts(station, reader.text(told.monitoringLocation), month);
  }
  if (profile.target === 'weight') {
    const told = readWeight(new FieldReader(profile, row, context), profile.weight);
    return told === null ? null : weightTexts(told);
  }
  const missing = profile.missing ?? [''];
  const columns = profile.identity ?? [];
  const written = columns.map((column) => (row.cells[keyOf(column)] ?? '').trim());
  if (!written.some((text) => !missing.includes(text) && text !== '')) return null;
  if (profile.target !== 'flow') return written;
  const { flow } = profile;
  return columns.map((column, at) => {
    const text = written[at] ?? '';
    if (reads(flow.period, column)) {
      const period = new FieldReader(profile, row, context).date(flow.period);
      return period === null ? text : `${period.from}/${period.to}`;
    }
    return isPlaceName(flow, column)
      ? (countryByName(text) ?? (foldName(text) || text))
      : text.normalize('NFKC');
  });
}

/** Ids of a lookup are compared letter by letter there, so they are here. */
function isPlaceName({ origin, destination }: FlowMapping, column: string): boolean {
  const fields = (place: PlaceField | undefined) => [place?.text, place?.country];
  return [...fields(origin), ...fields(destination)].some(
    (field) => field !== undefined && reads(field, column),
  );
}

function reads(
  field: TextField | NonNullable<PlaceField['country']> | FlowMapping['period'],
  column: string,
): boolean {
  if (!('column' in field) || field.lookup !== undefined) return false;
  return [field.column].flat().some((each) => keyOf(each) === keyOf(column));
}
