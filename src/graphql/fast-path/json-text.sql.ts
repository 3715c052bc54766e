/** Values as JSON text, written by the database as graphql-js and JSON.stringify write them: the same bytes, or a mark that it cannot. */

/** Stands for a value that ordinary execution shows otherwise or refuses. No JSON has it unescaped. */
export const UNPRINTABLE = '\u0001';
const MARK = `e'\\x01'`;

/** What stands for null: `null` where the schema allows it. */
export type Nullable = 'nullable' | 'never null';

const absent = (nullable: Nullable): string => (nullable === 'nullable' ? `'null'` : MARK);

export function textJson(column: string, nullable: Nullable = 'never null'): string {
  return `coalesce(to_json(${column})::text, ${absent(nullable)})`;
}

/** Of any whole number; ids of type uuid by `idJson`. */
export function intJson(column: string, nullable: Nullable = 'never null'): string {
  return `coalesce(${column}::text, ${absent(nullable)})`;
}

export function idJson(column: string): string {
  return `coalesce('"' || ${column} || '"', ${MARK})`;
}

export function booleanJson(column: string): string {
  return `coalesce((${column})::text, ${MARK})`;
}

/** Both write the shortest digits that are read back as the same number; PostgreSQL writes exponents below 1e-4 and from 1e15 on, JavaScript elsewhere. */
export function floatJson(column: string, nullable: Nullable = 'never null'): string {
  return (
    `case when ${column} is null then ${absent(nullable)} when ${column} = 0 then '0' ` +
    `when abs(${column}) >= 1e-4 and abs(${column}) < 1e15 then ${column}::text else ${MARK} end`
  );
}

/** Milliseconds are cut off, as Date cuts them off. Years of other than four digits are left to Date. */
export function momentJson(column: string, nullable: Nullable = 'never null'): string {
  return (
    `case when ${column} is null then ${absent(nullable)} ` +
    `when ${column} >= '0001-01-01T00:00:00Z'::timestamptz and ${column} < '10000-01-01T00:00:00Z'::timestamptz ` +
    `then to_char(${column} at time zone 'UTC', '\\"YYYY-MM-DD"T"HH24:MI:SS.MS"Z"\\"') else ${MARK} end`
  );
}

/** H3 index as text. */
export function cellJson(column: string): string {
  return `coalesce('"' || to_hex(${column}) || '"', 'null')`;
}

/** A word of a closed list, by the name it has in the schema: `names` gives words by name, as enums are registered. */
export function wordJson(
  names: Readonly<Record<string, string>>,
  column: string,
  nullable: Nullable = 'never null',
): string {
  const none = nullable === 'nullable' ? `when ${column} is null then 'null' ` : '';
  return `case ${none}${spellings(names)
    .map(([word, json]) => `when ${column} = ${word} then ${json}`)
    .join(' ')} else ${MARK} end`;
}

const spelt = new WeakMap<
  Readonly<Record<string, string>>,
  readonly (readonly [word: string, json: string])[]
>();

/** The JSON of each name, by its word. */
function spellings(names: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  const known = spelt.get(names);
  if (known !== undefined) return known;
  const made = Object.entries(names).map(
    ([name, word]) => [quoted(word), quoted(JSON.stringify(name))] as const,
  );
  spelt.set(names, made);
  return made;
}

/** A constant of ours as an SQL text. Nothing that a client wrote but response keys, which are names, and the names of our own fields. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** An object of members that are JSON already; their values are never null, and a call, a case, a cast or a constant each: nothing that would bind looser. */
export function objectJson(members: readonly (readonly [key: string, value: string])[]): string {
  if (members.length === 0) return `'{}'`;
  const parts = members.flatMap(([key, value], index) => [
    quoted(`${index === 0 ? '{' : ','}${JSON.stringify(key)}:`),
    value,
  ]);
  return joined([...parts, `'}'`]);
}

/** JSON one after the other, the first of them a constant. Were one of them null against its promise, so is all of it, and nothing is told. */
export function joined(parts: readonly string[]): string {
  return `(${parts.join(' || ')})`;
}

/** A list of all that an aggregate joined; empty where there was nothing. */
export function listJson(aggregate: string): string {
  return joined([`'['`, `coalesce(${aggregate}, '')`, `']'`]);
}
