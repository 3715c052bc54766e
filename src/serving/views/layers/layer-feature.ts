/** What a layer for partner apps is made of: features that are functions of the told counts alone, with places no finer than those of the counts. */
import type { Geometry } from '../../exports/geometry.ts';
import type { PersonsBand } from './persons-band.ts';
import type { Trend } from './told-series.ts';

export const SHARED_LAYERS = [
  'flows',
  'corridors',
  'route_hotspots',
  'crossing_clusters',
  'change_alerts',
] as const;
export type SharedLayer = (typeof SHARED_LAYERS)[number];

export type CountryPair = readonly [string, string];

/** A stage of a journey. Of a transit the H3 cell where a border was crossed, and which border, where that is known. */
export interface LayerStage {
  readonly role: 'source' | 'transit' | 'destination';
  readonly country: string | null;
  readonly cell: string | null;
  readonly border: CountryPair | null;
}

/** `hotspot` only of what is significant among the told cells; anything else is density. */
export type LayerClass = 'hotspot' | 'density';

/** `newly_told`: told for the first time in a year; before it may have been too few, not watched or not found. */
export interface LayerChange {
  readonly direction: 'up' | 'down' | 'newly_told';
  readonly quarter: string;
  /** Of the told quarters of the year before together; null of what is newly told. */
  readonly before: PersonsBand | null;
  readonly quartersBefore: readonly string[];
}

export interface LayerFeature {
  /** The same at every epoch: what it is of, in words and cells. */
  readonly id: string;
  readonly stages: readonly LayerStage[];
  /** H3 cells of the fixed grid that it covers. */
  readonly cells: readonly string[];
  readonly border: CountryPair | null;
  /** The quarters that `persons` are of, as far as they are told. */
  readonly quarters: readonly string[];
  readonly persons: PersonsBand;
  readonly trend: Trend;
  readonly class: LayerClass | null;
  readonly change: LayerChange | null;
  readonly geometry: Geometry;
}
