/** `stageFlows`: source, transit and destination, ready for a Sankey diagram. */
import { Arg, Ctx, Extensions, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../graphql/context.ts';
import { keptAnswer } from '../../graphql/kept-answers.ts';
import type { FieldCost } from '../../graphql/query-cost.ts';
import { MovementFilter } from '../movements/movement-filter.input.ts';
import { askedMovements } from '../movements/movement-search.service.ts';
import { answerStages } from './stage-flow.service.ts';
import { StageFlows } from './stage-flow.type.ts';

const COST: FieldCost = { records: () => 2_000 };

@Resolver(() => StageFlows)
export class StageFlowResolver {
  @Query(() => StageFlows, {
    description:
      'What flows from source by way of transit to destination countries: the matrix, as nodes and links. Movements whose source or destination is not known are in it, at nodes without a country.',
  })
  @Extensions({ cost: COST })
  async stageFlows(
    @Ctx() context: RequestContext,
    @Arg('filter', () => MovementFilter, { nullable: true }) filter: MovementFilter | null,
  ): Promise<StageFlows> {
    const asked = await askedMovements(context, filter);
    return keptAnswer(context, 'stageFlows', { asked }, () => answerStages(context.reader, asked));
  }
}
