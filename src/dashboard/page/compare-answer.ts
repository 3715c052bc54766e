/** What is asked and answered of two periods against each other. */
import type { Question } from '../hub/ask.ts';
import { timeFilter } from '../view/asked.ts';
import { EVERYTHING } from '../view/map-view.ts';
import type { Span } from '../view/time-view.ts';

export const GROUPS = [
  'CROSSING_POINT',
  'ORIGIN_COUNTRY',
  'DESTINATION_COUNTRY',
  'MODE',
  'EXPLOITATION',
] as const;
export type Group = (typeof GROUPS)[number];

export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

interface Side {
  readonly incidents: number;
  readonly crossingPoint: { readonly name: string } | null;
  readonly originCountry: string | null;
  readonly destinationCountry: string | null;
  readonly mode: string | null;
  readonly exploitation: string | null;
}

export interface Compared {
  readonly a: Side;
  readonly b: Side;
  readonly per: string;
  readonly status: string;
  readonly q: number | null;
  readonly ratio: Estimate | null;
}

export interface ComparisonAnswer {
  readonly compareFlows: {
    readonly refusal: { readonly reason: string; readonly found: string; readonly wanted: string } | null;
    readonly total: Compared;
    readonly groups: readonly Compared[];
    readonly unknowns: readonly string[];
  };
}

export const comparison = (a: Span, b: Span, by: Group): Question => ({
  query: `query Comparison($a: MovementFilter!, $b: MovementFilter!, $by: [FlowDimension!]!) {
  compareFlows(a: $a, b: $b, groupBy: $by, first: 60) {
    refusal { reason found wanted }
    total {
      per status q
      a { incidents crossingPoint { name } originCountry destinationCountry mode exploitation }
      b { incidents crossingPoint { name } originCountry destinationCountry mode exploitation }
      ratio { value low high }
    }
    groups {
      per status q
      a { incidents crossingPoint { name } originCountry destinationCountry mode exploitation }
      b { incidents crossingPoint { name } originCountry destinationCountry mode exploitation }
      ratio { value low high }
    }
    unknowns
  }
}`,
  variables: { a: occurredIn(a), b: occurredIn(b), by: [by] },
});

const occurredIn = ({ from, to }: Span) => timeFilter({ ...EVERYTHING, from, to });
