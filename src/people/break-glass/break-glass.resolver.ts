/** Breaking the glass, ending it, reviewing it, and who was told. */
import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import {
  KEY_WORDS,
  RecordOutcome,
  recordOutcome,
  VERSION_WORDS,
} from '../../records/own-records/own-record.type.ts';
import {
  breakGlass,
  endBreakGlass,
  GLASS_TOOLS,
  readNotices,
  reviewBreakGlass,
} from './break-glass.service.ts';
import { BreakGlassNotice, GlassReasonEnum } from './break-glass.type.ts';
import type { GlassReason } from './glass-words.ts';

@Resolver()
export class BreakGlassResolver {
  @Query(() => [BreakGlassNotice], {
    description:
      'Glasses that you broke or were told of; for data officers all of the organisation, the latest 200. The header Headwater-Notices counts those that wait for your review.',
  })
  breakGlassNotices(@Ctx() context: RequestContext): Promise<readonly BreakGlassNotice[]> {
    return readNotices(serviceOf(context, GLASS_TOOLS), context.reader.viewer);
  }

  @Mutation(() => RecordOutcome, {
    description:
      "Opens your own organisation's personal fields, comments and files to you for at most an hour and one case, and tells a second person, who reviews it. Three times a day at most. Never another organisation's.",
  })
  async breakGlass(
    @Ctx() context: RequestContext,
    @Arg('reason', () => GlassReasonEnum) reason: GlassReason,
    @Arg('caseReference', () => String, {
      description: 'The case: nothing is opened for another. Only a digest is kept.',
    })
    caseReference: string,
    @Arg('minutes', () => Int, { description: '1 to 60.' }) minutes: number,
    @Arg('tell', () => String, {
      description: 'Id of an account or key of a second person of your organisation.',
    })
    tell: string,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    const said = { reason, caseReference, minutes, tell };
    return recordOutcome(await breakGlass(...asked(context, idempotencyKey), said));
  }

  @Mutation(() => RecordOutcome, {
    description: 'Before its time, on the next request: by either person, or a data officer.',
  })
  async endBreakGlass(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await endBreakGlass(...asked(context, idempotencyKey), id, version));
  }

  @Mutation(() => RecordOutcome, {
    description: 'What whoever was told says of it afterwards; a data officer may, never who broke it.',
  })
  async reviewBreakGlass(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('justified', () => Boolean) justified: boolean,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await reviewBreakGlass(...asked(context, idempotencyKey), id, version, justified));
  }
}

function asked(context: RequestContext, idempotencyKey: string) {
  return [serviceOf(context, GLASS_TOOLS), { viewer: context.reader.viewer, idempotencyKey }] as const;
}
