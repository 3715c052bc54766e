/** What every reader hands on: rows of named cells, and rows that could not be read, with the reason. */
import type { Reason } from '../../kernel/errors.ts';
import type { Column } from './column-names.ts';
import type { Encoding } from './decode.ts';

/** Text by column key, as written; forbidden columns are not in it. */
export type Cells = Readonly<Record<string, string>>;

export interface GoodRow {
  readonly kind: 'row';
  /** 1 for the first row of data; broken rows are counted, blank lines are not. */
  readonly rowNumber: number;
  /** Line of the file on which the row begins, or the row of the sheet, from 1. */
  readonly line: number;
  readonly cells: Cells;
}

export interface BrokenRow {
  readonly kind: 'broken';
  readonly rowNumber: number;
  readonly line: number;
  readonly reasons: readonly Reason[];
  /**
   * The text as received. In a file with forbidden columns: what of it cannot be theirs, as JSON; null where nothing can be told apart,
   * and then a reason says so. The line number leads back to the source file.
   */
  readonly raw: string | null;
}

export type SourceRow = GoodRow | BrokenRow;

export interface DroppedColumn {
  readonly name: string;
  readonly topic: string;
}

export interface RowTable {
  readonly format: 'csv' | 'geojson' | 'xlsx';
  /** A workbook says its own, and is read as one. */
  readonly encoding: Encoding | 'workbook';
  /** Columns kept, in file order. For GeoJSON: those of the first features; later features may bring more. */
  readonly columns: readonly Column[];
  /** Columns dropped by the named list. For GeoJSON it grows while rows are read. */
  readonly dropped: readonly DroppedColumn[];
  readonly rows: AsyncIterable<SourceRow>;
  /** Blank lines passed so far. */
  blankLines(): number;
  /** Lets go of the file; for whoever does not read the rows to their end. */
  readonly close?: () => void;
}
