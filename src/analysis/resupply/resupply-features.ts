/** Establishments and where people were brought to them from, to draw. */

import { cutLine } from '../../geo/antimeridian.ts';
import { centreOf } from '../../geo/cells.ts';
import type { RaidedPlace } from './raided-places.ts';

/** Only what is seen as a cell is drawn, at the centre of the cell. */
export function featuresOf(places: readonly RaidedPlace[]): unknown {
  return {
    type: 'FeatureCollection',
    features: places.flatMap((place) => {
      if (place.cell === '') return [];
      const at = centreOf(BigInt(place.cell));
      const { label, recoveries, arrivals } = place;
      return [
        {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: at },
          properties: { name: label, recoveries: recoveries.length, arrivals: arrivals.length },
        },
        ...[...originsOf(place)].map(([cell, incidents]) => ({
          type: 'Feature',
          geometry: { type: 'MultiLineString', coordinates: cutLine([centreOf(BigInt(cell)), at]) },
          properties: { to: label, incidents },
        })),
      ];
    }),
  };
}

/** Arrivals by the cell of origin, in the order of cells. */
function originsOf({ arrivals, cell: own }: RaidedPlace): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { from } of arrivals)
    for (const cell of new Set(from.map((one) => one.cell)))
      if (cell !== '' && cell !== own) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
