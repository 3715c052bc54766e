/** `routeHotspots`, and the incidents behind a cell. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Extensions, FieldResolver, Float, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../graphql/context.ts';
import { GeoJson } from '../../graphql/geo-json.scalar.ts';
import { keptAnswer } from '../../graphql/kept-answers.ts';
import type { FieldCost } from '../../graphql/query-cost.ts';
import { selectsAnywhere } from '../../graphql/selection.ts';
import { MovementFilter } from '../../records/movements/movement-filter.input.ts';
import { askedMovements } from '../../records/movements/movement-search.service.ts';
import { pageOfIds } from '../evidence-page.ts';
import { tellHowKnown } from '../tell-how-known.service.ts';
import { answerRouteHotspots, featuresOf, MOST_SIMULATIONS } from './hotspot.service.ts';
import {
  HOTSPOT_PARTS,
  HOTSPOT_SCALES,
  HOTSPOT_WEIGHTS,
  type HotspotParts,
  type HotspotScale,
  type HotspotWeight,
  RouteHotspotAnswer,
  RouteHotspotCell,
} from './hotspot.type.ts';

const EVIDENCE = new Set(['incidentIds', 'howKnown']);
const HOW_KNOWN = new Set(['howKnown']);

/** Every simulation goes through all cells, and finer cells are more: two questions of 999 simulations fit into one query, or ten of 99. */
const COST: FieldCost = {
  records: (argument) => {
    const finer = Math.min(2, Math.max(0, argument('resolution') - 5));
    return 2_000 + Math.ceil(20 * Math.min(MOST_SIMULATIONS, argument('simulations')) * (1 + finer / 2));
  },
  cheaper: 'fewer `simulations`',
};

@Resolver(() => RouteHotspotAnswer)
export class RouteHotspotResolver {
  @Query(() => RouteHotspotAnswer, {
    description:
      'Where observed movements concentrate beyond what chance and the shape of single cases explain. The same question gives the same answer.',
  })
  @Extensions({ cost: COST })
  async routeHotspots(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('filter', () => MovementFilter, { nullable: true }) filter: MovementFilter | null,
    @Arg('scale', () => HOTSPOT_SCALES, {
      defaultValue: HOTSPOT_SCALES.STATED,
      description:
        'AUTOMATIC chooses `resolution` and `rings` from the data, whatever is given for them; up to 499 simulations.',
    })
    scale: HotspotScale,
    @Arg('resolution', () => Int, { defaultValue: 5, description: 'H3 resolution, 2 to 7.' })
    resolution: number,
    @Arg('rings', () => Int, { defaultValue: 1, description: 'Rings of cells that are neighbours.' })
    rings: number,
    @Arg('alpha', () => Float, { defaultValue: 0.05, description: 'False discovery rate of hotspots.' })
    alpha: number,
    @Arg('simulations', () => Int, { defaultValue: 99 }) simulations: number,
    @Arg('over', () => HOTSPOT_PARTS, { defaultValue: HOTSPOT_PARTS.POINTS_AND_LEGS }) over: HotspotParts,
    @Arg('weight', () => HOTSPOT_WEIGHTS, { defaultValue: HOTSPOT_WEIGHTS.INCIDENTS }) weight: HotspotWeight,
    @Arg('first', () => Int, { defaultValue: 1_000, description: 'Cells, at most 5,000.' }) first: number,
  ): Promise<RouteHotspotAnswer> {
    const withEvidence = selectsAnywhere(info, EVIDENCE);
    const question = { scale, resolution, rings, alpha, simulations, over, weight, first, withEvidence };
    const asked = await askedMovements(context, filter);
    const withHowKnown = selectsAnywhere(info, HOW_KNOWN);
    return keptAnswer(context, 'routeHotspots', { asked, question, withHowKnown }, async (underWay) => {
      const answer = await answerRouteHotspots(context.reader, asked, question, underWay);
      if (withHowKnown) await tellHowKnown(context.reader, asked, answer.cells);
      return answer;
    });
  }

  @FieldResolver(() => GeoJson, { description: 'The same cells as a FeatureCollection.' })
  features(@Root() answer: RouteHotspotAnswer): unknown {
    return featuresOf(answer.cells);
  }
}

@Resolver(() => RouteHotspotCell)
export class RouteHotspotCellResolver {
  @FieldResolver(() => [String], { description: 'Incidents that touched it, by id; up to 10,000 of them.' })
  incidentIds(
    @Root() cell: RouteHotspotCell,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The last id of the page before.' })
    after: string | null,
  ): readonly string[] {
    return pageOfIds(cell.allIncidentIds, first, after);
  }
}
