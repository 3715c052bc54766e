/** A mistaken query is told what to write: the fields there are, the values of an enum, an example of what is missing. */
import {
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { fieldsOf, type Notation, sample, valuesOf, wantedOf } from './samples.ts';

/** What to add to a message of graphql-js 16; empty when the message says enough by itself. */
export function adviceFor(schema: GraphQLSchema, message: string): string {
  const notation: Notation = message.startsWith('Variable "$') ? 'variables' : 'query';
  for (const [pattern, advise] of ADVICE) {
    const match = pattern.exec(message);
    const advice = match === null ? '' : advise({ schema, notation }, match[1] ?? '', match[2] ?? '');
    if (advice !== '') return `${/[.?!]$/.test(message) ? '' : '.'} ${advice}`;
  }
  return '';
}

interface Asked {
  readonly schema: GraphQLSchema;
  readonly notation: Notation;
}

type Advise = (asked: Asked, first: string, second: string) => string;

/** The first that has something to say. Those that end in `$` come after a value of the caller's, which may hold anything. */
const ADVICE: readonly (readonly [RegExp, Advise])[] = [
  [/^Cannot query field "\w+" on type "(\w+)"/, ({ schema }, type) => fieldsOf(schema.getType(type))],
  [/^Unknown argument "\w+" on field "(\w+)\.(\w+)"/, argumentsOf],
  [/^Field "(\w+)" of type "([^"]+)" must have a selection of subfields/, missingSelection],
  [/^Field "(\w+)" argument "\w+" of type "[^"]+" is required/, missingArgument],
  [/^Variable "\$(\w+)" of type "[^"]+" used in position expecting type "([^"]+)"/, wronglyDeclared],
  [/^Variable "\$(\w+)" of (?:required|non-null) type "([^"]+)"/, missingVariable],
  [/^Argument "\w+" of (?:required|non-null) type "([^"]+)"/, wanted],
  [/^Expected value of type "([^"]+)", found/, wanted],
  [/^Field "(\w+)\.\w+" of required type/, wanted],
  [/Field "(\w+)" of required type "([^"]+)" was not provided\.$/, missingField],
  [/Field "[^"]+" is not defined by type "(\w+)"/, ({ schema }, type) => fieldsOf(schema.getType(type))],
  [/Expected (?:non-nullable )?type "([^"]+)" (?:to be an object|not to be null)\.$/, wanted],
  [/^Enum "(\w+)" cannot represent non-enum value: "(\w+)"/, withoutQuotes],
  [/Enum "(\w+)" cannot represent/, wanted],
  [/Value "[^]*" does not exist in "(\w+)" enum/, wanted],
  [/DateTime cannot represent an invalid date-time-string (\S+)\.$/, momentNear],
  [/DateTime cannot /, ({ schema, notation }) => wantedOf(schema.getType('DateTimeISO'), notation)],
  [/\b(Int|Float|Boolean|String) cannot represent /, wanted],
];

function wanted({ schema, notation }: Asked, typeText: string): string {
  return wantedOf(named(schema, typeText), notation);
}

/** A date without a time, or a time without a zone, is a moment but for its end. */
function momentNear({ schema, notation }: Asked, found: string): string {
  const nearly = [`${found}T00:00:00Z`, `${found}Z`].find(
    (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && !Number.isNaN(Date.parse(text)),
  );
  return nearly === undefined
    ? `Found "${found}". ${wantedOf(schema.getType('DateTimeISO'), notation)}`
    : `Found "${found}", wanted a moment with its zone, such as "${nearly}".`;
}

function withoutQuotes({ schema }: Asked, typeName: string, found: string): string {
  const type = schema.getType(typeName);
  const meant = isEnumType(type) ? type.getValue(found.toUpperCase()) : undefined;
  return `${meant == null ? '' : `Drop the quotes: ${meant.name}. `}${valuesOf(type)}`;
}

function wronglyDeclared(asked: Asked, variable: string, typeText: string): string {
  return `Declare it as $${variable}: ${typeText}. ${wanted({ ...asked, notation: 'variables' }, typeText)}`;
}

function missingVariable({ schema, notation }: Asked, variable: string, typeText: string): string {
  const type = named(schema, typeText);
  if (type === undefined) return '';
  return `Give it among the variables, as "${variable}". ${wantedOf(type, notation)}`;
}

/** The message names the field alone: every input type that wants such a field is meant. */
function missingField({ schema, notation }: Asked, name: string, typeText: string): string {
  return Object.values(schema.getTypeMap())
    .filter(isInputObjectType)
    .filter((type) => {
      const field = type.getFields()[name];
      return field !== undefined && isRequiredInputField(field) && String(field.type) === typeText;
    })
    .map((type) => wantedOf(type, notation))
    .join(' ');
}

/** The message names no parent: wherever a field of that name wants arguments, the first such field is shown. */
function missingArgument({ schema }: Asked, name: string): string {
  for (const type of [schema.getQueryType(), schema.getMutationType(), ...allObjects(schema)]) {
    const args = type?.getFields()[name]?.args.filter(isRequiredArgument) ?? [];
    if (args.length > 0) return `Write, for example, ${name}(${args.map(written).join(', ')}).`;
  }
  return '';
}

function argumentsOf({ schema }: Asked, typeName: string, fieldName: string): string {
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  if (field === undefined) return '';
  const list = field.args.map((arg) => `${arg.name}: ${String(arg.type)}`);
  return list.length === 0 ? `${fieldName} takes none.` : `Arguments of ${fieldName}: ${list.join(', ')}.`;
}

function missingSelection({ schema }: Asked, name: string, typeText: string): string {
  const type = named(schema, typeText);
  if (!isObjectType(type)) return '';
  const inner = 'nodes' in type.getFields() ? 'nodes { id }' : (Object.keys(type.getFields())[0] ?? '');
  return `Write, for example, ${name} { ${inner} }. ${fieldsOf(type)}`;
}

function allObjects(schema: GraphQLSchema) {
  return Object.values(schema.getTypeMap()).filter(isObjectType);
}

function written(arg: GraphQLArgument): string {
  return `${arg.name}: ${sample(arg.type)}`;
}

/** "[FlowDimension!]!" is FlowDimension. */
function named(schema: GraphQLSchema, typeText: string): GraphQLNamedType | undefined {
  return schema.getType(typeText.replaceAll(/[![\]]/g, ''));
}
