/** Changes of flow, as GraphQL shows them. */
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { GeoJson } from '../../graphql/geo-json.scalar.ts';
import { DetectionRate } from '../../records/flows/flow.type.ts';
import { HowKnown } from '../../records/how-known/how-known.type.ts';
import { DerivedAnswer } from '../derived.type.ts';
import type { Watching } from './derive-alarms.ts';
import type { ChangeMethod } from './judge-month.ts';
import type { SeriesKind } from './monthly-series.ts';

export const CHANGE_SERIES = {
  ORIGIN_DESTINATION: 'pair',
  CROSSING_POINTS: 'crossing',
  CELLS: 'cell',
  INDICATORS: 'indicator',
  MODES: 'mode',
} as const satisfies Readonly<Record<string, SeriesKind>>;
registerEnumType(CHANGE_SERIES, {
  name: 'ChangeSeriesKind',
  description:
    'What is counted by month. ORIGIN_DESTINATION: journeys between two ends. CROSSING_POINTS: observed at one. CELLS: observed in an H3 cell. INDICATORS: a way of working, as coded on the form. MODES: means of travel.',
});

export const CHANGE_TESTS = {
  FARRINGTON: 'farrington',
  EARS_C1: 'C1',
  EARS_C2: 'C2',
  EARS_C3: 'C3',
  CUSUM: 'cusum',
} as const satisfies Readonly<Record<string, ChangeMethod>>;
registerEnumType(CHANGE_TESTS, {
  name: 'ChangeMethod',
  description:
    'FARRINGTON: the same season of three to five years before, with trend. EARS_C1: the seven months just before; EARS_C2: the seven before the last two; EARS_C3: three months together against those seven, rises only. CUSUM: a doubling or halving within the last six months that stayed.',
});

export const CHANGE_DIRECTIONS = { UP: 1, DOWN: -1 } as const;
registerEnumType(CHANGE_DIRECTIONS, {
  name: 'ChangeDirection',
  description: 'UP: more than expected. DOWN: fewer.',
});

export const CHANGE_WATCHING = {
  STEADY: 'steady',
  POSSIBLY_WATCHING: 'possibly watching',
  NOT_KNOWN: 'not known',
} as const satisfies Readonly<Record<string, Watching>>;
registerEnumType(CHANGE_WATCHING, {
  name: 'ChangeWatching',
  description:
    'STEADY: the staff-time that found these incidents changed by a quarter at most. POSSIBLY_WATCHING: it changed by more, or a station opened or closed. NOT_KNOWN: no staff-time is seen that found most of them.',
});

@ObjectType({ description: 'What is counted by month.' })
export class ChangeSeries {
  @Field(() => CHANGE_SERIES)
  kind!: SeriesKind;

  @Field(() => String, {
    description:
      'Of an ORIGIN_DESTINATION pair both ends (cells, or countries in alpha-3), of a crossing point the id of its place, of a cell its H3 index, of an indicator its form and code.',
  })
  key!: string;

  @Field(() => String, { description: 'In words; a cell by the town nearest to it.' })
  name!: string;
}

@ObjectType({ description: 'A month of a series.' })
export class ChangeMonth {
  @Field(() => String, { description: 'Like 2026-04.' })
  month!: string;

  @Field(() => Int)
  incidents!: number;
}

@ObjectType({
  description: 'Where the level of a series last changed, by the best cut of all its months (PELT).',
})
export class ChangePointShown {
  @Field(() => String, { description: 'First month of the new level.' })
  month!: string;

  @Field(() => Float, {
    description: 'Incidents a month before it; at the mean staff-time where that is known.',
  })
  before!: number;

  @Field(() => Float)
  after!: number;
}

@ObjectType({
  description:
    'Detections against the staff-time that made them, each place by its share of the incidents. Only who sees the staff-time has it.',
})
export class ChangeEffort {
  @Field(() => DetectionRate, { description: 'In the twelve months before `since`.' })
  before!: DetectionRate;

