/** Which reports a question about quality is of, and what its groups may be bounded and ordered by. */
import { Field, Float, GraphQLISODateTime, InputType } from 'type-graphql';
import { ReportKindEnum } from '../../graphql/enums.ts';
import { TimeSpanInput } from '../../graphql/filters.input.ts';
import { FLOW_DIRECTIONS } from '../flows/flow.type.ts';
import {
  type QualityDimension,
  QualityDimensionEnum,
  type QualityFigure,
  QualityFigureEnum,
} from './quality.type.ts';

@InputType({ description: 'Which reports; every part given must hold.' })
export class QualityFilter {
  @Field(() => [String], { nullable: true, description: 'Slugs of owners.' })
  owners?: string[];

  @Field(() => [ReportKindEnum], { nullable: true })
  kinds?: string[];

  @Field(() => TimeSpanInput, {
    nullable: true,
    description: 'When they were reported or, where nobody says, observed. Coarsely shared ones never match.',
  })
  dated?: TimeSpanInput;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Answer as the hub knew it at this moment.',
  })
  asKnownAt?: Date;
}

@InputType({ description: 'Keep only groups whose count, or median lag in days, is within bounds.' })
export class QualityHaving {
  @Field(() => QualityFigureEnum)
  figure!: QualityFigure;

  @Field(() => Float, { nullable: true })
  atLeast?: number;

  @Field(() => Float, { nullable: true })
  atMost?: number;
}

@InputType({ description: 'Order by one figure or one dimension of the group.' })
export class QualityOrder {
  @Field(() => QualityFigureEnum, { nullable: true })
  figure?: QualityFigure;

  @Field(() => QualityDimensionEnum, { nullable: true })
  dimension?: QualityDimension;

  @Field(() => FLOW_DIRECTIONS, {
    nullable: true,
    description: 'DESCENDING for figures, ASCENDING for dimensions, unless given.',
  })
  direction?: 'asc' | 'desc';
}
