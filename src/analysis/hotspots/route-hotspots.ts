/** Where movements concentrate beyond what chance and the shape of single cases explain; everything else is density, and says so. */
import { benjaminiHochberg } from '../../geo/benjamini-hochberg.ts';
import { neighboursWithin } from '../../geo/cell-neighbours.ts';
import { type Cell, resolutionOf } from '../../geo/cells.ts';
import { giStar } from '../../geo/gi-star.ts';
import { twoSidedP } from '../../geo/normal.ts';
import type { Random } from '../../kernel/random.ts';
import type { Tell } from '../../platform/background.ts';
import { DETECTIONS_ONLY, type Derivation, type Refusal, refuseToDerive } from '../derivation.ts';
import {
  type FootprintColumns,
  footprintColumns,
  type IncidentFootprint,
  incidentsOf,
  sumByCell,
} from './footprint-columns.ts';
import { PooledNull } from './pooled-null.ts';
import { forRandomMaps } from './random-maps.ts';
import { domainOf } from './tested-domain.ts';

export const ROUTE_HOTSPOTS = { method: 'getis-ord-gi-star/incident-permutation', version: 4 } as const;

/** Below these there is nothing to test. */
export const LEAST_CELLS = 30;
export const LEAST_INCIDENTS = 10;

export interface RouteHotspotParameters {
  /** H3 resolution that all cells have. */
  readonly resolution: number;
  /** How many rings of cells are neighbours. */
  readonly rings: number;
  /** The false discovery rate a hotspot may have. */
  readonly alpha: number;
  /** How often all incidents are put down at random; fewer than 1/alpha can find nothing. */
  readonly simulations: number;
}

export const DEFAULT_ROUTE_HOTSPOT_PARAMETERS = { rings: 1, alpha: 0.05, simulations: 99 } as const;

export type HotspotClass = 'hot' | 'cold' | 'density';

export interface HotspotCell {
  readonly cell: Cell;
  /** Gi* of the magnitudes; null where all magnitudes are equal. */
  readonly z: number | null;
  /** Two-sided, as if cells were independent. */
  readonly p: number | null;
  /** Two-sided, from putting whole incidents down at random. */
  readonly pPermutation: number | null;
  /** The larger of both p values' false discovery rates over all tested cells. */
  readonly q: number | null;
  /** Weight of the incidents that touched the cell. */
  readonly magnitude: number;
  readonly incidents: number;
  readonly class: HotspotClass;
}

export interface RouteHotspots extends Derivation<RouteHotspotParameters> {
  /** Every tested cell, touched or near touched ones (footprints.ts says how near), by ascending id. */
  readonly cells: readonly HotspotCell[];
}

/** The columns behind RouteHotspots, one entry a tested cell; NaN where nothing can be said. */
export interface HotspotColumns {
  readonly refused: false;
  readonly cellAt: (row: number) => Cell;
  readonly z: Float64Array;
  readonly p: Float64Array;
  readonly pPermutation: Float64Array;
  readonly q: Float64Array;
  readonly magnitudes: Float64Array;
  readonly incidents: Int32Array;
}

/**
 * Incidents given twice are one: their cells together, at the larger weight. Refused under 10 incidents or 30 cells. The same
 * incidents, parameters and seed give the same answer in any order.
 */
export function deriveRouteHotspots(
  incidents: Iterable<IncidentFootprint>,
  parameters: RouteHotspotParameters,
  random: Random,
  tell?: Tell,
): RouteHotspots | Refusal {
  const { columns, records } = footprintColumns(incidents);
  return deriveHotspotsOf(columns, records, parameters, random, tell);
}

/** The same from footprints; `records`: how many were behind them. */
export function deriveHotspotsOf(
  columns: FootprintColumns,
  records: number,
  parameters: RouteHotspotParameters,
  random: Random,
  tell?: Tell,
): RouteHotspots | Refusal {
  const found = deriveHotspotColumns(columns, parameters, random, tell);
  if (found.refused) return found;
  const cells = Array.from(found.z, (_, row) => cellOf(found, row, parameters.alpha));
  return {
    refused: false,
    ...ROUTE_HOTSPOTS,
    parameters,
    counts: { records, incidents: incidentsOf(columns) },
    unknowns: [
      DETECTIONS_ONLY,
      'Where nobody looked there are no cells; cells without a detection are tested only next to touched ones.',
      'Effort is not taken into account: a hotspot may be a hotspot of monitoring.',
    ],
    cells,
  };
}

/**
 * The same from columns, for millions of incidents. Chance is twofold here. Gi*'s own p takes cells as independent, which they are not: one
 * movement touches many. So all incidents are also put down at random again and again, each with its whole footprint, and each cell's
 * z is held against the z of **all** cells of all such maps: pooled, because a cell's own few simulations could never reach the small p that
 * hundreds of tests ask for, and because z is standardised, so that cells can stand for one another.
 */
export function deriveHotspotColumns(
  columns: FootprintColumns,
  { rings, simulations, resolution }: RouteHotspotParameters,
  random: Random,
  tell?: Tell,
): HotspotColumns | Refusal {
  const found = incidentsOf(columns);
  if (found < LEAST_INCIDENTS)
    return refuseToDerive('not enough data', `${found} incidents`, `${LEAST_INCIDENTS} or more`);
  for (const cell of columns.cells) {
    if (resolutionOf(cell) === resolution) continue;
    throw new RangeError(
      `route hotspots: found a cell of resolution ${resolutionOf(cell)}, wanted ${resolution}`,
    );
  }
  const domain = domainOf(columns.cells, rings);
  const { size } = domain.index;
  if (size < LEAST_CELLS) return refuseToDerive('not enough data', `${size} cells`, `${LEAST_CELLS} or more`);
  const { magnitudes, incidents } = sumByCell(columns, domain.touched, size);
  const neighbours = neighboursWithin(domain.index, rings);
  // A disk of cells: the edge of the domain is where nobody was seen, and must not make its empty cells stand out.
  const disk = 1 + 3 * rings * (rings + 1);
  const z = giStar(magnitudes, neighbours, disk);
  const p = z.map(twoSidedP);
  const pooled = new PooledNull();
  forRandomMaps(columns, domain, { rings, maps: simulations }, random, (simulated, map) => {
    pooled.add(giStar(simulated, neighbours, disk));
    tell?.((map + 1) / simulations);
  });
  const pPermutation = pooled.twoSidedP(z);
  const analytic = benjaminiHochberg(p);
  const q = benjaminiHochberg(pPermutation).map((value, row) => Math.max(value, analytic[row]!));
  const cellAt = (row: number): Cell => domain.index.cell(row);
  return { refused: false, cellAt, z, p, pPermutation, q, magnitudes, incidents };
}

/** A cell that nobody was seen in is no hotspot, however much lies around it. */
export function hotspotClass({ z, q, incidents }: HotspotColumns, row: number, alpha: number): HotspotClass {
  if (!(q[row]! <= alpha)) return 'density';
  if (z[row]! < 0) return 'cold';
  return incidents[row]! > 0 ? 'hot' : 'density';
}

function cellOf(found: HotspotColumns, row: number, alpha: number): HotspotCell {
  const said = (column: Float64Array): number | null => (Number.isNaN(column[row]) ? null : column[row]!);
  return {
    cell: found.cellAt(row),
    z: said(found.z),
    p: said(found.p),
    pPermutation: said(found.pPermutation),
    q: said(found.q),
    magnitude: found.magnitudes[row]!,
    incidents: found.incidents[row]!,
    class: hotspotClass(found, row, alpha),
  };
}
