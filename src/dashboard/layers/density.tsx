/** Density: movements counted by the cell they were observed in. A count, and never called a hotspot. */
import { type TotalsAnswer, totals } from '../hub/questions.ts';
import { featuresOf, type MapLayer, type Row, tiles } from '../map/layer.ts';
import { SHADES } from '../map/look.ts';
import { Shades } from '../page/legend-keys.tsx';
import { movementFilter } from '../view/asked.ts';
import { say } from '../words/words.ts';

const STEPS = [1, 5, 20, 80];

export const density: MapLayer = {
  id: 'density',
  narrowedBy: 'movements',
  may: ({ reads }) => reads.includes('MOVEMENT'),
  question: ({ filter }) => totals(movementFilter(filter)),
  read: (data) => ({
    headline: say('count.movements', { count: (data as TotalsAnswer).flows[0]?.movements ?? 0 }),
    columns: [{ word: 'table.movements', isNumber: true }],
    rows: [],
    features: featuresOf([]),
    refusal: null,
    unknowns: [say('density.note'), say('legend.detections')],
    whenEmpty: 'state.empty.filter',
  }),
  draw: ({ look, origin, view }) => ({
    sources: { density: tiles(origin, 'density', movementFilter(view.filter), { maxzoom: 8 }) },
    layers: [
      {
        id: 'density',
        type: 'fill',
        source: 'density',
        'source-layer': 'density',
        paint: {
          'fill-color': [
            'step',
            ['get', 'count'],
            look['shade-0'],
            ...STEPS.flatMap((step, index) => [step, look[SHADES[index + 1] ?? 'shade-4']]),
          ],
          'fill-opacity': 0.75,
          'fill-outline-color': look.land,
        },
      },
    ] as never,
    touched: ['density'],
  }),
  hover: ({ count }) => say('density.hover', { movements: say('count.movements', { count: Number(count) }) }),
  Legend: () => <Shades words={say('density.colour')} steps={STEPS} />,
  Panel: null,
  fromTags: (tags) => {
    const byCell = new Map(tags.map(({ cell, count }) => [String(cell), Number(count)]));
    return [...byCell]
      .sort(([, one], [, other]) => other - one)
      .map(
        ([cell, count]): Row => ({
          id: cell,
          name: cell,
          cells: [count],
          sentence: '',
          at: [],
          opens: false,
        }),
      );
  },
};
