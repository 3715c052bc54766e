/** What is asked about a place, and what the answer may be. */
import type { Position } from '../geo/position.ts';
import type { PlaceLevel } from '../kernel/vocabulary.ts';
import type { PlaceId } from './place-rows.ts';

/**
 * As a source gave it (a PlaceDraft fits), with positions of the same movement or report, which make near
 * places likelier.
 */
export interface PlaceQuery {
  readonly text: string | null;
  readonly position: Position | null;
  /** Alpha-3. */
  readonly country: string | null;
  readonly level: PlaceLevel;
  readonly uncertaintyKm: number | null;
  readonly hints?: readonly Position[];
}

interface Noted {
  /** What did not fit, in plain words that repeat nothing of the text; empty when all fits. */
  readonly notes: readonly string[];
}

export interface ResolvedPlace extends Noted {
  readonly kind: 'resolved';
  /** Null for a position with no known place near it. */
  readonly placeId: PlaceId | null;
  readonly position: Position;
  /** Null at sea. */
  readonly country: string | null;
  readonly level: PlaceLevel;
  readonly uncertaintyKm: number;
  /** 0–1: the weight of this answer against all that were possible, less for spelling and contradictions. */
  readonly confidence: number;
}

export interface PlaceCandidates extends Noted {
  readonly kind: 'candidates';
  /** Heaviest first; weights sum to 1. */
  readonly candidates: readonly { readonly placeId: PlaceId; readonly weight: number }[];
  /** Whether it is one of them at all; if not, not even their common country is known. */
  readonly isOneOfThem: boolean;
}

export interface UnresolvedPlace extends Noted {
  readonly kind: 'unresolved';
  /**
   * `nothing_said`: empty, or says that nobody knows. `region`: a part of the world, not one country.
   * `no_match`: no such name.
   */
  readonly reason: 'nothing_said' | 'region' | 'no_match';
  /** The alpha-3 codes a region covers; empty for anywhere. */
  readonly countries: readonly string[];
}

export type Resolution = ResolvedPlace | PlaceCandidates | UnresolvedPlace;

/** Several places were named: each is as likely as the next, and what of them is not known is said. */
export function anyOf(answers: readonly Resolution[]): Resolution {
  const weights = new Map<PlaceId, number>();
  const add = (placeId: PlaceId, weight: number): unknown =>
    weights.set(placeId, (weights.get(placeId) ?? 0) + weight);
  for (const answer of answers) {
    if (answer.kind === 'candidates')
      for (const { placeId, weight } of answer.candidates) add(placeId, weight);
    else if (answer.kind === 'resolved' && answer.placeId !== null) add(answer.placeId, 1);
  }
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const notes = [...new Set(answers.flatMap((answer) => answer.notes)), `${answers.length} places are named`];
  if (total === 0) {
    const countries = answers.flatMap((answer) => (answer.kind === 'unresolved' ? answer.countries : []));
    const reason = answers.some((answer) => answer.kind === 'unresolved' && answer.reason === 'region')
      ? 'region'
      : 'no_match';
    return { kind: 'unresolved', reason, countries: [...new Set(countries)].sort(), notes };
  }
  const candidates = [...weights].map(([placeId, weight]) => ({ placeId, weight: weight / total }));
  const isOneOfThem = answers.every((answer) => answer.kind !== 'candidates' || answer.isOneOfThem);
  return {
    kind: 'candidates',
    candidates: candidates.sort((a, b) => b.weight - a.weight),
    isOneOfThem,
    notes,
  };
}
