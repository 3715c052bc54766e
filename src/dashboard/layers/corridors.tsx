/** Corridors as flows: as wide as they are supported, with the width of what is not known around them, in the colour of how they changed. */
import { featuresOf, type MapLayer, type Position, type Row, type Shown, widthOfKm } from '../map/layer.ts';
import { Key, Keys, Ramp } from '../page/legend-keys.tsx';
import { CorridorPanel } from '../panels/corridor-panel.tsx';
import { movementFilter } from '../view/asked.ts';
import { number, persons, say } from '../words/words.ts';
import {
  CHANGES,
  type CorridorsAnswer,
  changeOf,
  changeWords,
  corridorEvidence,
  corridorsQuestion,
  seen,
} from './corridor-answer.ts';

export const corridors: MapLayer = {
  id: 'corridors',
  narrowedBy: 'movements',
  may: ({ reads }) => reads.includes('MOVEMENT'),
  question: ({ filter }) => corridorsQuestion(movementFilter(filter)),
  evidence: ({ filter }, id) => corridorEvidence(movementFilter(filter), id),
  read: (data) => shownOf(data as CorridorsAnswer),
  draw: ({ shown, view, look }) => {
    const most = Math.max(
      3,
      ...(shown?.features.features.map(({ properties }) => Number(properties?.incidents)) ?? []),
    );
    const colour = ['match', ['get', 'change'], ...CHANGES.flatMap((one) => [one, look[one]]), look.unclear];
    const isOpen = ['==', ['get', 'id'], view.open ?? ''];
    const dimmed = (plain: number, faint: number): unknown =>
      view.open === null ? plain : ['case', isOpen, plain, faint];
    const weight = [
      'interpolate',
      ['linear'],
      ['sqrt', ['get', 'incidents']],
      Math.sqrt(2),
      1.2,
      Math.sqrt(most),
      7,
    ];
    // From afar they lie on each other: there they are half as wide.
    const width = (beyond: number): unknown => {
      const at = (share: number): unknown => ['+', ['*', share, weight], beyond];
      return ['interpolate', ['linear'], ['zoom'], 2, at(0.5), 6, at(1)];
    };
    const line = { 'line-cap': 'round', 'line-join': 'round', 'line-sort-key': ['get', 'incidents'] };
    return {
      sources: { corridors: { type: 'geojson', data: shown?.features ?? featuresOf([]) } },
      layers: [
        {
          id: 'corridor-halos',
          type: 'line',
          source: 'corridors',
          filter: ['has', 'widthKm'],
          layout: line,
          paint: {
            'line-color': colour,
            'line-opacity': dimmed(0.12, 0.03),
            'line-width': widthOfKm(['get', 'widthKm']),
          },
        },
        {
          id: 'corridor-selected',
          type: 'line',
          source: 'corridors',
          filter: isOpen,
          layout: line,
          paint: { 'line-color': look.select, 'line-width': width(5) },
        },
        {
          id: 'corridors',
          type: 'line',
          source: 'corridors',
          layout: line,
          paint: { 'line-color': colour, 'line-opacity': dimmed(0.8, 0.2), 'line-width': width(0) },
        },
        {
          id: 'corridor-arrows',
          type: 'symbol',
          source: 'corridors',
          layout: {
            'symbol-placement': 'line',
            'symbol-spacing': 160,
            'icon-image': 'arrow',
            'icon-size': [
              'interpolate',
              ['linear'],
              ['sqrt', ['get', 'incidents']],
              Math.sqrt(2),
              0.45,
              Math.sqrt(most),
              0.9,
            ],
          },
          paint: { 'icon-color': look.land, 'icon-opacity': dimmed(0.9, 0.3) },
        },
        {
          id: 'corridor-touch',
          type: 'line',
          source: 'corridors',
          layout: line,
          paint: { 'line-color': look.select, 'line-opacity': 0, 'line-width': width(10) },
        },
      ] as never,
      touched: ['corridor-touch'],
    };
  },
  hover: ({ id }, shown) => shown?.rows.find((row) => row.id === id)?.sentence ?? '',
  Legend: () => (
    <>
      <Ramp word="corridor.width" />
      <Keys word="corridor.colour">
        {CHANGES.map((change) => (
          <Key
            key={change}
            colour={change}
            shape={change === 'gone' || change === 'unclear' ? 'thin' : 'line'}
          >
            {changeWords(change)}
          </Key>
        ))}
      </Keys>
      <Key colour="steady" shape="halo">
        {say('corridor.halo')}
      </Key>
    </>
  ),
  Panel: CorridorPanel,
};

function shownOf({
  corridors: { nodes, totalCount, refusal, unknowns, dataWindow },
}: CorridorsAnswer): Shown {
  const rows = nodes.map((node): Row => {
    const change = changeWords(changeOf(node, dataWindow));
    const { incidents, independentOrigins } = node.support;
    return {
      id: node.id,
      name: node.name,
      cells: [
        incidents,
        independentOrigins,
        persons(node.persons),
        seen(node),
        node.widthKm === null ? null : Math.round(node.widthKm),
        change,
      ],
      sentence: say('corridor.hover', {
        name: node.name,
        incidents: say('count.incidents', { count: incidents }),
        origins: say('count.origins', { count: independentOrigins }),
        persons: persons(node.persons),
        change,
      }),
      at: (node.geometry?.coordinates.flat() ?? []) as unknown as readonly Position[],
      opens: true,
    };
  });
  return {
    headline: headlineOf(nodes.length, totalCount),
    columns: [
      { word: 'table.incidents', isNumber: true },
      { word: 'table.origins', isNumber: true },
      { word: 'table.persons', isNumber: false },
      { word: 'table.months', isNumber: false },
      { word: 'table.width', isNumber: true },
      { word: 'table.change', isNumber: false },
    ],
    rows,
    features: featuresOf(
      nodes.flatMap((node) =>
        node.geometry === null
          ? []
          : {
              type: 'Feature',
              geometry: node.geometry,
              properties: {
                id: node.id,
                incidents: node.support.incidents,
                change: changeOf(node, dataWindow),
                ...(node.widthKm === null ? {} : { widthKm: node.widthKm }),
              },
            },
      ),
    ),
    refusal,
    unknowns,
    whenEmpty: 'state.empty.support',
  };
}

function headlineOf(shown: number, total: number): string {
  const all = say('count.corridors', { count: total });
  return shown < total ? say('figure.shown', { shown: number(shown), total: all }) : all;
}
