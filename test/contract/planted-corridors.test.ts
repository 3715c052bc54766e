/** Corridors planted among random journeys are found again: positions scatter, and up to two journeys in five go anywhere. */
import { describe, expect, it } from 'vitest';
import { generateMovements, type MovementBatch } from '../../bench/movement-generator.ts';
import { DEFAULT_CORRIDOR_PARAMETERS, mineCorridors } from '../../src/analysis/corridors/corridors.ts';
import { placedColumns } from '../../src/analysis/corridors/placed-columns.ts';
import { emptyTravel, findRow } from '../../src/analysis/corridors/travel.ts';
import { takeBlocks } from '../../src/analysis/corridors/travel-blocks.ts';
import { adjustedRandIndex } from '../../src/geo/adjusted-rand-index.ts';
import { cellAt } from '../../src/geo/cells.ts';
import { tellFigure } from '../support/figures.ts';

const MOVEMENTS = 20_000;
const NODES = { nodeResolution: 5, gatherKm: 30 };
/** As waypoints have them: homes and destinations to a town, crossings to a post. */
const [TOWN, POST] = [6, 7];

const idOf = (kind: number, number: number): string =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** Lines as the database hands them over. */
class Lines {
  readonly truth: number[] = [];
  readonly #sites = new Map<string, number>();
  readonly #of: Record<'site' | 'movement' | 'stop', string[]> = { site: [], movement: [], stop: [] };

  add(batch: MovementBatch, row: number): void {
    const movement = this.truth.push(batch.corridor[row]!) - 1;
    const month = batch.month[row]!;
    this.#of.movement.push(
      [
        movement,
        idOf(1, movement),
        idOf(2, batch.incident[row]!),
        '',
        '',
        idOf(3, batch.owner[row]!),
        `${2020 + Math.floor(month / 12)}-${String(1 + (month % 12)).padStart(2, '0')}`,
        1,
        '',
      ].join('\t'),
    );
    const { originLongitude, originLatitude, crossingLongitude, crossingLatitude } = batch;
    this.#stop(movement, 0, [originLongitude[row]!, originLatitude[row]!], TOWN, batch.originCountry[row]!);
    this.#stop(movement, 1, [crossingLongitude[row]!, crossingLatitude[row]!], POST, batch.leftCountry[row]!);
    this.#stop(
      movement,
      2,
      [batch.destinationLongitude[row]!, batch.destinationLatitude[row]!],
      TOWN,
      batch.destinationCountry[row]!,
    );
  }

  #stop(
    movement: number,
    ordinal: number,
    at: readonly [number, number],
    resolution: number,
    country: string,
  ): void {
    const line = ['f', '', country, cellAt(at, resolution)].join('\t');
    const site = this.#sites.get(line) ?? this.#sites.size;
    if (site === this.#sites.size) {
      this.#sites.set(line, site);
      this.#of.site.push(`${site}\t${line}`);
    }
    this.#of.stop.push([movement, ordinal, ordinal === 1 ? 0 : 1, site].join('\t'));
  }

  blocks() {
    return (['site', 'movement', 'stop'] as const).map((part) => ({
      part,
      block: this.#of[part].join('\n'),
    }));
  }
}

/** Truth and finding of each movement that followed a planted corridor; -1: of no corridor. */
function recovered(seed: number, corridors: number, noise: number) {
  const lines = new Lines();
  for (const batch of generateMovements(seed, { movements: MOVEMENTS, corridors, noise }))
    for (let row = 0; row < batch.count; row += 1) if (batch.purpose[row] !== 'return') lines.add(batch, row);
  const travel = emptyTravel();
  takeBlocks(travel, lines.blocks());
  const { columns, graph } = placedColumns(travel, { places: [], nodes: NODES });
  const assigned = mineCorridors(columns, graph, DEFAULT_CORRIDOR_PARAMETERS).assignRows();
  const rows = lines.truth
    .map((truth, number) => ({ truth, found: assigned[findRow(travel, idOf(1, number))]! }))
    .filter(({ truth }) => truth >= 0);
  return {
    planted: rows.length / lines.truth.length,
    index: adjustedRandIndex(
      rows.map(({ truth }) => truth),
      rows.map(({ found }) => found),
    ),
  };
}

describe('corridors planted among random journeys', () => {
  for (const [noise, least] of [
    [0.1, 0.99],
    [0.4, 0.99],
  ] as const)
    it(`are found again where ${100 * noise} of 100 journeys go anywhere`, () => {
      for (const seed of [7, 8])
        for (const corridors of [60, 300]) {
          const { planted, index } = recovered(seed, corridors, noise);
          tellFigure(
            `${corridors} corridors planted, seed ${seed}, ${100 * noise} % of the journeys random`,
            `ARI ${index.toFixed(3)}`,
          );
          expect(planted).toBeLessThan(1 - noise + 0.05);
          expect(index).toBeGreaterThanOrEqual(least);
        }
    });
});
