/** What is already in memory as JSON text, where what is selected of it is plain values: no resolver, no promise a field. */
import { LeftToExecution, type Selected } from './selected.ts';

type WriteField<Value> = (value: Value, field: Selected) => string;

/** By the name of a field in the schema. What stands in no list is left to ordinary execution. */
export type WrittenType<Value> = Readonly<Record<string, WriteField<Value>>>;

/** Texts, whole numbers and nulls. */
export function asItIs(value: string | number | null): string {
  return JSON.stringify(value);
}

export function writeObject<Value>(
  type: WrittenType<Value>,
  value: Value,
  { type: shown, below }: Selected,
): string {
  const members = below.map((field) => {
    const key = JSON.stringify(field.key);
    if (field.name === '__typename') return `${key}:${JSON.stringify(shown?.name)}`;
    const write = Object.hasOwn(type, field.name) ? type[field.name] : undefined;
    if (write === undefined) throw new LeftToExecution(`${shown?.name}.${field.name}`);
    return `${key}:${write(value, field)}`;
  });
  return `{${members.join(',')}}`;
}

/** One spelling for one selection: what was written for it may be told again. */
export function selectionKey(below: readonly Selected[]): string {
  return below
    .map(({ key, name, below: deeper }) =>
      deeper.length === 0 ? `${key}:${name}` : `${key}:${name}{${selectionKey(deeper)}}`,
    )
    .join(',');
}
