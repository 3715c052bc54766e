/** Which fields of the answer were asked for, through fragments and aliases, so that figures nobody wants are not computed. */
import {
  type FieldNode,
  type GraphQLResolveInfo,
  Kind,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';

/** Names of the fields selected under this field. A field behind @skip or @include counts as selected. */
export function selectedFields(
  info: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>,
): ReadonlySet<string> {
  const names = new Set<string>();
  const walk = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet);
      else walk(info.fragments[selection.name.value]?.selectionSet);
    }
  };
  for (const node of info.fieldNodes) walk(node.selectionSet);
  return names;
}

/** Whether one of the fields is selected at any depth under this field, as `how` asks, so that evidence nobody wants is not gathered. */
export function selectsAnywhere(
  info: GraphQLResolveInfo,
  wanted: ReadonlySet<string>,
  how: (field: FieldNode) => boolean = () => true,
): boolean {
  const has = (set: SelectionSetNode | undefined): boolean =>
    (set?.selections ?? []).some((selection) => {
      if (selection.kind === Kind.FIELD)
        return (wanted.has(selection.name.value) && how(selection)) || has(selection.selectionSet);
      if (selection.kind === Kind.INLINE_FRAGMENT) return has(selection.selectionSet);
      return has(info.fragments[selection.name.value]?.selectionSet);
    });
  return info.fieldNodes.some((node) => has(node.selectionSet));
}

/** Of a field: whether it is asked for as things with fields of their own; a number may have the same name. */
export function isOfThings({ selectionSet }: FieldNode): boolean {
  return selectionSet !== undefined;
}

/** Of a field: whether this argument, which is false unless given, is true there, written out or as a variable. */
export function isSwitchedOn(
  { variableValues }: GraphQLResolveInfo,
  argument: string,
): (field: FieldNode) => boolean {
  return (field) => {
    const given = field.arguments?.find(({ name }) => name.value === argument);
    return given !== undefined && valueFromASTUntyped(given.value, variableValues) === true;
  };
}
