/** `emergingHotspots`, and the incidents behind a cell. */
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
import { answerEmergingHotspots, MOST_EMERGING_SIMULATIONS } from './emerging.service.ts';
import { EmergingHotspotAnswer, EmergingHotspotCell } from './emerging.type.ts';
import { HOTSPOT_PARTS, HOTSPOT_WEIGHTS, type HotspotParts, type HotspotWeight } from './hotspot.type.ts';

const EVIDENCE = new Set(['incidentIds', 'howKnown']);
const HOW_KNOWN = new Set(['howKnown']);

/** Every simulation goes through all cells of all steps. */
const COST: FieldCost = {
  records: (argument) => 2_000 + Math.ceil(30 * Math.min(MOST_EMERGING_SIMULATIONS, argument('simulations'))),
  cheaper: 'fewer `simulations`',
};

@Resolver(() => EmergingHotspotCell)
export class EmergingHotspotResolver {
  @Query(() => EmergingHotspotAnswer, {
    description:
      'What became of the places where observed movements concentrate: Gi* of every step of time, whether it grows, and in one word which kind of hotspot each cell is now. The same question gives the same answer.',
  })
  @Extensions({ cost: COST })
  async emergingHotspots(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('filter', () => MovementFilter, { nullable: true }) filter: MovementFilter | null,
    @Arg('resolution', () => Int, { defaultValue: 4, description: 'H3 resolution, 2 to 6.' })
    resolution: number,
    @Arg('rings', () => Int, { defaultValue: 1, description: 'Rings of cells that are neighbours.' })
    rings: number,
    @Arg('monthsAStep', () => Int, {
      defaultValue: 3,
      description: 'Steps are counted back from the last month with a record; 8 of them are needed.',
    })
    monthsAStep: number,
    @Arg('alpha', () => Float, {
      defaultValue: 0.05,
      description: 'False discovery rate over all cells and steps.',
    })
    alpha: number,
    @Arg('simulations', () => Int, { defaultValue: 99 }) simulations: number,
    @Arg('over', () => HOTSPOT_PARTS, { defaultValue: HOTSPOT_PARTS.POINTS_AND_LEGS }) over: HotspotParts,
    @Arg('weight', () => HOTSPOT_WEIGHTS, { defaultValue: HOTSPOT_WEIGHTS.INCIDENTS }) weight: HotspotWeight,
    @Arg('first', () => Int, { defaultValue: 500, description: 'Cells, at most 2,000.' }) first: number,
  ): Promise<EmergingHotspotAnswer> {
    const withEvidence = selectsAnywhere(info, EVIDENCE);
    const question = {
      resolution,
      rings,
      alpha,
      simulations,
      monthsAStep,
      over,
      weight,
      first,
      withEvidence,
    };
    const asked = await askedMovements(context, filter);
    const withHowKnown = selectsAnywhere(info, HOW_KNOWN);
    return keptAnswer(context, 'emergingHotspots', { asked, question, withHowKnown }, async (underWay) => {
      const answer = await answerEmergingHotspots(context.reader, asked, question, underWay);
      if (withHowKnown) await tellHowKnown(context.reader, asked, answer.cells);
      return answer;
    });
  }

  @FieldResolver(() => [String], { description: 'Incidents that touched it, by id; up to 10,000 of them.' })
  incidentIds(
    @Root() cell: EmergingHotspotCell,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The last id of the page before.' })
    after: string | null,
  ): readonly string[] {
    return pageOfIds(cell.allIncidentIds, first, after);
  }
}
