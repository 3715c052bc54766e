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
}

/** Of contributors whose agreements want more persons than the rules do: no group that they are in is gathered of fewer. */
export type LeastPersonsOf = ReadonlyMap<string, number>;

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
  leastPersonsOf: LeastPersonsOf = new Map(),
): { readonly atoms: readonly Atom[]; readonly waiting: readonly CountableEvent[] } {
  checkEvents(events);
  const atoms: Atom[] = [];
  let waiting = [...events].sort((a, b) => (a.id < b.id ? -1 : 1));
  const levels = waiting.reduce((most, { keys }) => Math.max(most, keys.length), 0);
  for (let level = 0; level < levels; level += 1) {
    const left: CountableEvent[] = [];
    for (const [key, together] of groupBy(waiting, ({ keys }) => keys[level] ?? null)) {
      const told = new Set(key === null ? [] : tellable(together, rules, leastPersonsOf));
      if (key !== null && told.size > 0)
        atoms.push({ level, key, persons: personsOf([...told]), events: [...told] });
      left.push(...together.filter((event) => !told.has(event)));
    }
    waiting = left.sort((a, b) => (a.id < b.id ? -1 : 1));
  }
  return { atoms, waiting };
}

/** Those of a group that may be told together: all of them, or all but what whoever wants more persons than there are has a part in; or none. */
function tellable(
  events: readonly CountableEvent[],
  rules: AtomRules,
  leastPersonsOf: LeastPersonsOf,
): readonly CountableEvent[] {
  const leastPersons = leastFor(
    events.flatMap(({ contributors }) => contributors),
    rules,
    leastPersonsOf,
  );
  if (isEnough(events, { ...rules, leastPersons })) return events;
  if (leastPersons === rules.leastPersons) return [];
  const others = events.filter(({ contributors }) =>
    contributors.every((one) => (leastPersonsOf.get(one) ?? 0) < leastPersons),
  );
  return tellable(others, rules, leastPersonsOf);
}

/**
 * Whether these events together may be told as one number: also to a contributor, who knows its own part of them and is told the rest by taking that away. What others reported
 * and it did not must be as many persons and events as may be told by themselves.
 */
export function isEnough(
  events: readonly Pick<CountableEvent, 'persons' | 'contributors'>[],
  { leastPersons, leastEvents, leastContributors, mostShare }: AtomRules = ATOM_RULES,
): boolean {
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
  /** Whose it was then. */
  readonly contributors: readonly string[];
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
  leastPersonsOf: LeastPersonsOf = new Map(),
): { readonly persons: number; readonly events: number } | null {
  const left = personsOf(members);
  if (left === persons && members.length === events) return { persons, events };
  const wanted = leastFor(contributors, rules, leastPersonsOf);
  // What was told before an agreement wanted more goes on by the rules alone: taken off now, it would be told by how much all falls.
  const leastPersons = persons < wanted ? rules.leastPersons : wanted;
  if (!isEnough(members, { ...rules, leastPersons })) return null;
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

function leastFor(
  contributors: readonly string[],
  { leastPersons }: AtomRules,
  leastPersonsOf: LeastPersonsOf,
): number {
  return Math.max(leastPersons, ...contributors.map((one) => leastPersonsOf.get(one) ?? 0));
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
