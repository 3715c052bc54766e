/** What became of crossing clusters from one period to the next, for the layer: rows, rings on the map, and what is asked. */
import type { Row } from '../map/layer.ts';
import type { Filter } from '../view/map-view.ts';
import { month, number, say, small, wordFor } from '../words/words.ts';
import type { CrossingChange } from './cluster-answer.ts';

/** The months that are shown, against as many before them; without any the last twelve. */
export function periodsAsked({ from, to }: Filter): { readonly month?: string; readonly months?: number } {
  const last = to === null ? {} : { month: to };
  if (from === null || to === null) return last;
  const [first, end] = [from, to].map((text) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5)));
  return { ...last, months: Math.min(60, Math.max(1, (end ?? 0) - (first ?? 0) + 1)) };
}

export function changeRow(change: CrossingChange): Row {
  const { id, kind, name, border, incidentsBefore, incidentsAfter, independentOrigins, centre } = change;
  const word = wordFor('crossingChange', kind);
  return {
    id,
    name: say('cluster.change', { change: word, name }),
    cells: [
      border.join('–'),
      say('span', { from: number(incidentsBefore), to: number(incidentsAfter) }),
      independentOrigins,
      say(change.isSignificant ? 'cluster.change.p' : 'cluster.change.chance', { p: small(change.p) }),
      say('span', { from: month(change.from.first), to: month(change.to.last) }),
    ],
    sentence: say('cluster.change.hover', {
      change: word,
      name,
      before: number(incidentsBefore),
      after: number(incidentsAfter),
      chance: say(change.isSignificant ? 'cluster.change.p' : 'cluster.change.chance', {
        p: small(change.p),
      }),
      watching: wordFor('crossingWatching', change.watching),
    }),
    at: [[centre.longitude, centre.latitude]],
    opens: false,
  };
}

export function changeFeature({ id, kind, isSignificant, centre }: CrossingChange): GeoJSON.Feature {
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [centre.longitude, centre.latitude] },
    properties: { change: id, kind, isSignificant, part: 'change' },
  };
}
