/** After an interdiction: where it was closed, where the flow could go and went, and what it is held against. */
import { featuresOf, type MapLayer } from '../map/layer.ts';
import type { ColourName } from '../map/look.ts';
import { ClosingChooser } from '../page/closing-chooser.tsx';
import { Key } from '../page/legend-keys.tsx';
import { ClosingPanel } from '../panels/closing-panel.tsx';
import { say, wordFor } from '../words/words.ts';
import {
  type ClosingsAnswer,
  closingQuestion,
  type DisplacementAnswer,
  ZONES,
  type Zone,
} from './closing-answer.ts';
import { closingsOf, storyOf } from './closings-shown.ts';

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
