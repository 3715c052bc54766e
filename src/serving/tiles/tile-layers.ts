/** The layers that tiles are served of: what each shows, from which zoom, by which filter, and what is told of its features. */
import { HeadwaterError } from '../../kernel/errors.ts';

export interface TileLayer {
  readonly name: LayerName;
  readonly description: string;
  /** Whose geography it is, as its licence wants it shown on a map; of records none. */
  readonly attribution?: string;
  /** The input of GraphQL that it is filtered by; null: by none. */
  readonly filter: string | null;
  readonly minZoom: number;
  /** From here on clients may draw a tile larger instead of asking for a finer one. */
  readonly maxZoom: number;
  /** By the name of each layer inside a tile: fields and what they are. */
  readonly shows: Readonly<Record<string, Fields>>;
}

type Fields = Readonly<Record<string, string>>;

export const LAYER_NAMES = [
  'density',
  'route-hotspots',
  'crossing-clusters',
  'corridors',
  'incidents',
  'crossings',
  'movements',
  'flows',
  'places',
  'land',
  'countries',
  'borders',
] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

const NATURAL_EARTH = 'Made with Natural Earth.';
const GAZETTEER =
  'Contains data of GeoNames (geonames.org), CC BY 4.0, and of world-countries (mledoze/countries), ODbL 1.0.';
const MONTH = 'Like 2026-04, where it is known to the month.';
const COUNTRY = 'ISO 3166-1 alpha-3.';
const INCIDENTS = 'Number: independent incidents.';
const CELL: Fields = {
  cell: 'H3 index.',
  resolution: 'Number: of the cell, 0 to 15.',
  count: 'Number of records.',
};
const counted = (fields: Fields): Fields => ({
  count: 'Number: of the records drawn as this point; 1 where it is one.',
  id: 'Of the record, where the point is one.',
  ...fields,
  month: MONTH,
});

