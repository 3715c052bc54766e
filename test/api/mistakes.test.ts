/** Whatever is wrong with a value, the message names what may stand there: asked of every input type, enum and scalar there is. */
import {
  type GraphQLInputType,
  type GraphQLNamedType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isRequiredInputField,
  parse,
  validate,
} from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { describe, expect, it } from 'vitest';
import { adviceFor } from '../../src/graphql/mistakes.ts';
import { sample } from '../../src/graphql/samples.ts';
import { buildHubSchema } from '../../src/schema.ts';

const schema = buildHubSchema();
const SCALARS = ['Int', 'Float', 'Boolean', 'String', 'DateTimeISO'];

const types = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLInputType & GraphQLNamedType =>
    isInputType(type) &&
    !type.name.startsWith('__') &&
    (isEnumType(type) || isInputObjectType(type) || SCALARS.includes(type.name)),
);

/** The words of which a helpful message has all. */
function wordsOf(type: GraphQLInputType): readonly string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => name);
  if (isInputObjectType(type)) return Object.keys(type.getFields());
  return ['anted'];
}

/** Text in a query and value among the variables, each wrong for the type. */
function wrongFor(type: GraphQLInputType): readonly (readonly [literal: string, variable: unknown])[] {
  if (isEnumType(type)) {
    const first = type.getValues()[0]?.name ?? '';
    return [
      ['NONSENSE', 'NONSENSE'],
      [`"${first}"`, first.toLowerCase()],
      ['5', 5],
      ['{ a: 1 }', { a: 1 }],
    ];
  }
  if (isInputObjectType(type)) {
    return [
      ['"nonsense"', 'nonsense'],
      ['5', 5],
      ['NONSENSE', true],
      ['{ nonsense: 1 }', { nonsense: 1 }],
    ];
  }
  const text = String(type) === 'String' ? '5' : '"nonsense"';
  return [
    [text, JSON.parse(text)],
    ['{ a: 1 }', { a: 1 }],
    ['NONSENSE', { b: [] }],
  ];
}

interface Position {
  readonly type: GraphQLInputType & GraphQLNamedType;
  /** A query with the literal at that position, and nothing else in it. */
  readonly query: (literal: string) => string;
}

/** Every place of a query where an input value may stand, four levels deep. */
function positions(): Position[] {
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
    Object.values(root?.getFields() ?? {}).map((field) => ({
      field,
      word: root === schema.getMutationType() ? 'mutation' : 'query',
    })),
  );
  const found: Position[] = [];
  const visit = (type: GraphQLInputType, around: (literal: string) => string, depth: number): void => {
    const named = getNamedType(type) as GraphQLInputType & GraphQLNamedType;
    found.push({ type: named, query: around });
    if (!isInputObjectType(named) || depth === 4) return;
    for (const field of Object.values(named.getFields()))
      visit(field.type, (literal) => around(`{ ${field.name}: ${literal} }`), depth + 1);
  };
  for (const { field, word } of roots)
    for (const arg of field.args)
      visit(arg.type, (literal) => `${word} { ${field.name}(${arg.name}: ${literal}) { __typename } }`, 0);
  return found;
}

function told(messages: readonly string[]): string[] {
  return messages.map((message) => message + adviceFor(schema, message));
}

describe('a wrong value', () => {
  it.each(types.map((type) => [type.name, type] as const))('of %s among the variables', (name, type) => {
    for (const wrapped of [name, `${name}!`, `[${name}!]!`]) {
      for (const [, value] of [...wrongFor(type), ['', null] as const]) {
        const definitions = parse(`query Q($it: ${wrapped}) { __typename }`).definitions.flatMap((node) =>
          node.kind === 'OperationDefinition' ? (node.variableDefinitions ?? []) : [],
        );
        const { errors = [] } = getVariableValues(schema, definitions, { it: value });
        if (value === null && !wrapped.endsWith('!')) continue;
        const messages = told(errors.map(({ message }) => message));
        expect(messages, `${wrapped} ${JSON.stringify(value)}`).not.toEqual([]);
        for (const word of wordsOf(type)) expect(messages.join('\n')).toContain(word);
      }
    }
  });

  it('in the text, wherever one may stand', () => {
    const places = positions();
    expect(places.length).toBeGreaterThan(150);
    const silent: string[] = [];
    for (const { type, query } of places) {
      for (const [literal] of wrongFor(type)) {
        const messages = told(
          validate(schema, parse(query(literal)), undefined, { maxErrors: 100 }).map(
            ({ message }) => message,
          ),
        );
        const helpful = messages.some((message) => wordsOf(type).every((word) => message.includes(word)));
        if (!helpful) silent.push(`${query(literal)}: ${messages.join(' | ')}`);
      }
    }
    expect(silent).toEqual([]);
  });

  it('is answered with an example that is right', () => {
    for (const type of types) {
      const value = sample(type, 'variables');
      const definitions = parse(`query Q($it: ${type.name}) { __typename }`).definitions.flatMap((node) =>
        node.kind === 'OperationDefinition' ? (node.variableDefinitions ?? []) : [],
      );
      const { errors } = getVariableValues(schema, definitions, { it: JSON.parse(value) });
      expect(errors, `${type.name} ${value}`).toBeUndefined();
    }
    for (const { type, query } of positions()) {
      const messages = validate(schema, parse(query(sample(type))))
        .map(({ message }) => message)
        .filter((message) => !/of required type|is required|must not have a selection/.test(message));
      expect(messages, query(sample(type))).toEqual([]);
    }
  });

  it('of which one is missing is asked for by name', () => {
    for (const type of types.filter(isInputObjectType)) {
      for (const field of Object.values(type.getFields())) {
        // One with a default is never missing.
        if (!isRequiredInputField(field) || isListType(getNullableType(field.type))) continue;
        const message = `Variable "$it" got invalid value {}; Field "${field.name}" of required type "${String(field.type)}" was not provided.`;
        for (const word of wordsOf(type)) expect(adviceFor(schema, message)).toContain(word);
      }
    }
  });
});
