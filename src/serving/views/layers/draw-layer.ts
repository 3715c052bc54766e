/** A layer for partner apps, drawn of the told counts of a view and of nothing else: whoever has the counts could draw it too. */
import type { BorderIndex } from '../../../places/border-index.ts';
import type { CountDimension } from '../count-levels.ts';
import { drawAlerts } from './draw-alerts.ts';
import { drawClusters } from './draw-clusters.ts';
import { drawHotspots } from './draw-hotspots.ts';
import { drawJourneys } from './draw-journeys.ts';
import type { LayerFeature, SharedLayer } from './layer-feature.ts';
import { seriesOf, type ToldCell } from './told-series.ts';

/** Each set of dimensions that a layer can be drawn of, in words of the question. */
const DRAWN_OF: Readonly<Record<SharedLayer, readonly (readonly CountDimension[])[]>> = {
  flows: [['origin', 'destination', 'quarter']],
  corridors: [
    ['origin', 'destination', 'place', 'quarter'],
    ['origin', 'destination', 'area', 'quarter'],
  ],
  route_hotspots: [
    ['place', 'quarter'],
    ['area', 'quarter'],
  ],
  crossing_clusters: [['place', 'quarter']],
  change_alerts: [
    ['origin', 'destination', 'quarter'],
    ['origin', 'quarter'],
    ['destination', 'quarter'],
    ['place', 'quarter'],
    ['area', 'quarter'],
    ['origin', 'destination', 'area', 'quarter'],
  ],
};

export function isDrawnOf(layer: SharedLayer, dimensions: readonly CountDimension[]): boolean {
  return DRAWN_OF[layer].some(
    (wanted) => wanted.length === dimensions.length && wanted.every((one) => dimensions.includes(one)),
  );
}

export function wantedFor(layer: SharedLayer): string {
  return DRAWN_OF[layer].map((dimensions) => `a question by ${dimensions.join(', ')}`).join('; or ');
}

export interface LayerInput {
  readonly layer: SharedLayer;
  readonly dimensions: readonly CountDimension[];
  /** Every told number of the view, of all quarters. */
  readonly cells: readonly ToldCell[];
  /** The first day that is counted nowhere. */
  readonly until: string;
  readonly borders: BorderIndex;
}

/** By id. The order of cells changes nothing. */
export function drawLayer({ layer, dimensions, cells, until, borders }: LayerInput): readonly LayerFeature[] {
  const series = seriesOf(dimensions, cells);
  return DRAWN[layer](series, until, borders).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const DRAWN: Readonly<
  Record<
    SharedLayer,
    (series: ReturnType<typeof seriesOf>, until: string, borders: BorderIndex) => readonly LayerFeature[]
  >
> = {
  flows: drawJourneys,
  corridors: drawJourneys,
  route_hotspots: drawHotspots,
  crossing_clusters: drawClusters,
  change_alerts: drawAlerts,
};
