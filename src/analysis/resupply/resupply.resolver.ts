/** `resupply`, and the incidents behind a recovery and the arrival after it. */
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
import { RESUPPLY_ACTIONS, type ResupplyAction } from './raided-places.ts';
import { ResupplyNext, ResupplyRecovery } from './recovery.type.ts';
import { answerResupply } from './resupply.service.ts';
import { ResupplyAnswer } from './resupply.type.ts';
import { incidentsAsked } from './resupply-question.ts';

const HOW_KNOWN = new Set(['howKnown']);

/** All that is told of establishments is read and put together. */
const COST: FieldCost = { records: () => 4_000 };

@Resolver(() => ResupplyRecovery)
export class ResupplyResolver {
  @Query(() => ResupplyAnswer, {
    description:
      'How soon somebody else is brought after people were recovered from an establishment: each recovery with the next arrival, the days until half were re-supplied, whether more or fewer came than before, and what took the place of what is gone. The same question gives the same answer.',
  })
  @Extensions({ cost: COST })
  async resupply(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('establishment', () => String, {
      nullable: true,
      description: 'Id of one of its records, an entity of kind ESTABLISHMENT; unless given, all of them.',
    })
    establishmentId: string | null,
    @Arg('filter', () => MovementFilter, {
      nullable: true,
      description:
        'Which journeys are arrivals; returns are left out unless `purposes` are given. Of recoveries `owners`, `verifications` and `occurred` hold too.',
    })
    filter: MovementFilter | null,
    @Arg('actions', () => [RESUPPLY_ACTIONS], {
      defaultValue: [RESUPPLY_ACTIONS.RECOVERY],
      description: 'After which of what was done there.',
    })
    actions: ResupplyAction[],
    @Arg('windowDays', () => Int, {
      defaultValue: 180,
      description: 'On either side of a recovery, for rates before and after; 30 to 730.',
    })
    windowDays: number,
    @Arg('replacementDays', () => Int, {
      defaultValue: 180,
      description: 'After a recovery, for what is new; 7 to 730.',
    })
    replacementDays: number,
    @Arg('sameWithinKm', () => Float, {
      defaultValue: 50,
      description: 'Records of one name or number this near to each other are one establishment.',
    })
    sameWithinKm: number,
    @Arg('confidence', () => Float, { defaultValue: 0.95 }) confidence: number,
    @Arg('first', () => Int, { defaultValue: 20, description: 'Establishments shown, at most 200.' })
    first: number,
  ): Promise<ResupplyAnswer> {
    const asked = await askedMovements(context, filter);
    const question = {
      establishmentId: establishmentId ?? null,
      actions: [...new Set(actions)].sort(),
      windowDays,
      replacementDays,
      sameWithinKm,
      confidence,
      first,
    };
    const withHowKnown = selectsAnywhere(info, HOW_KNOWN);
    return keptAnswer(context, 'resupply', { asked, question, withHowKnown }, async (underWay) => {
      const answer = await answerResupply(context.reader, asked, question, context.now, underWay);
      const recoveries = answer.establishments.flatMap((one) => one.recoveries);
      if (withHowKnown) await tellHowKnown(context.reader, incidentsAsked(asked), recoveries);
      return answer;
    });
  }

  @FieldResolver(() => [String], {
    description: 'Its incidents, by id. None where it is an arrest recorded as an interdiction.',
  })
  incidentIds(
    @Root() recovery: ResupplyRecovery,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The last id of the page before.' })
    after: string | null,
  ): readonly string[] {
    return pageOfIds(recovery.recoveryIncidentIds, first, after);
  }
}

@Resolver(() => ResupplyNext)
export class ResupplyNextResolver {
  @FieldResolver(() => [String], {
    description: 'Incidents of the arrivals that may be the next one, by id; up to 10,000 of them.',
  })
  incidentIds(
    @Root() next: ResupplyNext,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The last id of the page before.' })
    after: string | null,
  ): readonly string[] {
    return pageOfIds(next.allIncidentIds, first, after);
  }
}
