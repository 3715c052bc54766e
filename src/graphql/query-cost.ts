/** How many records a query may touch: each list multiplies what is asked below it. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

/** Lists without a `first` hang on one record: waypoints, parties, statements. */
const USUAL_LIST = 5;

/** What a field costs beside the records it answers with, as `extensions.cost`: derivations read many to answer with few. */
export interface FieldCost {
  /** In records. `argument`: the whole number given, or its default; 0 where there is none. */
  readonly records: (argument: (name: string) => number) => number;
  /** What to ask for instead, said after "or"; without it only fewer of the field are cheaper. */
  readonly cheaper?: string;
}

export interface QueryCost {
  readonly records: number;
  /** Fields of the query with a cost of their own, by name. */
  readonly derived: ReadonlyMap<string, FieldCost>;
}

interface Walk {
  readonly derived: Map<string, FieldCost>;
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Cost of a fragment at a page size: a fragment spread a thousand times is walked once. */
  readonly known: Map<string, number>;
}

/** Of a document that was validated, so that its fragments end. */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): QueryCost {
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const walk: Walk = {
    schema,
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    variables: { ...defaultsOf(operation), ...variables },
    known: new Map(),
    derived: new Map(),
  };
  const root = schema.getRootType(operation.operation);
  const records = root == null ? 0 : selectionCost(walk, operation.selectionSet, root, null);
  return { records, derived: walk.derived };
}

/** A page size may hide in the default of a variable that nobody gave. */
function defaultsOf({ variableDefinitions }: OperationDefinitionNode): Readonly<Record<string, number>> {
  const numbers = (variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)] as const] : [],
  );
  return Object.fromEntries(numbers);
}

/** `page`: the `first` of the connection this set belongs to, which its lists take. */
function selectionCost(
  walk: Walk,
  set: SelectionSetNode,
  parent: GraphQLCompositeType,
  page: number | null,
): number {
  let cost = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) cost += fieldCost(walk, selection, parent, page);
    else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = typeNamed(walk, selection.typeCondition?.name.value) ?? parent;
      cost += selectionCost(walk, selection.selectionSet, on, page);
    } else cost += fragmentCost(walk, selection.name.value, page);
  }
  return cost;
}

function fragmentCost(walk: Walk, name: string, page: number | null): number {
  const key = `${name}/${page}`;
  const known = walk.known.get(key);
  if (known !== undefined) return known;
  const fragment = walk.fragments.get(name);
  const on = typeNamed(walk, fragment?.typeCondition.name.value);
  const cost =
    fragment === undefined || on === null ? 0 : selectionCost(walk, fragment.selectionSet, on, page);
  walk.known.set(key, cost);
  return cost;
}

function fieldCost(walk: Walk, node: FieldNode, parent: GraphQLCompositeType, page: number | null): number {
  const field = isObjectType(parent) ? parent.getFields()[node.name.value] : undefined;
  if (field === undefined) return 0;
  const own = ownCost(walk, node, field);
  const type = getNamedType(field.type);
  if (node.selectionSet === undefined || !isCompositeType(type)) return own;
  const first = askedFor(walk, node, field);
  if (!isList(field.type)) return own + 1 + selectionCost(walk, node.selectionSet, type, first);
  const size = first ?? page ?? USUAL_LIST;
  return own + size * (1 + selectionCost(walk, node.selectionSet, type, null));
}

function ownCost(walk: Walk, node: FieldNode, field: GraphQLField<unknown, unknown>): number {
  const cost = field.extensions.cost as FieldCost | undefined;
  if (cost === undefined) return 0;
  walk.derived.set(field.name, cost);
  return cost.records((name) => argumentOf(walk, node, field, name) ?? 0);
}

function askedFor(walk: Walk, node: FieldNode, field: GraphQLField<unknown, unknown>): number | null {
  return argumentOf(walk, node, field, 'first');
}

/** Null: the field has no such argument. What is no positive number counts as 0; the resolver refuses it. */
function argumentOf(
  walk: Walk,
  node: FieldNode,
  { args }: GraphQLField<unknown, unknown>,
  wanted: string,
): number | null {
  const argument = args.find(({ name }) => name === wanted);
  if (argument === undefined) return null;
  const given = node.arguments?.find(({ name }) => name.value === wanted)?.value;
  const value = given === undefined ? undefined : valueOf(walk, given);
  const size = value ?? argument.defaultValue;
  return typeof size === 'number' && size > 0 ? size : 0;
}

function valueOf({ variables }: Walk, node: ValueNode): unknown {
  if (node.kind === Kind.VARIABLE) return variables[node.name.value];
  return node.kind === Kind.INT ? Number(node.value) : undefined;
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type));
}

function typeNamed({ schema }: Walk, name: string | undefined): GraphQLCompositeType | null {
  const type = name === undefined ? undefined : schema.getType(name);
  return isCompositeType(type) ? type : null;
}
