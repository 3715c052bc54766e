/** Route hotspots: cells with more travel than chance and the shape of single cases explain. The others are density, and drawn as such. */
import type { Question } from '../hub/ask.ts';
import { featuresOf, type MapLayer, type Row, type Shown } from '../map/layer.ts';
import { acrossOf, CellChooser } from '../page/cell-chooser.tsx';
import { Key, Keys } from '../page/legend-keys.tsx';
import { HotspotPanel } from '../panels/spot-panels.tsx';
import { movementFilter } from '../view/asked.ts';
import { CELL_SIZES, type CellSize } from '../view/map-view.ts';
import { say, small, wordFor } from '../words/words.ts';
import type { HotspotsAnswer } from './hotspot-answer.ts';

const question = (filter: Readonly<Record<string, unknown>>, cells: CellSize): Question => ({
  query: `query RouteHotspots($filter: MovementFilter, $resolution: Int, $scale: HotspotScale) {
  routeHotspots(filter: $filter, resolution: $resolution, scale: $scale, first: 400) {
    hotspots
    parameters
    refusal { reason found wanted }
    unknowns
    cells {
      id class z q incidents
      position { longitude latitude }
      geometry
      howKnown { sentence independentOrigins observed stated inferred }
      incidentIds(first: 50)
    }
  }
}`,
  variables: { filter, ...(cells === 'auto' ? { scale: 'AUTOMATIC' } : { resolution: Number(cells) }) },
});

const CLASSES = [
  ['ROUTE_HOTSPOT', 'hot'],
  ['COLD_SPOT', 'cold'],
  ['DENSITY', 'density'],
] as const;

export const hotspots: MapLayer = {
  id: 'hotspots',
  narrowedBy: 'movements',
  may: ({ reads }) => reads.includes('MOVEMENT'),
  question: ({ filter, cells }) => question(movementFilter(filter), cells),
  read: (data) => shownOf(data as HotspotsAnswer),
  draw: ({ shown, view, look }) => {
    const byClass = (hot: unknown, other: unknown): unknown => [
      'match',
      ['get', 'class'],
      'DENSITY',
      other,
      hot,
    ];
    const isCell = ['==', ['get', 'part'], 'cell'];
    const colour = [
      'match',
      ['get', 'class'],
      'ROUTE_HOTSPOT',
      look.hot,
      'COLD_SPOT',
      look.cold,
      look.density,
    ];
    return {
      sources: { hotspots: { type: 'geojson', data: shown?.features ?? featuresOf([]) } },
      layers: [
        {
          id: 'hotspot-cells',
          type: 'fill',
          source: 'hotspots',
          filter: isCell,
          paint: {
            'fill-color': colour,
            'fill-opacity': byClass(0.6, [
              'interpolate',
              ['linear'],
              ['sqrt', ['get', 'incidents']],
              0,
              0.08,
              12,
              0.42,
            ]),
          },
        },
        {
          id: 'hotspot-dots',
          type: 'circle',
          source: 'hotspots',
          maxzoom: 6,
          filter: ['all', ['!', isCell], ['>', ['get', 'incidents'], 0]],
          paint: {
            'circle-color': colour,
            'circle-opacity': byClass(0.8, 0.35),
            'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'incidents']], 1, 3, 16, 14],
          },
        },
        {
          id: 'hotspot-edges',
          type: 'line',
          source: 'hotspots',
          filter: isCell,
          paint: {
            'line-color': ['case', ['==', ['get', 'id'], view.open ?? ''], look.select, colour],
            'line-width': ['case', ['==', ['get', 'id'], view.open ?? ''], 3, byClass(1.5, 0.5)],
          },
        },
      ] as never,
      touched: ['hotspot-cells', 'hotspot-dots'],
    };
  },
  hover: ({ id }, shown) => shown?.rows.find((row) => row.id === id)?.sentence ?? '',
  Legend: ({ shown, view }) => (
    <Keys word="hotspot.colour">
      {CLASSES.map(([name, colour]) => (
        <Key key={name} colour={colour} shape="area">
          {wordFor('hotspotClass', name)}
        </Key>
      ))}
      {shown !== null &&
        shown.rows.length > 0 &&
        !shown.rows.some(({ cells }) => cells[0] === wordFor('hotspotClass', 'ROUTE_HOTSPOT')) && (
          <p className="quiet">{say(view.cells === CELL_SIZES[0] ? 'hotspot.none' : 'hotspot.noneHere')}</p>
        )}
    </Keys>
  ),
  Chooser: CellChooser,
  Panel: HotspotPanel,
};

function shownOf({
  routeHotspots: { cells, hotspots: found, parameters, refusal, unknowns },
}: HotspotsAnswer): Shown {
  const across = acrossOf(parameters.resolution);
  return {
    headline: [
      say('count.hotspots', { count: found }),
      say('count.cells', { count: cells.length }),
      ...(across === null ? [] : [across]),
    ].join(' · '),
    columns: [
      { word: 'table.class', isNumber: false },
      { word: 'table.incidents', isNumber: true },
      { word: 'table.z', isNumber: true },
      { word: 'table.q', isNumber: true },
    ],
    rows: cells.map((cell): Row => {
      const [z, q] = [
        cell.z === null ? say('not.known') : small(cell.z),
        cell.q === null ? say('not.known') : small(cell.q),
      ];
      const incidents = say('count.incidents', { count: cell.incidents });
      return {
        id: cell.id,
        name: cell.id,
        cells: [wordFor('hotspotClass', cell.class), cell.incidents, z, q],
        sentence: say('hotspot.hover', { class: wordFor('hotspotClass', cell.class), incidents, z, q }),
        at: [[cell.position.longitude, cell.position.latitude]],
        opens: true,
      };
    }),
    features: featuresOf(
      cells.flatMap(({ id, class: kind, incidents, geometry, position }): GeoJSON.Feature[] => [
        { type: 'Feature', geometry, properties: { id, class: kind, incidents, part: 'cell' } },
        {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: [position.longitude, position.latitude] },
          properties: { id, class: kind, incidents, part: 'centre' },
        },
      ]),
    ),
    refusal,
    unknowns,
    whenEmpty: 'state.empty.filter',
  };
}
