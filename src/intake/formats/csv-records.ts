/** CSV text becomes records here: RFC 4180 quotes, and a damaged record costs its own lines and no others. */
import { HeadwaterError } from '../../kernel/errors.ts';

export type CsvRecord =
  | { readonly kind: 'cells'; readonly line: number; readonly cells: readonly string[] }
  | {
      readonly kind: 'broken';
      readonly line: number;
      readonly text: string;
      /** The values before the one that is broken. */
      readonly cells: readonly string[];
      readonly found: string;
      /** Usual: quotes that open and close. */
      readonly wanted?: string;
    };

export interface CsvDialect {
  readonly delimiter: string;
  /** "\r" for old Macintosh files; "\n" takes "\r\n" too. */
  readonly newline: '\n' | '\r';
}

/** A record longer than this, in characters, has lost its closing quote. */
const LONGEST_RECORD = 1 << 20;

/**
 * Splits text, pushed in pieces of any size, into records numbered by the line they begin on (from 1). Blank lines are counted,
 * not returned. A general parser stops at the first bad quote or swallows the file up to the next one; here a quoted field that
 * never closes, or closes in the middle of a value, makes its own record `broken` and reading goes on at the next line.
 */
export class CsvSplitter {
  blankLines = 0;
  private text = '';
  private at = 0;
  private line = 1;
  private ended = false;
  private readonly dialect: CsvDialect;

  constructor(dialect: CsvDialect, firstLine = 1) {
    this.dialect = dialect;
    this.line = firstLine;
  }

  push(piece: string): readonly CsvRecord[] {
    this.text = this.at === this.text.length ? piece : this.text.slice(this.at) + piece;
    this.at = 0;
    return this.drain();
  }

  end(): readonly CsvRecord[] {
    this.ended = true;
    return this.drain();
  }

  private drain(): readonly CsvRecord[] {
    const records: CsvRecord[] = [];
    while (this.at < this.text.length) {
      const before = this.at;
      const record = this.next();
      if (record !== null) records.push(record);
      if (this.at === before) break;
    }
    if (this.text.length - this.at > 2 * LONGEST_RECORD) {
      const found = `more than ${2 * LONGEST_RECORD} characters from line ${this.line} on without a line end`;
      throw new HeadwaterError('BAD_INPUT', `found ${found}, wanted CSV rows`);
    }
    return records;
  }

  /** Moves past one record or blank line; stays where it is when more text is needed. */
  private next(): CsvRecord | null {
    const { at, line } = this;
    const end = this.lineEnd(at);
    if (end < 0) return null;
    const plain = this.content(at, end);
    if (!plain.includes('"')) {
      this.advance(end, 1);
      if (plain.trim() === '' && !plain.includes(this.dialect.delimiter)) {
        this.blankLines += 1;
        return null;
      }
      return { kind: 'cells', line, cells: plain.split(this.dialect.delimiter) };
    }
    return this.quoted();
  }

  private quoted(): CsvRecord | null {
    const { text, line } = this;
    const { delimiter, newline } = this.dialect;
    const cells: string[] = [];
    let at = this.at;
    for (;;) {
      if (text[at] === '"') {
        const opened = at;
        let value = '';
        let from = at + 1;
        for (;;) {
          const close = text.indexOf('"', from);
          const undecided = close < 0 || (close === text.length - 1 && !this.ended);
          if (undecided && !this.ended && text.length - this.at <= LONGEST_RECORD) return null;
          if (close < 0 || undecided) return this.broken(opened, cells, 'a quoted value that never ends');
          if (text[close + 1] !== '"') {
            value += text.slice(from, close);
            at = close + 1;
            break;
          }
          value += text.slice(from, close + 1);
          from = close + 2;
        }
        if (text[at] === '\r' && newline === '\n' && at + 1 === text.length && !this.ended) return null;
        const stop = this.isLineEnd(at);
        if (!stop && text[at] !== delimiter) return this.broken(opened, cells, 'text after a closing quote');
        cells.push(value);
        if (stop) break;
      } else {
        const cut = text.indexOf(delimiter, at);
        const end = this.lineEnd(at);
        if (end < 0) return null;
        const last = cut < 0 || cut > end;
        cells.push(last ? this.content(at, end) : text.slice(at, cut));
        at = last ? end : cut;
        if (last) break;
      }
      at += 1;
    }
    const end = this.lineEnd(at);
    if (end < 0) return null;
    this.advance(end, count(text, newline, this.at, end) + 1);
    return { kind: 'cells', line, cells };
  }

  /** Gives up the lines from the record's start to the one on which the offending quote opened. */
  private broken(opened: number, cells: readonly string[], found: string): CsvRecord | null {
    const { text, line } = this;
    const end = this.lineEnd(opened);
    if (end < 0) return null;
    const record = { kind: 'broken', line, text: this.content(this.at, end), cells, found } as const;
    this.advance(end, count(text, this.dialect.newline, this.at, end) + 1);
    return record;
  }

  private lineEnd(from: number): number {
    const found = this.text.indexOf(this.dialect.newline, from);
    return found >= 0 ? found : this.ended ? this.text.length : -1;
  }

  private isLineEnd(at: number): boolean {
    const { text } = this;
    if (at >= text.length) return this.ended;
    if (text[at] === this.dialect.newline) return true;
    return text[at] === '\r' && (text[at + 1] === '\n' || (at + 1 === text.length && this.ended));
  }

  private content(from: number, end: number): string {
    const carriage = this.dialect.newline === '\n' && end > from && this.text[end - 1] === '\r';
    return this.text.slice(from, carriage ? end - 1 : end);
  }

  private advance(end: number, lines: number): void {
    this.at = Math.min(end + 1, this.text.length);
    this.line += lines;
  }
}

function count(text: string, mark: string, from: number, to: number): number {
  let found = 0;
  for (let at = text.indexOf(mark, from); at >= 0 && at < to; at = text.indexOf(mark, at + 1)) found += 1;
  return found;
}
