/**
 * Which events may be counted in public, and how coarsely: they are gathered into atoms, each too large to tell of anybody. Whatever is published
 * is a sum of whole atoms, so no two views, and no two epochs of one, differ by less than an atom.
 */

/** One event (the incidents that are one, by confirmed links) as the contributors' officers let it be counted. */
export interface CountableEvent {
  readonly id: string;
  /** Of the largest party reported; 1 or more. */
  readonly persons: number;
  /** Organisations that reported it and let it be counted. */
  readonly contributors: readonly string[];
  /** What it is counted under, from the finest level to the coarsest: each must follow from the one before. null: not known at that level. */
  readonly keys: readonly (string | null)[];
}

export interface AtomRules {
  readonly leastPersons: number;
  readonly leastEvents: number;
  readonly leastContributors: number;
  /** The largest part of the persons that one contributor may have reported. */
  readonly mostShare: number;
  /** Of contributors whose agreements want more persons than that: whatever they are in needs as many. */
  readonly leastPersonsOf?: ReadonlyMap<string, number>;
}

export const ATOM_RULES: AtomRules = {
  leastPersons: 11,
  leastEvents: 3,
  leastContributors: 2,
  mostShare: 0.8,
};

export interface Atom {
  readonly level: number;
  readonly key: string;
  readonly persons: number;
  readonly events: readonly CountableEvent[];
}

/**
 * New atoms of events that are in none yet, each at the finest level at which those that share its key are enough; and those that are enough at no level,
 * which wait. The order of events changes nothing. RangeError for an event without persons or contributors, or given twice.
 */
export function gatherAtoms(
  events: readonly CountableEvent[],
  rules: AtomRules = ATOM_RULES,
): { readonly atoms: readonly Atom[]; readonly waiting: readonly CountableEvent[] } {
  checkEvents(events);
  const atoms: Atom[] = [];
  let waiting = [...events].sort((a, b) => (a.id < b.id ? -1 : 1));
  const levels = waiting.reduce((most, { keys }) => Math.max(most, keys.length), 0);
  for (let level = 0; level < levels; level += 1) {
    const left: CountableEvent[] = [];
    for (const [key, together] of groupBy(waiting, ({ keys }) => keys[level] ?? null)) {
      if (key !== null && isEnough(together, rules))
        atoms.push({ level, key, persons: personsOf(together), events: together });
      else left.push(...together);
    }
    waiting = left.sort((a, b) => (a.id < b.id ? -1 : 1));
  }
  return { atoms, waiting };
}

/**
 * Whether these events together may be told as one number: also to a contributor, who knows its own part of them and is told the rest by taking that away. What others reported
 * and it did not must be as many persons and events as may be told by themselves.
 */
export function isEnough(
  events: readonly Pick<CountableEvent, 'persons' | 'contributors'>[],
  rules: AtomRules = ATOM_RULES,
): boolean {
  const { leastEvents, leastContributors, mostShare } = rules;
  const leastPersons = leastFor(contributorsOf(events), rules);
  const persons = personsOf(events);
  if (persons < leastPersons || events.length < leastEvents) return false;
  // An event that several reported is each one's: it may know all of it.
  const byContributor = new Map<string, { persons: number; events: number }>();
  for (const { persons: own, contributors } of events)
    for (const contributor of new Set(contributors)) {
      const known = byContributor.get(contributor) ?? { persons: 0, events: 0 };
      byContributor.set(contributor, { persons: known.persons + own, events: known.events + 1 });
    }
  return (
    byContributor.size >= leastContributors &&
    [...byContributor.values()].every(
      (known) =>
        known.persons <= mostShare * persons &&
        persons - known.persons >= leastPersons &&
        events.length - known.events >= leastEvents,
    )
  );
}

/** What stands of an atom that was published: nothing is taken from it by fewer persons than an atom needs. */
export interface StandingAtom {
  /** As last published. */
  readonly persons: number;
  readonly events: number;
  /** Whose it was then, besides those who are in it still. */
  readonly contributors?: readonly string[];
  /** What is still there of it. */
  readonly members: readonly Pick<CountableEvent, 'persons' | 'contributors'>[];
}

/**
 * How an atom is told at the next epoch: as before, smaller by the persons that are gone once they are as many as an atom needs, or null: no more,
 * because what is left would not be enough by itself. What was gathered with it is never counted again: it would tell by how much it fell.
 */
export function standingOf(
  { persons, events, contributors, members }: StandingAtom,
  rules: AtomRules = ATOM_RULES,
): { readonly persons: number; readonly events: number } | null {
  const left = personsOf(members);
  const leastPersons = leastFor([...contributorsOf(members), ...(contributors ?? [])], rules);
  // Nothing was taken from it; but an agreement may want more by now.
  if (left === persons && members.length === events) return left < leastPersons ? null : { persons, events };
  if (!isEnough(members, rules)) return null;
  const gone = { persons: persons - left, events: events - members.length };
  if (gone.persons < leastPersons || gone.events < rules.leastEvents) return { persons, events };
  return { persons: left, events: members.length };
}

function checkEvents(events: readonly CountableEvent[]): void {
  const seen = new Set<string>();
  for (const { id, persons, contributors } of events) {
    if (seen.has(id)) throw new RangeError(`gatherAtoms: found event ${id} twice, wanted each once`);
    seen.add(id);
    if (!(Number.isInteger(persons) && persons >= 1))
      throw new RangeError(`gatherAtoms: found ${persons} persons, wanted a whole number of 1 or more`);
    if (contributors.length === 0)
      throw new RangeError(`gatherAtoms: found event ${id} without a contributor, wanted one or more`);
  }
}

function leastFor(contributors: readonly string[], { leastPersons, leastPersonsOf }: AtomRules): number {
  return Math.max(leastPersons, ...contributors.map((one) => leastPersonsOf?.get(one) ?? 0));
}

function contributorsOf(events: readonly Pick<CountableEvent, 'contributors'>[]): readonly string[] {
  return [...new Set(events.flatMap(({ contributors }) => contributors))];
}

function personsOf(events: readonly { readonly persons: number }[]): number {
  return events.reduce((sum, { persons }) => sum + persons, 0);
}

function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | null,
): readonly (readonly [string | null, readonly Item[]])[] {
  const groups = new Map<string | null, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups].sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1));
}
