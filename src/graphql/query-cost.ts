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

interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Cost of a fragment at a page size: a fragment spread a thousand times is walked once. */
  readonly known: Map<string, number>;
}

/**
 * Of a document that was validated, so that its fragments end. A field whose `extensions.cost` is a number costs that much more:
 * derivations that read many records to answer with few.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const walk: Walk = {
    schema,
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    variables: { ...defaultsOf(operation), ...variables },
    known: new Map(),
  };
  const root = schema.getRootType(operation.operation);
  return root == null ? 0 : selectionCost(walk, operation.selectionSet, root, null);
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
  const own = typeof field.extensions.cost === 'number' ? field.extensions.cost : 0;
  const type = getNamedType(field.type);
  if (node.selectionSet === undefined || !isCompositeType(type)) return own;
  const first = askedFor(walk, node, field);
  if (!isList(field.type)) return own + 1 + selectionCost(walk, node.selectionSet, type, first);
  const size = first ?? page ?? USUAL_LIST;
  return own + size * (1 + selectionCost(walk, node.selectionSet, type, null));
}

function askedFor(walk: Walk, node: FieldNode, { args }: GraphQLField<unknown, unknown>): number | null {
  const argument = args.find(({ name }) => name === 'first');
  if (argument === undefined) return null;
  const given = node.arguments?.find(({ name }) => name.value === 'first')?.value;
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
