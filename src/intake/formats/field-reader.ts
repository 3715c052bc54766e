/** Reads one row through the fields of a profile: values come back, what is wrong gathers as reasons (the row is refused) and notes. */
import type { Outcome, Reason } from '../../kernel/errors.ts';
import type { TimeDraft } from '../reports/report-draft.ts';
import { asciiDigits } from './ascii-digits.ts';
import { type Cell, isMissing, isPersonalColumn, USUAL_MISSING, wrong } from './cell.ts';
import { columnKey } from './column-names.ts';
import { parseCountry } from './countries.ts';
import { type DateOptions, parseDate } from './dates.ts';
import { type Interval, parseCount, parseNumber } from './numbers.ts';
import type { ImportProfile } from './profile.ts';
import type { ChoiceField, Condition } from './profile-choices.ts';
import type {
  ColumnSource,
  CountField,
  CountryField,
  DateField,
  NumberField,
  TextField,
} from './profile-fields.ts';
import type { Cells, GoodRow } from './source-rows.ts';

/** Rows of a lookup file by the key of their id. */
export type Lookups = ReadonlyMap<string, ReadonlyMap<string, Cells>>;

export interface MapContext {
  readonly now: Date;
  readonly lookups?: Lookups;
  /** What the importer declares for this file, in place of the profile: the station's zone, the spreadsheet's date order. */
  readonly dates?: Partial<Pick<DateOptions, 'order' | 'calendar' | 'serial' | 'zone'>>;
}

export class FieldReader {
  /** Why the row is refused; none when it is taken. */
  readonly reasons: Reason[] = [];
  /** What was left out of a row that is taken. */
  readonly notes: Reason[] = [];
  private readonly profile: ImportProfile;
  private readonly row: GoodRow;
  private readonly context: MapContext;
  private readonly missing: readonly string[];

  constructor(profile: ImportProfile, row: GoodRow, context: MapContext) {
    this.profile = profile;
    this.row = row;
    this.context = context;
    this.missing = profile.missing ?? USUAL_MISSING;
  }

  get cells(): Cells {
    return this.row.cells;
  }

  get line(): number {
    return this.row.line;
  }

  /** The first column that has an answer, followed through its lookup; null when none has. */
  cell(source: ColumnSource, personal = false): Cell | null {
    const missing = source.missing ?? this.missing;
    const columns = typeof source.column === 'string' ? [source.column] : source.column;
    for (const column of columns) {
      const text = this.cells[keyOf(column)];
      if (text === undefined || isMissing(text, missing)) continue;
      const where = `line ${this.line}, ${column}`;
      const cell = { where, text, personal: personal || isPersonalColumn(column) };
      return source.lookup === undefined ? cell : this.lookUp(cell, source.lookup, missing);
    }
    return null;
  }

  text(field: TextField | undefined, personal = false): string | null {
    if (field === undefined) return null;
    if ('constant' in field) return field.constant;
    if ('join' in field) {
      const parts = field.join.flatMap(
        (column) => this.cell({ column, missing: field.missing }, personal)?.text.trim() ?? [],
      );
      return parts.length === 0 ? null : parts.join(field.with);
    }
    const cell = this.cell(field, personal);
    if (cell === null) return this.absent(field, field.required);
    return cell.text.trim().normalize('NFC');
  }

  number(field: NumberField | undefined): number | null {
    if (field === undefined) return null;
    if ('constant' in field) return field.constant;
    const cell = this.cell(field);
    return cell === null
      ? this.absent(field, field.required)
      : this.settle(parseNumber(cell, field), field.onWrong);
  }

  count(field: CountField | undefined): Interval | null {
    const cell = field === undefined ? null : this.cell(field);
    return cell === null
      ? null
      : this.settle(parseCount(cell, { decimal: field?.decimal, floor: field?.censoredFrom }));
  }

