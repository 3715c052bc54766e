/** What a flow question may be bounded and ordered by. */
import { Field, Float, InputType } from 'type-graphql';
import {
  FLOW_DIRECTIONS,
  type FlowDimension,
  FlowDimensionEnum,
  FlowFigureEnum,
  type FlowMeasureAsked,
} from './flow.type.ts';

@InputType({ description: 'Keep only groups whose figure is within bounds.' })
export class FlowHaving {
  @Field(() => FlowFigureEnum)
  figure!: FlowMeasureAsked;

  @Field(() => Float, { nullable: true })
  atLeast?: number;

  @Field(() => Float, { nullable: true })
  atMost?: number;
}

@InputType({ description: 'Order by one figure or one dimension of the group.' })
export class FlowOrder {
  @Field(() => FlowFigureEnum, { nullable: true })
  figure?: FlowMeasureAsked;

  @Field(() => FlowDimensionEnum, { nullable: true })
  dimension?: FlowDimension;

  @Field(() => FLOW_DIRECTIONS, {
    nullable: true,
    description: 'DESCENDING for figures, ASCENDING for dimensions, unless given.',
  })
  direction?: 'asc' | 'desc';
}
