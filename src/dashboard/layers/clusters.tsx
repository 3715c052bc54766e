/** Crossing clusters: where along borders people were seen to cross, with the hull of where that was. */
import type { Question } from '../hub/ask.ts';
import { HATCH } from '../map/hatch.ts';
import { featuresOf, type MapLayer, type Row, type Shown } from '../map/layer.ts';
import { ringAround } from '../map/ring.ts';
import { ChangeChooser } from '../page/change-chooser.tsx';
import { Key, Keys } from '../page/legend-keys.tsx';
import { ClusterPanel } from '../panels/spot-panels.tsx';
import { timeFilter } from '../view/asked.ts';
import type { Filter } from '../view/map-view.ts';
import { month, say } from '../words/words.ts';
import type { Cluster, ClustersAnswer } from './cluster-answer.ts';
import { changeFeature, changeRow, periodsAsked } from './crossing-changes.ts';

const question = (filter: Filter, changes: boolean): Question => ({
  query: `query CrossingClusters($filter: CrossingClusterFilter, $month: String, $months: Int, $changes: Boolean!) {
  crossingClusters(filter: $filter) {
    refusal { reason found wanted }
    unknowns
    clusters {
      id name border incidents persons independentOrigins firstMonth lastMonth
      centre { longitude latitude }
      hull
      nearestCrossingPoint { name }
      distanceKm
      howKnown { sentence observed stated inferred }
      incidentIds(first: 50)
    }
    unmonitored { id name borderCountries position { longitude latitude } }
  }
  crossingChanges(month: $month, months: $months, first: 200) @include(if: $changes) {
    refusal { reason found wanted }
    unknowns
    changes {
      id kind name border incidentsBefore incidentsAfter independentOrigins p isSignificant watching
      centre { longitude latitude }
      from { first }
      to { last }
    }
  }
}`,
  variables: { filter: timeFilter(filter), changes, ...(changes ? periodsAsked(filter) : {}) },
});

const CHANGES = [
  ['cluster.changes.opened', 'first'],
  ['cluster.changes.closed', 'gone'],
  ['cluster.changes.other', 'unclear'],
] as const;

export const clusters: MapLayer = {
  id: 'clusters',
  narrowedBy: 'time',
  may: ({ reads }) => reads.includes('MOVEMENT'),
  question: ({ filter, changes }) => question(filter, changes),
  read: (data) => shownOf(data as ClustersAnswer),
  draw: ({ shown, view, look }) => {
    const isOpen = ['==', ['get', 'id'], view.open ?? ''];
    const isPart = (part: string): unknown => ['==', ['get', 'part'], part];
    const isHull = isPart('hull');
    return {
      sources: { clusters: { type: 'geojson', data: shown?.features ?? featuresOf([]) } },
      layers: [
        {
          id: 'cluster-unwatched',
          type: 'fill',
          source: 'clusters',
          filter: isPart('unwatched'),
          paint: { 'fill-pattern': HATCH, 'fill-opacity': 0.7 },
        },
        {
          id: 'cluster-hulls',
          type: 'fill',
          source: 'clusters',
          filter: isHull,
          paint: { 'fill-color': look.point, 'fill-opacity': 0.22 },
        },
        {
          id: 'cluster-hull-edges',
          type: 'line',
          source: 'clusters',
          filter: isHull,
          paint: { 'line-color': look.point, 'line-width': 1 },
        },
        {
          id: 'clusters',
          type: 'circle',
          source: 'clusters',
          filter: isPart('centre'),
          layout: { 'circle-sort-key': ['-', 0, ['get', 'incidents']] },
          paint: {
            'circle-color': look.point,
            'circle-opacity': 0.55,
            'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'incidents']], 1, 4, 16, 26],
            'circle-stroke-color': ['case', isOpen, look.select, look.point],
            'circle-stroke-width': ['case', isOpen, 3, 1.5],
          },
        },
        {
          id: 'cluster-changes',
          type: 'circle',
          source: 'clusters',
          filter: isPart('change'),
          paint: {
            'circle-opacity': 0,
            'circle-color': look.point,
            'circle-radius': 13,
            'circle-stroke-width': ['case', ['get', 'isSignificant'], 4, 1.5],
            'circle-stroke-color': [
              'match',
              ['get', 'kind'],
              'OPENED',
              look.first,
              'CLOSED',
              look.gone,
              look.unclear,
            ],
          },
        },
      ] as never,
      touched: ['clusters', 'cluster-hulls', 'cluster-unwatched', 'cluster-changes'],
    };
  },
  hover: ({ unwatched, change, id }, shown) =>
    shown?.rows.find((row) => row.id === (unwatched ?? change ?? id))?.sentence ?? '',
  Chooser: ChangeChooser,
  Legend: ({ shown, view }) => (
    <>
      <Key colour="point" shape="dot">
        {say('cluster.size')}
      </Key>
      <Key colour="point" shape="area">
        {say('cluster.hull')}
      </Key>
      {shown?.rows.some(({ at }) => at.length === 0) === true && (
        <Key colour="density" shape="hatch">
          {say('cluster.unwatched')}
        </Key>
      )}
      {view.changes && (
        <Keys word="cluster.changes.rings">
          {CHANGES.map(([word, colour]) => (
            <Key key={word} colour={colour} shape="ring">
              {say(word)}
            </Key>
          ))}
        </Keys>
      )}
    </>
  ),
  Panel: ClusterPanel,
};

