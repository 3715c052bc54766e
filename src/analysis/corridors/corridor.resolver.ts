/** `corridors`, and the movements and incidents that a corridor stands on. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Extensions, FieldResolver, Float, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../graphql/context.ts';
import { keptAnswer } from '../../graphql/kept-answers.ts';
import type { FieldCost } from '../../graphql/query-cost.ts';
import { isOfThings, selectsAnywhere } from '../../graphql/selection.ts';
import { movementLoader } from '../../records/movements/movement.loader.ts';
import { Movement, movementOf } from '../../records/movements/movement.type.ts';
import { MovementFilter } from '../../records/movements/movement-filter.input.ts';
import { askedMovements } from '../../records/movements/movement-search.service.ts';
import { pageOfIds } from '../evidence-page.ts';
import { tellHowMovementsAreKnown } from '../tell-how-known.service.ts';
import { answerCorridors } from './corridor.service.ts';
import { Corridor, CorridorAnswer } from './corridor.type.ts';
import { KEPT_TRAVEL } from './kept-travel.ts';
import { PARALLEL_WITHIN } from './parallel-corridors.ts';

const EVIDENCE = new Set(['movementIds', 'incidentIds', 'howKnown']);
const MOVEMENT_IDS = new Set(['movementIds']);
const MOVEMENTS = new Set(['movements']);
const INCIDENT_IDS = new Set(['incidentIds']);
const FORECAST = new Set(['next', 'nextNotKnown']);
const FORECAST_TEST = new Set(['forecast']);
const HOW_KNOWN = new Set(['howKnown']);

/** All movements asked of are read and walked, whatever few corridors come of them. */
const COST: FieldCost = { records: () => 4_000 };

@Resolver(() => Corridor)
export class CorridorResolver {
  @Query(() => CorridorAnswer, {
    description:
      'Stretches of travel that independent incidents share, stage by stage. Returns never build corridors.',
  })
  @Extensions({ cost: COST })
  async corridors(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('filter', () => MovementFilter, { nullable: true }) filter: MovementFilter | null,
    @Arg('supportAtLeast', () => Int, { defaultValue: 3, description: 'Independent incidents; at least 2.' })
    supportAtLeast: number,
    @Arg('originsAtLeast', () => Int, { defaultValue: 1, description: 'Independent origins.' })
    originsAtLeast: number,
    @Arg('nodeResolution', () => Int, { defaultValue: 5, description: 'H3 resolution of unnamed stages.' })
    nodeResolution: number,
    @Arg('gatherKm', () => Float, {
      defaultValue: 30,
      description: 'Stops this near to a named town, or to the densest spot, are one stage with it; 0: none.',
    })
    gatherKm: number,
    @Arg('parallelWithin', () => Float, {
      defaultValue: PARALLEL_WITHIN,
      description:
        'Corridors run beside each other up to this flow dissimilarity (Tao and Thill): √2 × how far both ends are apart ÷ length; 0 to 2.',
    })
    parallelWithin: number,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('ids', () => [String], {
      nullable: true,
      description:
        'Of those, these alone, and none for an empty list: what one of them stands on, and where those who travel it go on to, costs more than the list of all. `totalCount` stays that of all.',
    })
    ids: string[] | null = null,
  ): Promise<CorridorAnswer> {
    // As a number they are told in `support`.
    const withMovements = selectsAnywhere(info, MOVEMENTS, isOfThings);
    const withEvidence = withMovements || selectsAnywhere(info, EVIDENCE);
    const question = {
      supportAtLeast,
      originsAtLeast,
      nodeResolution,
      gatherKm,
      parallelWithin,
      first,
      withEvidence,
      withForecast: selectsAnywhere(info, FORECAST),
      withForecastTest: selectsAnywhere(info, FORECAST_TEST),
      ids: ids && [...new Set(ids)].sort(),
    };
    const asked = await askedMovements(context, filter);
    const kept = context.services?.read(KEPT_TRAVEL);
    const withHowKnown = selectsAnywhere(info, HOW_KNOWN);
    // Ids are most of an answer by far: with those that nobody asked for, one of many corridors would be too large to be kept.
    const told = {
      movements: withMovements || selectsAnywhere(info, MOVEMENT_IDS),
      incidents: selectsAnywhere(info, INCIDENT_IDS),
    };
    const kind = { asked, question, withHowKnown, ...(withEvidence && { told }) };
    return keptAnswer(context, 'corridors', kind, async (underWay) => {
      const answer = await answerCorridors(context.reader, asked, question, kept, underWay);
      for (const corridor of answer.nodes) corridor.asKnown = asked.asKnown;
      if (withHowKnown) await tellHowMovementsAreKnown(context.reader, asked, answer.nodes);
      for (const corridor of answer.nodes) {
        if (!told.movements) corridor.allMovementIds = [];
        if (!told.incidents) corridor.allIncidentIds = [];
      }
      if (!told.incidents) for (const bundle of answer.bundles) bundle.allIncidentIds = [];
      return answer;
    });
  }

  @FieldResolver(() => [String], { description: 'Movements that travel it, by id; up to 10,000 of them.' })
  movementIds(
    @Root() corridor: Corridor,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The last id of the page before.' })
    after: string | null,
  ): readonly string[] {
    return pageOfIds(corridor.allMovementIds, first, after);
  }

  @FieldResolver(() => [String], {
    description: 'Incidents they came to light in, by id: more than support counts where some are one event.',
  })
  incidentIds(
    @Root() corridor: Corridor,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): readonly string[] {
    return pageOfIds(corridor.allIncidentIds, first, after);
  }

  @FieldResolver(() => [Movement], { description: 'Movements that travel it, in order of their ids.' })
  async movements(
    @Root() corridor: Corridor,
    @Ctx() { reader }: RequestContext,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const ids = pageOfIds(corridor.allMovementIds, first, after);
    const rows = await Promise.all(ids.map((id) => movementLoader(reader, corridor.asKnown).load(id)));
    return rows.flatMap((row) => (row === null ? [] : [movementOf(row)]));
  }
}
