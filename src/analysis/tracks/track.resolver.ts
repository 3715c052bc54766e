/** `trackBundles`, and the movements and incidents that a bundle stands on. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Extensions, FieldResolver, Float, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../graphql/context.ts';
import { keptAnswer } from '../../graphql/kept-answers.ts';
import type { FieldCost } from '../../graphql/query-cost.ts';
import { selectsAnywhere } from '../../graphql/selection.ts';
import { MovementFilter } from '../../records/movements/movement-filter.input.ts';
import { askedMovements } from '../../records/movements/movement-search.service.ts';
import { pageOfIds } from '../evidence-page.ts';
import { tellHowMovementsAreKnown } from '../tell-how-known.service.ts';
import { answerTrackBundles } from './track.service.ts';
import { TrackBundle, TrackBundleAnswer } from './track.type.ts';

const EVIDENCE = new Set(['movementIds', 'incidentIds', 'howKnown']);
const HOW_KNOWN = new Set(['howKnown']);

/** All stops of the movements asked of are read. */
const COST: FieldCost = { records: () => 4_000 };

@Resolver(() => TrackBundle)
export class TrackBundleResolver {
  @Query(() => TrackBundleAnswer, {
    description:
      'Where movements that were observed at 8 stops or more run side by side (TRACLUS). Most movements are known by a few stops: ask for their `corridors`. Returns are left out.',
  })
  @Extensions({ cost: COST })
  async trackBundles(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('filter', () => MovementFilter, { nullable: true }) filter: MovementFilter | null,
    @Arg('epsKm', () => Float, {
      defaultValue: 15,
      description:
        'How near segments are neighbours: beside, ahead and by their angle. Also how finely places must be known.',
    })
    epsKm: number,
    @Arg('minIncidents', () => Int, {
      defaultValue: 5,
      description: 'Independent incidents that run side by side; at least 2.',
    })
    minIncidents: number,
    @Arg('originsAtLeast', () => Int, { defaultValue: 1, description: 'Independent origins of a bundle.' })
    originsAtLeast: number,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
  ): Promise<TrackBundleAnswer> {
    const withEvidence = selectsAnywhere(info, EVIDENCE);
    const question = { epsKm, minIncidents, originsAtLeast, first, withEvidence };
    const asked = await askedMovements(context, filter);
    const withHowKnown = selectsAnywhere(info, HOW_KNOWN);
    return keptAnswer(context, 'trackBundles', { asked, question, withHowKnown }, async (underWay) => {
      const answer = await answerTrackBundles(context.reader, asked, question, underWay);
      if (withHowKnown) await tellHowMovementsAreKnown(context.reader, asked, answer.bundles);
      return answer;
    });
  }

  @FieldResolver(() => [String], { description: 'Movements that run in it, by id; up to 10,000 of them.' })
  movementIds(
    @Root() bundle: TrackBundle,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The last id of the page before.' })
    after: string | null,
  ): readonly string[] {
    return pageOfIds(bundle.allMovementIds, first, after);
  }

  @FieldResolver(() => [String], {
    description:
      'Incidents they came to light in, by id: more than `incidents` counts where some are one event.',
  })
  incidentIds(
    @Root() bundle: TrackBundle,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): readonly string[] {
    return pageOfIds(bundle.allIncidentIds, first, after);
  }
}
