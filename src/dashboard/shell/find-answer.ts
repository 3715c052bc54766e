/** What one word may mean: a place by any of its names, a corridor by its name, a report by its own number, an entity by its label, a record by its id. */
import type { Question } from '../hub/ask.ts';
import type { Me } from '../hub/session.ts';

interface FoundReport {
  readonly id: string;
  readonly kind: string;
  readonly recordedAt: string;
  readonly incidents: readonly { readonly id: string }[];
}

export interface Found {
  readonly places?: {
    readonly nodes: readonly {
      readonly id: string;
      readonly name: string;
      readonly kind: string;
      readonly country: string;
      readonly position: { readonly longitude: number; readonly latitude: number };
    }[];
  };
  readonly reports?: {
    readonly nodes: readonly FoundReport[];
  };
  readonly entities?: {
    readonly nodes: readonly {
      readonly id: string;
      readonly kind: string;
      readonly label: string;
      readonly incidents: readonly { readonly id: string }[];
    }[];
  };
  readonly movement?: { readonly id: string; readonly mode: string } | null;
  readonly report?: FoundReport | null;
}

export const SHORTEST = 2;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Only what the role may ask; null for what is too short to mean anything. */
export function findQuestion(text: string, { reads }: Me): Question | null {
  if (text.length < SHORTEST) return null;
  const mayReport = reads.includes('REPORT');
  if (ID.test(text)) return mayReport ? byId(text) : movementById(text);
  return mayReport ? byWords(text) : placesByName(text);
}

const byWords = (text: string): Question => ({
  query: `query Find($text: String!) {
  places(filter: { nameBegins: $text }, first: 6) {
    nodes { id name kind country position { longitude latitude } }
  }
  reports(filter: { externalReference: $text }, first: 6) {
    nodes { id kind recordedAt incidents { id } }
  }
  entities(filter: { label: $text }, first: 6) {
    nodes { id kind label incidents { id } }
  }
}`,
  variables: { text },
});

const placesByName = (text: string): Question => ({
  query: `query FindPlaces($text: String!) {
  places(filter: { nameBegins: $text }, first: 6) {
    nodes { id name kind country position { longitude latitude } }
  }
}`,
  variables: { text },
});

const byId = (id: string): Question => ({
  query: `query FindById($id: String!) {
  movement(id: $id) { id mode }
  report(id: $id) { id kind recordedAt incidents { id } }
}`,
  variables: { id },
});

const movementById = (id: string): Question => ({
  query: `query FindMovement($id: String!) {
  movement(id: $id) { id mode }
}`,
  variables: { id },
});

export interface NamedCorridors {
  readonly corridors: { readonly nodes: readonly { readonly id: string; readonly name: string }[] };
}

/** Corridors of everything: they have names, and no list by name. */
export const CORRIDOR_NAMES: Question = {
  query: `query CorridorNames {
  corridors(first: 200) {
    nodes { id name }
  }
}`,
  variables: {},
};

interface OneMovement {
  readonly nodes: readonly { readonly id: string }[];
}

export interface FirstMovement {
  readonly counted: OneMovement;
  readonly any: OneMovement;
}

/** Of a report or an entity: a movement of its incidents, behind which the report stands. What a check took out of every count is found where there is nothing else. */
export const firstMovement = (incidentIds: readonly string[]): Question => ({
  query: `query FirstMovement($incidentIds: [String!]) {
  counted: movements(filter: { incidentIds: $incidentIds }, first: 1) {
    nodes { id }
  }
  any: movements(filter: { incidentIds: $incidentIds, verifications: [SHOULD_NOT_COUNT] }, first: 1) {
    nodes { id }
  }
}`,
  variables: { incidentIds },
});
