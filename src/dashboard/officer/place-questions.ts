/** What is asked about places that wait for a decision, and the acts on them. */
import type { Question } from '../hub/ask.ts';

export interface FoundPlace {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly country: string;
}

export interface WaitingPlace {
  readonly id: string;
  readonly state: number;
  readonly written: string | null;
  readonly home: boolean;
  readonly country: string | null;
  readonly uses: number;
  readonly candidates: readonly { readonly area: string | null; readonly place: FoundPlace }[];
}

export interface WaitingPlacesAnswer {
  readonly placeReview: {
    readonly countUpTo: number;
    readonly nodes: readonly WaitingPlace[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

export const waitingPlaces = (country: string, after: string | null): Question => ({
  query: `query WaitingPlaces($filter: PlaceReviewFilter, $after: String) {
  placeReview(filter: $filter, first: 20, after: $after) {
    countUpTo
    nodes { id state written home country uses candidates { area place { id name kind country } } }
    pageInfo { hasNextPage endCursor }
  }
}`,
  variables: { filter: country === '' ? {} : { country }, after },
});

export interface FoundPlacesAnswer {
  readonly places: { readonly nodes: readonly FoundPlace[] };
}

export const placesThatBegin = (nameBegins: string, country: string | null): Question => ({
  query: `query PlacesThatBegin($filter: PlaceFilter) {
  places(filter: $filter, first: 8) { nodes { id name kind country } }
}`,
  variables: { filter: country === null ? { nameBegins } : { nameBegins, country } },
});

export const RESOLVE_PLACE = `mutation ResolvePlace($referenceId: String!, $expectedState: Int!, $placeId: String, $notAPlace: Boolean, $learn: Boolean!) {
  act: resolvePlace(referenceId: $referenceId, expectedState: $expectedState, placeId: $placeId, notAPlace: $notAPlace, learn: $learn) {
    ... on PlaceResolved { state namesakes } ... on PlaceResolutionRefused { reasons { where found wanted } }
  }
}`;

export const UNDO_PLACE = `mutation UndoPlace($referenceId: String!, $expectedState: Int!) {
  act: undoPlaceResolution(referenceId: $referenceId, expectedState: $expectedState) {
    ... on PlaceResolved { state } ... on PlaceResolutionRefused { reasons { where found wanted } }
  }
}`;
