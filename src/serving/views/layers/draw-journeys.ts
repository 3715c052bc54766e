/** Flows and corridors: from a country to a country, and of a corridor by way of the area where a border was crossed. */
import type { BorderIndex } from '../../../places/border-index.ts';
import type { CountKey } from '../count-levels.ts';
import type { LayerFeature, LayerStage } from './layer-feature.ts';
import { borderOf, cellPoint, countryPoint, lineThrough, outlineOfCells } from './layer-ground.ts';
import { bandOf } from './persons-band.ts';
import { quartersUntil, sumOf, type ToldSeries, trendOf } from './told-series.ts';

/** Those with a told number in the latest four quarters. */
export function drawJourneys(
  series: readonly ToldSeries[],
  until: string,
  borders: BorderIndex,
): readonly LayerFeature[] {
  const window = quartersUntil(until);
  return series.flatMap((one): LayerFeature[] => {
    const sum = sumOf(one, window);
    const stages = stagesOf(one.key, borders);
    const geometry = geometryOf(stages);
    if (sum === null || geometry === null) return [];
    return [
      {
        id: stages.map(({ country, cell }) => country ?? cell).join('>'),
        stages,
        cells: stages.flatMap(({ cell }) => cell ?? []),
        border: stages.find(({ border }) => border !== null)?.border ?? null,
        quarters: window.filter((quarter) => one.quarters.has(quarter)),
        persons: bandOf(sum.persons),
        trend: trendOf(one, until),
        class: null,
        change: null,
        geometry,
      },
    ];
  });
}

/** In order of travel, as far as the key says. */
export function stagesOf(
  { origin, destination, place, area }: CountKey,
  borders: BorderIndex,
): readonly LayerStage[] {
  const cell = place ?? area;
  const ends = [origin, destination].flatMap((country) => country ?? []);
  const country = (role: LayerStage['role'], code: string | undefined): LayerStage[] =>
    code === undefined ? [] : [{ role, country: code, cell: null, border: null }];
  return [
    ...country('source', origin),
    ...(cell === undefined
      ? []
      : [{ role: 'transit' as const, country: null, cell, border: borderOf(borders, cell, ends) }]),
    ...country('destination', destination),
  ];
}

/** A line through the middles of all stages; of one cell alone its outline. Null where no country of it is one. */
export function geometryOf(stages: readonly LayerStage[]): LayerFeature['geometry'] | null {
  const [only] = stages;
  if (stages.length === 1 && only !== undefined && only.cell !== null) return outlineOfCells([only.cell]);
  return lineThrough(
    stages.map(({ country, cell }) => (cell === null ? countryPoint(country ?? '') : cellPoint(cell))),
  );
}
