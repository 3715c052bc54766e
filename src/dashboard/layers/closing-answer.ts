/** What is asked and answered of a closing: those there are, and where the flow went after one. */
import type { Question } from '../hub/ask.ts';
import type { Known } from '../hub/questions.ts';
import type { Shown } from '../map/layer.ts';
import { type AskedFilter, monthAfter, movementFilter } from '../view/asked.ts';
import type { Closing, MapView } from '../view/map-view.ts';

interface Spot {
  readonly longitude: number;
  readonly latitude: number;
}

interface NamedPlace {
  readonly id: string;
  readonly name: string;
  readonly position: Spot;
}

export interface KnownClosing {
  readonly id: string;
  readonly kind: string;
  readonly basis: string;
  readonly occurredOn: string;
  readonly country: string | null;
  readonly position: Spot | null;
  readonly place: { readonly name: string } | null;
}

export interface ClosingsAnswer {
  readonly interdictions: { readonly nodes: readonly KnownClosing[] };
  readonly flows: readonly { readonly incidents: number; readonly crossingPoint: NamedPlace | null }[];
}

/** Closings that the viewer sees, and the crossing points at which anything was seen: one of them can be asked about with a day. */
export const CLOSINGS: Question = {
  query: `query Closings {
  interdictions(filter: { kinds: [CROSSING_CLOSED, ROAD_CLOSED] }, first: 200) {
    nodes { id kind basis occurredOn country position { longitude latitude } place { name } }
  }
  flows(groupBy: [CROSSING_POINT], orderBy: [{ figure: INCIDENTS }], first: 200) {
    incidents crossingPoint { id name position { longitude latitude } }
  }
}`,
  variables: {},
};

export const ZONES = ['CLOSED', 'ALTERNATIVES', 'CONTROL', 'CONTROL_OF_ALTERNATIVES'] as const;
export type Zone = (typeof ZONES)[number];

interface Interval {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}

interface Span {
  readonly first: string;
  readonly last: string;
}

export interface ZoneCrossing {
  readonly zone: Zone;
  readonly reason: string;
  readonly before: number;
  readonly after: number;
  readonly distanceKm: number | null;
  readonly crossingPoint: NamedPlace | null;
}

export interface Displacement {
  readonly refusal: Shown['refusal'];
  readonly finding: string | null;
  readonly closed: readonly NamedPlace[];
  readonly interdiction: { readonly occurredOn: string } | null;
  readonly before: Span | null;
  readonly after: Span | null;
  readonly difference: Interval | null;
  readonly quotient: Interval | null;
  readonly displaced: Interval | null;
  readonly local: number | null;
  readonly pLocal: number | null;
  readonly pDisplaced: number | null;
  readonly lagMonths: number | null;
  readonly zones: readonly {
    readonly zone: Zone;
    readonly before: number;
    readonly after: number;
    readonly effort: { readonly before: number; readonly after: number } | null;
    readonly months: readonly { readonly month: string; readonly incidents: number }[];
    readonly howKnown: Known | null;
  }[];
  readonly crossings: readonly ZoneCrossing[];
  readonly unknowns: readonly string[];
}

export interface DisplacementAnswer {
  readonly displacement: Displacement;
}

export function closingQuestion({ closing, filter }: MapView): Question {
  return closing === null
    ? CLOSINGS
    : displacement(closing, movementFilter({ ...filter, from: null, to: null }));
}

const displacement = ({ id, on, months }: Closing, filter: AskedFilter): Question => ({
  query: `query Displacement($interdiction: String, $crossingPoints: [String!], $on: String, $months: Int!, $ringKm: Float!, $filter: MovementFilter) {
  displacement(interdiction: $interdiction, crossingPoints: $crossingPoints, on: $on, months: $months, ringKm: $ringKm, filter: $filter) {
    refusal { reason found wanted }
    finding
    closed { id name position { longitude latitude } }
    interdiction { occurredOn }
    before { first last }
    after { first last }
    difference { estimate low high }
    quotient { estimate low high }
    displaced { estimate low high }
    local pLocal pDisplaced lagMonths
    zones {
      zone before after
      effort { before after }
      months { month incidents }
      howKnown { sentence observed stated inferred }
    }
    crossings {
      zone reason before after distanceKm
      crossingPoint { id name position { longitude latitude } }
    }
    unknowns
  }
}`,
  variables: {
    ...(on === null ? { interdiction: id } : { crossingPoints: [id], on }),
    months,
    ringKm: RING_KM,
    filter,
  },
});

/** As the schema has it unless asked otherwise. */
export const RING_KM = 30;

/** A crossing may be an alternative of some journeys and a control of others. */
export const crossingRow = (zone: Zone, id: string): string => `${zone}-${id}`;

/** The day it was closed, as far as the answer or the question says. */
export function closingDay(answer: Displacement, closing: Closing | null): string | null {
  return answer.interdiction?.occurredOn ?? closing?.on ?? null;
}

/** Months with nothing stand there too, so that the last before is one before the first after. */
export function monthsBetween({ first, last }: Span): readonly string[] {
  const all: string[] = [];
  for (let at = first; at <= last && all.length < 120; at = monthAfter(at)) all.push(at);
  return all;
}

/** What is open when no one crossing of the story is. */
export const STORY = 'story';
