/** What composing records needs from the hub. */
import type { IdSource } from '../../kernel/ids.ts';
import type { Atlas, AtlasSource } from '../../places/gazetteer.service.ts';
import type { KeyStore } from '../../vault/key-store.ts';

export interface CompositionTools {
  readonly ids: IdSource;
  readonly keys: KeyStore;
  readonly atlas: Atlas;
}

/** The same, before anything is imported: the gazetteer is opened when first needed. */
export interface SinkTools extends Omit<CompositionTools, 'atlas'> {
  readonly atlas: AtlasSource;
}
