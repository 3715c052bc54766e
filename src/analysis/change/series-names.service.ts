/** What series are called, and where they are. */
import type { ViewerReader } from '../../access/reader.ts';
import { boundaryOf, centreOf, toIndex } from '../../geo/cells.ts';
import { placeLoader } from '../../places/place.loader.ts';
import { namesNear } from '../stage-names.ts';
import type { ChangeSeries } from './change.type.ts';
import type { MonthlySeries } from './monthly-series.ts';

export interface NamedSeries extends ChangeSeries {
  readonly geometry: unknown;
}

type Unnamed = Pick<MonthlySeries, 'kind' | 'key'>;

/** One for each, in order. */
export async function nameSeries(
  reader: ViewerReader,
  series: readonly Unnamed[],
): Promise<readonly NamedSeries[]> {
  const cells = new Set(series.flatMap(({ kind, key }) => endsOf(kind, key)).filter(isCell));
  const towns = await namesNear(
    reader,
    [...cells].sort().map((key) => ({ key, position: centreOf(BigInt(key)), country: null })),
  );
  const nameOf = (end: string): string => (isCell(end) ? (towns.get(end) ?? toIndex(BigInt(end))) : end);
  return Promise.all(
    series.map(async ({ kind, key }): Promise<NamedSeries> => {
      const ends = endsOf(kind, key);
      if (kind === 'pair') {
        const places = ends.map((end) => (isCell(end) ? centreOf(BigInt(end)) : null));
        const geometry = places.every((place) => place !== null)
          ? { type: 'LineString', coordinates: places }
          : null;
        return { kind, key: ends.map(shownEnd).join(' > '), name: ends.map(nameOf).join(' → '), geometry };
      }
      if (kind === 'cell') {
        const geometry = { type: 'MultiPolygon', coordinates: boundaryOf(BigInt(key)) };
        return { kind, key: shownEnd(key), name: nameOf(key), geometry };
      }
      if (kind === 'crossing') {
        const place = await placeLoader(reader).load(key);
        const geometry = place && { type: 'Point', coordinates: [place.longitude, place.latitude] };
        return { kind, key, name: place?.name ?? key, geometry };
      }
      const words = key.slice(key.indexOf(' ') + 1).replaceAll('_', ' ');
      return { kind, key, name: words, geometry: null };
    }),
  );
}

function endsOf(kind: Unnamed['kind'], key: string): readonly string[] {
  if (kind === 'pair') return key.split(' > ');
  return kind === 'cell' ? [key] : [];
}

/** As the database writes it: a country has three letters. */
function isCell(end: string): boolean {
  return /^\d+$/.test(end);
}

function shownEnd(end: string): string {
  return isCell(end) ? toIndex(BigInt(end)) : end;
}
