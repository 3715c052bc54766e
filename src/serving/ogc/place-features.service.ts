/** The gazetteer as a collection of features: the same for everybody who is somebody. */
import { readScopeVersion } from '../../access/scope-version.view.ts';
import { keptAnswer } from '../../graphql/kept-answers.ts';
import { readCursor, writeCursor } from '../../kernel/cursor.ts';
import { isId } from '../../kernel/ids.ts';
import { pointGeometry } from '../exports/geometry.ts';
import { columnsOf } from '../exports/layer.ts';
import type { Feature, FeatureSource } from './feature-source.ts';
import { countPlaces, type PlaceRow, readPlaces } from './place-features.view.ts';

export const PLACES: FeatureSource = {
  id: 'places',
  title: 'Places',
  description:
    'The gazetteer: countries, areas, crossing points and towns of 15,000 and more, each a point with how far it reaches. It has no times: datetime leaves it as it is.',
  columns: columnsOf(
    'id kind name country border_countries:list population:integer footprint_radius_km:number derived:boolean source',
  ),
  geometries: ['Point'],
  isOfRecords: false,
  state: async (_tools, { context }) => readScopeVersion(context.reader),
  page: async (_tools, { context }, { limit, after, box }) => {
    const { reader } = context;
    const search = box === null ? {} : { area: { bbox: box } };
    const page = await readPlaces(reader, search, limit, after === null ? null : readCursor(after));
    const last = page.rows.at(-1);
    return {
      features: page.rows.map(placeFeature),
      matched: await keptAnswer(context, 'ogc', { name: 'places', box }, () => countPlaces(reader, search)),
      next:
        page.hasNextPage && last !== undefined
          ? writeCursor({ value: last.cursor_value, id: last.cursor_id })
          : null,
      handling: null,
    };
  },
  one: async (_tools, { context }, id) => {
    if (!isId(id)) return null;
    const [row] = (await readPlaces(context.reader, { ids: [id] }, 1, null)).rows;
    return row === undefined ? null : { feature: placeFeature(row), handling: null };
  },
};

function placeFeature(row: PlaceRow): Feature {
  return {
    type: 'Feature',
    id: row.id,
    geometry: pointGeometry(row.longitude, row.latitude),
    properties: {
      id: row.id,
      kind: row.kind.toUpperCase(),
      name: row.name,
      country: row.country,
      border_countries: row.border_countries ?? [],
      population: row.population,
      footprint_radius_km: row.footprint_radius_km,
      derived: row.derived,
      source: row.source,
    },
  };
}
