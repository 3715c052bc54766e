/** After an interdiction: where it was closed, where the flow could go and went, and what it is held against. */
import { featuresOf, type MapLayer, type Position, type Row, type Shown } from '../map/layer.ts';
import type { ColourName } from '../map/look.ts';
import { ClosingChooser } from '../page/closing-chooser.tsx';
import { Key } from '../page/legend-keys.tsx';
import { ClosingPanel } from '../panels/closing-panel.tsx';
import { dayOf, say, wordFor } from '../words/words.ts';
import {
  type ClosingsAnswer,
  closingQuestion,
  crossingRow,
  type DisplacementAnswer,
  ringAround,
  ZONES,
  type Zone,
} from './closing-answer.ts';

const COLOURS: Readonly<Record<Zone, ColourName>> = {
  CLOSED: 'hot',
  ALTERNATIVES: 'steady',
  CONTROL: 'density',
  CONTROL_OF_ALTERNATIVES: 'gone',
};

export const closings: MapLayer = {
  id: 'closings',
  narrowedBy: 'movements',
  may: ({ reads }) => reads.includes('MOVEMENT'),
  question: closingQuestion,
  read: (data) =>
    'displacement' in (data as object)
      ? storyOf(data as DisplacementAnswer)
      : closingsOf(data as ClosingsAnswer),
  draw: ({ shown, view, look }) => {
    const part = (name: string): unknown => ['==', ['get', 'part'], name];
    const colour = [
      'match',
      ['get', 'zone'],
      ...ZONES.flatMap((zone) => [zone, look[COLOURS[zone]]]),
      look.point,
    ];
    const isOpen = ['==', ['get', 'id'], view.open ?? ''];
    const radius = (name: string): unknown => [
      'interpolate',
      ['linear'],
      ['sqrt', ['get', name]],
      0,
      3,
      10,
      30,
    ];
    return {
      sources: { closings: { type: 'geojson', data: shown?.features ?? featuresOf([]) } },
      layers: [
        {
          id: 'closing-ring',
          type: 'line',
          source: 'closings',
          filter: part('ring'),
          paint: { 'line-color': look.hot, 'line-width': 1.2, 'line-dasharray': [3, 3] },
        },
        {
          id: 'closing-lines',
          type: 'line',
          source: 'closings',
          filter: part('line'),
          layout: { 'line-cap': 'round' },
          paint: {
            'line-color': look.steady,
            'line-opacity': 0.75,
            'line-dasharray': [1, 1.6],
            'line-width': ['interpolate', ['linear'], ['abs', ['get', 'change']], 0, 1.2, 30, 7],
          },
        },
        {
          id: 'closing-after',
          type: 'circle',
          source: 'closings',
          filter: part('crossing'),
          paint: {
            'circle-color': colour,
            'circle-opacity': 0.55,
            'circle-radius': radius('after'),
            'circle-stroke-color': look.select,
            'circle-stroke-width': ['case', isOpen, 3, 0],
          },
        },
        {
          id: 'closing-before',
          type: 'circle',
          source: 'closings',
          filter: part('crossing'),
          paint: {
            'circle-color': 'rgba(0,0,0,0)',
            'circle-radius': radius('before'),
            'circle-stroke-color': colour,
            'circle-stroke-width': 2,
          },
        },
      ] as never,
      touched: ['closing-after', 'closing-before'],
    };
  },
  hover: ({ id }, shown) => shown?.rows.find((row) => row.id === id)?.sentence ?? '',
  Legend: ({ view }) =>
    view.closing === null ? (
      <Key colour="point" shape="dot">
        {say('closing.legend.pick')}
      </Key>
    ) : (
      <>
        {ZONES.map((zone) => (
          <Key key={zone} colour={COLOURS[zone]} shape="dot">
            {wordFor('zone', zone)}
          </Key>
        ))}
        <Key colour="hot" shape="ring">
          {say('closing.legend.size')}
        </Key>
        <Key colour="steady" shape="thin">
          {say('closing.legend.line')}
        </Key>
      </>
    ),
  Chooser: ClosingChooser,
  Panel: ClosingPanel,
};

