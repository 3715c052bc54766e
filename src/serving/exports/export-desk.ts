/** How many exports run at once, and the manifests of those that ended, for whoever took them out. */
import { HeadwaterError } from '../../kernel/errors.ts';
import type { Manifest } from './manifest.ts';

export const MOST_AT_ONCE = 4;
export const MOST_OF_A_KEY = 2;
/** However many keys it has: one place is always left for others. */
export const MOST_OF_AN_ORGANISATION = MOST_AT_ONCE - 1;
/** In this process's memory: some kilobytes each. */
const MOST_MANIFESTS = 1_000;

interface Running {
  readonly keyId: string;
  readonly organisationId: string;
}

export class ExportDesk {
  readonly #running = new Set<Running>();
  readonly #manifests = new Map<string, { readonly keyId: string; readonly manifest: Manifest }>();

  /** Gives back what lets the next one begin; calling it twice does nothing more. Throws BUSY. */
  begin(keyId: string, organisationId: string): () => void {
    const all = [...this.#running];
    const limits = [
      [all.filter((one) => one.keyId === keyId).length, MOST_OF_A_KEY, ' of this key'],
      [
        all.filter((one) => one.organisationId === organisationId).length,
        MOST_OF_AN_ORGANISATION,
        ' of this organisation',
      ],
      [all.length, MOST_AT_ONCE, ''],
    ] as const;
    for (const [found, most, whose] of limits)
      if (found >= most)
        throw new HeadwaterError(
          'BUSY',
          `exports: found ${found}${whose} under way, wanted at most ${most}; wait for one to end`,
        );
    const running: Running = { keyId, organisationId };
    this.#running.add(running);
    return () => {
      this.#running.delete(running);
    };
  }

  keep(keyId: string, manifest: Manifest): void {
    this.#manifests.set(manifest.export, { keyId, manifest });
    for (const oldest of this.#manifests.keys()) {
      if (this.#manifests.size <= MOST_MANIFESTS) break;
      this.#manifests.delete(oldest);
    }
  }

  /** Another key's and one that never was are the same answer. */
  manifestOf(keyId: string, exportId: string): Manifest | null {
    const kept = this.#manifests.get(exportId);
    return kept?.keyId === keyId ? kept.manifest : null;
  }
}
