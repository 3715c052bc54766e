/** Alerts of change: what was other in a quarter than in the year before, as far as both are told. */
import { benjaminiHochberg } from '../../../geo/benjamini-hochberg.ts';
import type { BorderIndex } from '../../../places/border-index.ts';
import { geometryOf, stagesOf } from './draw-journeys.ts';
import type { LayerChange, LayerFeature } from './layer-feature.ts';
import { bandOf } from './persons-band.ts';
import {
  movementAt,
  quartersBefore,
  quartersUntil,
  sumOf,
  type ToldSeries,
  WINDOW_QUARTERS,
} from './told-series.ts';

/** The false discovery rate over everything that is compared at an epoch. */
const ALPHA = 0.05;
const LEAST_EARLIER = 3;

/** Of the latest four quarters. */
export function drawAlerts(
  series: readonly ToldSeries[],
  until: string,
  borders: BorderIndex,
): readonly LayerFeature[] {
  const window = quartersUntil(until);
  const pairs = series.flatMap((one) =>
    window.filter((quarter) => one.quarters.has(quarter)).map((quarter) => ({ one, quarter })),
  );
  const movements = pairs.map(({ one, quarter }) => movementAt(one, quarter, LEAST_EARLIER));
  const q = benjaminiHochberg(movements.map((movement) => movement?.p ?? Number.NaN));
  const [first] = series.flatMap(({ quarters }) => [...quarters.keys()]).sort();
  return pairs.flatMap(({ one, quarter }, at): LayerFeature[] => {
    const movement = movements[at] ?? null;
    const before = sumOf(one, movement?.earlier ?? []);
    let change: LayerChange | null = null;
    if (movement !== null && before !== null && q[at]! <= ALPHA)
      change = {
        direction: movement.direction,
        quarter,
        before: bandOf(before.persons),
        quartersBefore: movement.earlier,
      };
    else if (isNew(one, quarter, first))
      change = { direction: 'newly_told', quarter, before: null, quartersBefore: [] };
    const stages = stagesOf(one.key, borders);
    const geometry = geometryOf(stages);
    if (change === null || geometry === null) return [];
    const trend = change.direction === 'newly_told' ? 'not_available' : change.direction;
    return [
      {
        id: `${one.name}@${quarter}`,
        stages,
        cells: stages.flatMap(({ cell }) => cell ?? []),
        border: stages.find(({ border }) => border !== null)?.border ?? null,
        quarters: [quarter],
        persons: bandOf(one.quarters.get(quarter)!.persons),
        trend,
        class: null,
        change,
        geometry,
      },
    ];
  });
}

/** Where the view tells of a whole year before the quarter, and of this nothing. */
function isNew({ quarters }: ToldSeries, quarter: string, first: string | undefined): boolean {
  const year = quartersBefore(quarter, WINDOW_QUARTERS);
  return first !== undefined && first <= year[0]! && year.every((one) => !quarters.has(one));
}
