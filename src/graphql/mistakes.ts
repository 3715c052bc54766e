/** A mistaken query is told what to write: the fields there are, the values of an enum, an example of what is missing. */
import {
  type GraphQLArgument,
  type GraphQLEnumType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

/** What to add to a message of graphql-js 16; empty when the message says enough by itself. */
export function adviceFor(schema: GraphQLSchema, message: string): string {
  for (const [pattern, advise] of ADVICE) {
    const match = pattern.exec(message);
    const advice = match === null ? null : advise(schema, match[1] ?? '', match[2] ?? '');
    if (advice !== null) return ` ${advice}`;
  }
  return '';
}

type Advise = (schema: GraphQLSchema, first: string, second: string) => string | null;

const ADVICE: readonly (readonly [RegExp, Advise])[] = [
  [/^Cannot query field "\w+" on type "(\w+)"/, (schema, type) => fieldsOf(schema.getType(type))],
  [/^Value ".*" does not exist in "(\w+)" enum/s, (schema, type) => valuesOf(schema.getType(type))],
  [/Value ".*" does not exist in "(\w+)" enum/s, (schema, type) => valuesOf(schema.getType(type))],
  [/Enum "(\w+)" cannot represent/, (schema, type) => valuesOf(schema.getType(type))],
  [/Field "[^"]+" is not defined by type "(\w+)"/, (schema, type) => fieldsOf(schema.getType(type))],
  [/Field "(\w+)\.\w+" of required type/, (schema, type) => example(schema.getType(type))],
  [/Field "\w+" of required type "[^"]+" was not provided/, () => null],
  [/^Field "(\w+)" argument "\w+" of type "[^"]+" is required/, missingArgument],
  [/^Unknown argument "\w+" on field "(\w+)\.(\w+)"/, argumentsOf],
  [/^Field "(\w+)" of type "([^"]+)" must have a selection of subfields/, missingSelection],
];

function fieldsOf(type: GraphQLNamedType | undefined): string | null {
  if (!isObjectType(type) && !isInputObjectType(type)) return null;
  return `Fields of ${type.name}: ${Object.keys(type.getFields()).join(', ')}.`;
}

function valuesOf(type: GraphQLNamedType | undefined): string | null {
  if (!isEnumType(type)) return null;
  const about = type.description == null ? '' : ` ${type.description}`;
  return `Values of ${type.name}: ${type
    .getValues()
    .map(({ name }) => name)
    .join(', ')}.${about}`;
}

function example(type: GraphQLNamedType | undefined): string | null {
  return isInputObjectType(type) ? `Write, for example, ${sample(type)}.` : null;
}

/** The message names no parent: wherever a field of that name wants arguments, the first such field is shown. */
function missingArgument(schema: GraphQLSchema, name: string): string | null {
  for (const type of [schema.getQueryType(), schema.getMutationType(), ...allObjects(schema)]) {
    const args = type?.getFields()[name]?.args.filter(isRequiredArgument) ?? [];
    if (args.length > 0) return `Write, for example, ${name}(${args.map(written).join(', ')}).`;
  }
  return null;
}

function argumentsOf(schema: GraphQLSchema, typeName: string, fieldName: string): string | null {
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  if (field === undefined) return null;
  const list = field.args.map((arg) => `${arg.name}: ${String(arg.type)}`);
  return list.length === 0 ? `${fieldName} takes none.` : `Arguments of ${fieldName}: ${list.join(', ')}.`;
}

function missingSelection(schema: GraphQLSchema, name: string, typeText: string): string | null {
  const type = schema.getType(typeText.replaceAll(/[![\]]/g, ''));
  if (!isObjectType(type)) return null;
  const inner = 'nodes' in type.getFields() ? 'nodes { id }' : (Object.keys(type.getFields())[0] ?? '');
  return `Write, for example, ${name} { ${inner} }. ${fieldsOf(type) ?? ''}`;
}

function allObjects(schema: GraphQLSchema) {
  return Object.values(schema.getTypeMap()).filter(isObjectType);
}

function written(arg: GraphQLArgument): string {
  return `${arg.name}: ${sample(arg.type)}`;
}

const SCALAR_SAMPLES: Readonly<Record<string, string>> = {
  Int: '10',
  Float: '1.5',
  Boolean: 'true',
  DateTimeISO: '"2026-01-01T00:00:00Z"',
};

function sample(type: GraphQLInputType): string {
  const inner = getNullableType(type);
  if (isListType(inner)) return `[${sample(inner.ofType)}]`;
  const named = getNamedType(inner) as GraphQLInputType & GraphQLNamedType;
  if (isEnumType(named)) return firstValue(named);
  if (!isInputObjectType(named)) return SCALAR_SAMPLES[named.name] ?? '"…"';
  const fields = Object.values(named.getFields());
  const required = fields.filter(isRequiredInputField);
  const shown = required.length > 0 ? required : fields.slice(0, 1);
  return `{ ${shown.map((field) => `${field.name}: ${sample(field.type)}`).join(', ')} }`;
}

function firstValue(type: GraphQLEnumType): string {
  return type.getValues()[0]?.name ?? '';
}
