/** Which persons of a corrected report are persons it named before. */

export interface ToldPerson {
  readonly role: string;
  /** Keyed tokens of what identifies the person; empty where nothing does. */
  readonly tokens: ReadonlySet<string>;
}

export interface EarlierPerson extends ToldPerson {
  readonly personId: string;
  /** Whether somebody decided what the person is held for. */
  readonly reviewed: boolean;
}

/**
 * For each person told, who that was before; null: nobody. Those who share most identifiers are one first. Where nothing identifies one of
 * the two, somebody of the same role is the same if there is one alone on either side, or if nothing was decided that could go to the
 * wrong one. Two with identifiers and none in common are two: what was decided about one is never said of the other by a machine.
 */
export function matchPersons(
  told: readonly ToldPerson[],
  earlier: readonly EarlierPerson[],
): readonly (string | null)[] {
  const found: (string | null)[] = told.map(() => null);
  const left = new Set(earlier);
  const pairs = told
    .flatMap((person, at) =>
      earlier.map((before) => ({ at, before, shared: sharedBy(person.tokens, before.tokens) })),
    )
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared || a.at - b.at);
  const take = (at: number, before: EarlierPerson): void => {
    if (found[at] !== null || !left.delete(before)) return;
    found[at] = before.personId;
  };
  for (const { at, before } of pairs) take(at, before);
  for (const role of new Set(told.map((person) => person.role))) {
    const open = told.flatMap((person, at) =>
      found[at] === null && person.role === role ? [{ at, person }] : [],
    );
    const before = [...left].filter((person) => person.role === role);
    const [one] = open;
    const [other] = before;
    if (one === undefined || other === undefined) continue;
    if (open.length === 1 && before.length === 1) {
      if (one.person.tokens.size === 0 || other.tokens.size === 0) take(one.at, other);
      continue;
    }
    const unknown = open.filter(({ person }) => person.tokens.size === 0);
    const interchangeable = before.filter(({ tokens, reviewed }) => tokens.size === 0 && !reviewed);
    for (const [index, { at }] of unknown.entries()) {
      const same = interchangeable[index];
      if (same !== undefined) take(at, same);
    }
  }
  return found;
}

function sharedBy(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((token) => b.has(token)).length;
}
