/** What an import stands on: the god-mode road to the database, the keys, and whoever makes records of drafts. */
import type { IdSource } from '../../kernel/ids.ts';
import type { UnrestrictedDatabase } from '../../platform/database.ts';
import type { ErasureLedger } from '../../vault/erasure-ledger.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import type { RecordSink } from './import-types.ts';

export interface ImportTools {
  readonly database: UnrestrictedDatabase;
  readonly keys: KeyStore;
  /** What was erased comes in no more. */
  readonly ledger: ErasureLedger;
  readonly ids: IdSource;
  readonly sink: RecordSink;
  readonly now: () => Date;
}
