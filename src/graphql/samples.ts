/** What to write where a type of the schema is wanted: an example, its fields, its values. */
import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  isRequiredInputField,
} from 'graphql';

/** In a query enum values and field names stand bare; among the variables, which are JSON, both are texts. */
export type Notation = 'query' | 'variables';

const MOMENT = '2026-01-01T00:00:00Z';

/** What the built-in types cannot say of themselves. The date-time type goes by another name in its own messages. */
const SCALARS: Readonly<Record<string, { readonly sample: unknown; readonly wanted: string }>> = {
  Int: { sample: 10, wanted: 'a whole number without quotes, such as 10' },
  Float: { sample: 1.5, wanted: 'a number without quotes, such as 1.5' },
  Boolean: { sample: true, wanted: 'true or false, without quotes' },
  String: { sample: '…', wanted: 'a text in quotes, such as "…"' },
  DateTimeISO: { sample: MOMENT, wanted: `a moment with its zone, in quotes, such as "${MOMENT}"` },
};

/** Fields whose type alone would give a value that makes no sense. */
const FIELD_SAMPLES: Readonly<Record<string, unknown>> = {
  west: 80,
  south: 26.3,
  east: 88.3,
  north: 30.5,
  longitude: 83.46,
  latitude: 27.47,
  km: 25,
  coordinates: [
    [
      [80, 26.3],
      [88.3, 26.3],
      [88.3, 30.5],
      [80, 26.3],
    ],
  ],
  to: '2026-04-01T00:00:00Z',
  credibility: 3,
  atLeast: 3,
  atMost: 100,
};

/** With more optional fields than this an example of all of them would hide what is wanted. */
const MOST_SHOWN = 4;

/** A sentence on what an input type wants, empty for a type that is none. */
export function wantedOf(type: GraphQLNamedType | undefined, notation: Notation): string {
  if (isEnumType(type)) return valuesOf(type);
  if (isInputObjectType(type)) {
    const examples = examplesOf(type).map((value) => written(value, notation));
    return `Write, for example, ${examples.join(' or ')}. ${fieldsOf(type)}`;
  }
  const scalar = type === undefined ? undefined : SCALARS[type.name];
  return scalar === undefined ? '' : `Wanted ${scalar.wanted}.`;
}

export function fieldsOf(type: GraphQLNamedType | undefined): string {
  if (!isObjectType(type) && !isInputObjectType(type)) return '';
  return `Fields of ${type.name}: ${Object.keys(type.getFields()).join(', ')}.`;
}

export function valuesOf(type: GraphQLNamedType | undefined): string {
  if (!isEnumType(type)) return '';
  const names = type.getValues().map(({ name }) => name);
  return `Values of ${type.name}: ${names.join(', ')}.${type.description == null ? '' : ` ${type.description}`}`;
}

export function sample(type: GraphQLInputType, notation: Notation = 'query'): string {
  return written(sampleOf(type), notation);
}

/** An enum's value: bare in a query, a text among the variables. */
class Bare {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

function sampleOf(type: GraphQLInputType): unknown {
  const inner = getNullableType(type);
  if (isListType(inner)) return [sampleOf(inner.ofType)];
  if (isEnumType(inner)) return new Bare(inner.getValues()[0]?.name ?? '');
  if (isInputObjectType(inner)) return examplesOf(inner)[0];
  return SCALARS[(inner as GraphQLNamedType).name]?.sample ?? '…';
}

/** The least that is wanted, and all of it where that is not much more. */
function examplesOf(type: GraphQLInputObjectType): readonly Readonly<Record<string, unknown>>[] {
  const fields = Object.values(type.getFields());
  const required = fields.filter(isRequiredInputField);
  if (required.length === 0) return [filled(fields.slice(0, fields.length === 2 ? 2 : 1))];
  const more = required.length < fields.length && fields.length <= MOST_SHOWN;
  return more ? [filled(required), filled(fields)] : [filled(required)];
}

function filled(fields: readonly GraphQLInputField[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fields.map((field) => [field.name, fieldSample(field)]));
}

/** "… like NPL." in a field's own description is its example. */
function fieldSample({ name, type, description }: GraphQLInputField): unknown {
  const told = /\blike ([\w/.-]*\w)/.exec(description ?? '')?.[1];
  const plain = getNullableType(type);
  if (told !== undefined && String(plain) === 'String') return told;
  return FIELD_SAMPLES[name] ?? sampleOf(type);
}

function written(value: unknown, notation: Notation): string {
  if (value instanceof Bare) return notation === 'query' ? value.name : JSON.stringify(value.name);
  if (Array.isArray(value)) return `[${value.map((each) => written(each, notation)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([name, each]) => `${notation === 'query' ? name : JSON.stringify(name)}: ${written(each, notation)}`,
  );
  return `{ ${entries.join(', ')} }`;
}
