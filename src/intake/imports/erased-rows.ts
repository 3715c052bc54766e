/** Rows that speak of somebody who was erased, or of what was purged: they are counted and refused, and nothing of them is kept. */
import type { Reason } from '../../kernel/errors.ts';
import type { ErasureLedger } from '../../vault/erasure-ledger.ts';
import { rowDigest } from '../formats/identity.ts';
import type { Cells } from '../formats/source-rows.ts';

export const ERASED: Reason = {
  where: 'erased',
  found: 'a row of a report of which a person was erased',
  wanted: 'no row of it: nothing of this one was kept; what must be said of others in it is recorded by hand',
};

export const PURGED: Reason = {
  where: 'retention',
  found: 'a row that was purged when its time to be kept was over',
  wanted: 'no row of it: nothing of this one was kept; what must be known of it still is recorded by hand',
};

export interface ErasedRows {
  /** Why the row is refused; null: it is not. `group`: the keyed digest of the row's identity. */
  refusal(group: Uint8Array, cells: Cells): Reason | null;
}

/** As the ledger stands now: while an import runs, nothing of its organisation is erased or purged. */
export function erasedRows(ledger: ErasureLedger, ownerId: string): ErasedRows {
  const refused = new Map<string, Reason>();
  for (const { kind, token } of ledger.entries())
    if (kind === 'report' || kind === 'purged')
      refused.set(hexOf(token), kind === 'report' ? ERASED : PURGED);
  return {
    refusal: (group, cells) =>
      refused.size === 0
        ? null
        : (refused.get(hexOf(group)) ?? refused.get(hexOf(erasedRowToken(ledger, ownerId, cells))) ?? null),
  };
}

/** Of the row's very words, so that it is known through another profile too. */
export function erasedRowToken(ledger: ErasureLedger, ownerId: string, cells: Cells): Uint8Array {
  return ledger.tokenOf('report', `row/${ownerId}/${rowDigest(cells)}`);
}

const hexOf = (token: Uint8Array): string => Buffer.from(token).toString('hex');
