/** Drawing what is the same for everybody: places, land, countries and borders. */
import type { RequestContext } from '../../graphql/context.ts';
import { keptAnswer } from '../../graphql/kept-answers.ts';
import type { PlaceSearch } from '../../places/place-source.sql.ts';
import { countriesAt } from './drawing/country-shapes.ts';
import type { DrawnLayers } from './drawing/encode-tile.ts';
import { landAt } from './drawing/land-shapes.ts';
import { lineShape, pointShape } from './drawing/map-shape.ts';
import { onceFor } from './drawing/once-for.ts';
import {
  type DrawnBorder,
  type PlaceGrain,
  readAllBorders,
  readPlacePoints,
} from './gazetteer-tiles.view.ts';
import { boundsOf, type TileAddress } from './tile-address.ts';

/** The most populous of a tile. With a filter that many may be meant from afar; without, no tile has as many. */
const MOST_PLACES = 20_000;

/** Up to each zoom; every place of the core after the last. */
const GRAINS: readonly (PlaceGrain & { readonly lastZoom: number })[] = [
  { lastZoom: 2, kinds: ['country'], populationFrom: 0 },
  { lastZoom: 4, kinds: ['country', 'locality'], populationFrom: 1_000_000 },
  { lastZoom: 5, kinds: ['country', 'locality'], populationFrom: 300_000 },
  { lastZoom: 6, kinds: ['country', 'locality', 'crossing_point'], populationFrom: 100_000 },
  { lastZoom: 7, kinds: ['country', 'locality', 'crossing_point', 'admin_area'], populationFrom: 50_000 },
];

export async function drawPlaces(
  { reader }: RequestContext,
  search: PlaceSearch | null,
  address: TileAddress,
): Promise<DrawnLayers> {
  const grain = search === null ? (GRAINS.find(({ lastZoom }) => address.z <= lastZoom) ?? null) : null;
  const rows = await readPlacePoints(reader, search ?? {}, grain, boundsOf(address), MOST_PLACES);
  return {
    places: rows.flatMap(({ longitude, latitude, ...tags }) => pointShape([longitude, latitude], tags) ?? []),
  };
}

export function drawLand({ z }: TileAddress): DrawnLayers {
  return { land: landAt(z) };
}

export function drawCountries({ z }: TileAddress): DrawnLayers {
  return { countries: countriesAt(z) };
}

export async function drawBorders(context: RequestContext): Promise<DrawnLayers> {
  const borders = await keptAnswer(context, 'tiles', { layer: 'borders' }, () =>
    readAllBorders(context.reader),
  );
  return { borders: borderShapes(borders) };
}

const borderShapes = onceFor((borders: readonly DrawnBorder[]) =>
  borders.map(({ a, b, lines }) => lineShape(lines, { a, b })),
);
