/** How the fields of a type are written by the database over an alias that shows the viewer's projection. */
import type { Viewer } from '../../access/viewer.ts';
import type { Parameters } from '../../platform/parameters.ts';
import { objectJson, quoted } from './json-text.sql.ts';
import { LeftToExecution, type Selected } from './selected.ts';

export interface Printing {
  readonly viewer: Viewer;
  readonly parameters: Parameters;
  /** Slug by id of organisations; null where no `owner` is selected. */
  readonly slugs: ReadonlyMap<string, string> | null;
  /** An alias that no other has in the statement. */
  alias(): string;
}

/** SQL of a text that is never null: the JSON of the field, or a mark. */
export type PrintField = (alias: string, field: Selected, printing: Printing) => string;

/** By the name of a field in the schema. A type or a field that is added later is left to ordinary execution until it stands here. */
export type PrintedType = Readonly<Record<string, PrintField>>;

/** A field that is one expression. */
export const plain =
  (expression: (alias: string) => string): PrintField =>
  (alias) =>
    expression(alias);

/** An object over the same row. `when`: on what condition it is there; always, unless given. */
export function part(type: PrintedType, when?: (alias: string) => string): PrintField {
  return (alias, field, printing) => {
    const text = printObject(type, alias, field, printing);
    return when === undefined ? text : `case when ${when(alias)} then ${text} else 'null' end`;
  };
}

/** Throws for a field that stands in no list. */
export function printObject(
  type: PrintedType,
  alias: string,
  { type: shown, below }: Selected,
  printing: Printing,
): string {
  return objectJson(
    below.map((field) => {
      if (field.name === '__typename') return [field.key, quoted(JSON.stringify(shown?.name ?? ''))];
      const print = Object.hasOwn(type, field.name) ? type[field.name] : undefined;
      if (print === undefined) throw new LeftToExecution(`${shown?.name}.${field.name}`);
      return [field.key, print(alias, field, printing)];
    }),
  );
}
