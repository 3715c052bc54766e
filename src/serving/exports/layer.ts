/** What an export is made of before a format is chosen: columns with their types, rows with their markings, a geometry each. */
import type { Handling, Pap } from '../../kernel/vocabulary.ts';
import type { Geometry } from './geometry.ts';

/** `instant`: a moment in UTC. `list`: words without spaces. `json`: objects that only some formats hold as such. */
export type ColumnType = 'text' | 'integer' | 'number' | 'boolean' | 'instant' | 'list' | 'json';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

export type Value = string | number | boolean | Date | null | readonly string[] | readonly object[];

/** Every row bears its marking; the permissible actions are of its report, and null where the viewer does not see that. */
export interface Marked {
  readonly handling: Handling;
  readonly pap: Pap | null;
}

export interface ExportRow extends Marked {
  readonly values: Readonly<Record<string, Value>>;
  readonly geometry: Geometry | null;
}

export interface Layer {
  readonly name: string;
  readonly columns: readonly Column[];
  /** What most rows have; a line may shrink to a point. `none`: rows have no place. */
  readonly geometry: 'none' | 'point' | 'line' | 'area';
  /** What its geometries do not say, where it is something else than of records. */
  readonly geometryWords?: readonly string[];
}

/** What a file says of itself as a whole, known before its first row. */
export interface About {
  readonly exportId: string;
  readonly collection: string;
  readonly organisation: string;
  readonly handling: Handling;
  /** When it was begun. */
  readonly at: Date;
  /** Rows that were there when it was begun. */
  readonly rows: number;
}

export type Pages<Row> = AsyncIterable<readonly Row[]>;

/** The columns of one line of text, `name:type`, parted by spaces. */
export function columnsOf(text: string): readonly Column[] {
  return text
    .trim()
    .split(/\s+/)
    .map((word) => {
      const [name = '', type = 'text'] = word.split(':');
      return { name, type: type as ColumnType };
    });
}

/** TLP 2.0 as it is written, like TLP:AMBER+STRICT. */
export function tlpText(handling: Handling): string {
  return `TLP:${handling.toUpperCase().replace('_', '+')}`;
}
