/** At which scale to look for hotspots, chosen from the data, and every decision with the figures it was made by. */

import { binCells } from '../../geo/cell-index.ts';
import { neighboursWithin } from '../../geo/cell-neighbours.ts';
import { resolutionOf } from '../../geo/cells.ts';
import { moransI } from '../../geo/morans-i.ts';
import { type FootprintColumns, Footprints, sumByCell } from './footprint-columns.ts';
import type { ObservedStops } from './observed-movements.ts';
import { domainOf } from './tested-domain.ts';

export interface ScaleDecision {
  readonly about: 'resolution' | 'rings';
  readonly chosen: number;
  readonly why: string;
  readonly considered: readonly ScaleConsidered[];
}

export interface ScaleConsidered {
  readonly value: number;
  /** Cells touched, at this resolution; of rings those of the chosen one. */
  readonly cells: number;
  /** Share of observed stops known at least this finely. Null of rings. */
  readonly knownShare: number | null;
  /** Mean over touched cells. Null of rings. */
  readonly incidentsPerCell: number | null;
  /** z of Moran's I of incidents. Null of resolutions, and of rings that hold more than a quarter of the cells. */
  readonly autocorrelation: number | null;
}

export const COARSEST = 2;
export const FINEST = 7;
export const MOST_RINGS = 5;
const USUAL = 5;
/** Stops known more coarsely than the cells are left out: not many may be. */
const LEAST_KNOWN = 0.9;
const LEAST_CELLS = 30;
/** With fewer incidents in most cells there is nothing to compare but ones and zeros. */
const LEAST_PER_CELL = 3;
/** What holds more of all cells than this is no neighbourhood: nothing stands out from a quarter of itself. */
const MOST_OF_DOMAIN = 0.25;

/**
 * The finest resolution at which nearly all stops are known, 30 cells or more are touched, by 3 incidents or more on average; then the rings of neighbours at
 * which alike cells lie closest together (the largest z of Moran's I). Both look at how incidents lie as a whole, and not at which cell is hot.
 */
export function chooseScale(stops: ObservedStops): {
  readonly resolution: number;
  readonly rings: number;
  readonly decisions: readonly ScaleDecision[];
} {
  const considered = Array.from({ length: FINEST - COARSEST + 1 }, (_, i) =>
    resolutionFigures(stops, FINEST - i),
  );
  const isEnough = ({ cells, knownShare }: ScaleConsidered): boolean =>
    cells >= LEAST_CELLS && knownShare! >= LEAST_KNOWN;
  const best = considered.find((one) => isEnough(one) && one.incidentsPerCell! >= LEAST_PER_CELL);
  // Failing that the most incidents a cell that can still be had.
  const next = considered.findLast(isEnough);
  const resolution = (best ?? next)?.value ?? USUAL;
  const rings = ringFigures(stops, resolution);
  const ranked = rings
    .filter(({ autocorrelation }) => autocorrelation !== null)
    .sort((a, b) => b.autocorrelation! - a.autocorrelation! || a.value - b.value);
  const chosen = ranked[0]?.value ?? 1;
  return {
    resolution,
    rings: chosen,
    decisions: [
      {
        about: 'resolution',
        chosen: resolution,
        why: best
          ? `the finest at which ${LEAST_KNOWN * 100} % of stops are known, with ${LEAST_CELLS} touched cells and ${LEAST_PER_CELL} incidents a cell or more`
          : next
            ? `at none are there ${LEAST_PER_CELL} incidents a cell: the coarsest with ${LEAST_CELLS} touched cells at which ${LEAST_KNOWN * 100} % of stops are known`
            : `at none are there ${LEAST_CELLS} touched cells and ${LEAST_KNOWN * 100} % of stops known: the usual one`,
        considered,
      },
      {
        about: 'rings',
        chosen,
        why: ranked[0]
          ? "where cells with many incidents lie closest to others: the largest z of Moran's I"
          : "Moran's I says nothing here: the nearest",
        considered: rings,
      },
    ],
  };
}

/** Each incident with the cells that its stops are known to as finely; `records`: how many stops those are. */
function footprintsAt(
  { incidents, cells }: ObservedStops,
  resolution: number,
): { columns: FootprintColumns; records: number } {
  const fine = [...incidents.keys()].filter((stop) => resolutionOf(cells[stop]!) >= resolution);
  const { index, bins } = binCells(
    BigInt64Array.from(fine, (stop) => cells[stop]!),
    resolution,
  );
  const order = Uint32Array.from(fine.keys()).sort(
    (a, b) => incidents[fine[a]!]! - incidents[fine[b]!]! || bins[a]! - bins[b]!,
  );
  const gathered = new Footprints(index);
  const own = new Int32Array(fine.length);
  for (let at = 0; at < order.length; ) {
    const incident = incidents[fine[order[at]!]!];
    let touched = 0;
    for (; at < order.length && incidents[fine[order[at]!]!] === incident; at += 1)
      if (touched === 0 || own[touched - 1] !== bins[order[at]!]) own[touched++] = bins[order[at]!]!;
    gathered.add(own, 0, touched, 1);
  }
  return { columns: gathered.columns(), records: fine.length };
}

function resolutionFigures(stops: ObservedStops, resolution: number): ScaleConsidered {
  const { columns, records } = footprintsAt(stops, resolution);
  const cells = new Set(columns.cells).size;
  const touches = columns.copies.reduce(
    (sum, copies, row) => sum + copies * (columns.starts[row + 1]! - columns.starts[row]!),
    0,
  );
  return {
    value: resolution,
    cells,
    knownShare: stops.cells.length === 0 ? 0 : records / stops.cells.length,
    incidentsPerCell: cells === 0 ? 0 : touches / cells,
    autocorrelation: null,
  };
}

/** Over touched cells and those next to them, whatever the rings: the same cells are compared each time. */
function ringFigures(stops: ObservedStops, resolution: number): ScaleConsidered[] {
  const { columns } = footprintsAt(stops, resolution);
  const cells = new Set(columns.cells).size;
  const domain = domainOf(columns.cells, 1);
  const { magnitudes } = sumByCell(columns, domain.touched, domain.index.size);
  return Array.from({ length: MOST_RINGS }, (_, i): ScaleConsidered => {
    const isWide = i > 0 && diskCells(i + 1) > MOST_OF_DOMAIN * domain.index.size;
    const { z } = moransI(magnitudes, neighboursWithin(domain.index, i + 1));
    return {
      value: i + 1,
      cells,
      knownShare: null,
      incidentsPerCell: null,
      autocorrelation: isWide || Number.isNaN(z) ? null : z,
    };
  });
}

function diskCells(rings: number): number {
  return 1 + 3 * rings * (rings + 1);
}
