/** Questions that more than one part of the dashboard asks; those of a layer or a panel stand beside it. */
import type { Question } from './ask.ts';

export type Variables = Readonly<Record<string, unknown>>;

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

/** By country, of the role: a country that is passed twice in one kind of chain stands at several stages. */
export function byCountry(nodes: readonly StageNode[], role: string): ReadonlyMap<string | null, StageNode> {
  const sums = new Map<string | null, StageNode>();
  for (const node of nodes) {
    if (node.role !== role) continue;
    const before = sums.get(node.country);
    sums.set(node.country, {
      ...node,
      incidents: node.incidents + (before?.incidents ?? 0),
      movements: node.movements + (before?.movements ?? 0),
    });
  }
  return sums;
}
