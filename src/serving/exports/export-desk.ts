/** How many exports run at once, and the manifests of those that ended, for whoever took them out. */
import { HeadwaterError } from '../../kernel/errors.ts';
import type { Manifest } from './manifest.ts';

export const MOST_AT_ONCE = 4;
export const MOST_OF_A_KEY = 2;
/** In this process's memory: some kilobytes each. */
const MOST_MANIFESTS = 1_000;

export class ExportDesk {
  readonly #running = new Map<string, number>();
  readonly #manifests = new Map<string, { readonly keyId: string; readonly manifest: Manifest }>();

  /** Gives back what lets the next one begin; calling it twice does nothing more. Throws BUSY. */
  begin(keyId: string): () => void {
    const own = this.#running.get(keyId) ?? 0;
    const all = [...this.#running.values()].reduce((sum, count) => sum + count, 0);
    if (own >= MOST_OF_A_KEY || all >= MOST_AT_ONCE) {
      throw new HeadwaterError(
        'BUSY',
        own >= MOST_OF_A_KEY
          ? `exports: found ${own} of this key under way, wanted at most ${MOST_OF_A_KEY}; wait for one to end`
          : `exports: found ${all} under way, wanted at most ${MOST_AT_ONCE}; wait for one to end`,
      );
    }
    this.#running.set(keyId, own + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const left = (this.#running.get(keyId) ?? 1) - 1;
      if (left > 0) this.#running.set(keyId, left);
      else this.#running.delete(keyId);
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
