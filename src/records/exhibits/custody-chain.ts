/** The custody log as a chain: each entry digested under a key over the one before, and a head that says how many there are. */
import type { CustodianRole, CustodyKind } from '../../kernel/exhibit-words.ts';
import type { KeyStore } from '../../vault/key-store.ts';

export interface ChainedEntry {
  readonly ordinal: number;
  readonly kind: CustodyKind;
  readonly occurred_at: Date;
  readonly from_role: CustodianRole | null;
  readonly from_reference: string | null;
  readonly to_role: CustodianRole | null;
  readonly to_reference: string | null;
  readonly sha256: Uint8Array | null;
  readonly recorded_by: string;
  readonly recorded_at: Date;
}

export interface KeptEntry extends ChainedEntry {
  readonly previous_hash: Uint8Array;
  readonly hash: Uint8Array;
}

/** Before the first entry. */
export const NOTHING_BEFORE = new Uint8Array(32);

type Tokens = Pick<KeyStore, 'token'>;

/** Under the hub's key: whoever can write the database alone cannot make another chain that holds. */
export function entryHash(
  keys: Tokens,
  ownerId: string,
  exhibitId: string,
  entry: ChainedEntry,
  previous: Uint8Array,
): Uint8Array {
  const said = [
    exhibitId,
    entry.ordinal,
    entry.kind,
    entry.occurred_at.toISOString(),
    entry.from_role,
    entry.from_reference,
    entry.to_role,
    entry.to_reference,
    entry.sha256 === null ? null : hex(entry.sha256),
    entry.recorded_by,
    entry.recorded_at.toISOString(),
    hex(previous),
  ];
  return keys.token(`custody/${ownerId}`, JSON.stringify(said));
}

export function headOf(
  keys: Tokens,
  ownerId: string,
  exhibitId: string,
  entries: number,
  last: Uint8Array,
): Uint8Array {
  return keys.token(`custody-head/${ownerId}`, JSON.stringify([exhibitId, entries, hex(last)]));
}

/** Whether no entry was changed, taken out, put in or moved, and none at the end is missing. */
export function isIntact(
  keys: Tokens,
  ownerId: string,
  exhibitId: string,
  entries: readonly KeptEntry[],
  head: Uint8Array,
): boolean {
  let previous: Uint8Array = NOTHING_BEFORE;
  for (const [at, entry] of entries.entries()) {
    if (entry.ordinal !== at + 1 || !same(entry.previous_hash, previous)) return false;
    if (!same(entry.hash, entryHash(keys, ownerId, exhibitId, entry, previous))) return false;
    previous = entry.hash;
  }
  return same(head, headOf(keys, ownerId, exhibitId, entries.length, previous));
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(Buffer.from(b));
