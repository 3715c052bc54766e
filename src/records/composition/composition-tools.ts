/** What composing records needs from the hub. */
import type { IdSource } from '../../kernel/ids.ts';
import type { Atlas } from '../../places/gazetteer.service.ts';
import type { KeyStore } from '../../vault/key-store.ts';

export interface CompositionTools {
  readonly ids: IdSource;
  readonly keys: KeyStore;
  readonly atlas: () => Atlas;
}
