/** `displacement`, and the incidents behind a zone. */
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
import { answerDisplacement } from './displacement.service.ts';
import {
  CHANGED_EFFORT,
  type ChangedEffort,
  DisplacementAnswer,
  DisplacementZoneFigures,
} from './displacement.type.ts';
import { MOST_REPLICATIONS } from './displacement-question.ts';

const EVIDENCE = new Set(['incidentIds', 'howKnown']);
const HOW_KNOWN = new Set(['howKnown']);

const COST: FieldCost = {
  records: (argument) => 3_000 + Math.ceil(Math.min(MOST_REPLICATIONS, argument('replications'))),
  cheaper: 'fewer `replications`',
};

@Resolver(() => DisplacementZoneFigures)
export class DisplacementResolver {
  @Query(() => DisplacementAnswer, {
    description:
      'Where the flow went after a crossing was closed: at the closed crossing, at the alternatives between the same ends and near it, against controls that were like them before. Refuses where staff-time changed or data are few. The same question gives the same answer.',
  })
  @Extensions({ cost: COST })
  async displacement(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('interdiction', () => String, { nullable: true, description: 'Its id; or crossingPoints and on.' })
    interdictionId: string | null,
    @Arg('crossingPoints', () => [String], { nullable: true, description: 'Ids of places.' })
    crossingPointIds: string[] | null,
    @Arg('on', () => String, { nullable: true, description: 'The day they were closed, like 2025-02-01.' })
    on: string | null,
    @Arg('filter', () => MovementFilter, {
      nullable: true,
      description: 'Which movements; `occurred` is set by the closing and left out.',
    })
    filter: MovementFilter | null,
    @Arg('months', () => Int, { defaultValue: 6, description: 'Before, and after; 3 to 60.' }) months: number,
    @Arg('ringKm', () => Float, {
      defaultValue: 30,
      description: 'Crossings this near count as alternatives, whatever ends they serve.',
    })
    ringKm: number,
    @Arg('pairResolution', () => Int, {
      defaultValue: 3,
      description:
        'H3 resolution of the ends of a journey; where they are known less finely, as finely as they are.',
    })
    pairResolution: number,
    @Arg('onChangedEffort', () => CHANGED_EFFORT, { defaultValue: CHANGED_EFFORT.REFUSE })
    onChangedEffort: ChangedEffort,
    @Arg('confidence', () => Float, { defaultValue: 0.95 }) confidence: number,
    @Arg('replications', () => Int, { defaultValue: 999 }) replications: number,
  ): Promise<DisplacementAnswer> {
    const asked = await askedMovements(context, filter);
    const question = {
      interdictionId: interdictionId ?? null,
      crossingPointIds: crossingPointIds ?? null,
      on: on ?? null,
      months,
      ringKm,
      pairResolution,
      confidence,
      replications,
      onChangedEffort,
      withEvidence: selectsAnywhere(info, EVIDENCE),
    };
    const withHowKnown = selectsAnywhere(info, HOW_KNOWN);
    return keptAnswer(context, 'displacement', { asked, question, withHowKnown }, async (underWay) => {
      const answer = await answerDisplacement(context.reader, asked, question, context.now, underWay);
      // The periods are the closing's own, whatever span was given.
      const { occurred: _occurred, ...search } = asked.search;
      if (withHowKnown) await tellHowKnown(context.reader, { search, asKnown: asked.asKnown }, answer.zones);
      return answer;
    });
  }

  @FieldResolver(() => [String], {
    description: 'Its incidents in both periods, by id; up to 10,000 of them.',
  })
  incidentIds(
    @Root() zone: DisplacementZoneFigures,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The last id of the page before.' })
    after: string | null,
  ): readonly string[] {
    return pageOfIds(zone.allIncidentIds, first, after);
  }
}
