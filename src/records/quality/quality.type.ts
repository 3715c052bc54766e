/** How good records are, in groups, as GraphQL shows it, and the closed sets a question is put together from. */
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ReportKindEnum } from '../../graphql/enums.ts';
import type { ReportKind } from '../../kernel/vocabulary.ts';

const enumOf = <const T extends string>(words: readonly T[]): Readonly<Record<string, T>> =>
  Object.fromEntries(words.map((word) => [word.toUpperCase(), word])) as Readonly<Record<string, T>>;

export const QUALITY_DIMENSIONS = ['owner', 'station', 'kind', 'month', 'quarter', 'year'] as const;
export type QualityDimension = (typeof QUALITY_DIMENSIONS)[number];
export const QualityDimensionEnum = enumOf(QUALITY_DIMENSIONS);
registerEnumType(QualityDimensionEnum, {
  name: 'QualityDimension',
  description: 'What reports may be grouped by. STATION tells the stations of your own organisation apart.',
});

/** Counts that reports, their incidents, the places in them, and imported rows give. */
export const QUALITY_COUNTS = [
  'reports',
  'incidents',
  'ungraded',
  'unverified',
  'single_source',
  'verified_invalid',
  'imprecise',
  'country_only',
  'unresolved',
  'quarantined',
] as const;
export const QUALITY_LAGS = ['occurred_to_recorded', 'observed_to_reported', 'reported_to_recorded'] as const;
export type QualityLagName = (typeof QUALITY_LAGS)[number];
export const QUALITY_FIGURES = [...QUALITY_COUNTS, ...QUALITY_LAGS] as const;
export type QualityFigure = (typeof QUALITY_FIGURES)[number];
export const QualityFigureEnum = enumOf(QUALITY_FIGURES);
registerEnumType(QualityFigureEnum, {
  name: 'QualityFigure',
  description: 'What a group may be bounded and ordered by: a count, or the median of a lag in days.',
});

@ObjectType({ description: 'A count with what it is counted out of.' })
export class QualityCount {
  @Field(() => Int)
  count!: number;

  @Field(() => Int, { description: 'Out of how many.' })
  of!: number;

  @Field(() => Float, { nullable: true, description: '0 to 1; null where there is nothing to count.' })
  share!: number | null;
}

@ObjectType({
  description:
    'Days between two times, from the middle of one span to the middle of the other. A time that is unknown, known to no month, or shared coarsely has no lag: it counts as unknown. Below 0 the later time was written down as the earlier.',
})
export class QualityLag {
  @Field(() => Float, { nullable: true, description: 'By nearest rank: a lag that was met.' })
  median!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Nine of ten known lags are no longer; by nearest rank.',
  })
  p90!: number | null;

  @Field(() => Int)
  known!: number;

  @Field(() => Int)
  unknown!: number;
}

@ObjectType({ description: 'A station of your own organisation.' })
export class QualityStation {
  @Field(() => String)
  stationId!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'The place inside the station; empty where there is one only.' })
  location!: string;
}

@ObjectType({
  description:
    'One group of reports. A dimension that was not asked for is null; one that was, and is unknown or not yours to see, is null too.',
})
export class QualityGroup {
  @Field(() => QualityStation, {
    nullable: true,
    description: "Null for every other organisation's reports: where its staff stand is its own.",
  })
  station!: QualityStation | null;

  @Field(() => ReportKindEnum, { nullable: true })
  kind!: ReportKind | null;

  @Field(() => String, {
    nullable: true,
    description:
      'First day of the month, quarter or year of the report, like 2026-04-01: in which it was reported or, where nobody says, observed, on its own calendar. Null where that is not known so finely, and where it is shared coarsely.',
  })
  period!: string | null;

  @Field(() => Int, { description: 'Reports; withdrawn ones are in no count here.' })
  reports!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Incidents that these reports describe: each by itself, though two may be one event.',
  })
  incidents!: number | null;

  @Field(() => QualityLag, { nullable: true, description: 'Of incidents: how late the hub learnt of them.' })
  occurredToRecorded!: QualityLag | null;

  @Field(() => QualityLag, { nullable: true, description: 'Of reports.' })
  observedToReported!: QualityLag | null;

  @Field(() => QualityLag, {
    nullable: true,
    description: 'Of reports: recorded is when the hub took it in.',
  })
  reportedToRecorded!: QualityLag | null;

  @Field(() => QualityCount, {
    description:
      'Reports without an evaluation: neither source nor item could be judged (F and 6); out of reports.',
  })
  ungraded!: QualityCount;

  @Field(() => QualityCount, {
    nullable: true,
    description: 'Incidents on which no verification was decided; out of incidents.',
  })
  unverified!: QualityCount | null;

  @Field(() => QualityCount, {
    nullable: true,
    description:
      'Incidents whose event is not known from a second independent origin, as `independence` has it; out of incidents. What a viewer is not shown corroborates nothing.',
  })
  singleSource!: QualityCount | null;

  @Field(() => QualityCount, {
    nullable: true,
    description:
      'Of incidents on which a verification was decided, those that should not count: a check on whom staff take for a victim or a suspect.',
  })
  verifiedInvalid!: QualityCount | null;

  @Field(() => QualityCount, {
    nullable: true,
    description:
      'Places (of incidents, and stops of their journeys) known no finer than an H3 cell of resolution 4 (some 1,770 km²); out of all. Places shared coarsely are among them.',
  })
  imprecise!: QualityCount | null;

  @Field(() => QualityCount, {
    nullable: true,
    description: 'Of those places, the ones known by country alone.',
  })
  countryOnly!: QualityCount | null;

  @Field(() => QualityCount, {
    nullable: true,
    description:
      'Of those places, the ones whose name nothing known, or several places, may be meant by; out of places given by a name or position that the viewer sees.',
  })
  unresolved!: QualityCount | null;

  @Field(() => QualityCount, {
    nullable: true,
    description:
      "Rows of your own organisation's files that wait in quarantine; out of all rows of its files, undone ones left out. A row that was not read has no station, kind or date: null in groups by those, under a filter of those, and for every other organisation.",
  })
  quarantined!: QualityCount | null;

  ownerId!: string | null;
}
