/** `compareFlows`. */
import { Arg, Ctx, Extensions, Float, Int, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../graphql/context.ts';
import { keptAnswer } from '../../graphql/kept-answers.ts';
import type { FieldCost } from '../../graphql/query-cost.ts';
import { type FlowDimension, FlowDimensionEnum } from '../../records/flows/flow.type.ts';
import { MovementFilter } from '../../records/movements/movement-filter.input.ts';
import { askedMovements } from '../../records/movements/movement-search.service.ts';
import { compareFlows } from './comparison.service.ts';
import { ComparedGroup, FlowComparison } from './comparison.type.ts';

/** Flows, four times. */
const COST: FieldCost = { records: () => 4_000 };

@Resolver(() => ComparedGroup)
export class ComparisonResolver {
  @Query(() => FlowComparison, {
    description:
      'What changed between two selections of movements: two periods, two places, two of anything that a filter can say. Each group with its ratio and difference, their intervals, and whether chance alone would explain them.',
  })
  @Extensions({ cost: COST })
  async compareFlows(
    @Ctx() context: RequestContext,
    @Arg('groupBy', () => [FlowDimensionEnum], { defaultValue: [] }) groupBy: FlowDimension[],
    @Arg('a', () => MovementFilter, { description: 'What is compared with: before, there.' })
    a: MovementFilter,
    @Arg('b', () => MovementFilter, { description: 'What is compared: after, here.' }) b: MovementFilter,
    @Arg('cellResolution', () => Int, { defaultValue: 4 }) cellResolution: number,
    @Arg('confidence', () => Float, { defaultValue: 0.95 }) confidence: number,
    @Arg('first', () => Int, { defaultValue: 200, description: 'Groups, at most 5,000.' }) first: number,
  ): Promise<FlowComparison> {
    const asked = [await askedMovements(context, a), await askedMovements(context, b)] as const;
    const question = { dimensions: groupBy, cellResolution, confidence, first };
    return keptAnswer(context, 'compareFlows', { asked, question }, () =>
      compareFlows(context.reader, ...asked, question, context.now),
    );
  }
}
