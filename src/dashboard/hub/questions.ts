/** Questions that more than one part of the dashboard asks; those of a layer or a panel stand beside it. */
import type { Question } from './ask.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** How a figure is known: shares of its stops, and one sentence on what it does not know. */
export interface Known {
  readonly sentence: string;
  readonly observed: number | null;
  readonly stated: number | null;
  readonly inferred: number | null;
}

export interface Interval {
  readonly min: number;
  readonly max: number | null;
}

export interface CountryRow {
  readonly country: string;
  readonly name: string;
  readonly position: { readonly longitude: number; readonly latitude: number };
}

export const COUNTRIES: Question = {
  query: `query Countries {
  places(filter: { kinds: [COUNTRY] }, first: 500) {
    nodes { country name position { longitude latitude } }
  }
}`,
  variables: {},
};

export interface TotalsAnswer {
  readonly flows: readonly {
    readonly incidents: number;
    readonly movements: number;
    readonly independentOrigins: number;
    readonly persons: Interval;
  }[];
}

export const totals = (filter: Variables): Question => ({
  query: `query Totals($filter: MovementFilter) {
  flows(groupBy: [], filter: $filter) {
    incidents movements independentOrigins persons { min max }
  }
}`,
  variables: { filter },
});

export interface MonthsAnswer {
  readonly flows: readonly { readonly period: string | null; readonly incidents: number }[];
}

export const months = (filter: Variables): Question => ({
  query: `query Months($filter: MovementFilter) {
  flows(groupBy: [MONTH], filter: $filter, first: 500) {
    period incidents
  }
}`,
  variables: { filter },
});

export interface StageNode {
  readonly country: string | null;
  readonly role: string;
  readonly incidents: number;
  readonly movements: number;
}

export interface StagesAnswer {
  readonly stageFlows: {
    readonly movements: number;
    readonly nodes: readonly StageNode[];
  };
}

export const stages = (filter: Variables): Question => ({
  query: `query Stages($filter: MovementFilter) {
  stageFlows(filter: $filter) {
    movements
    nodes { country role incidents movements }
  }
}`,
  variables: { filter },
});

export interface UnderWay {
  readonly myAnalyses: readonly {
    readonly id: string;
    readonly name: string;
    readonly progress: number | null;
  }[];
}

export const UNDER_WAY: Question = {
  query: `query UnderWay {
  myAnalyses { id name progress }
}`,
  variables: {},
};

/** In `flows` an incident counts once for a country, however many of its movements play there: nothing is to be added up. */
export interface RoleCount {
  readonly country: string | null;
  readonly incidents: number;
  readonly movements: number;
}

export interface RolesAnswer {
  readonly source: readonly (Omit<RoleCount, 'country'> & { readonly originCountry: string | null })[];
  readonly transit: readonly (Omit<RoleCount, 'country'> & { readonly transitCountry: string | null })[];
  readonly destination: readonly (Omit<RoleCount, 'country'> & {
    readonly destinationCountry: string | null;
  })[];
}

export const roleCounts = (filter: Variables): Question => ({
  query: `query Roles($filter: MovementFilter) {
  source: flows(groupBy: [ORIGIN_COUNTRY], filter: $filter) {
    originCountry incidents movements
  }
  transit: flows(groupBy: [TRANSIT_COUNTRY], filter: $filter) {
    transitCountry incidents movements
  }
  destination: flows(groupBy: [DESTINATION_COUNTRY], filter: $filter) {
    destinationCountry incidents movements
  }
}`,
  variables: { filter },
});

/** The most incidents first. */
export function countsOf(
  answer: RolesAnswer,
  role: 'SOURCE' | 'TRANSIT' | 'DESTINATION',
): readonly RoleCount[] {
  const counts = {
    SOURCE: () => answer.source.map((one) => ({ ...one, country: one.originCountry })),
    TRANSIT: () => answer.transit.map((one) => ({ ...one, country: one.transitCountry })),
    DESTINATION: () => answer.destination.map((one) => ({ ...one, country: one.destinationCountry })),
  }[role]();
  return counts.sort((one, other) => other.incidents - one.incidents);
}
