/** The rows of the gazetteer, as the database stores them, and their ids. */
import { hash } from 'node:crypto';
import type { Position } from '../geo/position.ts';
import type { Id } from '../kernel/ids.ts';

export type PlaceId = Id<'place'>;

export const PLACE_KINDS = [
  'country',
  'admin_area',
  'crossing_point',
  'monitoring_station',
  'locality',
] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

export interface PlaceRow {
  readonly id: PlaceId;
  readonly kind: PlaceKind;
  readonly name: string;
  /**
   * ISO 3166-1 alpha-3, XKX for Kosovo. Of a crossing point: the side its town lies on, else the first of its
   * pair.
   */
  readonly country: string;
  /**
   * GeoNames, "NP.3" (first level) or "NP.3.12095487" (second level): of the area itself, or the finest one a
   * locality is in.
   */
  readonly adminCode: string | null;
  /**
   * Null where nobody counted, and of countries. Of an area: the sum of its listed localities, so too low.
   */
  readonly population: number | null;
  /**
   * A representative point inside the footprint; of a country or area never a place where something happened.
   */
  readonly position: Position;
  /** Radius in km around `position` in which (nearly) all of the place lies. */
  readonly footprintRadiusKm: number;
  /** Where the row comes from: "geonames", "world-countries", "general-knowledge", "derived". */
  readonly source: string;
  /** Of crossing points only: alphabetical. */
  readonly borderCountries?: readonly [string, string];
  /**
   * Of crossing points only: true when nobody says that there is a crossing, only that a town lies at the
   * border.
   */
  readonly derived?: boolean;
}

export interface AliasRow {
  readonly placeId: PlaceId;
  /** As written by the source; the place's own name is an alias too. */
  readonly name: string;
  /** ISO 639, "und" where the source does not say (all of GeoNames). */
  readonly language: string;
  /** `normaliseName(name)`: unique within a place. */
  readonly normalised: string;
}

/** The namespace of all place ids; it must never change, or every hub's places become others. */
const NAMESPACE = Buffer.from('5b1f0e8a7c8d4f5e9a63d2b4c1e07f36', 'hex');

/**
 * A version 5 UUID (RFC 9562) of the source and its own key: the same on every machine, and after every
 * rebuild.
 */
export function placeId(source: string, key: string): PlaceId {
  const hex = hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(`${source}:${key}`)]), 'hex');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}` as PlaceId;
}
