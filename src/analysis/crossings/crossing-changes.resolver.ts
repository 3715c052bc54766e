/** `crossingChanges`, and the incidents behind a change. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Extensions, FieldResolver, Float, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../graphql/context.ts';
import { keptAnswer } from '../../graphql/kept-answers.ts';
import type { FieldCost } from '../../graphql/query-cost.ts';
import { selectsAnywhere } from '../../graphql/selection.ts';
import { pageOfIds } from '../evidence-page.ts';
import { tellHowKnown } from '../tell-how-known.service.ts';
import { answerCrossingChanges, MOST_REPLICATIONS } from './crossing-changes.service.ts';
import { CrossingChange, CrossingChangeAnswer } from './crossing-changes.type.ts';
import { CLUSTER_METHODS, type ClusterMethod } from './crossing-cluster.type.ts';
import { askedCrossings, CrossingChangeFilter } from './crossing-filter.input.ts';
import { incidentsAsked, reachOf } from './crossing-question.ts';

const EVIDENCE = new Set(['incidentIds', 'howKnown']);
const HOW_KNOWN = new Set(['howKnown']);

const COST: FieldCost = {
  records: (argument) => 3_000 + 10 * Math.min(MOST_REPLICATIONS, argument('replications')),
  cheaper: 'fewer `replications`',
};

@Resolver(() => CrossingChange)
export class CrossingChangeResolver {
  @Query(() => CrossingChangeAnswer, {
    description:
      'Where along borders crossing clusters opened, closed, moved, merged or split from one period to the next, and which of it chance does not make. The same question gives the same answer.',
  })
  @Extensions({ cost: COST })
  async crossingChanges(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('border', () => [String], {
      nullable: true,
      description: 'The two countries of one border, in any order; every border unless given.',
    })
    border: string[] | null,
    @Arg('filter', () => CrossingChangeFilter, { nullable: true }) filter: CrossingChangeFilter | null,
    @Arg('method', () => CLUSTER_METHODS, { defaultValue: CLUSTER_METHODS.DBSCAN })
    method: ClusterMethod,
    @Arg('epsKm', () => Float, {
      nullable: true,
      description: 'Crossings this near are neighbours; 5 unless given. HDBSCAN takes none.',
    })
    epsKm: number | null,
    @Arg('minIncidents', () => Int, {
      defaultValue: 5,
      description: 'Independent incidents of one period within reach that make a core.',
    })
    minIncidents: number,
    @Arg('month', () => String, {
      nullable: true,
      description: 'The last of the last period, like 2026-04; unless given, the latest that is over (UTC).',
    })
    month: string | null,
    @Arg('months', () => Int, { defaultValue: 12, description: 'Of each period, 1 to 60.' }) months: number,
    @Arg('periods', () => Int, { defaultValue: 2, description: 'One after the other, 2 to 10.' })
    periods: number,
    @Arg('alpha', () => Float, { defaultValue: 0.05, description: 'The most p that is significant.' })
    alpha: number,
    @Arg('replications', () => Int, {
      defaultValue: 199,
      description: 'Times the periods are dealt again among the incidents of each border, 99 to 999.',
    })
    replications: number,
    @Arg('first', () => Int, { defaultValue: 50, description: 'Changes, at most 500.' }) first: number,
  ): Promise<CrossingChangeAnswer> {
    const asked = await askedCrossings(context, border, filter);
    const withHowKnown = selectsAnywhere(info, HOW_KNOWN);
    const question = {
      parameters: { epsKm: reachOf(method, epsKm ?? null), minIncidents },
      month: month ?? null,
      months,
      periods,
      alpha,
      replications,
      first,
      withEvidence: selectsAnywhere(info, EVIDENCE),
    };
    return keptAnswer(context, 'crossingChanges', { asked, question, withHowKnown }, async (underWay) => {
      const answer = await answerCrossingChanges(context.reader, asked, question, context.now, underWay);
      if (withHowKnown) await tellHowKnown(context.reader, incidentsAsked(asked), answer.changes);
      return answer;
    });
  }

  @FieldResolver(() => [String], {
    description: 'Incidents of both periods, by id; up to 10,000 of them.',
  })
  incidentIds(
    @Root() change: CrossingChange,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The last id of the page before.' })
    after: string | null,
  ): readonly string[] {
    return pageOfIds(change.allIncidentIds, first, after);
  }
}
