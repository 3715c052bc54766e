/** The cells of a sheet become the records that a CSV of it would give, one row after the other. */
import type { CsvRecord } from './csv-records.ts';
import { shownNumber } from './number-formats.ts';
import { plainText, type Workbook, type XmlVisitor } from './workbook-parts.ts';
import { badInput, damaged, WORKBOOK_LIMITS } from './zip-parts.ts';

/** What a spreadsheet program can hold; a file that says more was not made by one. */
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;
/** A longer row is no row of a form. */
const LONGEST_ROW = 1 << 20;
/** As many as a sheet's own bytes may be: shared texts are no way around that. */
const MOST_CHARACTERS = WORKBOOK_LIMITS.sheet;

/**
 * Gathers rows from the events of a sheet's XML; `take` hands on what is whole. Rows without any text are counted, not returned. The
 * header ends with its last name; rows are as long as it, longer only where something stands beyond it. A formula gives the value that
 * was saved with it; one that has none makes its row `broken`, because nothing here computes.
 */
export class SheetRows implements XmlVisitor {
  blankLines = 0;
  private readonly book: Pick<Workbook, 'texts' | 'formats' | 'from1904'>;
  private ready: CsvRecord[] = [];
  private width = 0;
  private line = 0;
  private cells: string[] = [];
  private length = 0;
  private total = 0;
  private column = 0;
  private type = 'n';
  private style = 0;
  private value: string | null = null;
  private reading: 'value' | 'text' | null = null;
  private inReading = false;
  private formula = false;
  private unsaved = 0;

  constructor(book: Pick<Workbook, 'texts' | 'formats' | 'from1904'>) {
    this.book = book;
  }

  take(): readonly CsvRecord[] {
    const { ready } = this;
    this.ready = [];
    return ready;
  }

  readonly open = (tag: string, attributes: Readonly<Record<string, string>>): void => {
    if (tag === 'row') this.openRow(attributes['r']);
    else if (tag === 'c') this.openCell(attributes);
    else if (tag === 'v') this.begin('value');
    else if (tag === 't' && !this.inReading) this.begin('text');
    else if (tag === 'f') this.formula = true;
    else if (tag === 'rPh') this.inReading = true;
  };

  readonly text = (text: string): void => {
    if (this.reading === null) return;
    this.grow(text.length);
    this.value = (this.value ?? '') + text;
  };

  readonly close = (tag: string): void => {
    if (tag === 'v' || tag === 't') this.reading = null;
    else if (tag === 'rPh') this.inReading = false;
    else if (tag === 'c') this.closeCell();
    else if (tag === 'row') this.closeRow();
  };

  private begin(what: 'value' | 'text'): void {
    this.reading = what;
    this.value ??= '';
  }

  private openRow(written: string | undefined): void {
    const line = written === undefined ? this.line + 1 : Number(written);
    if (!Number.isInteger(line) || line <= this.line) throw damaged();
    if (line > LAST_ROW) throw badInput(`row ${line}`, `${LAST_ROW} rows at most, as a sheet has`);
    this.line = line;
    this.cells = [];
    this.length = 0;
    this.column = 0;
    this.unsaved = 0;
  }

  private openCell(attributes: Readonly<Record<string, string>>): void {
    const letters = /^[A-Z]+/.exec(attributes['r'] ?? '')?.[0];
    const column = letters === undefined ? this.column + 1 : columnNumber(letters);
    if (column <= this.column) throw damaged();
    if (column > LAST_COLUMN)
      throw badInput(
        `column ${column} in row ${this.line}`,
        `${LAST_COLUMN} columns at most, as a sheet has`,
      );
    this.column = column;
    this.type = attributes['t'] ?? 'n';
    this.style = Number(attributes['s'] ?? 0);
    this.value = null;
    this.formula = false;
  }

  private closeCell(): void {
    if (this.formula && this.value === null && this.type !== 'str') this.unsaved ||= this.column;
    if (this.value === null || this.value === '') return;
    while (this.cells.length < this.column - 1) this.cells.push('');
    const shown = this.shown(this.value);
    // A shared text stands once in the file, and may be asked for in every cell.
    if (this.type === 's') this.grow(shown.length);
    this.cells.push(shown);
  }

  private grow(characters: number): void {
    this.length += characters;
    this.total += characters;
    if (this.length > LONGEST_ROW)
      throw badInput(`more than ${LONGEST_ROW} characters in row ${this.line}`, 'rows of a form');
    if (this.total > MOST_CHARACTERS)
      throw badInput(`more than ${MOST_CHARACTERS} characters in a sheet`, 'fewer: split it');
  }

  private shown(value: string): string {
    const { texts, formats, from1904 } = this.book;
    if (this.type === 's') {
      const text = texts[Number(value)];
      if (text === undefined) throw damaged();
      return text;
    }
    if (this.type === 'b') return value.trim() === '1' ? 'TRUE' : 'FALSE';
    // Dates in ISO 8601, which a few programs write: midnight is how they write a day.
    if (this.type === 'd') return value.replace(/T00:00:00(?:\.0+)?Z?$/, '').replace('T', ' ');
    if (this.type === 'n')
      return shownNumber(value, formats[this.style] ?? { date: null, padded: 0 }, from1904);
    return this.type === 'e' ? value : plainText(value);
  }

  private closeRow(): void {
    const { cells, line, unsaved } = this;
    while (cells.length > 0 && (cells.at(-1) ?? '').trim() === '') cells.pop();
    if (cells.length === 0 && unsaved === 0) {
      this.blankLines += 1;
      return;
    }
    if (this.width === 0) this.width = cells.length;
    while (cells.length < this.width) cells.push('');
    if (unsaved === 0) this.ready.push({ kind: 'cells', line, cells });
    else
      this.ready.push({
        kind: 'broken',
        line,
        text: JSON.stringify(cells),
        cells,
        found: `a formula without its value in column ${columnLetters(unsaved)}`,
        wanted: 'the value too: open the workbook in a spreadsheet program and save it',
      });
  }
}

/** "A" → 1, "AA" → 27. */
function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters.slice(0, 4)) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}

function columnLetters(number: number): string {
  const rest = Math.floor((number - 1) / 26);
  const last = String.fromCharCode(65 + ((number - 1) % 26));
  return rest === 0 ? last : columnLetters(rest) + last;
}
