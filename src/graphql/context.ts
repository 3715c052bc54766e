/** What a resolver may use: the viewer's own reads, the clock, and services that were wired at the start. */
import type { ViewerReader } from '../access/reader.ts';

export interface RequestContext {
  readonly reader: ViewerReader;
  readonly now: Date;
  /** Slug by id of organisations; read once a request, when first needed. */
  readonly slugs: () => Promise<ReadonlyMap<string, string>>;
}
