/** Raw rows of an erasure: those that speak of the party go, and the others of their batches get a new key, since the old one opens what is left of both in files and backups. */
import { ERASED, erasedRowToken } from '../../intake/imports/erased-rows.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { bytesText } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import type { Erased } from '../../vault/erasure-ledger.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import { seal, unseal } from '../../vault/sealing.ts';
import { doomKeys } from './erasure.store.ts';
import {
  countSealedRows,
  emptyRows,
  findRawRows,
  giveBatchKey,
  type RawRow,
  readSealedRows,
  writeSealedRows,
} from './raw-row.store.ts';
import { foldText } from './same-party.ts';

type RawTools = Pick<ImportTools, 'keys' | 'ledger'>;

export interface RowPlan {
  readonly going: readonly RawRow[];
  /** Lines for the ledger: the very words of each row, whatever profile reads them next. */
  readonly words: readonly Erased[];
  /** Batches to seal anew, with their keys now. */
  readonly batches: ReadonlyMap<string, string>;
  /** Rows of those batches that are somebody else's. */
  readonly resealed: number;
}

/** Changes nothing. `words`: what tells the party, folded; with none every row of the report goes. */
export async function planRows(
  { keys, ledger }: RawTools,
  connection: Queryable,
  ownerId: string,
  report: { readonly id: string; readonly identityDigest: Uint8Array },
  words: readonly string[],
): Promise<RowPlan> {
  const rows = await findRawRows(connection, ownerId, report);
  const open = openerOf(keys);
  const read = rows.map((row) => {
    const text = open(row);
    const told = text === null ? '' : foldText(unescaped(text));
    return { row, text, named: words.some((word) => told.includes(word)) };
  });
  // A report of several rows loses those that name the party; where none does, nobody can tell which they are.
  const namedIn = new Set(
    read.filter(({ row, named }) => row.of_report && named).map(({ row }) => row.batch_id),
  );
  const going = read.filter(
    ({ row, named }) => named || (row.of_report && (row.raw === null || !namedIn.has(row.batch_id))),
  );
  const batches = new Map(
    going.filter(({ row }) => row.raw !== null).map(({ row }) => [row.batch_id, row.key_id] as const),
  );
  const sealed = await countSealedRows(connection, [...batches.keys()]);
  return {
    going: going.map(({ row }) => row),
    words: going.flatMap(({ text }) => {
      const cells = text === null ? null : cellsIn(text);
      return cells === null
        ? []
        : [{ kind: 'report', token: erasedRowToken(ledger, ownerId, cells) } as const];
    }),
    batches,
    resealed: sealed - going.filter(({ row }) => row.raw !== null).length,
  };
}

const ROWS_AT_ONCE = 1_000;

/** Imports of the owner must stand still. The old keys are doomed, not yet destroyed. */
export async function eraseRows({ keys }: RawTools, connection: Queryable, plan: RowPlan): Promise<void> {
  if (plan.going.length > 0) await emptyRows(connection, plan.going, ERASED);
  for (const [batchId, keyId] of plan.batches) await sealAnew({ keys }, connection, batchId, keyId);
}

/** The rows of a batch under a new key, a thousand at a time; the old key is doomed. */
export async function sealAnew(
  { keys }: Pick<RawTools, 'keys'>,
  connection: Queryable,
  batchId: string,
  keyId: string,
): Promise<void> {
  const [made] = keys.create(1);
  if (made === undefined) return;
  const old = keyOrNull(keys, keyId);
  for (let after = 0; old !== null; ) {
    const rows = await readSealedRows(connection, batchId, after, ROWS_AT_ONCE);
    const last = rows.at(-1);
    if (last === undefined) break;
    const again = rows.map(({ row_number, raw }) => {
      const place = placeOf(batchId, row_number);
      return { row_number, raw: bytesText(seal(made.key, place, unseal(old, place, raw))) };
    });
    await writeSealedRows(connection, batchId, again);
    after = last.row_number;
  }
  await giveBatchKey(connection, batchId, made.id);
  await doomKeys(connection, [keyId]);
}

const placeOf = (batchId: string, row: number): string => `import_row/raw/${batchId}/${row}`;

/** The text of a row; null where nothing is kept or its key was destroyed. */
export function openerOf(
  keys: KeyStore,
): (row: Pick<RawRow, 'batch_id' | 'row_number' | 'key_id' | 'raw'>) => string | null {
  const known = new Map<string, ReturnType<typeof keyOrNull>>();
  return ({ batch_id, row_number, key_id, raw }) => {
    if (raw === null) return null;
    if (!known.has(key_id)) known.set(key_id, keyOrNull(keys, key_id));
    const key = known.get(key_id) ?? null;
    return key === null ? null : unseal(key, placeOf(batch_id, row_number), raw);
  };
}

/** Null when it was destroyed. Throws BUSY when it is elsewhere: then nothing can be erased for sure. */
export function keyOrNull(keys: KeyStore, id: string): ReturnType<KeyStore['read']> | null {
  try {
    return keys.read(id);
  } catch (error) {
    if (error instanceof HeadwaterError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/** Null for a broken line. */
export function cellsIn(text: string): Readonly<Record<string, string>> | null {
  try {
    const cells: unknown = JSON.parse(text);
    return typeof cells === 'object' && cells !== null && !Array.isArray(cells)
      ? (cells as Readonly<Record<string, string>>)
      : null;
  } catch {
    return null;
  }
}

/** Cells without JSON's escapes, so that words in them are found as they are written. */
function unescaped(text: string): string {
  const cells = cellsIn(text);
  return cells === null ? text : Object.values(cells).join('\n');
}
