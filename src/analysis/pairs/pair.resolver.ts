/** `pairClusters`, and the incidents behind its pairs and clusters. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Extensions, FieldResolver, Float, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../graphql/context.ts';
import { keptAnswer } from '../../graphql/kept-answers.ts';
import type { FieldCost } from '../../graphql/query-cost.ts';
import { isSwitchedOn, selectsAnywhere } from '../../graphql/selection.ts';
import { MovementFilter } from '../../records/movements/movement-filter.input.ts';
import { askedMovements } from '../../records/movements/movement-search.service.ts';
import { pageOfIds } from '../evidence-page.ts';
import { tellHowKnown } from '../tell-how-known.service.ts';
import { answerPairClusters, MOST_PAIR_REPLICATIONS } from './pair.service.ts';
import { OriginDestinationPair, PairClusterAnswer, PairClusterFound } from './pair.type.ts';

const EVIDENCE = new Set(['incidentIds', 'howKnown']);
const AROUND = new Set(['incidentIds']);
const HOW_KNOWN = new Set(['howKnown']);

const COST: FieldCost = {
  records: (argument) => 3_000 + Math.min(MOST_PAIR_REPLICATIONS, argument('replications')),
  cheaper: 'fewer `replications`',
};

@Resolver(() => OriginDestinationPair)
export class OriginDestinationPairResolver {
  @Query(() => PairClusterAnswer, {
    description:
      'Which origins and destinations go together more than how busy both are would explain: pairs of cells, each with the pairs near it (G* on flows), and circles of origins with circles of destinations (a scan). The same question gives the same answer.',
  })
  @Extensions({ cost: COST })
  async pairClusters(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('filter', () => MovementFilter, {
      nullable: true,
      description: 'Which movements; returns are left out unless `purposes` are given.',
    })
    filter: MovementFilter | null,
    @Arg('resolution', () => Int, {
      defaultValue: 3,
      description: 'H3 resolution of both ends, 1 to 6; an end that is known more coarsely is left out.',
    })
    resolution: number,
    @Arg('reachKm', () => Float, {
      nullable: true,
      description:
        'Pairs are near each other whose origins, and whose destinations, are, at most 1,000; unless given, in cells next to each other.',
    })
    reachKm: number | null,
    @Arg('maxRadiusKm', () => Float, {
      defaultValue: 300,
      description: 'Of the widest circle of origins, or of destinations.',
    })
    maxRadiusKm: number,
    @Arg('alpha', () => Float, {
      defaultValue: 0.05,
      description: 'The most q of a significant pair, and the most p of a significant cluster.',
    })
    alpha: number,
    @Arg('replications', () => Int, {
      defaultValue: 999,
      description:
        'Worlds in which destinations are dealt again, 99 to 9,999; for clusters they end once 100 did as much as what was found.',
    })
    replications: number,
    @Arg('first', () => Int, {
      defaultValue: 50,
      description: 'Pairs, at most 500; and clusters, at most 20.',
    })
    first: number,
  ): Promise<PairClusterAnswer> {
    const asked = await askedMovements(context, filter);
    const withEvidence = selectsAnywhere(info, EVIDENCE);
    const question = {
      resolution,
      reachKm: reachKm ?? null,
      maxRadiusKm,
      alpha,
      replications,
      first,
      withEvidence,
      withAround: selectsAnywhere(info, AROUND, isSwitchedOn(info, 'around')),
    };
    const withHowKnown = selectsAnywhere(info, HOW_KNOWN);
    return keptAnswer(context, 'pairClusters', { asked, question, withHowKnown }, async (underWay) => {
      const answer = await answerPairClusters(context.reader, asked, question, underWay);
      if (withHowKnown) await tellHowKnown(context.reader, asked, [...answer.pairs, ...answer.clusters]);
      return answer;
    });
  }

  @FieldResolver(() => [String], { description: 'Its incidents, by id; up to 10,000 of them.' })
  incidentIds(
    @Root() pair: OriginDestinationPair,
    @Arg('around', () => Boolean, {
      defaultValue: false,
      description:
        'With those of the pairs near it: what `z`, `p` and `q` stand on; at most 1,000,000 of all pairs together.',
    })
    around: boolean,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The last id of the page before.' })
    after: string | null,
  ): readonly string[] {
    return pageOfIds(around ? pair.incidentIdsAround : pair.allIncidentIds, first, after);
  }
}

@Resolver(() => PairClusterFound)
export class PairClusterFoundResolver {
  @FieldResolver(() => [String], { description: 'Its incidents, by id; up to 10,000 of them.' })
  incidentIds(
    @Root() cluster: PairClusterFound,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The last id of the page before.' })
    after: string | null,
  ): readonly string[] {
    return pageOfIds(cluster.allIncidentIds, first, after);
  }
}
