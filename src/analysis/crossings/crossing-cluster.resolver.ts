/** `crossingClusters`, and the incidents behind a cluster. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Extensions, FieldResolver, Float, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../graphql/context.ts';
import { keptAnswer } from '../../graphql/kept-answers.ts';
import type { FieldCost } from '../../graphql/query-cost.ts';
import { selectsAnywhere } from '../../graphql/selection.ts';
import { pageOfIds } from '../evidence-page.ts';
import { tellHowKnown } from '../tell-how-known.service.ts';
import { answerCrossingClusters } from './crossing-cluster.service.ts';
import {
  CLUSTER_METHODS,
  type ClusterMethod,
  CrossingCluster,
  CrossingClusterAnswer,
} from './crossing-cluster.type.ts';
import { askedCrossings, CrossingClusterFilter } from './crossing-filter.input.ts';
import { incidentsAsked, reachOf } from './crossing-question.ts';

const EVIDENCE = new Set(['incidentIds', 'howKnown']);
const MEMBERS = new Set(['members']);
const STRETCHES = new Set(['chainageKm']);
const DENSITY = new Set(['density']);
const STABILITY = new Set(['sourceStability']);
const HOW_KNOWN = new Set(['howKnown']);

/** All crossings asked of are read and gathered, whatever few clusters come of them. */
const COST: FieldCost = { records: () => 3_000 };

@Resolver(() => CrossingCluster)
export class CrossingClusterResolver {
  @Query(() => CrossingClusterAnswer, {
    description:
      'Where along borders people were observed to cross. Crossings inferred from a straight leg are not here.',
  })
  @Extensions({ cost: COST })
  async crossingClusters(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('border', () => [String], {
      nullable: true,
      description: 'The two countries of one border, in any order; every border unless given.',
    })
    border: string[] | null,
    @Arg('filter', () => CrossingClusterFilter, { nullable: true }) filter: CrossingClusterFilter | null,
    @Arg('method', () => CLUSTER_METHODS, { defaultValue: CLUSTER_METHODS.DBSCAN })
    method: ClusterMethod,
    @Arg('epsKm', () => Float, {
      nullable: true,
      description: 'Crossings this near are neighbours; 5 unless given. HDBSCAN takes none.',
    })
    epsKm: number | null,
    @Arg('minIncidents', () => Int, {
      defaultValue: 5,
      description: 'Independent incidents within reach that make a core.',
    })
    minIncidents: number,
  ): Promise<CrossingClusterAnswer> {
    const asked = await askedCrossings(context, border, filter);
    const parameters = { epsKm: reachOf(method, epsKm ?? null), minIncidents };
    const shown = {
      evidence: selectsAnywhere(info, EVIDENCE),
      members: selectsAnywhere(info, MEMBERS),
      stretches: selectsAnywhere(info, STRETCHES),
      density: selectsAnywhere(info, DENSITY),
      stability: selectsAnywhere(info, STABILITY),
    };
    const withHowKnown = selectsAnywhere(info, HOW_KNOWN);
    return keptAnswer(
      context,
      'crossingClusters',
      { asked, parameters, shown, withHowKnown },
      async (underWay) => {
        const answer = await answerCrossingClusters(context.reader, asked, parameters, shown, underWay);
        if (withHowKnown) await tellHowKnown(context.reader, incidentsAsked(asked), answer.clusters);
        return answer;
      },
    );
  }

  @FieldResolver(() => [String], { description: 'Incidents that crossed here, by id; up to 10,000 of them.' })
  incidentIds(
    @Root() cluster: CrossingCluster,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The last id of the page before.' })
    after: string | null,
  ): readonly string[] {
    return pageOfIds(cluster.allIncidentIds, first, after);
  }
}
