/** Hotspots among the told cells: significant by Gi*, or density. Cells that are not told are unknown, not empty, and are nobody's neighbour. */
import { LEAST_CELLS } from '../../../analysis/hotspots/route-hotspots.ts';
import { benjaminiHochberg } from '../../../geo/benjamini-hochberg.ts';
import { CellIndex } from '../../../geo/cell-index.ts';
import { neighboursWithin } from '../../../geo/cell-neighbours.ts';
import { fromIndex } from '../../../geo/cells.ts';
import { giStar } from '../../../geo/gi-star.ts';
import { twoSidedP } from '../../../geo/normal.ts';
import type { BorderIndex } from '../../../places/border-index.ts';
import type { LayerClass, LayerFeature } from './layer-feature.ts';
import { borderOf, outlineOfCells } from './layer-ground.ts';
import { bandOf } from './persons-band.ts';
import { quartersUntil, sumOf, type ToldSeries, trendOf } from './told-series.ts';

const ALPHA = 0.05;

export function drawHotspots(
  series: readonly ToldSeries[],
  until: string,
  borders: BorderIndex,
): readonly LayerFeature[] {
  const window = quartersUntil(until);
  const told = series.flatMap((one) => {
    const sum = sumOf(one, window);
    const cell = one.key.place ?? one.key.area;
    return sum === null || cell === undefined ? [] : [{ one, cell, sum }];
  });
  const classes = classesOf(told.map(({ cell, sum }) => ({ cell, incidents: sum.incidents })));
  return told.map(({ one, cell, sum }, at) => ({
    id: cell,
    stages: [],
    cells: [cell],
    border: borderOf(borders, cell),
    quarters: window.filter((quarter) => one.quarters.has(quarter)),
    persons: bandOf(sum.persons),
    trend: trendOf(one, until),
    class: classes[at]!,
    change: null,
    geometry: outlineOfCells([cell]),
  }));
}

/** All density below 30 cells: of so few nothing is significant. */
export function classesOf(
  cells: readonly { readonly cell: string; readonly incidents: number }[],
): readonly LayerClass[] {
  if (cells.length < LEAST_CELLS) return cells.map(() => 'density');
  const index = new CellIndex(cells.length * 2);
  for (const { cell } of cells) index.addCell(fromIndex(cell));
  const z = giStar(
    cells.map(({ incidents }) => incidents),
    neighboursWithin(index, 1),
  );
  const q = benjaminiHochberg(z.map((score) => (Number.isNaN(score) ? score : twoSidedP(score))));
  return cells.map((_, at) => (q[at]! <= ALPHA && z[at]! > 0 ? 'hotspot' : 'density'));
}
