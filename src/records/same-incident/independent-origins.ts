/** How many independent origins stand behind a set of statements: what hangs together counts once. */

export interface OriginStatement {
  readonly id: string;
  /** Who first perceived it, as a keyed pseudonym; null when nobody knows. */
  readonly originId: string | null;
  /** Who wrote it down; null when nobody knows. */
  readonly collectorId: string | null;
  /** The statement it was made from, among these or not; null for a first-hand one. */
  readonly derivedFrom: string | null;
  /** The report it stands in, and the one that was made from; null for a first-hand one. */
  readonly reportId: string;
  readonly derivedReport: string | null;
  /** What it counts under: statements of one case are dependent. */
  readonly caseId: string;
}

export interface OriginGroup {
  /** Ids, ascending. */
  readonly statements: readonly string[];
  /** Whether at least one of them has a known origin: only then does the group count by itself. */
  readonly originKnown: boolean;
  /** Why they are one group, in words. */
  readonly reason: string;
}

export interface Independence {
  /**
   * Groups with a known origin; where there is none, 1 if there is any statement and 0 if there is none. An unknown origin may be any of the
   * known ones, so a group of unknown origins adds nothing to them.
   */
  readonly origins: number;
  /** The largest first. */
  readonly groups: readonly OriginGroup[];
  /** Statements whose origin is not known. */
  readonly unknownOrigins: number;
}

/** In the order in which they are told. */
const TIES = [
  ['the same root origin', ({ originId }) => originId],
  ['the same collector', ({ collectorId }) => collectorId],
  ['one derived from another', ({ id, derivedFrom, derivedReport }) => [id, derivedFrom, derivedReport]],
  ['the same incident', ({ caseId }) => caseId],
] as const satisfies readonly (readonly [
  words: string,
  keys: (statement: OriginStatement) => string | null | readonly (string | null)[],
])[];

/** Neither order nor repetition of statements matters. Two statements with one key of any tie are in one group, and so is whoever they lead to. */
export function independentOrigins(given: readonly OriginStatement[]): Independence {
  const statements = [...new Map(given.map((each) => [each.id, each])).values()];
  const parents = new Map<string, string>();
  const rootOf = (node: string): string => {
    let root = node;
    for (let up = parents.get(root); up !== undefined && up !== root; up = parents.get(root)) root = up;
    parents.set(node, root);
    return root;
  };
  const sources = new Set(statements.flatMap(({ derivedReport }) => derivedReport ?? []));
  for (const statement of statements) {
    for (const key of keysOf(statement, sources)) {
      const [one, other] = [rootOf(`statement ${statement.id}`), rootOf(key)];
      if (one !== other) parents.set(one, other);
    }
  }
  const groups = new Map<string, OriginStatement[]>();
  for (const statement of statements) {
    const root = rootOf(`statement ${statement.id}`);
    groups.set(root, [...(groups.get(root) ?? []), statement]);
  }
  const told = [...groups.values()].map((members) => groupOf(members, sources)).sort(largestFirst);
  const known = told.filter(({ originKnown }) => originKnown).length;
  return {
    origins: known === 0 ? Math.min(1, told.length) : known,
    groups: told,
    unknownOrigins: statements.filter(({ originId }) => originId === null).length,
  };
}

/** A key names its tie, so that an origin and an incident never meet by their ids. */
function keysOf(statement: OriginStatement, sources: ReadonlySet<string>): string[] {
  // A report that nothing was made from ties nothing.
  const source = sources.has(statement.reportId) ? [`one derived from another ${statement.reportId}`] : [];
  const ties = TIES.flatMap(([words, keys]) => {
    const values = keys(statement);
    const list = Array.isArray(values) ? values : [values];
    return list.flatMap((value) => (value === null ? [] : [`${words} ${value}`]));
  });
  return [...source, ...ties];
}

function groupOf(members: readonly OriginStatement[], sources: ReadonlySet<string>): OriginGroup {
  const counts = new Map<string, number>();
  for (const member of members)
    for (const key of new Set(keysOf(member, sources))) counts.set(key, (counts.get(key) ?? 0) + 1);
  const tied = TIES.map(([words]) => words).filter((words) =>
    [...counts].some(([key, count]) => count > 1 && key.startsWith(words)),
  );
  const originKnown = members.some(({ originId }) => originId !== null);
  return {
    statements: members.map(({ id }) => id).sort(),
    originKnown,
    reason: [
      tied.length === 0 ? 'stands alone' : tied.join(', '),
      ...(originKnown ? [] : ['who first perceived it is not known, so it adds nothing to known origins']),
    ].join('; '),
  };
}

function largestFirst(a: OriginGroup, b: OriginGroup): number {
  return (
    b.statements.length - a.statements.length || ((a.statements[0] ?? '') < (b.statements[0] ?? '') ? -1 : 1)
  );
}
