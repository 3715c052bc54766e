/**
 * The port through which places are found by name or nearness: memory (memory-lookup.ts) or a database
 * answers it.
 */
import type { Position } from '../geo/position.ts';
import type { PlaceId, PlaceKind } from './place-rows.ts';

/** A place, with the alias under which it was found. */
export interface CandidateRow {
  readonly placeId: PlaceId;
  readonly kind: PlaceKind;
  readonly name: string;
  /** The normalised alias that was hit; of `nearest`, the place's own. */
  readonly normalised: string;
  readonly country: string;
  /** Of a crossing point: the two it lies between. */
  readonly borderCountries?: readonly [string, string];
  readonly adminCode: string | null;
  readonly population: number | null;
  readonly position: Position;
  readonly footprintRadiusKm: number;
}

/** Answers may be empty; one place comes once per alias that was hit. */
export interface PlaceLookup {
  byName(normalised: string): readonly CandidateRow[];
  byPhonetic(key: string): readonly CandidateRow[];
  /**
   * Names of one country that differ by a typing mistake or two; the caller ranks them. Without a country
   * there would be too many.
   */
  byLikeness(normalised: string, country: string): readonly CandidateRow[];
  /** Nearest first, a few at most. */
  nearest(position: Position, kinds: readonly PlaceKind[], withinKm: number): readonly CandidateRow[];
}
