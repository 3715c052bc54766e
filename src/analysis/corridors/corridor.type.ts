/** Corridors, as GraphQL shows them. */
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { AsKnown } from '../../access/projected.sql.ts';
import { PlaceLevelEnum } from '../../graphql/enums.ts';
import { GeoJson } from '../../graphql/geo-json.scalar.ts';
import { CountInterval, Point } from '../../graphql/shapes.type.ts';
import type { PlaceLevel } from '../../kernel/vocabulary.ts';
import { HowKnown } from '../../records/how-known/how-known.type.ts';
import { DerivedAnswer } from '../derived.type.ts';
import { CorridorBundle } from './corridor-bundle.type.ts';
import { CorridorForecast, NextStage } from './corridor-forecast.type.ts';

@ObjectType({ description: 'A place on a corridor, never finer than its movements know it.' })
export class CorridorStage {
  @Field(() => String, { description: 'A known place, "near" the nearest town, or a country.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'ISO 3166-1 alpha-3; of a crossing point the country that is left there.',
  })
  country!: string | null;

  @Field(() => String, { description: 'SOURCE, TRANSIT, DESTINATION, DOMESTIC or UNKNOWN.' })
  role!: string;

  @Field(() => Point, { nullable: true, description: 'Null where only a country is known.' })
  position!: Point | null;

  @Field(() => String, { nullable: true, description: 'The gazetteer place, when it is one.' })
  placeId!: string | null;

  @Field(() => Float, { nullable: true, description: 'Radius around the position; null when not known.' })
  uncertaintyKm!: number | null;

  @Field(() => PlaceLevelEnum)
  level!: PlaceLevel;
}

@ObjectType({ description: 'The cases a corridor stands on.' })
export class CorridorSupport {
  @Field(() => Int, { description: 'Independent incidents.' })
  incidents!: number;

  @Field(() => Int, {
    description: 'Distinct known root origins; all unknown ones count as one, and only where none is known.',
  })
  independentOrigins!: number;

  @Field(() => Int)
  movements!: number;

  @Field(() => Int, { description: 'Organisations whose records these are.' })
  owners!: number;
}

@ObjectType({ description: 'Whether incidents become more or fewer, counted where people looked.' })
export class CorridorTrend {
  @Field(() => String, { description: 'TREND or NOT_ENOUGH_DATA (under 10 dated incidents or 6 months).' })
  status!: string;

  @Field(() => Float, {
    nullable: true,
    description: 'Incidents a month, more (or fewer) each month: Theil–Sen slope over the data window.',
  })
  slopePerMonth!: number | null;
}

@ObjectType({
  description: 'Whether it is travelled in the same months each year, counted where people looked.',
})
export class CorridorSeason {
  @Field(() => String, {
    description:
      'TESTED or NOT_ENOUGH_DATA (under 30 incidents in the last whole years, or under 2 of those).',
  })
  status!: string;

  @Field(() => Int, { nullable: true, description: 'The calendar month around which most fall, 1 to 12.' })
  peakMonth!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Incidents a month at the peak over the mean, by a yearly wave beside growth: 1 is no season.',
  })
  strength!: number | null;

  @Field(() => Float, { nullable: true, description: 'Where the months of each year come in any order.' })
  p!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'False discovery rate over the corridors of this answer.',
  })
  q!: number | null;
}

@ObjectType({ description: 'Incidents of one month.' })
export class MonthCount {
  @Field(() => String, { description: 'Like 2026-04.' })
  month!: string;

  @Field(() => Int)
  incidents!: number;
}

@ObjectType({ description: 'How the legs are known, over all legs of all incidents; the three sum to 1.' })
export class LegShare {
  @Field(() => Float, { description: 'Both ends observed.' })
  observed!: number;

  @Field(() => Float)
  stated!: number;

  @Field(() => Float)
  inferred!: number;
}

@ObjectType({
  description:
    'A stretch of travel, stage by stage, that independent incidents share. Derived, never stored.',
})
export class Corridor {
  @Field(() => String, {
    description: 'The same whenever this viewer derives it again; no other scope has it.',
  })
  id!: string;

  @Field(() => String, { description: 'Its stages, like "near Palpa → Belahiya–Sunauli → Delhi".' })
  name!: string;

  @Field(() => [CorridorStage])
  stages!: readonly CorridorStage[];

  @Field(() => CorridorSupport)
  support!: CorridorSupport;

  @Field(() => CountInterval, {
    description: 'Person-events: at least each incident’s largest movement, at most all added.',
  })
  persons!: CountInterval;

  @Field(() => CorridorTrend)
  trend!: CorridorTrend;

  @Field(() => CorridorSeason)
  seasonality!: CorridorSeason;

  @Field(() => [String], {
    description: 'Ids of corridors of this answer that begin and end at the same stages by another way.',
  })
  alternativeIds!: readonly string[];

  @Field(() => [String], {
    description:
      'Ids of corridors of this answer that run beside it from the first stage on the map to the last, parts of it among them: at most `parallelWithin` apart.',
  })
  parallelIds!: readonly string[];

  @Field(() => [MonthCount], {
    description: 'Months with incidents that are dated to the month; a month that is not here had none.',
  })
  months!: readonly MonthCount[];

  @Field(() => LegShare)
  share!: LegShare;

  @Field(() => Float, {
    nullable: true,
    description: 'Full width that takes in 80 % of the stops with their uncertainty; null when not known.',
  })
  widthKm!: number | null;

  @Field(() => Float, { description: 'Along the line, great circles on a sphere.' })
  lengthKm!: number;

  @Field(() => GeoJson, {
    nullable: true,
    description:
      'MultiLineString: the reported line nearest to all others, straight between stages. Null with fewer than two stages on the map.',
  })
  geometry!: unknown;

  @Field(() => String, { nullable: true })
  firstMonth!: string | null;

  @Field(() => String, { nullable: true })
  lastMonth!: string | null;

  @Field(() => [String], { description: 'What is not known of this corridor.' })
  unknowns!: readonly string[];

  @Field(() => [NextStage], {
    description:
      'Where journeys that came this way go on to, the three likeliest, none under 1 in 100: learnt from all journeys asked of, by the last three stages (fewer where those were not seen together). A lead for where to look.',
  })
  next!: readonly NextStage[];

  @Field(() => Float, {
    description: 'The chance that no further place is known: the journey ended here, or was ended here.',
  })
  nextNotKnown!: number;

  @Field(() => HowKnown, {
    nullable: true,
    description: 'What stands behind it: the movements that travel it.',
  })
  howKnown?: HowKnown | null;

  /** Ascending. */
  allMovementIds!: readonly string[];
  allIncidentIds!: readonly string[];
  /** As of when it was asked for, and its movements are shown. */
  asKnown?: AsKnown;
}

@ObjectType({ description: 'Corridors, most incidents first, and what stands behind them.' })
export class CorridorAnswer extends DerivedAnswer {
  @Field(() => [Corridor])
  nodes!: readonly Corridor[];

  @Field(() => Int, { description: 'Corridors found in all.' })
  totalCount!: number;

  @Field(() => CorridorForecast, {
    nullable: true,
    description: 'Null with under 8 months, 30 incidents to learn from or 10 to foretell.',
  })
  forecast!: CorridorForecast | null;

  @Field(() => [CorridorBundle], {
    description:
      'The corridors of this answer, those that run beside each other as one: each is in one bundle.',
  })
  bundles!: readonly CorridorBundle[];
}
