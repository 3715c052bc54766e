/** A document that asks a root field for everything it can answer: a surface that joins the registry need not spell its fields out. */
import {
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql';

/** Records met below another record are named by their id only: each is a root of its own, and they refer to each other in circles. */
const isRecord = (type: GraphQLOutputType): boolean => {
  const named = getNamedType(type);
  return (
    isObjectType(named) &&
    'id' in named.getFields() &&
    ('owner' in named.getFields() || named.name === 'Place')
  );
};

/** Deeper than any answer that is not a circle. */
const DEEPEST = 8;

/** `given` names the root's arguments that become variables. Throws when the schema has no such root field. */
export function wholeDocument(schema: GraphQLSchema, root: string, given: readonly string[]): string {
  const query = schema.getQueryType()?.getFields()[root];
  if (query === undefined) throw new Error(`found no root field ${root} in the schema`);
  const args = query.args.filter(({ name }) => given.includes(name));
  const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = args.map(({ name }) => `${name}: $${name}`).join(', ');
  const head = declared === '' ? 'query' : `query (${declared})`;
  return `${head} { ${root}${passed === '' ? '' : `(${passed})`} ${selection(query.type, 0)} }`;
}

function selection(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isUnionType(named))
    return `{ __typename ${named
      .getTypes()
      .map((member) => `... on ${member.name} ${selection(member, depth + 1)}`)
      .join(' ')} }`;
  if (!isObjectType(named) || depth > DEEPEST) return '{ __typename }';
  const fields = Object.values(named.getFields()).filter((field) => !needsArguments(field));
  return `{ ${fields.map((field) => (isRecord(field.type) ? `${field.name} { id }` : `${field.name} ${selection(field.type, depth + 1)}`)).join(' ')} }`;
}

function needsArguments(field: GraphQLField<unknown, unknown>): boolean {
  return field.args.some(isRequiredArgument);
}
