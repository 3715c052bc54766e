/** Finished tiles kept in this process's memory under names that hold scope and version, each made once for all who ask at once. */
import { KeptWork } from '../../graphql/kept-work.ts';
import type { UnderWay } from '../../platform/background.ts';

/** Compressed; null where nothing is to be seen. */
export type FinishedTile = Buffer | null;

/** What a name and its entry take beside the tile's own bytes. */
const BESIDE = 500;

export class TileCache {
  readonly #kept: KeptWork<FinishedTile>;

  constructor(mostBytes: number, clock?: () => number) {
    this.#kept = new KeptWork(mostBytes, (tile) => (tile?.length ?? 0) + BESIDE, clock);
  }

  get bytes(): number {
    return this.#kept.weight;
  }

  /** `name` says everything a tile depends on, its version too. Whoever goes (`until`) leaves the others waiting; what nobody waits for is ended. */
  keep(
    name: string,
    make: (underWay: UnderWay) => Promise<FinishedTile>,
    until?: AbortSignal,
  ): Promise<FinishedTile> {
    return this.#kept.keep(name, '', make, until === undefined ? {} : { until });
  }
}
