/** A filter in an address: JSON, read as GraphQL reads the same input in a variable. */
import { coerceInputValue, type GraphQLSchema, isInputType } from 'graphql';
import { HeadwaterError } from '../../kernel/errors.ts';
import type { TileLayer } from './tile-layers.ts';

const LONGEST = 8_000;

/** Null where none is given. Throws BAD_INPUT saying what in it is wrong. */
export function readTileFilter<Filter>(
  schema: GraphQLSchema,
  { name, filter }: Pick<TileLayer, 'name' | 'filter'>,
  text: unknown,
): Filter | null {
  if (text === undefined || text === '') return null;
  if (filter === null) throw wrong(`found one, wanted none: ${name} is the same for everybody`);
  if (typeof text !== 'string') throw wrong('found several, wanted one');
  if (text.length > LONGEST) throw wrong(`found ${text.length} characters, wanted at most ${LONGEST}`);
  const type = schema.getType(filter);
  if (!isInputType(type)) throw new Error(`found no input ${filter} in the schema`);
  return coerceInputValue(parsed(text, filter), type, (path, _value, error) => {
    throw wrong([...path.map(String), error.message].join(': '));
  }) as Filter | null;
}

function parsed(text: string, filter: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw wrong(
      `found what is no JSON, wanted a ${filter} like {"occurred": {"from": "2026-01-01T00:00:00Z"}}`,
    );
  }
}

function wrong(what: string): HeadwaterError {
  return new HeadwaterError('BAD_INPUT', `filter: ${what}`);
}
