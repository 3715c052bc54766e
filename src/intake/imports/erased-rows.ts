/** Rows that speak of somebody who was erased: they are counted and refused, and nothing of them is kept. */
import type { Reason } from '../../kernel/errors.ts';
import type { ErasureLedger } from '../../vault/erasure-ledger.ts';
import { rowDigest } from '../formats/identity.ts';
import type { Cells } from '../formats/source-rows.ts';

export const ERASED: Reason = {
  where: 'erased',
  found: 'a row of a report of which a person was erased',
  wanted: 'no row of it: nothing of this one was kept; what must be said of others in it is recorded by hand',
};

export interface ErasedRows {
  /** `group`: the keyed digest of the row's identity, as `bytesText` writes it. */
  hold(group: string, cells: Cells): boolean;
}

/** As the ledger stands now: while an import runs, nobody of its organisation is erased. */
export function erasedRows(ledger: ErasureLedger, ownerId: string): ErasedRows {
  const reports = new Set(
    ledger
      .entries()
      .filter(({ kind }) => kind === 'report')
      .map(({ token }) => hexOf(token)),
  );
  return {
    hold: (group, cells) =>
      reports.size > 0 &&
      (reports.has(group.slice(2)) || reports.has(hexOf(erasedRowToken(ledger, ownerId, cells)))),
  };
}

/** Of the row's very words, so that it is known through another profile too. */
export function erasedRowToken(ledger: ErasureLedger, ownerId: string, cells: Cells): Uint8Array {
  return ledger.tokenOf('report', `row/${ownerId}/${rowDigest(cells)}`);
}

const hexOf = (token: Uint8Array): string => Buffer.from(token).toString('hex');
