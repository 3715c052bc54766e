/** What a profile makes of each column of a file, read off the profile itself: for the documentation, the command line and a file to start from. */
import * as z from 'zod';
import { exampleOf } from './column-examples.ts';
import { type ColumnUse, keptIn, meaningOf } from './column-meanings.ts';
import { columnKey } from './column-names.ts';
import { forbiddenTopic } from './forbidden.ts';
import { type ImportProfile, profileShape } from './profile.ts';
import { countryField, numberField, textField } from './profile-fields.ts';
import { branchFor, isRecord, membersOf, unwrapped, wordOf } from './profile-shape.ts';

export interface ColumnTold {
  readonly name: string;
  readonly required: boolean;
  readonly meaning: string;
  readonly accepts: string;
  /** What it goes into: dropped, vault, keyed token, record, or the sealed raw row alone. */
  readonly goes: string;
  /** Of the fields that read it: date, choice, number, … */
  readonly kinds: readonly string[];
  /** The texts that a list of words takes. */
  readonly words: readonly string[];
}

/** In the profile's order: required, optional, known and not mapped. */
export function columnsOf(profile: ImportProfile): readonly ColumnTold[] {
  const { required, optional = [], ignored = [] } = profile.columns;
  const uses = usesOf(profile);
  const names = new Map([...required, ...optional, ...ignored].map((name) => [columnKey(name), name]));
  const must = new Set(required.map(columnKey));
  return [...names].map(([key, name]) => {
    const topic = forbiddenTopic(name);
    const its = topic === null ? (uses.get(key) ?? []) : [];
    const meanings = [...new Set(its.map((use) => meaningOf(profile, use)))];
    const read = its.filter((use) => use.kind !== 'identity');
    const accepts = [...new Set((read.length > 0 ? read : its).map((use) => acceptedBy(profile, use, name)))];
    return {
      name,
      required: must.has(key),
      meaning: meanings.join('; ') || (topic === null ? 'not mapped' : `about ${topic}`),
      accepts: accepts.join('; ') || 'anything',
      goes: topic === null ? whereTo(its) : 'dropped',
      kinds: [...new Set(its.map(({ kind }) => kind))],
      words: its.flatMap(({ field }) => [
        ...Object.keys(isRecord(field['map']) ? field['map'] : {}),
        ...[field['words'] ?? []].flat().map(wordOf),
      ]),
    };
  });
}

/** A table of the columns, and the header line. */
export function columnLines(profile: ImportProfile): readonly string[] {
  const told = columnsOf(profile);
  return [
    `${profile.name}, version ${profile.version}`,
    profile.description,
    '',
    ...told.flatMap(({ name, required, meaning, accepts, goes }) => [
      `${name}${required ? ' (required)' : ''} → ${goes}`,
      `    ${meaning}; takes ${accepts}`,
    ]),
    '',
    ...(profile.lookups ?? []).map(
      ({ name, key, columns }) =>
        `Also give the ${name} file, with the columns ${columns.join(', ')}; ${key} is its id.`,
    ),
    'A header line to start from:',
    headerLine(profile),
  ];
}

/** A header line and one invented row, which the profile reads. */
export function templateLines(profile: ImportProfile): readonly string[] {
  const uses = usesOf(profile);
  const cells = mapped(profile).map((name) => exampleOf(name, uses.get(columnKey(name)) ?? [], profile));
  return [headerLine(profile), cells.map(csvCell).join(',')];
}

function headerLine(profile: ImportProfile): string {
  return mapped(profile).map(csvCell).join(',');
}

function mapped(profile: ImportProfile): readonly string[] {
  const { required, optional = [] } = profile.columns;
  const names = new Map([...required, ...optional].map((name) => [columnKey(name), name]));
  return [...names.values()].filter((name) => forbiddenTopic(name) === null);
}

function csvCell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function whereTo(uses: readonly ColumnUse[]): string {
  const places = [...new Set(uses.map(keptIn))];
  return places.length === 0 ? 'sealed raw row' : places.join(', ');
}

function acceptedBy({ dates }: ImportProfile, { kind, field, as }: ColumnUse, name: string): string {
  if (isRecord(field['lookup'])) return `an id of the ${wordOf(field['lookup']['file'])} file`;
  if (as === 'year') return 'a year, where the other column has none';
  if (as === 'time') return 'a time of day, as 14:30';
  if (as === 'when' || as === 'rules') return conditionTexts(field, name);
  if (kind === 'choice') {
    const texts = Object.keys(isRecord(field['map']) ? field['map'] : {}).join(', ');
    return 'otherwise' in field ? `${texts}; all else counts as ${wordOf(field['otherwise'])}` : texts;
  }
  if (kind === 'date') {
    const order = field['order'] ?? dates?.order;
    return `a day, month or year; order ${order === undefined ? 'as --date-order says, or ISO' : wordOf(order)}`;
  }
  if (kind === 'word') return wordsOf([field['words']].flat().map(wordOf));
  if (kind === 'number') {
    const limits = [
      field['min'] === undefined ? '' : ` from ${wordOf(field['min'])}`,
      field['max'] === undefined ? '' : ` to ${wordOf(field['max'])}`,
    ];
    return `a ${field['integer'] === true ? 'whole ' : ''}number${limits.join('')}`;
  }
  if (kind === 'country') return COUNTRIES[wordOf(field['writing'] ?? 'any')] ?? 'a country';
  return PLAIN[kind] ?? 'a text';
}

