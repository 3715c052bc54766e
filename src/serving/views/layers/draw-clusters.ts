/** Crossing clusters: told cells of one border that lie side by side, with ten incidents or more together. */
import { diskAround, fromIndex, toIndex } from '../../../geo/cells.ts';
import { DisjointSets } from '../../../geo/disjoint-sets.ts';
import type { BorderIndex } from '../../../places/border-index.ts';
import type { CountryPair, LayerFeature } from './layer-feature.ts';
import { borderOf, outlineOfCells } from './layer-ground.ts';
import { bandOf } from './persons-band.ts';
import { quartersUntil, sumOf, type ToldCell, type ToldSeries, trendOf } from './told-series.ts';

const LEAST_INCIDENTS = 10;

interface BorderCell {
  readonly cell: string;
  readonly border: CountryPair;
  readonly series: ToldSeries;
}

/** Cells that no land border runs through are in none. */
export function drawClusters(
  series: readonly ToldSeries[],
  until: string,
  borders: BorderIndex,
): readonly LayerFeature[] {
  const window = quartersUntil(until);
  const told = series.flatMap((one): BorderCell[] => {
    const cell = one.key.place;
    const border = cell === undefined ? null : borderOf(borders, cell);
    return cell === undefined || border === null || sumOf(one, window) === null
      ? []
      : [{ cell, border, series: one }];
  });
  return sideBySide(told).flatMap((members): LayerFeature[] => {
    const together = added(members);
    const sum = sumOf(together, window);
    const [first] = members;
    if (first === undefined || sum === null || sum.incidents < LEAST_INCIDENTS) return [];
    return [
      {
        // The first cell names it: clusters that grow keep their name unless they grow on that side.
        id: `${first.border.join('-')}@${first.cell}`,
        stages: [],
        cells: members.map(({ cell }) => cell),
        border: first.border,
        quarters: window.filter((quarter) => together.quarters.has(quarter)),
        persons: bandOf(sum.persons),
        trend: trendOf(wholly(members, together), until),
        class: null,
        change: null,
        geometry: outlineOfCells(members.map(({ cell }) => cell)),
      },
    ];
  });
}

/** Of each group its cells ascending. */
function sideBySide(cells: readonly BorderCell[]): readonly (readonly BorderCell[])[] {
  const ordered = cells.toSorted((a, b) => (a.cell < b.cell ? -1 : 1));
  const at = new Map(ordered.map(({ cell }, index) => [cell, index] as const));
  const sets = new DisjointSets(ordered.length);
  for (const [index, { cell, border }] of ordered.entries())
    for (const near of diskAround(fromIndex(cell), 1)) {
      const other = at.get(toIndex(near));
      if (other !== undefined && ordered[other]!.border.join() === border.join()) sets.join(index, other);
    }
  return [...Map.groupBy(ordered.entries(), ([index]) => sets.find(index)).values()].map((group) =>
    group.map(([, cell]) => cell),
  );
}

/** Quarters in which every cell is told: where one is not, what is left would be compared with what there was of all. */
function wholly(members: readonly BorderCell[], { quarters, ...rest }: ToldSeries): ToldSeries {
  const whole = [...quarters].filter(([quarter]) =>
    members.every(({ series }) => series.quarters.has(quarter)),
  );
  return { ...rest, quarters: new Map(whole) };
}

/** A quarter counts what is told of it: a cell that is not told in one adds nothing to it. */
function added(members: readonly BorderCell[]): ToldSeries {
  const quarters = new Map<string, ToldCell>();
  for (const { series } of members)
    for (const [quarter, cell] of series.quarters) {
      const sum = quarters.get(quarter) ?? { key: {}, persons: 0, incidents: 0 };
      quarters.set(quarter, {
        key: {},
        persons: sum.persons + cell.persons,
        incidents: sum.incidents + cell.incidents,
      });
    }
  return { name: '', key: {}, quarters };
}
