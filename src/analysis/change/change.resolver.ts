/** `changeAlerts`, and the incidents behind an alert. */
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
import { answerChanges } from './change.service.ts';
import { CHANGE_SERIES, CHANGE_TESTS, ChangeAlert, ChangeAlertAnswer } from './change.type.ts';
import { MOST_WORLDS } from './change-question.ts';
import type { ChangeMethod } from './judge-month.ts';
import { SERIES_KINDS, type SeriesKind } from './monthly-series.ts';

const HOW_KNOWN = new Set(['howKnown']);

/** All movements are counted once for each kind of series, and the series tested once for each world. */
const COST: FieldCost = {
  records: (argument) => 4_000 + Math.ceil(5 * Math.min(MOST_WORLDS, argument('worlds'))),
  cheaper: 'fewer `worlds`',
};

@Resolver(() => ChangeAlert)
export class ChangeAlertResolver {
  @Query(() => ChangeAlertAnswer, {
    description:
      'What changed in a month: pairs of ends, crossings, cells, ways of working and means of travel whose incidents were more or fewer than their past made expected, against staff-time where it is seen, at a rate of false alarms that is told. The same question gives the same answer.',
  })
  @Extensions({ cost: COST })
  async changeAlerts(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('filter', () => MovementFilter, {
      nullable: true,
      description:
        'Which movements; returns are left out unless `purposes` are given, and `occurred` is not taken.',
    })
    filter: MovementFilter | null,
    @Arg('over', () => [CHANGE_SERIES], { defaultValue: [...SERIES_KINDS] }) over: SeriesKind[],
    @Arg('method', () => CHANGE_TESTS, {
      nullable: true,
      description:
        'Unless given: FARRINGTON where 39 months lie before the tested one, CUSUM where 17 do, EARS_C2 where 9 do, else EARS_C1.',
    })
    method: ChangeMethod | null,
    @Arg('alpha', () => Float, {
      defaultValue: 0.05,
      description: "False discovery rate over all series, and level of the method's own bound.",
    })
    alpha: number,
    @Arg('month', () => String, {
      nullable: true,
      description: 'Like 2026-04, with what lay before it; unless given, the latest that is over (UTC).',
    })
    month: string | null,
    @Arg('resolution', () => Int, { defaultValue: 4, description: 'H3 resolution of CELLS, 2 to 7.' })
    resolution: number,
    @Arg('pairResolution', () => Int, {
      defaultValue: 3,
      description:
        'H3 resolution of the ends of a journey, 0 to 6; where they are known less finely, as finely as they are.',
    })
    pairResolution: number,
    @Arg('worlds', () => Int, {
      defaultValue: 200,
      description: 'Worlds without change to measure false alarms in; fewer where there are many series.',
    })
    worlds: number,
    @Arg('first', () => Int, { defaultValue: 100, description: 'Alerts, at most 500.' }) first: number,
  ): Promise<ChangeAlertAnswer> {
    const asked = await askedMovements(context, filter);
    const question = {
      over,
      method: method ?? null,
      alpha,
      month: month ?? null,
      resolution,
      pairResolution,
      worlds,
      first,
    };
    const withHowKnown = selectsAnywhere(info, HOW_KNOWN);
    return keptAnswer(context, 'changeAlerts', { asked, question, withHowKnown }, async (underWay) => {
      const answer = await answerChanges(context.reader, asked, question, context.now, underWay);
      if (withHowKnown)
        await tellHowKnown(context.reader, asked, [...answer.alerts, ...answer.explainedByWatching]);
      return answer;
    });
  }

  @FieldResolver(() => [String], {
    description:
      'Incidents since the alarms began, by id; of a fall also those of the year before, which it is missing. Up to 10,000.',
  })
  incidentIds(
    @Root() alert: ChangeAlert,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The last id of the page before.' })
    after: string | null,
  ): readonly string[] {
    return pageOfIds(alert.allIncidentIds, first, after);
  }
}
