/** What is asked of corridors, and how one changed: for the layer and for the panel. */
import type { Question } from '../hub/ask.ts';
import type { Interval, Known } from '../hub/questions.ts';
import type { Shown } from '../map/layer.ts';
import type { ColourName } from '../map/look.ts';
import { monthAfter } from '../view/asked.ts';
import { month, say } from '../words/words.ts';

export interface Corridor {
  readonly id: string;
  readonly name: string;
  readonly geometry: GeoJSON.MultiLineString | null;
  readonly widthKm: number | null;
  readonly lengthKm: number;
  readonly firstMonth: string | null;
  readonly lastMonth: string | null;
  readonly support: {
    readonly incidents: number;
    readonly independentOrigins: number;
    readonly movements: number;
    readonly owners: number;
  };
  readonly persons: Interval;
  readonly trend: { readonly status: string; readonly slopePerMonth: number | null };
  readonly seasonality: {
    readonly status: string;
    readonly strength: number | null;
    readonly peakMonth: number | null;
  };
  readonly months: readonly { readonly month: string; readonly incidents: number }[];
  readonly stages: readonly {
    readonly name: string;
    readonly role: string;
    readonly country: string | null;
    readonly uncertaintyKm: number | null;
  }[];
  readonly alternativeIds: readonly string[];
  readonly unknowns: readonly string[];
}

/** What one of them stands on. */
export interface CorridorEvidence extends Corridor {
  readonly howKnown: Known | null;
  readonly next: readonly { readonly name: string; readonly probability: number }[];
  readonly movementIds: readonly string[];
}

export interface CorridorsAnswer {
  readonly corridors: {
    readonly totalCount: number;
    readonly dataWindow: { readonly first: string; readonly last: string } | null;
    readonly refusal: Shown['refusal'];
    readonly unknowns: readonly string[];
    readonly nodes: readonly Corridor[];
  };
}

export const corridorsQuestion = (filter: Readonly<Record<string, unknown>>): Question => ({
  query: `query Corridors($filter: MovementFilter) {
  corridors(filter: $filter, first: 150) {
    totalCount
    dataWindow { first last }
    refusal { reason found wanted }
    unknowns
    nodes {
      id name geometry widthKm lengthKm firstMonth lastMonth
      support { incidents independentOrigins movements owners }
      persons { min max }
      trend { status slopePerMonth }
      seasonality { status strength peakMonth }
      months { month incidents }
      stages { name role country uncertaintyKm }
      alternativeIds
      unknowns
    }
  }
}`,
  variables: { filter },
});

export interface CorridorEvidenceAnswer {
  readonly corridors: { readonly nodes: readonly CorridorEvidence[] };
}

/** All that the panel shows of one: what it stands on is asked when it is opened, not for all at once. */
export const corridorEvidence = (filter: Readonly<Record<string, unknown>>, id: string): Question => ({
  query: `query CorridorEvidence($filter: MovementFilter, $ids: [String!]) {
  corridors(filter: $filter, first: 150, ids: $ids) {
    totalCount
    dataWindow { first last }
    nodes {
      id name firstMonth lastMonth
      support { incidents independentOrigins movements owners }
      persons { min max }
      trend { status slopePerMonth }
      seasonality { status strength peakMonth }
      howKnown { sentence observed stated inferred }
      months { month incidents }
      stages { name role country uncertaintyKm }
      next { name probability }
      alternativeIds
      movementIds(first: 50)
      unknowns
    }
  }
}`,
  variables: { filter, ids: [id] },
});

export const CHANGES = [
  'more',
  'fewer',
  'steady',
  'first',
  'gone',
  'unclear',
] as const satisfies readonly ColourName[];
export type Change = (typeof CHANGES)[number];
const CHANGE_WORDS = {
  more: 'change.more',
  fewer: 'change.fewer',
  steady: 'change.steady',
  first: 'change.first',
  gone: 'change.gone',
  unclear: 'change.unknown',
} as const;
/** Of what the data end with. */
const LATELY_MONTHS = 6;

/** A description of the months that were seen, and no test: a trend is told as one only where the answer has one. Where all that was asked is late, nothing is new in it. */
export function changeOf(
  { firstMonth, lastMonth, trend }: Pick<Corridor, 'firstMonth' | 'lastMonth' | 'trend'>,
  asked: CorridorsAnswer['corridors']['dataWindow'],
): Change {
  const late = asked === null ? null : monthAfter(asked.last, 1 - LATELY_MONTHS);
  if (asked !== null && late !== null && asked.first < late) {
    if (lastMonth !== null && lastMonth < late) return 'gone';
    if (firstMonth !== null && firstMonth >= late) return 'first';
  }
  if (trend.status !== 'TREND' || trend.slopePerMonth === null) return 'unclear';
  if (trend.slopePerMonth === 0) return 'steady';
  return trend.slopePerMonth > 0 ? 'more' : 'fewer';
}

export const changeWords = (change: Change): string => say(CHANGE_WORDS[change]);

export function seen({ firstMonth, lastMonth }: Pick<Corridor, 'firstMonth' | 'lastMonth'>): string {
  if (firstMonth === null || lastMonth === null) return say('not.known');
  return firstMonth === lastMonth
    ? month(firstMonth)
    : say('span', { from: month(firstMonth), to: month(lastMonth) });
}
