/** Root origins of a chunk of drafts, as keyed pseudonyms: the same person or publisher is the same origin, whatever the report. */
import type { DecidedDraft, WriteContext } from '../../intake/imports/import-types.ts';
import type { ReportDraft } from '../../intake/reports/report-draft.ts';
import { bytesText } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import { upsertOrigins } from './composition.store.ts';
import type { CompositionTools } from './composition-tools.ts';

export class SourceDesk {
  readonly #ids: ReadonlyMap<string, string>;
  readonly #tokenOf: TokenOf;

  constructor(ids: ReadonlyMap<string, string>, tokenOf: TokenOf) {
    this.#ids = ids;
    this.#tokenOf = tokenOf;
  }

  static async open(
    { ids, keys }: CompositionTools,
    connection: Queryable,
    batch: WriteContext,
    drafts: readonly DecidedDraft[],
  ): Promise<SourceDesk> {
    const wanted = new Map<string, { id: string; kind: string; token: string }>();
    const tokenOf = tokensOf(keys, batch.ownerId);
    const want = (kind: string, reference: string): void => {
      const token = tokenOf(kind, reference);
      if (!wanted.has(token)) wanted.set(token, { id: ids(), kind, token });
    };
    for (const { draft, recordId } of drafts) {
      if (draft.type !== 'report') continue;
      if (draft.origin.reference !== null) want(draft.origin.kind, draft.origin.reference);
      if (draft.collector !== undefined) want('collector', draft.collector);
      if (draft.persons.length > 0) want('victim', recordId);
    }
    const found =
      wanted.size === 0
        ? new Map<string, string>()
        : await upsertOrigins(connection, batch.ownerId, batch.classes.statement, [...wanted.values()]);
    return new SourceDesk(found, tokenOf);
  }

  /** null when the source does not say who: unknown counts as dependent. */
  originOf(draft: ReportDraft): string | null {
    const { kind, reference } = draft.origin;
    return reference === null ? null : (this.#ids.get(this.#tokenOf(kind, reference)) ?? null);
  }

  /** null when the source does not say who wrote it down. */
  collectorOf({ collector }: ReportDraft): string | null {
    return collector === undefined ? null : (this.#ids.get(this.#tokenOf('collector', collector)) ?? null);
  }

  /** The moved persons of one report speak as one origin: they travelled together. */
  victimsOf(recordId: string): string | null {
    return this.#ids.get(this.#tokenOf('victim', recordId)) ?? null;
  }
}

type TokenOf = (kind: string, reference: string) => string;

/** Each made once: a file's reports have few publishers, and every report asks for its own again. */
function tokensOf(keys: KeyStore, ownerId: string): TokenOf {
  const known = new Map<string, string>();
  return (kind, reference) => {
    const said = `${kind} ${reference}`;
    let token = known.get(said);
    if (token === undefined) {
      const plain = reference.normalize('NFKC').trim().toLowerCase();
      token = bytesText(keys.token(`origin/${ownerId}/${kind}`, plain));
      known.set(said, token);
    }
    return token;
  };
}
