/** One change seen as several series (a pair of ends, its crossing, the cells on its way) is one alert. */

export interface SeenAs<Item> {
  readonly item: Item;
  readonly direction: -1 | 1;
  /** Events behind it. */
  readonly events: ReadonlySet<string>;
}

/** Of the smaller of two, so much must be in the larger. */
const SHARED = 0.8;

/**
 * Each in the group of the first before it, in the same direction, that it shares four fifths of the smaller one's events with; no chains: a group is what its first
 * shares its events with. In the order given: the most important first.
 */
export function groupBySameIncidents<Item>(
  seen: readonly SeenAs<Item>[],
): readonly { readonly first: SeenAs<Item>; readonly also: readonly SeenAs<Item>[] }[] {
  const groups: { readonly first: SeenAs<Item>; readonly also: SeenAs<Item>[] }[] = [];
  for (const one of seen) {
    const group = groups.find(
      ({ first }) => first.direction === one.direction && sharedOf(first.events, one.events) >= SHARED,
    );
    if (group) group.also.push(one);
    else groups.push({ first: one, also: [] });
  }
  return groups;
}

function sharedOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (small.size === 0) return 0;
  let shared = 0;
  for (const event of small) if (large.has(event)) shared += 1;
  return shared / small.size;
}