  @Field(() => DetectionRate, { description: 'From `since` on.' })
  after!: DetectionRate;

  @Field(() => Float, {
    nullable: true,
    description: 'Staff-time a month since then, over that of the year before; null where there was none.',
  })
  ratio!: number | null;
}

@ObjectType({ description: 'A series whose month is not as its past made it expected.' })
export class ChangeAlert {
  @Field(() => String, {
    description:
      'The same whenever the same viewer asks, as long as the run of alarms goes on: a month more is no new alert.',
  })
  id!: string;

  @Field(() => ChangeSeries)
  series!: ChangeSeries;

  @Field(() => String, { description: 'The tested one.' })
  month!: string;

  @Field(() => CHANGE_DIRECTIONS)
  direction!: number;

  @Field(() => Int, {
    description: 'Independent incidents of the month; where staff-time is known, those that it found.',
  })
  observed!: number;

  @Field(() => Float)
  expected!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "The method's own bound for this series, in incidents; null for CUSUM, which adds months up.",
  })
  bound!: number | null;

  @Field(() => Float, {
    description: "How far towards the method's own bound: beyond it above 1, or below −1.",
  })
  score!: number;

  @Field(() => Float, { description: 'Two-sided, for this series alone.' })
  p!: number;

  @Field(() => Float, { description: 'The false discovery rate at which it would just be an alert.' })
  q!: number;

  @Field(() => String, { description: 'The first month of the run of alarms that ends here.' })
  since!: string;

  @Field(() => ChangePointShown, { nullable: true })
  changePoint!: ChangePointShown | null;

  @Field(() => CHANGE_WATCHING)
  watching!: Watching;

  @Field(() => ChangeEffort, { nullable: true })
  effort!: ChangeEffort | null;

  @Field(() => [ChangeMonth], { description: 'All months looked at, in order, every incident counted.' })
  months!: readonly ChangeMonth[];

  @Field(() => [ChangeSeries], {
    description:
      'Other series in alarm the same way whose incidents these mostly are: one change, one alert.',
  })
  alsoSeenAs!: readonly ChangeSeries[];

  @Field(() => GeoJson, {
    nullable: true,
    description: 'A Point, a MultiPolygon, or a LineString from end to end; null where it has no place.',
  })
  geometry!: unknown;

  @Field(() => HowKnown, { nullable: true })
  howKnown?: HowKnown | null;

  /** Ascending. */
  allIncidentIds!: readonly string[];
}

@ObjectType({
  description: 'How often this very question alarms where nothing changed, as redrawing its series showed.',
})
export class FalseAlarmRate {
  @Field(() => Float, { description: 'Share of worlds without any change in which there was an alert.' })
  share!: number;

  @Field(() => Float, { description: 'Ends of its exact interval of 95 %.' })
  low!: number;

  @Field(() => Float)
  high!: number;

  @Field(() => Float, { description: 'Series in alarm in such a world, on average.' })
  expectedAlarms!: number;

  @Field(() => Int)
  worlds!: number;

  @Field(() => String, { description: 'How it was found.' })
  how!: string;
}

@ObjectType({ description: 'What changed in a month, of what this viewer sees.' })
export class ChangeAlertAnswer extends DerivedAnswer {
  @Field(() => [ChangeAlert], { description: 'Changes of flow: the least likely by chance first.' })
  alerts!: readonly ChangeAlert[];

  @Field(() => [ChangeAlert], {
    description:
      'Counts that changed no more than the staff-time that found them: no change of flow is shown. Figures are those of the counts alone.',
  })
  explainedByWatching!: readonly ChangeAlert[];

  @Field(() => Int, { description: 'Series tested together.' })
  tested!: number;

  @Field(() => Int, {
    description:
      'Series with under 10 incidents or 3 independent origins, or too short a past: not enough data.',
  })
  notEnoughData!: number;

  @Field(() => FalseAlarmRate, { nullable: true })
  falseAlarmRate!: FalseAlarmRate | null;
}
