/** What can be said of rows before the database is asked: unsealed, read through the profile, composed, by the ids they have. */
import { breathing } from '../../kernel/breathing.ts';
import { unseal } from '../../vault/sealing.ts';
import type { Cells } from '../formats/source-rows.ts';
import { type Candidate, candidatesOf, hex, type Reading } from './candidates.ts';
import type { OpenRow, OpenRows } from './import-row.store.ts';
import type { ImportTools } from './import-tools.service.ts';
import type { BatchContext, ImportRequest } from './import-types.ts';

export interface Prepared extends OpenRows {
  /** By the digest of their id. */
  readonly groups: ReadonlyMap<
    string,
    { readonly rows: readonly OpenRow[]; readonly candidates: readonly Candidate[] }
  >;
}

/** Begins at once, beside what the database does meanwhile. Null where nothing is left to look at: then the next reading says whether it is the end. */
export function prepareAhead(reading: Reading, open: OpenRows): Promise<Prepared> | null {
  if (open.rows.length === 0) return null;
  const prepared = prepareRows(reading, open);
  // It is awaited when the transaction is through; one that fails first is what the caller hears of.
  prepared.catch(() => undefined);
  return prepared;
}

export async function prepareRows(reading: Reading, { rows, last }: OpenRows): Promise<Prepared> {
  const breath = breathing();
  const groups = new Map<string, { rows: readonly OpenRow[]; candidates: readonly Candidate[] }>();
  for (const [identity, own] of groupBy(rows, (row) => hex(row.group_digest))) {
    groups.set(identity, { rows: own, candidates: candidatesOf(reading, own) });
    await breath.taken();
  }
  return { rows, last, groups };
}

export function readingOf(tools: ImportTools, request: ImportRequest, batch: BatchContext): Reading {
  const key = tools.keys.read(batch.keyId);
  return {
    profile: request.profile,
    context: {
      now: batch.startedAt,
      ...(request.lookups === undefined ? {} : { lookups: request.lookups }),
      ...(request.dates === undefined ? {} : { dates: request.dates }),
    },
    cellsOf: (row) =>
      JSON.parse(unseal(key, `import_row/raw/${batch.batchId}/${row.row_number}`, row.raw)) as Cells,
    digest: (text) => hex(tools.keys.token(`content/${batch.ownerId}`, text)),
  };
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
