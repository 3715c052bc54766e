/** What becomes of the rows of one id: new, unchanged, a new version, or parts that nobody may merge by guess. */

export interface IncomingRecord {
  readonly key: number;
  readonly contentDigest: string;
}

export interface ExistingRecord {
  readonly id: string;
  readonly occurrence: number;
  readonly contentDigest: string;
}

export type Decision =
  | { readonly outcome: 'accepted' | 'part'; readonly occurrence: number }
  | { readonly outcome: 'unchanged'; readonly id: string }
  | { readonly outcome: 'version'; readonly id: string; readonly occurrence: number };

/**
 * Decides for all records of one identity in one file. Equal content is matched first, whatever the order of rows, so that a reordered
 * or repeated file changes nothing. Only where one record stands against one is a difference a new version; repeated ids are parts.
 */
export function decide(
  incoming: readonly IncomingRecord[],
  existing: readonly ExistingRecord[],
): ReadonlyMap<number, Decision> {
  const decisions = new Map<number, Decision>();
  const free = [...existing];
  const open: IncomingRecord[] = [];
  const matched = new Map<string, string>();
  for (const record of incoming) {
    const at = free.findIndex((candidate) => candidate.contentDigest === record.contentDigest);
    const found = at < 0 ? undefined : free.splice(at, 1)[0];
    if (found !== undefined) matched.set(record.contentDigest, found.id);
    const same = found?.id ?? matched.get(record.contentDigest);
    if (same !== undefined) decisions.set(record.key, { outcome: 'unchanged', id: same });
    else open.push(record);
  }
  const [only] = open;
  const [previous] = free;
  if (
    open.length === 1 &&
    only !== undefined &&
    existing.length === 1 &&
    previous !== undefined &&
    incoming.length === 1
  ) {
    decisions.set(only.key, { outcome: 'version', id: previous.id, occurrence: previous.occurrence });
    return decisions;
  }
  let occurrence = existing.reduce((most, record) => Math.max(most, record.occurrence), 0);
  for (const record of open) {
    occurrence += 1;
    decisions.set(record.key, { outcome: occurrence === 1 ? 'accepted' : 'part', occurrence });
  }
  return decisions;
}
