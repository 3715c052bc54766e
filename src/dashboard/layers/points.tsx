/** Crossings and incidents where they are: counted from afar, one by one from nearby, and areas where nothing finer is shown. */
import type { Question } from '../hub/ask.ts';
import { featuresOf, type MapLayer, type Row, type Shown, type Tags, tiles } from '../map/layer.ts';
import { Key } from '../page/legend-keys.tsx';
import { RecordPanel } from '../panels/record-panel.tsx';
import { timeFilter } from '../view/asked.ts';
import { dayOf, say, wordFor } from '../words/words.ts';
import type { Listed, PointsAnswer } from './points-answer.ts';

const crossingsQuestion = (filter: Tags): Question => ({
  query: `query Crossings($filter: CrossingFilter) {
  crossings(filter: $filter, first: 500) {
    countUpTo
    nodes { id kind fromCountry toCountry occurred { from } persons { min max } position { longitude latitude } movement { id } }
  }
}`,
  variables: { filter },
});

const incidentsQuestion = (filter: Tags): Question => ({
  query: `query Incidents($filter: IncidentFilter) {
  incidents(filter: $filter, first: 500) {
    countUpTo
    nodes { id kind country occurred { from } persons { min max } position { longitude latitude } movements { id } }
  }
}`,
  variables: { filter },
});

export const crossings = pointsLayer(
  'crossings',
  'MOVEMENT',
  crossingsQuestion,
  ({ fromCountry, toCountry, kind }) => ({
    name: `${fromCountry ?? ''} – ${toCountry ?? ''}`,
    kind: wordFor('known', kind),
  }),
);

export const incidents = pointsLayer('incidents', 'INCIDENT', incidentsQuestion, ({ country, kind }) => ({
  name: wordFor('incidentKind', kind),
  kind: country ?? say('not.known'),
}));

function pointsLayer(
  id: 'crossings' | 'incidents',
  reads: string,
  question: (filter: Tags) => Question,
  named: (one: Listed) => { readonly name: string; readonly kind: string },
): MapLayer {
  return {
    id,
    narrowedBy: 'time',
    may: (me) => me.reads.includes(reads),
    question: ({ filter }) => question(timeFilter(filter)),
    read: (data): Shown => {
      const { nodes, countUpTo } = (data as PointsAnswer)[id];
      const total = say(id === 'crossings' ? 'count.crossings' : 'count.incidents', { count: countUpTo });
      return {
        headline: nodes.length < countUpTo ? say('figure.shown', { shown: nodes.length, total }) : total,
        columns: [
          { word: id === 'crossings' ? 'table.kind' : 'table.country', isNumber: false },
          { word: 'table.when', isNumber: false },
          { word: 'table.persons', isNumber: true },
        ],
        rows: nodes.map((one): Row => {
          const { name, kind } = named(one);
          const { position } = one;
          return {
            id: one.id,
            name,
            cells: [kind, one.occurred === null ? null : dayOf(one.occurred.from), one.persons.min],
            sentence: say('points.hoverOne'),
            at: position === null ? [] : [[position.longitude, position.latitude]],
            opens: true,
          };
        }),
        features: featuresOf([]),
        refusal: null,
        unknowns: [say('legend.detections')],
        whenEmpty: 'state.empty.filter',
      };
    },
    draw: ({ look, origin, view }) => ({
      sources: { points: tiles(origin, id, timeFilter(view.filter), { maxzoom: 16 }) },
      layers: [
        {
          id: 'point-areas',
          type: 'fill',
          source: 'points',
          'source-layer': `${id}-cells`,
          paint: { 'fill-color': look.density, 'fill-opacity': 0.25, 'fill-outline-color': look.density },
        },
        {
          id: 'points',
          type: 'circle',
          source: 'points',
          'source-layer': id,
          paint: {
            'circle-color': look.point,
            'circle-opacity': 0.6,
            'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'count']], 1, 4, 16, 20],
            'circle-stroke-color': [
              'case',
              ['==', ['coalesce', ['get', 'id'], ''], view.open ?? '-'],
              look.select,
              look.land,
            ],
            'circle-stroke-width': ['case', ['==', ['coalesce', ['get', 'id'], ''], view.open ?? '-'], 3, 1],
          },
        },
      ] as never,
      touched: ['points', 'point-areas'],
    }),
    hover: ({ count, cell }) => {
      const records = say(id === 'crossings' ? 'count.crossings' : 'count.incidents', {
        count: Number(count),
      });
      if (cell !== undefined) return say('points.hoverArea', { records });
      return Number(count) === 1 ? say('points.hoverOne') : say('points.hover', { records });
    },
    Legend: () => (
      <>
        <Key colour="point" shape="dot">
          {say('points.one')}
        </Key>
        <Key colour="point" shape="ring">
          {say('points.many')}
        </Key>
        <Key colour="density" shape="area">
          {say('points.area')}
        </Key>
      </>
    ),
    Panel: RecordPanel,
  };
}