const LAYERS: Readonly<Record<LayerName, Omit<TileLayer, 'name'>>> = {
  density: {
    description: 'Movements by the cell they were observed in. A count, and no finding: see route-hotspots.',
    filter: 'MovementFilter',
    minZoom: 0,
    maxZoom: 8,
    shows: { density: { ...CELL, count: 'Number of movements observed in it.' } },
  },
  'route-hotspots': {
    description: 'Cells tested for more observed travel than chance explains, as routeHotspots answers.',
    filter: 'MovementFilter',
    minZoom: 0,
    maxZoom: 8,
    shows: {
      'route-hotspots': {
        cell: 'H3 index.',
        class: 'hot, cold or density: only the first two are significant.',
        magnitude: 'Number.',
        incidents: INCIDENTS,
        z: 'Number: Getis-Ord Gi*.',
        q: 'Number: false discovery rate.',
      },
    },
  },
  'crossing-clusters': {
    description: 'Where along borders people were observed to cross, as crossingClusters answers.',
    filter: 'CrossingClusterFilter',
    minZoom: 0,
    maxZoom: 12,
    shows: {
      'crossing-clusters': {
        id: 'The same for one scope.',
        name: 'After the nearest crossing point.',
        border: 'Like IND NPL.',
        incidents: INCIDENTS,
        persons: 'Number: person-events, at least.',
        monthsActive: 'Number.',
      },
      'crossing-clusters-hulls': { id: 'Of the cluster whose members the area holds.', incidents: INCIDENTS },
    },
  },
  corridors: {
    description: 'Stretches of travel that independent incidents share, as corridors answers: the first 500.',
    filter: 'MovementFilter',
    minZoom: 0,
    maxZoom: 10,
    shows: {
      corridors: {
        id: 'The same for one scope.',
        name: 'Its stages.',
        incidents: INCIDENTS,
        origins: 'Number: independent origins.',
        movements: 'Number.',
        widthKm: 'Number: holds 80 % of the stops.',
        observed: 'Number, 0 to 1: share of legs with both ends observed.',
        firstMonth: MONTH,
        lastMonth: MONTH,
      },
    },
  },
  incidents: {
    description: 'Incidents where they happened: counted from afar, one by one from zoom 10.',
    filter: 'IncidentFilter',
    minZoom: 0,
    maxZoom: 16,
    shows: {
      incidents: counted({
        kind: 'Of incident.',
        population: 'Whom it is of.',
        verification: 'Of the double verification.',
        country: COUNTRY,
      }),
      'incidents-cells': CELL,
    },
  },
  crossings: {
    description:
      'Border crossings, observed ones unless kinds are given: counted from afar, one by one from zoom 10.',
    filter: 'CrossingFilter',
    minZoom: 0,
    maxZoom: 16,
    shows: {
      crossings: counted({ kind: 'observed, stated or inferred.', from: COUNTRY, to: COUNTRY }),
      'crossings-cells': CELL,
    },
  },
  movements: {
    description:
      'Places on the way of movements: counted from afar, one by one from zoom 10. Nothing before zoom 8: see density.',
    filter: 'MovementFilter',
    minZoom: 8,
    maxZoom: 16,
    shows: {
      movements: counted({
        id: 'Of the movement, where the point is one place of it.',
        ordinal: 'Number: which place on the way.',
        kind: 'observed, stated or inferred.',
        country: COUNTRY,
        mode: 'Means of transport.',
        purpose: 'Of the movement.',
        status: 'How far it got.',
      }),
      'movements-cells': CELL,
    },
  },
  flows: {
    description:
      'Movements by country of origin and destination, as flows answers; within one country as points.',
    filter: 'MovementFilter',
    minZoom: 0,
    maxZoom: 6,
    shows: Object.fromEntries(
      ['flows', 'flows-within'].map((name) => [
        name,
        {
          from: COUNTRY,
          to: COUNTRY,
          movements: 'Number.',
          incidents: INCIDENTS,
          personsMin: 'Number: person-events, at least.',
        },
      ]),
    ),
  },
  places: {
    description:
      'The gazetteer: countries from afar, then cities, crossing points and towns; all from zoom 8 or with a filter.',
    attribution: GAZETTEER,
    filter: 'PlaceFilter',
    minZoom: 0,
    maxZoom: 12,
    shows: {
      places: {
        id: 'Of the place.',
        name: 'Its name.',
        kind: 'country, admin_area, crossing_point or locality.',
        country: COUNTRY,
        population: 'Number.',
      },
    },
  },
  land: {
    description: 'Land of the Earth, Natural Earth. The same for everybody.',
    attribution: NATURAL_EARTH,
    filter: null,
    minZoom: 0,
    maxZoom: 8,
    shows: { land: {} },
  },
  countries: {
    description:
      'Countries as areas, Natural Earth, under the border policy of this hub. The same for everybody.',
    attribution: NATURAL_EARTH,
    filter: null,
    minZoom: 0,
    maxZoom: 5,
    shows: { countries: { country: COUNTRY } },
  },
  borders: {
    description: 'Land borders, under the border policy of this hub. The same for everybody.',
    attribution: NATURAL_EARTH,
    filter: null,
    minZoom: 0,
    maxZoom: 8,
    shows: { borders: { a: COUNTRY, b: COUNTRY } },
  },
};

/** Throws NOT_FOUND naming what there is. */
export function readLayer(name: string): TileLayer {
  const known = LAYER_NAMES.find((layer) => layer === name);
  if (known !== undefined) return { name: known, ...LAYERS[known] };
  throw new HeadwaterError(
    'NOT_FOUND',
    `layer: found ${JSON.stringify(name.slice(0, 40))}, wanted one of ${LAYER_NAMES.join(', ')}`,
  );
}

/** By zoom; cells of some 30 pixels where a tile is drawn with 512. */
const RESOLUTIONS = [2, 2, 3, 3, 4, 4, 5, 5, 6];

/** No cell is finer than those that are counted on writing. */
export function resolutionAt(zoom: number): number {
  return RESOLUTIONS[Math.min(zoom, RESOLUTIONS.length - 1)]!;
}
