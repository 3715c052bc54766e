/** Which lines of the erasure ledger a database has carried out, and what each request came to. */
import { bytesText, insertRows } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import type { Erased } from '../../vault/erasure-ledger.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import type { ErasureCounts } from './erasure-counts.ts';

export interface ErasureReceipt {
  /** Of the request's idempotency key; null: it had none. */
  readonly token: Uint8Array | null;
  /** Keyed digest of what was asked. */
  readonly request: Uint8Array;
}

export function receiptOf(
  keys: KeyStore,
  ownerId: string,
  key: string | null,
  said: unknown,
): ErasureReceipt {
  return {
    token: key === null ? null : keys.token(`receipt/${ownerId}`, key),
    request: keys.token(`request/${ownerId}`, JSON.stringify(said)),
  };
}

/** What the erasure of that id came to; `another`: the key was used for something else. Null: neither is known. */
export async function findErasure(
  connection: Queryable,
  ownerId: string,
  id: string,
  receipt: ErasureReceipt,
): Promise<ErasureCounts | 'another' | null> {
  if (receipt.token !== null) {
    const [used] = await connection.query<{ request: Uint8Array }>(
      `select request from erasure where owner_id = $1 and receipt = decode($2, 'hex')`,
      [ownerId, bytesText(receipt.token).slice(2)],
    );
    if (used !== undefined && !Buffer.from(used.request).equals(Buffer.from(receipt.request)))
      return 'another';
  }
  const [row] = await connection.query<{ counts: ErasureCounts }>(
    'select counts from erasure where owner_id = $1 and object_id::text = $2 and request is not null',
    [ownerId, id.toLowerCase()],
  );
  return row?.counts ?? null;
}

/** `asked`: the request that the lines come of, told with the line of its own party. */
export async function keepErasures(
  connection: Queryable,
  lines: readonly Erased[],
  now: Date,
  asked: {
    readonly ownerId: string;
    readonly id: string;
    readonly receipt: ErasureReceipt;
    readonly counts: ErasureCounts;
    readonly token: Uint8Array | undefined;
  } | null,
): Promise<void> {
  await insertRows(
    connection,
    'erasure',
    {
      ledger_token: 'bytea',
      kind: 'text',
      object_id: 'uuid',
      owner_id: 'uuid',
      receipt: 'bytea',
      request: 'bytea',
      counts: 'jsonb',
      erased_at: 'timestamptz',
    },
    lines.map(({ kind, token }) => {
      const own = asked !== null && token === asked.token;
      return {
        ledger_token: bytesText(token),
        kind,
        object_id: own ? asked.id : null,
        owner_id: own ? asked.ownerId : null,
        receipt: own && asked.receipt.token !== null ? bytesText(asked.receipt.token) : null,
        request: own ? bytesText(asked.receipt.request) : null,
        counts: own ? asked.counts : {},
        erased_at: now.toISOString(),
      };
    }),
    'on conflict do nothing',
  );
}

/** Lines that this database has not carried out. */
export async function unknownLines<Line extends Erased>(
  connection: Queryable,
  lines: readonly Line[],
): Promise<readonly Line[]> {
  if (lines.length === 0) return [];
  const rows = await connection.query<{ token: Uint8Array }>('select ledger_token as token from erasure');
  const known = new Set(rows.map(({ token }) => bytesText(token)));
  return lines.filter(({ token }) => !known.has(bytesText(token)));
}