/** As the answer has it: no open station of the viewer's own is nearer. */
const UNWATCHED_KM = 15;

function shownOf({
  crossingClusters: { clusters: found, refusal, unknowns, unmonitored },
  crossingChanges,
}: ClustersAnswer): Shown {
  const changes = crossingChanges?.changes ?? [];
  const unwatched = unmonitored ?? [];
  return {
    headline: [
      say('count.clusters', { count: found.length }),
      ...(crossingChanges === undefined ? [] : [say('count.changes', { count: changes.length })]),
    ].join(' · '),
    columns: [
      { word: 'table.border', isNumber: false },
      { word: 'table.incidents', isNumber: true },
      { word: 'table.origins', isNumber: true },
      { word: 'table.persons', isNumber: true },
      { word: 'table.months', isNumber: false },
    ],
    rows: [
      ...found.map(
        (one): Row => ({
          id: one.id,
          name: one.name,
          cells: [one.border.join('–'), one.incidents, one.independentOrigins, one.persons, seenSpan(one)],
          sentence: say('cluster.hover', {
            name: one.name,
            incidents: say('count.incidents', { count: one.incidents }),
            origins: say('count.origins', { count: one.independentOrigins }),
            persons: say('count.persons', { count: one.persons }),
          }),
          at: [[one.centre.longitude, one.centre.latitude]],
          opens: true,
        }),
      ),
      ...changes.map(changeRow),
      ...unwatched.map(({ id, name, borderCountries }): Row => {
        const nothing = say('rate.NOT_MONITORED');
        const border = (borderCountries ?? []).join('–');
        const sentence = say('cluster.unwatched.hover', { name });
        // Nowhere to go: what nobody watches is not what is looked at first.
        return {
          id,
          name,
          cells: [border, nothing, nothing, nothing, nothing],
          sentence,
          at: [],
          opens: false,
        };
      }),
    ],
    features: featuresOf([
      ...changes.map(changeFeature),
      ...unwatched.map(
        ({ id, position }): GeoJSON.Feature => ({
          type: 'Feature',
          geometry: { type: 'Polygon', coordinates: [ringAround(position, UNWATCHED_KM)] },
          // Under a name that opens nothing.
          properties: { unwatched: id, part: 'unwatched' },
        }),
      ),
      ...found.flatMap(({ id, incidents, centre, hull }): GeoJSON.Feature[] => [
        { type: 'Feature', geometry: hull, properties: { id, incidents, part: 'hull' } },
        {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: [centre.longitude, centre.latitude] },
          properties: { id, incidents, part: 'centre' },
        },
      ]),
    ]),
    refusal: refusal ?? crossingChanges?.refusal ?? null,
    unknowns: [...new Set([...unknowns, ...(crossingChanges?.unknowns ?? [])])],
    whenEmpty: 'state.empty.filter',
  };
}

function seenSpan({ firstMonth, lastMonth }: Cluster): string {
  if (firstMonth === null || lastMonth === null) return say('not.known');
  return say('span', { from: month(firstMonth), to: month(lastMonth) });
}
