/** What is answered of crossing clusters: for the layer and for the panel. */
import type { Known } from '../hub/questions.ts';
import type { Shown } from '../map/layer.ts';

export interface Cluster {
  readonly id: string;
  readonly name: string;
  readonly border: readonly string[];
  readonly incidents: number;
  readonly persons: number;
  readonly independentOrigins: number;
  readonly firstMonth: string | null;
  readonly lastMonth: string | null;
  readonly centre: { readonly longitude: number; readonly latitude: number };
  readonly hull: GeoJSON.MultiPolygon;
  readonly nearestCrossingPoint: { readonly name: string } | null;
  readonly distanceKm: number | null;
  readonly howKnown: Known | null;
  readonly incidentIds: readonly string[];
}

export interface CrossingChange {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly border: readonly string[];
  readonly incidentsBefore: number;
  readonly incidentsAfter: number;
  readonly independentOrigins: number;
  readonly p: number;
  readonly isSignificant: boolean;
  readonly watching: string;
  readonly centre: { readonly longitude: number; readonly latitude: number };
  readonly from: { readonly first: string };
  readonly to: { readonly last: string };
}

export interface ClustersAnswer {
  /** Where it was asked for. */
  readonly crossingChanges?: {
    readonly refusal: Shown['refusal'];
    readonly unknowns: readonly string[];
    readonly changes: readonly CrossingChange[];
  };
  readonly crossingClusters: {
    readonly refusal: Shown['refusal'];
    readonly unknowns: readonly string[];
    readonly clusters: readonly Cluster[];
    /** Null for who sees no staff-time. */
    readonly unmonitored:
      | readonly {
          readonly id: string;
          readonly name: string;
          readonly borderCountries: readonly string[] | null;
          readonly position: { readonly longitude: number; readonly latitude: number };
        }[]
      | null;
  };
}
