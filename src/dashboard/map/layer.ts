/** What a layer of the map is. A new one is an object of this shape, in the list of layers/every-layer.ts. */
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { ComponentType } from 'react';
import type { Question } from '../hub/ask.ts';
import type { Me } from '../hub/session.ts';
import type { Countries } from '../page/countries.ts';
import type { LayerId, MapView } from '../view/map-view.ts';
import type { WordKey } from '../words/words.ts';
import type { Look } from './look.ts';

export type Cell = string | number | null;
export type Position = readonly [longitude: number, latitude: number];

export interface Row {
  /** Opaque; of what the row opens, when it opens. */
  readonly id: string;
  readonly name: string;
  /** As many as the columns behind the name. */
  readonly cells: readonly Cell[];
  /** For whoever points at it. */
  readonly sentence: string;
  /** To go there; none where it is nowhere in particular. */
  readonly at: readonly Position[];
  /** Whether there is a panel behind it. */
  readonly opens: boolean;
}

/** The answer of a layer, ready to be drawn, listed and explained. */
export interface Shown {
  /** Like "35 corridors". */
  readonly headline: string;
  readonly columns: readonly { readonly word: WordKey; readonly isNumber: boolean }[];
  readonly rows: readonly Row[];
  readonly features: GeoJSON.FeatureCollection;
  readonly refusal: { readonly reason: string; readonly found: string; readonly wanted: string } | null;
  /** As the answer gives them. */
  readonly unknowns: readonly string[];
  /** Why there may be no rows. */
  readonly whenEmpty: WordKey;
}

export interface Drawing {
  readonly sources: Readonly<Record<string, SourceSpecification>>;
  readonly layers: readonly LayerSpecification[];
  /** Layers that answer to the pointer; their features carry `id` where they open. */
  readonly touched: readonly string[];
}

export interface DrawingTable {
  readonly shown: Shown | null;
  readonly view: MapView;
  readonly look: Look;
  /** Of this hub, for addresses of tiles. */
  readonly origin: string;
}

export interface ChooserProps {
  readonly view: MapView;
  readonly change: (part: Partial<MapView>) => void;
}

export interface PanelProps {
  readonly id: string;
  readonly data: unknown;
  readonly view: MapView;
  readonly openMovement: (id: string) => void;
  readonly openRow: (id: string) => void;
}

export type Tags = Readonly<Record<string, unknown>>;

export interface MapLayer {
  readonly id: LayerId;
  /** `time`: countries, means and verification cannot be asked of it. */
  readonly narrowedBy: 'movements' | 'time';
  /** Whether this viewer may ask at all; a layer that they may not is not there. */
  readonly may: (me: Me) => boolean;
  readonly question: (view: MapView) => Question;
  /** What is asked once a row is open, where that is more than the answer of all holds. */
  readonly evidence?: (view: MapView, id: string) => Question;
  readonly read: (data: unknown, view: MapView, countries: Countries) => Shown;
  readonly draw: (table: DrawingTable) => Drawing;
  readonly hover: (tags: Tags, shown: Shown | null) => string;
  readonly Legend: ComponentType<{ readonly view: MapView; readonly shown: Shown | null }>;
  /** What has to be, or may be, chosen of it, under the list of layers. */
  readonly Chooser?: ComponentType<ChooserProps>;
  /** What a row opens; null where rows open nothing. */
  readonly Panel: ComponentType<PanelProps> | null;
  /** Where rows are movements by their ids, or open them: the movement behind a row. */
  readonly movementOf?: (data: unknown, id: string) => string | null;
  /** Where the table lists what the map has drawn: rows from the features in view. */
  readonly fromTags?: (tags: readonly Tags[]) => readonly Row[];
}

/** Vector tiles of the hub, narrowed as the layer is. */
export function tiles(
  origin: string,
  layer: string,
  filter: Readonly<Record<string, unknown>>,
  zooms: { readonly minzoom?: number; readonly maxzoom: number },
): SourceSpecification {
  const narrowed =
    Object.keys(filter).length === 0 ? '' : `?filter=${encodeURIComponent(JSON.stringify(filter))}`;
  return { type: 'vector', tiles: [`${origin}/tiles/${layer}/{z}/{x}/{y}.mvt${narrowed}`], ...zooms };
}

/** So many km as wide on the screen as on the ground, at this latitude. */
export function widthOfKm(km: unknown, latitude = 25): unknown {
  const pixels = 1000 / (78_271.517 * Math.cos((latitude * Math.PI) / 180));
  const at = (zoom: number): unknown => ['*', km, pixels * 2 ** zoom];
  return ['interpolate', ['exponential', 2], ['zoom'], 0, at(0), 16, at(16)];
}

export function featuresOf(features: readonly GeoJSON.Feature[]): GeoJSON.FeatureCollection {
  return { type: 'FeatureCollection', features: [...features] };
}