/** Long lists are the profile's; a reader wants to know of what kind they are. */
const MOST_WORDS = 30;

function wordsOf(words: readonly string[]): string {
  if (words.length <= MOST_WORDS) return words.join('; ');
  return `${words.slice(0, MOST_WORDS / 3).join('; ')} and ${words.length - MOST_WORDS / 3} more of the publisher's words`;
}

const COUNTRIES: Readonly<Record<string, string>> = {
  alpha2: 'a country as two letters, as NP',
  alpha3: 'a country as three letters, as NPL',
  name: 'a country by name',
  any: 'a country by name or code',
};

const PLAIN: Readonly<Record<string, string>> = {
  count: 'a count: 12, <5, 5+, 5-10',
  coordinate: 'degrees, as 26.45',
  pair: 'both coordinates, as 26.45, 87.27',
  address: 'an address, or an address with its position as the form prints it',
  flag: 'True; False and nothing say nothing',
  identity: 'a text that is the same in all rows of one record',
};

function conditionTexts(field: Readonly<Record<string, unknown>>, name: string): string {
  const conditions = Array.isArray(field['rules'])
    ? field['rules'].flatMap((rule) => (isRecord(rule) ? [rule['when']] : []))
    : [field['when']];
  const texts = conditions.flatMap((condition) => {
    const entry = isRecord(condition)
      ? Object.entries(condition).find(([column]) => columnKey(column) === columnKey(name))
      : undefined;
    return Array.isArray(entry?.[1]) ? (entry[1] as string[]) : [];
  });
  return [...new Set(texts)]
    .map((text) => (text === '*' ? 'any answer' : text === '' ? 'none' : text))
    .join(', ');
}

/** Every use of every column, by the column's key; prefixes stand for all the declared columns that begin so. */
function usesOf(profile: ImportProfile): ReadonlyMap<string, readonly ColumnUse[]> {
  const { required, optional = [] } = profile.columns;
  const uses = new Map<string, ColumnUse[]>();
  const add = (column: unknown, use: ColumnUse): void => {
    const key = columnKey(wordOf(column));
    uses.set(key, [...(uses.get(key) ?? []), use]);
  };
  walk(profileShape, profile, '', (path, kind, field) => {
    const use = (as: string): ColumnUse => ({ path, kind, field, as });
    for (const as of ['column', 'time', 'year', 'join', 'printedAddress', 'columns', 'identity'])
      for (const column of [field[as]].flat()) if (column !== undefined) add(column, use(as));
    if (typeof field['prefix'] === 'string') {
      const prefix = columnKey(field['prefix']);
      for (const name of [...required, ...optional])
        if (columnKey(name).startsWith(prefix)) add(name, use('prefix'));
    }
    const conditions = Array.isArray(field['rules']) ? field['rules'] : [field];
    const deciding = conditions.flatMap((each) =>
      isRecord(each) && isRecord(each['when']) ? Object.keys(each['when']) : [],
    );
    for (const column of new Set(deciding))
      add(column, use(Array.isArray(field['rules']) ? 'rules' : 'when'));
  });
  return uses;
}

type Visit = (path: string, kind: string, field: Readonly<Record<string, unknown>>) => void;

function walk(schema: z.ZodType, value: unknown, path: string, visit: Visit): void {
  const inner = unwrapped(schema);
  const kind = kindOf(inner);
  if (kind !== null) {
    if (isRecord(value)) visit(path, kind, value);
    return;
  }
  if (inner instanceof z.ZodUnion) {
    const branch = branchFor(inner, value);
    if (branch !== null) walk(branch, value, path, visit);
    return;
  }
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    value.forEach((each, index) => walk(inner.element as z.ZodType, each, `${path}.${index}`, visit));
    return;
  }
  if (inner instanceof z.ZodRecord && isRecord(value)) {
    for (const [name, each] of Object.entries(value))
      walk(inner.valueType as z.ZodType, each, `${path}.${name}`, visit);
    return;
  }
  if (!(inner instanceof z.ZodObject) || !isRecord(value)) return;
  visitOwn(value, path, visit);
  for (const [name, member] of Object.entries(membersOf(inner)))
    if (Object.hasOwn(value, name) && !['columns', 'lookups'].includes(path === '' ? name : ''))
      walk(member, value[name], path === '' ? name : `${path}.${name}`, visit);
}

/** A field that has a description of its own has lost its name, and is known by its forms. */
function kindOf(schema: z.ZodType): string | null {
  const id = wordOf(schema.meta()?.['id']);
  if (id.startsWith('choice-of') || id === 'word') return 'choice';
  if (['text', 'number', 'count', 'date', 'country', 'coordinate'].includes(id)) return id;
  if (!(schema instanceof z.ZodUnion)) return null;
  const named = { text: textField, number: numberField, country: countryField };
  return Object.entries(named).find(([, field]) => field.options === schema.options)?.[0] ?? null;
}

/** Columns that an object names itself: the profile its ids, a place its pair, a person their condition, indicators their list. */
function visitOwn(value: Readonly<Record<string, unknown>>, path: string, visit: Visit): void {
  if (path === '') visit('identity', 'identity', { identity: value['identity'] });
  else if ('printedAddress' in value) visit(path, 'address', { printedAddress: value['printedAddress'] });
  else if (path.endsWith('.pair')) visit(path, 'pair', value);
  else if ('scheme' in value) visit(path, wordOf(value['value']), value);
  else if ('when' in value && !path.includes('.rules.')) visit(path, 'condition', { when: value['when'] });
}
