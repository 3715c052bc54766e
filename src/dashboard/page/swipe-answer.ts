/** What is asked and answered of two periods in all: what was seen in each, per staff-time where that is known, and one over the other. */
import type { Question } from '../hub/ask.ts';
import { movementFilter } from '../view/asked.ts';
import type { Filter } from '../view/map-view.ts';
import type { Span, Swipe } from '../view/time-view.ts';
import { number, say, small, wordFor } from '../words/words.ts';
import type { Compared, Estimate } from './compare-answer.ts';

export interface PeriodTotal {
  readonly incidents: number;
  readonly independentOrigins: number;
  readonly detectionsPerStaffMonth: {
    readonly rate: number | null;
    readonly low: number | null;
    readonly high: number | null;
  } | null;
}

interface Total {
  readonly a: PeriodTotal;
  readonly b: PeriodTotal;
  readonly per: string;
  readonly status: string;
  readonly ratio: Estimate | null;
}

export interface PeriodsAnswer {
  readonly compareFlows: {
    readonly refusal: { readonly reason: string; readonly found: string; readonly wanted: string } | null;
    readonly total: Total;
    readonly groups: readonly Compared[];
    readonly unknowns: readonly string[];
  };
}

export const within = (filter: Filter, { from, to }: Span): Filter => ({ ...filter, from, to });

export const periodsQuestion = (filter: Filter, { a, b }: Swipe): Question => ({
  query: `query Periods($a: MovementFilter!, $b: MovementFilter!) {
  compareFlows(a: $a, b: $b, groupBy: [CROSSING_POINT], first: 60) {
    refusal { reason found wanted }
    total {
      per status
      a { incidents independentOrigins detectionsPerStaffMonth { rate low high } }
      b { incidents independentOrigins detectionsPerStaffMonth { rate low high } }
      ratio { value low high }
    }
    groups {
      per status q
      a { incidents crossingPoint { name } }
      b { incidents crossingPoint { name } }
      ratio { value low high }
    }
    unknowns
  }
}`,
  variables: { a: movementFilter(within(filter, a)), b: movementFilter(within(filter, b)) },
});

export function totalWords({ incidents, independentOrigins }: PeriodTotal): string {
  return say('swipe.total', {
    incidents: say('count.incidents', { count: incidents }),
    origins: say('count.origins', { count: independentOrigins }),
  });
}

export function rateWords({ detectionsPerStaffMonth: known }: PeriodTotal): string {
  if (known === null || known.rate === null) return say('swipe.rate.none');
  return say('swipe.rate', { rate: endsOf({ value: known.rate, low: known.low, high: known.high }, small) });
}

/** Of the right over the left; in words where they cannot be compared. */
export function ratioWords({ status, per, ratio }: Pick<Total, 'status' | 'per' | 'ratio'>): string {
  if (status !== 'COMPARED' || ratio === null) return wordFor('compared', status);
  return say('swipe.ratio', {
    ratio: endsOf(ratio, (value) => say('ratio.times', { value: small(value) })),
    per: wordFor('per', per),
  });
}

function endsOf({ value, low, high }: Estimate, told: (value: number) => string): string {
  const end = (one: number | null): string => (one === null ? say('interval.none') : small(one));
  return say('interval', {
    estimate: value === null ? say('interval.none') : told(value),
    low: end(low),
    high: end(high),
  });
}

export function groupCells({ a, b, ratio, status, q }: Compared): readonly (string | number | null)[] {
  const name = (a.incidents > 0 ? a : b).crossingPoint?.name ?? say('not.known');
  const isCompared = status === 'COMPARED' && ratio !== null;
  return [
    name,
    number(a.incidents),
    number(b.incidents),
    isCompared
      ? endsOf(ratio, (value) => say('ratio.times', { value: small(value) }))
      : wordFor('compared', status),
    q === null ? null : small(q),
  ];
}
