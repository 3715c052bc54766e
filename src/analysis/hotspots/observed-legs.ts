/** The cells under straight legs between stops, each leg worked out once: most are between the same few places. */
import type { CellIndex } from '../../geo/cell-index.ts';
import { cellsAlong } from '../../geo/cells.ts';
import { PairIndex } from '../../geo/pair-index.ts';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { DEGREE, type StopColumns } from './observed-blocks.ts';

/** A longer straight leg is likelier flown or at sea than travelled overland along the line. */
export const LONGEST_LEG_KM = 500;

export class LegCells {
  readonly #resolution: number;
  readonly #index: CellIndex;
  readonly #positions = new PairIndex();
  readonly #legs = new PairIndex();
  readonly #cells: (readonly number[])[] = [];

  constructor(resolution: number, index: CellIndex) {
    this.#resolution = resolution;
    this.#index = index;
  }

  /** Numbers in the index; none of a leg that is too long. */
  between({ longitudes, latitudes }: StopColumns, from: number, to: number): readonly number[] {
    const leg = this.#legs.add(
      this.#positions.add(longitudes[from]!, latitudes[from]!),
      this.#positions.add(longitudes[to]!, latitudes[to]!),
    );
    const at = (stop: number): Position => [longitudes[stop]! / DEGREE, latitudes[stop]! / DEGREE];
    this.#cells[leg] ??= this.#along(at(from), at(to));
    return this.#cells[leg];
  }

  #along(from: Position, to: Position): readonly number[] {
    if (greatCircleKm(from, to) > LONGEST_LEG_KM) return [];
    return cellsAlong(from, to, this.#resolution).map((cell) => this.#index.addCell(cell));
  }
}
