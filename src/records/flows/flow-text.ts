/** Groups of movements as JSON text. What answers them is kept; what was written of a kept answer is kept as long as it is. */
import { LeftToExecution, type Selected } from '../../graphql/fast-path/selected.ts';
import { asItIs, selectionKey, type WrittenType, writeObject } from '../../graphql/fast-path/written.ts';
import type { FlowGroup } from './flow.type.ts';

type Named = { readonly group: FlowGroup; readonly slugs: ReadonlyMap<string, string> | null };

const PERSONS: WrittenType<NonNullable<FlowGroup['persons']>> = {
  min: ({ min }) => asItIs(min),
  max: ({ max }) => asItIs(max),
};

const GROUP: WrittenType<Named> = {
  originCountry: ({ group }) => asItIs(group.originCountry),
  transitCountry: ({ group }) => asItIs(group.transitCountry),
  destinationCountry: ({ group }) => asItIs(group.destinationCountry),
  period: ({ group }) => asItIs(group.period),
  mode: ({ group }) => asItIs(group.mode),
  purpose: ({ group }) => asItIs(group.purpose),
  status: ({ group }) => asItIs(group.status),
  exploitation: ({ group }) => asItIs(group.exploitation),
  sex: ({ group }) => asItIs(group.sex),
  ageBand: ({ group }) => asItIs(group.ageBand),
  cell: ({ group }) => asItIs(group.cell),
  movements: ({ group }) => asItIs(group.movements),
  persons: ({ group }, field) =>
    group.persons === null ? 'null' : writeObject(PERSONS, group.persons, field),
  incidents: ({ group }) => asItIs(group.incidents),
  independentOrigins: ({ group }) => asItIs(group.independentOrigins),
  owner: ({ group, slugs }) => {
    if (slugs === null) throw new LeftToExecution('owner');
    return asItIs(group.ownerId === null ? null : (slugs.get(group.ownerId) ?? null));
  },
};

const written = new WeakMap<readonly FlowGroup[], Map<string, string>>();
/** Other names for the same fields are other texts; few ask for more than one. */
const MOST_TEXTS = 2;
/** Longer ones are written again each time: kept answers are counted, texts beside them are not. */
const MOST_CHARACTERS = 100_000;

/** `slugs`: null where no `owner` is selected. Names of owners may change without a record that does. */
export function flowsText(
  groups: readonly FlowGroup[],
  field: Selected,
  slugs: ReadonlyMap<string, string> | null,
): string {
  const write = (): string =>
    `[${groups.map((group) => writeObject(GROUP, { group, slugs }, field)).join(',')}]`;
  if (slugs !== null) return write();
  const texts = written.get(groups) ?? new Map<string, string>();
  written.set(groups, texts);
  const key = selectionKey(field.below);
  const text = texts.get(key) ?? write();
  if (texts.size < MOST_TEXTS && text.length <= MOST_CHARACTERS) texts.set(key, text);
  return text;
}

/** Whether all that is selected is written here: asked before the groups are derived. */
export function writesAll({ below }: Selected): boolean {
  return below.every(({ name }) => name === '__typename' || Object.hasOwn(GROUP, name));
}
