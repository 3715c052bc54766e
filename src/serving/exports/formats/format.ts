/** What every format is: rows in, bytes out, and an honest list of what it cannot hold. */
import type { About, ExportRow, Layer, Marked, Pages } from '../layer.ts';

export interface Format<Row extends Marked = ExportRow> {
  /** Behind the collection's name in the address: `geojson`. */
  readonly extension: string;
  readonly mediaType: string;
  /** Pieces in order, each about a page; what is held does not grow with the rows. */
  write(layer: Layer, pages: Pages<Row>, about: About): AsyncIterable<string | Uint8Array>;
  /** Absent: any layer. */
  takes?(layer: Layer): boolean;
  /** Sentences for the manifest. */
  cannotCarry(layer: Layer): readonly string[];
}

/** Said of every geometry of a movement. */
export const STRAIGHT =
  'Lines run straight from one known place to the next: they are no roads, and places known no finer than a cell or a country are not on them.';
/** Said where a place is no point for this viewer. */
export const PLACELESS =
  'Rows whose place is known, or shown to you, no finer than a cell have no geometry; the column `cell` (H3) says what is known.';

export function geometryWords({ geometry, geometryWords: own }: Layer): readonly string[] {
  if (own !== undefined) return own;
  if (geometry === 'none') return [];
  return geometry === 'line' ? [STRAIGHT, PLACELESS] : [PLACELESS];
}

/** What is no table: a collection of its own kind, in the words of another community. */
export interface WholeFormat<Row extends Marked> {
  readonly extension: string;
  readonly mediaType: string;
  readonly notCarried: readonly string[];
  write(pages: Pages<Row>, about: About): AsyncIterable<string | Uint8Array>;
}
