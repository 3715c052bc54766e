/** A published view as GeoJSON features: for maps, whichever address serves them. */
import type { Geometry } from '../exports/geometry.ts';
import type { CountKey } from './count-levels.ts';
import { cellPoint, countryPoint, lineThrough, outlineOfCells } from './layers/layer-ground.ts';
import type { ReadView } from './read-shared-view.service.ts';
import { sharedCell, sharedFeature } from './tell-shared-view.ts';

export interface ViewFeature {
  readonly type: 'Feature';
  readonly id: string;
  /** null of a number that is of no place. */
  readonly geometry: Geometry | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Of a layer its features, of counts one for each number. By id; nothing is in them that the view does not tell. */
export function featuresOf({ view, at, cells, features }: ReadView): readonly ViewFeature[] {
  const { epoch, until } = at;
  if (view.layer === null)
    return cells.map((row) => {
      const { originCountry, destinationCountry, cell, period, persons, incidents } = sharedCell(row);
      const properties = { originCountry, destinationCountry, cell, period, persons, incidents };
      return {
        type: 'Feature',
        id: row.cell === '' ? 'all' : row.cell,
        geometry: geometryOf(row.key),
        properties: { ...properties, epoch, until },
      };
    });
  return features.map((feature) => {
    const { id, geometry, ...properties } = sharedFeature(feature);
    return { type: 'Feature', id, geometry, properties: { ...properties, epoch, until } };
  });
}

function geometryOf({ origin, destination, place, area }: CountKey): Geometry | null {
  const cell = place ?? area;
  const ends = [origin, destination].flatMap((country) => country ?? []);
  if (cell !== undefined && ends.length === 0) return outlineOfCells([cell]);
  const [from, to] = [origin, destination].map((country) =>
    country === undefined ? null : countryPoint(country),
  ) as [ReturnType<typeof countryPoint>, ReturnType<typeof countryPoint>];
  return lineThrough([from, cell === undefined ? null : cellPoint(cell), to]);
}
