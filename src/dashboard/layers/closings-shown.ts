/** An answer of the layer of closings, ready to be drawn and listed: what there is to choose, or what followed the chosen one. */
import { featuresOf, type Position, type Row, type Shown } from '../map/layer.ts';
import { ringAround } from '../map/ring.ts';
import { dayOf, say, wordFor } from '../words/words.ts';
import { type ClosingsAnswer, crossingRow, type DisplacementAnswer, RING_KM } from './closing-answer.ts';

export function storyOf({ displacement: answer }: DisplacementAnswer): Shown {
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
      geometry: { type: 'LineString', coordinates: ringAround(position, RING_KM) },
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
export function closingsOf({ interdictions, flows }: ClosingsAnswer): Shown {
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