function storyOf({ displacement: answer }: DisplacementAnswer): Shown {
  const { refusal, finding, closed, crossings, unknowns } = answer;
  const [from] = closed;
  const placed = crossings.flatMap((one) =>
    one.crossingPoint === null ? [] : [{ ...one, at: one.crossingPoint }],
  );
  const rows = placed.map(
    ({ zone, reason, before, after, distanceKm, at }): Row => ({
      id: crossingRow(zone, at.id),
      name: at.name,
      cells: [
        wordFor('zone', zone),
        before,
        after,
        after - before,
        distanceKm === null ? null : Math.round(distanceKm),
        wordFor('zoneReason', reason),
      ],
      sentence: say('closing.hover', { name: at.name, zone: wordFor('zone', zone), before, after }),
      at: [[at.position.longitude, at.position.latitude] satisfies Position],
      opens: true,
    }),
  );
  const features = placed.flatMap(({ zone, before, after, at }): GeoJSON.Feature[] => {
    const coordinates = [at.position.longitude, at.position.latitude];
    const properties = { id: crossingRow(zone, at.id), zone, before, after, change: after - before };
    const point: GeoJSON.Feature = {
      type: 'Feature',
      geometry: { type: 'Point', coordinates },
      properties: { ...properties, part: 'crossing' },
    };
    if (zone !== 'ALTERNATIVES' || from === undefined || from.id === at.id) return [point];
    const ends = [[from.position.longitude, from.position.latitude], coordinates];
    return [
      point,
      {
        type: 'Feature',
        geometry: { type: 'LineString', coordinates: ends },
        properties: { ...properties, part: 'line' },
      },
    ];
  });
  const rings = closed.map(
    ({ position }): GeoJSON.Feature => ({
      type: 'Feature',
      geometry: { type: 'LineString', coordinates: ringAround(position).map((corner) => [...corner]) },
      properties: { part: 'ring' },
    }),
  );
  return {
    headline: finding === null ? '' : wordFor('finding', finding),
    columns: [
      { word: 'closing.zone', isNumber: false },
      { word: 'closing.before', isNumber: true },
      { word: 'closing.after', isNumber: true },
      { word: 'closing.change', isNumber: true },
      { word: 'closing.km', isNumber: true },
      { word: 'closing.reason', isNumber: false },
    ],
    rows,
    features: featuresOf([...rings, ...features]),
    refusal,
    unknowns,
    whenEmpty: 'state.empty.filter',
  };
}

/** Before one is chosen: what there is to choose, the closings with their days before the crossing points. */
function closingsOf({ interdictions, flows }: ClosingsAnswer): Shown {
  const marks = interdictions.nodes.map((one) => ({
    id: one.id,
    name: one.place?.name ?? wordFor('interdiction', one.kind),
    spot: one.position,
    size: 16,
    cells: [wordFor('interdiction', one.kind), dayOf(one.occurredOn), null],
  }));
  const crossings = flows.flatMap(({ incidents, crossingPoint }) =>
    crossingPoint === null
      ? []
      : [
          {
            id: crossingPoint.id,
            name: crossingPoint.name,
            spot: crossingPoint.position,
            size: incidents,
            cells: [say('closing.crossingPoint'), null, incidents],
          },
        ],
  );
  const all = [...marks, ...crossings];
  return {
    headline: say('count.closings', { count: marks.length }),
    columns: [
      { word: 'table.kind.record', isNumber: false },
      { word: 'table.when', isNumber: false },
      { word: 'table.incidents', isNumber: true },
    ],
    rows: all.map(
      ({ id, name, cells, spot }): Row => ({
        id,
        name,
        cells,
        sentence: say('closing.pick', {
          name,
          what: String(cells[0]),
          more: cells[1] ?? say('count.incidents', { count: Number(cells[2]) }),
        }),
        at: spot === null ? [] : [[spot.longitude, spot.latitude]],
        opens: false,
      }),
    ),
    features: featuresOf(
      all.flatMap(({ id, spot, size }): GeoJSON.Feature[] =>
        spot === null
          ? []
          : [
              {
                type: 'Feature',
                geometry: { type: 'Point', coordinates: [spot.longitude, spot.latitude] },
                properties: { id, zone: '', before: Math.min(size, 60), after: 0, part: 'crossing' },
              },
            ],
      ),
    ),
    refusal: null,
    unknowns: [],
    whenEmpty: 'closing.none',
  };
}
