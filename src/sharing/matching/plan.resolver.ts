/** Plans of one's own, and whom to talk to about them. */
import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import {
  KEY_WORDS,
  RecordOutcome,
  recordOutcome,
  VERSION_WORDS,
} from '../../records/own-records/own-record.type.ts';
import { MATCHING_TOOLS } from './arrangement.service.ts';
import { PlanEventInput, planSaid } from './plan.input.ts';
import { planEvent, readNotices, readPlans, withdrawEvent } from './plan.service.ts';
import { PlannedEvent, TalkNotice } from './plan.type.ts';

@Resolver()
export class PlanResolver {
  @Query(() => [PlannedEvent], { description: 'What your organisation plans.' })
  plannedEvents(@Ctx() context: RequestContext) {
    return readPlans(serviceOf(context, MATCHING_TOOLS), context.reader.viewer);
  }

  @Query(() => [TalkNotice], {
    description: 'Whom to talk to before you do what you plan, the latest first.',
  })
  talkTo(@Ctx() context: RequestContext) {
    return readNotices(serviceOf(context, MATCHING_TOOLS), context.reader.viewer);
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Keeps a plan, and compares it with those of organisations that opened matching to yours and yours to them: where two are near, both are told to talk.',
  })
  async planEvent(
    @Ctx() context: RequestContext,
    @Arg('plan', () => PlanEventInput) plan: PlanEventInput,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await planEvent(...asked(context, idempotencyKey), planSaid(plan)));
  }

  @Mutation(() => RecordOutcome, { description: 'Takes a plan back.' })
  async withdrawEvent(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await withdrawEvent(...asked(context, idempotencyKey), id, version));
  }
}

function asked(context: RequestContext, idempotencyKey: string) {
  return [serviceOf(context, MATCHING_TOOLS), { viewer: context.reader.viewer, idempotencyKey }] as const;
}
