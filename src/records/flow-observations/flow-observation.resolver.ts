/** `flowObservations`. */
import { Arg, Ctx, Field, GraphQLISODateTime, InputType, Int, Query, Resolver } from 'type-graphql';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { FlowMeasureEnum, FlowUnitEnum, PopulationEnum } from '../../graphql/enums.ts';
import { TimeSpanInput } from '../../graphql/filters.input.ts';
import { FlowObservation, flowObservationOf } from './flow-observation.type.ts';
import { listFlowObservations } from './flow-observation.view.ts';

@InputType({ description: 'Which published flows; every part given must hold.' })
export class FlowObservationFilter {
  @Field(() => [PopulationEnum], { nullable: true })
  populations?: string[];

  @Field(() => [FlowUnitEnum], { nullable: true })
  units?: string[];

  @Field(() => [FlowMeasureEnum], { nullable: true })
  measures?: string[];

  @Field(() => [String], { nullable: true })
  publishers?: string[];

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-3, like NPL.' })
  originCountry?: string;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-3, like NPL.' })
  destinationCountry?: string;

  @Field(() => TimeSpanInput, { nullable: true })
  period?: TimeSpanInput;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Answer as the hub knew it at this moment.',
  })
  asKnownAt?: Date;
}

export const FlowObservationConnection = connectionOf('FlowObservation', () => FlowObservation);

@Resolver(() => FlowObservation)
export class FlowObservationResolver {
  @Query(() => FlowObservationConnection, { description: 'Published aggregates, the latest period first.' })
  async flowObservations(
    @Ctx() { reader }: RequestContext,
    @Arg('filter', () => FlowObservationFilter, { nullable: true }) filter: FlowObservationFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const { asKnownAt, ...search } = filter ?? {};
    const answer = await listFlowObservations(
      reader,
      search,
      { at: asKnownAt ?? null },
      readPaging(first, after),
    );
    return connection(FlowObservationConnection, answer.page, flowObservationOf, answer.count);
  }
}
