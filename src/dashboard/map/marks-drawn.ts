/** What was done on the way, over whatever layer is drawn. */
import { MARK_COLOURS, MARK_SHAPES, type Mark, markSentence } from '../layers/mark-answer.ts';
import type { Filter } from '../view/map-view.ts';
import { type Drawing, featuresOf, type Tags } from './layer.ts';
import type { Look } from './look.ts';
import { markIcon } from './mark-icons.ts';

const MARKS = 'marks';

/** Of the months that are shown. */
export function marksWithin(
  marks: readonly Mark[],
  { from, to }: Pick<Filter, 'from' | 'to'>,
): readonly Mark[] {
  return marks.filter(({ day }) => {
    const month = day.slice(0, 7);
    return (from === null || month >= from) && (to === null || month <= to);
  });
}

/** Null where something else is pointed at. */
export function hoverOf({ mark }: Tags, marks: readonly Mark[]): string | null {
  const found = marks.find(({ id }) => id === mark);
  return found === undefined ? null : markSentence(found);
}

export function withMarks(
  drawing: Drawing,
  marks: readonly Mark[],
  look: Look,
  open: string | null,
): Drawing {
  const colour = [
    'match',
    ['get', 'shape'],
    ...MARK_SHAPES.flatMap((shape) => [shape, look[MARK_COLOURS[shape]]]),
    look.point,
  ];
  const isOpen = ['==', ['get', 'mark'], open ?? ''];
  const features = marks.flatMap(({ id, shape, position }): GeoJSON.Feature[] =>
    position === null
      ? []
      : [
          {
            type: 'Feature',
            geometry: { type: 'Point', coordinates: [position.longitude, position.latitude] },
            properties: { mark: id, shape, icon: markIcon(shape) },
          },
        ],
  );
  return {
    sources: { ...drawing.sources, [MARKS]: { type: 'geojson', data: featuresOf(features) } },
    layers: [
      ...drawing.layers,
      ...([
        {
          id: MARKS,
          type: 'circle',
          source: MARKS,
          paint: {
            'circle-color': look.land,
            'circle-radius': 9,
            'circle-stroke-color': ['case', isOpen, look.select, colour],
            'circle-stroke-width': ['case', isOpen, 3, 1.5],
          },
        },
        {
          id: 'mark-signs',
          type: 'symbol',
          source: MARKS,
          layout: { 'icon-image': ['get', 'icon'], 'icon-size': 0.85, 'icon-allow-overlap': true },
          paint: { 'icon-color': colour },
        },
      ] as never[]),
    ],
    // First: they lie above what else is there.
    touched: [MARKS, ...drawing.touched],
  };
}
