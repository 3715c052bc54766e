/** A filter as JSON, read as GraphQL reads the same argument of the list: one meaning, one set of mistakes. */
import { coerceInputValue, type GraphQLSchema, isInputType } from 'graphql';
import { HeadwaterError } from '../../kernel/errors.ts';

/** Null where nothing was said. Throws BAD_INPUT naming what is wrong. */
export function filterIn(text: string | null): unknown {
  if (text === null || text.trim() === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new HeadwaterError(
      'BAD_INPUT',
      'filter: found a text that is no JSON, wanted the filter of the GraphQL list like {"countries": ["NPL"]}',
    );
  }
}

/** What a resolver would be given. Throws BAD_INPUT. */
export function coercedFilter(schema: GraphQLSchema, typeName: string, filter: unknown): unknown {
  if (filter === null) return null;
  const type = schema.getType(typeName);
  if (!isInputType(type)) throw new Error(`found no input ${typeName} in the schema`);
  return coerceInputValue(filter, type, (path, _value, error) => {
    const where = ['filter', ...path].join('.');
    throw new HeadwaterError('BAD_INPUT', `${where}: ${error.message}`);
  });
}