  date(field: DateField | undefined): TimeDraft | null {
    if (field === undefined) return null;
    const written = this.cell(field);
    if (written === null) return this.absent(field, field.required);
    const year = field.year === undefined ? null : this.cell({ column: field.year });
    const cell = year === null ? written : withYear(written, year);
    const time = field.time === undefined ? null : this.cell({ column: field.time });
    const usual = this.profile.dates;
    const declared = this.context.dates;
    const options: DateOptions = {
      order: field.order ?? declared?.order ?? usual?.order ?? null,
      calendar: field.calendar ?? declared?.calendar ?? usual?.calendar ?? 'gregorian',
      serial: field.serial ?? declared?.serial ?? usual?.serial ?? null,
      zone: field.zone ?? declared?.zone ?? usual?.zone ?? null,
      basis: field.basis,
      now: this.context.now,
      allowFuture: field.allowFuture ?? usual?.allowFuture ?? false,
    };
    return this.settle(parseDate(cell, options, time), field.onWrong);
  }

  country(field: CountryField | undefined): string | null {
    if (field === undefined) return null;
    if ('constant' in field) return field.constant;
    const cell = this.cell(field);
    if (cell === null) return this.absent(field, field.required);
    return this.settle(parseCountry(cell, field.writing), field.onWrong);
  }

  /** `usual` stands for a field the profile does not map, and for a refused one (the row is refused then anyway). */
  choice<Word>(field: ChoiceField<Word> | undefined, usual: Word): Word {
    if (field === undefined) return usual;
    if ('constant' in field) return field.constant;
    if ('rules' in field) return field.rules.find((rule) => this.holds(rule.when))?.value ?? field.otherwise;
    const cell = this.cell(field);
    const key = cell?.text.trim().toLowerCase();
    const entry = Object.entries(field.map).find(([text]) => text.toLowerCase() === key);
    if (entry !== undefined) return entry[1];
    if (field.otherwise !== undefined) return field.otherwise;
    if (cell === null) this.absent(field, true);
    else this.reasons.push(wrong(cell, `one of ${Object.keys(field.map).join(', ')}`));
    return usual;
  }

  holds(condition: Condition | undefined): boolean {
    return Object.entries(condition ?? {}).every(([column, texts]) => {
      const answer = this.cell({ column })?.text.trim().toLowerCase() ?? '';
      return texts.some((text) => (text === '*' ? answer !== '' : text.toLowerCase() === answer));
    });
  }

  /** The value, or null after its reasons went to where the field sends them. */
  settle<T>(outcome: Outcome<T>, onWrong: 'refuse' | 'note' = 'refuse'): T | null {
    if (outcome.accepted) return outcome.value;
    (onWrong === 'note' ? this.notes : this.reasons).push(...outcome.reasons);
    return null;
  }

  private absent({ column }: ColumnSource, required: boolean | undefined): null {
    if (required === true) {
      const name = typeof column === 'string' ? column : column.join(' or ');
      this.reasons.push({ where: `line ${this.line}, ${name}`, found: 'nothing', wanted: 'an answer' });
    }
    return null;
  }

  private lookUp(
    cell: Cell,
    { file, column }: { readonly file: string; readonly column: string },
    missing: readonly string[],
  ): Cell | null {
    const found = this.context.lookups?.get(file)?.get(cell.text.trim());
    if (found === undefined) {
      this.reasons.push(wrong(cell, `an id of the lookup file ${file}`));
      return null;
    }
    const text = found[keyOf(column)] ?? '';
    return isMissing(text, missing) ? null : { ...cell, where: `${cell.where} → ${file}, ${column}`, text };
  }
}

/** A month alone and its year become one date; whatever is more than a month stays as it is. */
function withYear(cell: Cell, year: Cell): Cell {
  const month = asciiDigits(cell.text).trim();
  if (!/^(?:0?[1-9]|1[0-2]|[a-z]{3,9}\.?)$/i.test(month)) return cell;
  const told = asciiDigits(year.text).trim();
  return { ...cell, text: /^\d/.test(month) ? `${told}-${month}` : `${month} ${told}` };
}

const keys = new Map<string, string>();

/** A profile names the same few columns for every row. */
export function keyOf(column: string): string {
  let key = keys.get(column);
  if (key === undefined) {
    key = columnKey(column);
    keys.set(column, key);
  }
  return key;
}
