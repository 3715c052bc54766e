/** What an operation selects, after fragments, directives and repeated fields: in the order in which ordinary execution answers it. */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  isLeafType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** Thrown for what the fast path does not know, and caught where it begins: ordinary execution answers it. */
export class LeftToExecution extends Error {}

export interface Selected {
  /** What the answer calls it. */
  readonly key: string;
  /** In the schema; `__typename` too. */
  readonly name: string;
  /** After coercion, as a resolver gets them. */
  readonly args: Readonly<Record<string, unknown>>;
  /** As they are written, before directives and fragments. */
  readonly nodes: readonly FieldNode[];
  /** The type of what lies below; null of a scalar. */
  readonly type: GraphQLObjectType | null;
  readonly below: readonly Selected[];
}

export interface Selecting {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Of a document that was validated. Throws where an argument is none, and for interfaces and unions. */
export function selectedBelow(
  selecting: Selecting,
  parent: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): readonly Selected[] {
  const byKey = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  for (const { selections } of sets) gather(selecting, parent, selections, byKey, spread);
  return [...byKey].map(([key, nodes]) => selectedField(selecting, parent, key, nodes));
}

function gather(
  selecting: Selecting,
  parent: GraphQLObjectType,
  selections: readonly SelectionNode[],
  byKey: Map<string, FieldNode[]>,
  spread: Set<string>,
): void {
  for (const node of selections) {
    if (!isWanted(selecting, node)) continue;
    if (node.kind === Kind.FIELD) {
      const key = (node.alias ?? node.name).value;
      const same = byKey.get(key);
      if (same === undefined) byKey.set(key, [node]);
      else same.push(node);
      continue;
    }
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const name = node.name.value;
      if (spread.has(name)) continue;
      spread.add(name);
      const fragment = selecting.fragments[name];
      if (fragment !== undefined && isOn(fragment.typeCondition.name.value, parent))
        gather(selecting, parent, fragment.selectionSet.selections, byKey, spread);
    } else if (isOn(node.typeCondition?.name.value ?? parent.name, parent))
      gather(selecting, parent, node.selectionSet.selections, byKey, spread);
  }
}

function isWanted({ variables }: Selecting, node: SelectionNode): boolean {
  if (node.directives === undefined || node.directives.length === 0) return true;
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variables)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false
  );
}

/** There are no interfaces and unions here: a fragment on another type fits nowhere, and validation says so. */
function isOn(type: string, parent: GraphQLObjectType): boolean {
  if (type === parent.name) return true;
  throw new LeftToExecution(`a fragment on ${type}`);
}

const NO_ARGUMENTS: Readonly<Record<string, unknown>> = {};

function selectedField(
  selecting: Selecting,
  parent: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
): Selected {
  const [node] = nodes as readonly [FieldNode];
  const name = node.name.value;
  if (name === '__typename') return { key, name, nodes, args: NO_ARGUMENTS, type: null, below: [] };
  const field = parent.getFields()[name];
  if (field === undefined) throw new LeftToExecution(name);
  const args =
    field.args.length === 0 ? NO_ARGUMENTS : getArgumentValues(field, node, { ...selecting.variables });
  const type = getNamedType(field.type);
  if (isLeafType(type)) return { key, name, nodes, args, type: null, below: [] };
  if (!isObjectType(type)) throw new LeftToExecution(type.name);
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  return { key, name, nodes, args, type, below: selectedBelow(selecting, type, sets) };
}

/** Whether a field of this name is selected at any depth. */
export function selectsNamed(selected: readonly Selected[], name: string): boolean {
  return selected.some((field) => field.name === name || selectsNamed(field.below, name));
}
