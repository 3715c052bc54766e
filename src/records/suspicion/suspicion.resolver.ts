/** `Entity.suspicion`, what was decided about a person, and deciding it. */
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { ACT_TOOLS } from '../acts/act.service.ts';
import { ActRefused } from '../acts/act.type.ts';
import { Entity } from '../entities/entity.type.ts';
import { KEY_WORDS, RecordOutcome, recordOutcome } from '../own-records/own-record.type.ts';
import { reviewSuspicion, setSuspicionMonths } from './review.service.ts';
import { SuspicionReviewInput, saidOfReview } from './suspicion.input.ts';
import { reviewsOfEntity, suspicionOfEntity } from './suspicion.loader.ts';
import {
  PersonSuspicion,
  reviewOf,
  SuspicionPeriod,
  SuspicionPeriodOutcome,
  SuspicionReview,
  suspicionOf,
} from './suspicion.type.ts';

@Resolver(() => Entity)
export class SuspicionResolver {
  @FieldResolver(() => PersonSuspicion, {
    nullable: true,
    description:
      'What the person is held for, now or at the moment asked about; null for things, and for whom a report protects.',
  })
  async suspicion(
    @Root() { rowId, asKnown }: Entity,
    @Ctx() { reader }: RequestContext,
  ): Promise<PersonSuspicion | null> {
    const row = await suspicionOfEntity(reader, asKnown).load(rowId);
    return row === null ? null : suspicionOf(row);
  }

  @FieldResolver(() => [SuspicionReview], {
    description:
      "What was decided about the person, the first first, in every version of the report; empty for persons that are not your organisation's own.",
  })
  async suspicionHistory(
    @Root() { rowId, asKnown }: Entity,
    @Ctx() { reader }: RequestContext,
  ): Promise<SuspicionReview[]> {
    return (await reviewsOfEntity(reader, asKnown).load(rowId)).map(reviewOf);
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Decides what a person of your own organisation is held for: investigators and data officers. It stands until it falls due; CLEARED stands until the next review, leaves every ranking, and is told to everybody who was granted the record.',
  })
  async reviewSuspicion(
    @Ctx() context: RequestContext,
    @Arg('entityId', () => String) entityId: string,
    @Arg('version', () => Int, {
      description:
        'The version of `Entity.suspicion` you read. When it is not the latest any more, nothing is changed.',
    })
    version: number,
    @Arg('review', () => SuspicionReviewInput) review: SuspicionReviewInput,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ): Promise<typeof RecordOutcome> {
    const tools = serviceOf(context, ACT_TOOLS);
    const said = saidOfReview(review, tools.now());
    if (!said.accepted) return recordOutcome(said);
    const request = { viewer: context.reader.viewer, idempotencyKey };
    return recordOutcome(await reviewSuspicion(tools, request, entityId, version, said.value));
  }

  @Mutation(() => SuspicionPeriodOutcome, {
    description:
      'Says how many months a suspicion of your organisation stands unreviewed, 60 at most; 24 unless said. For persons that come in, and reviews that are made, from now on.',
  })
  async setSuspicionMonths(
    @Ctx() context: RequestContext,
    @Arg('months', () => Int) months: number,
  ): Promise<typeof SuspicionPeriodOutcome> {
    const tools = serviceOf(context, ACT_TOOLS);
    const outcome = await setSuspicionMonths(tools, context.reader.viewer, months);
    if (!outcome.accepted) return Object.assign(new ActRefused(), { reasons: [...outcome.reasons] });
    return Object.assign(new SuspicionPeriod(), { months: outcome.value });
  }
}
