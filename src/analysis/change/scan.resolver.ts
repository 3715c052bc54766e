/** `clusterAlarms`, and the incidents behind a cluster. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Extensions, FieldResolver, Float, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../graphql/context.ts';
import { keptAnswer } from '../../graphql/kept-answers.ts';
import type { FieldCost } from '../../graphql/query-cost.ts';
import { selectsAnywhere } from '../../graphql/selection.ts';
import { MovementFilter } from '../../records/movements/movement-filter.input.ts';
import { askedMovements } from '../../records/movements/movement-search.service.ts';
import { pageOfIds } from '../evidence-page.ts';
import { tellHowKnown } from '../tell-how-known.service.ts';
import { answerClusterAlarms } from './scan.service.ts';
import { CLUSTER_MODELS, ClusterAlarm, ClusterAlarmAnswer, type ClusterModel } from './scan.type.ts';
import { MOST_REPLICATIONS } from './scan-question.ts';

const HOW_KNOWN = new Set(['howKnown']);

const COST: FieldCost = {
  records: (argument) => 3_000 + Math.min(MOST_REPLICATIONS, argument('replications')),
  cheaper: 'fewer `replications`',
};

@Resolver(() => ClusterAlarm)
export class ClusterAlarmResolver {
  @Query(() => ClusterAlarmAnswer, {
    description:
      'Where and since when there is more than there should be, now: circles of cells over the last months, scanned for the most unlikely by chance, whatever their size and length (prospective space-time scan). The same question gives the same answer.',
  })
  @Extensions({ cost: COST })
  async clusterAlarms(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('filter', () => MovementFilter, {
      nullable: true,
      description:
        'Which movements; returns are left out unless `purposes` are given, and `occurred` is not taken.',
    })
    filter: MovementFilter | null,
    @Arg('model', () => CLUSTER_MODELS, { defaultValue: CLUSTER_MODELS.PERMUTATION }) model: ClusterModel,
    @Arg('month', () => String, {
      nullable: true,
      description: 'Like 2026-04, with what lay before it; unless given, the latest that is over (UTC).',
    })
    month: string | null,
    @Arg('months', () => Int, {
      defaultValue: 24,
      description: 'How many are looked at, the tested one included; 4 to 72.',
    })
    months: number,
    @Arg('longestMonths', () => Int, {
      defaultValue: 6,
      description: 'The longest cluster; at most half of `months`.',
    })
    longestMonths: number,
    @Arg('resolution', () => Int, { defaultValue: 4, description: 'H3 resolution, 2 to 7.' })
    resolution: number,
    @Arg('maxRadiusKm', () => Float, {
      nullable: true,
      description: 'The widest cluster; unless given, as wide as half of all that is expected.',
    })
    maxRadiusKm: number | null,
    @Arg('alpha', () => Float, { defaultValue: 0.05, description: 'The most p of an alarm.' }) alpha: number,
    @Arg('replications', () => Int, {
      defaultValue: 999,
      description: 'Draws at most, 99 to 9,999; they end once 100 did as much as what was found.',
    })
    replications: number,
    @Arg('first', () => Int, { defaultValue: 5, description: 'Clusters, at most 20.' }) first: number,
  ): Promise<ClusterAlarmAnswer> {
    const asked = await askedMovements(context, filter);
    const question = {
      model,
      alpha,
      month: month ?? null,
      months,
      longestMonths,
      resolution,
      maxRadiusKm: maxRadiusKm ?? null,
      replications,
      first,
    };
    const withHowKnown = selectsAnywhere(info, HOW_KNOWN);
    return keptAnswer(context, 'clusterAlarms', { asked, question, withHowKnown }, async (underWay) => {
      const answer = await answerClusterAlarms(context.reader, asked, question, context.now, underWay);
      if (withHowKnown) await tellHowKnown(context.reader, asked, answer.clusters);
      return answer;
    });
  }

  @FieldResolver(() => [String], { description: 'Its incidents, by id; up to 10,000 of them.' })
  incidentIds(
    @Root() cluster: ClusterAlarm,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The last id of the page before.' })
    after: string | null,
  ): readonly string[] {
    return pageOfIds(cluster.allIncidentIds, first, after);
  }
}
