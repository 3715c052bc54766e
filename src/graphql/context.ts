/** What a resolver may use: the viewer's own reads, the clock, and services that were wired at the start. */
import type { ViewerReader } from '../access/reader.ts';
import { type ServiceKey, type Services, services } from './services.ts';

export interface RequestContext {
  readonly reader: ViewerReader;
  readonly now: Date;
  /** Slug by id of organisations; read once a request, when first needed. */
  readonly slugs: () => Promise<ReadonlyMap<string, string>>;
  /** Absent where only reads are made: benches and tests. */
  readonly services?: Services;
  /** Aborted when whoever asks has closed the connection; absent where there is none. */
  readonly gone?: AbortSignal;
}

/** The service behind a slice's key. Throws when it was not wired. */
export function serviceOf<T>(context: RequestContext, key: ServiceKey<T>): T {
  return (context.services ?? services()).read(key);
}
