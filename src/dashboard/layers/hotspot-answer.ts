/** What is answered of route hotspots: for the layer and for the panel. */
import type { Shown } from '../map/layer.ts';

export interface HotspotCell {
  readonly id: string;
  readonly class: 'ROUTE_HOTSPOT' | 'COLD_SPOT' | 'DENSITY';
  readonly z: number | null;
  readonly q: number | null;
  readonly incidents: number;
  readonly position: { readonly longitude: number; readonly latitude: number };
  readonly geometry: GeoJSON.MultiPolygon;
  readonly howKnown: {
    readonly sentence: string;
    readonly independentOrigins: number;
    readonly observed: number | null;
    readonly stated: number | null;
    readonly inferred: number | null;
  } | null;
  readonly incidentIds: readonly string[];
}

export interface HotspotsAnswer {
  readonly routeHotspots: {
    readonly hotspots: number;
    readonly parameters: { readonly resolution: number };
    readonly refusal: Shown['refusal'];
    readonly unknowns: readonly string[];
    readonly cells: readonly HotspotCell[];
  };
}
