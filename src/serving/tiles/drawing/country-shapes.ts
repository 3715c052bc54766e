/** Countries as areas, in the grains of the land, each polygon under the code that the border policy counts it to. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { boxOf } from '../../../geo/clip-to-box.ts';
import type { Position } from '../../../geo/position.ts';
import { DEFAULT_BORDER_POLICY } from '../../../places/border-policy.ts';
import { COUNTRIES } from '../../../places/countries.ts';
import { grainAt, piecesOf, type Rings } from './land-shapes.ts';
import { areaShape, type MapShape } from './map-shape.ts';

type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;

const CODE_OF_NUMBER = new Map(COUNTRIES.map(({ m49, code }) => [m49, code]));
/** Of country-coder; Natural Earth draws it as a polygon of Russia's. */
const CRIMEA = 'Q7835';
const CRIMEA_BOX = { west: 32.4, south: 44.3, east: 36.7, north: 46.3 } as const;

const read = new Map<string, readonly MapShape[]>();

export function countriesAt(zoom: number): readonly MapShape[] {
  const grain = grainAt(zoom);
  const shapes = read.get(grain) ?? readCountries(grain);
  read.set(grain, shapes);
  return shapes;
}

function readCountries(grain: string): readonly MapShape[] {
  const file = createRequire(import.meta.url).resolve(`world-atlas/countries-${grain}.json`);
  const topology = JSON.parse(readFileSync(file, 'utf8')) as Atlas;
  const { features } = feature(topology, topology.objects.countries);
  return features.flatMap(({ id, properties, geometry }) => {
    const numbered = id === undefined ? undefined : CODE_OF_NUMBER.get(String(id).padStart(3, '0'));
    const country = numbered ?? DEFAULT_BORDER_POLICY.shapes[properties?.name ?? ''] ?? null;
    // What is of no country is drawn as land and in no country's colour.
    if (country === null) return [];
    return polygonsOf(geometry).flatMap((rings) => {
      const code = codeOf(country, rings);
      return piecesOf(rings).map((piece) => areaShape([piece], { country: code }));
    });
  });
}

function polygonsOf(geometry: { readonly type: string; readonly coordinates?: unknown }): readonly Rings[] {
  if (geometry.type === 'Polygon') return [geometry.coordinates as Rings];
  return geometry.type === 'MultiPolygon' ? (geometry.coordinates as Rings[]) : [];
}

function codeOf(country: string, [outer = []]: readonly (readonly Position[])[]): string {
  const claimed = DEFAULT_BORDER_POLICY.areas[CRIMEA];
  if (country !== 'RUS' || typeof claimed !== 'string') return country;
  const { minX, minY, maxX, maxY } = boxOf(outer.map(([x, y]) => [x, y]));
  const inside =
    minX > CRIMEA_BOX.west && maxX < CRIMEA_BOX.east && minY > CRIMEA_BOX.south && maxY < CRIMEA_BOX.north;
  return inside ? claimed : country;
}
