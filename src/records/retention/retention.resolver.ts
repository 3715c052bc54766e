/** `retentionPolicies`, `retentionReview`, `legalHolds`, and what a data officer does about them. */
import { Arg, Ctx, GraphQLISODateTime, Int, Mutation, Query, Resolver } from 'type-graphql';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { ACT_TOOLS } from '../acts/act.service.ts';
import { KEY_WORDS, RecordOutcome, recordOutcome } from '../own-records/own-record.type.ts';
import { dayOf, decideRetention, setRetention } from './decide.service.ts';
import { caseTokenOf, liftLegalHold, placeLegalHold } from './hold.service.ts';
import { purgeDue } from './purge.service.ts';
import { PurgeCounts, purgeCountsOf } from './purge.type.ts';
import {
  holdOf,
  holdOutcome,
  itemOf,
  LegalHold,
  LegalHoldOutcome,
  policiesOf,
  RetentionActionEnum,
  RetentionClassEnum,
  RetentionDecisionEnum,
  RetentionItem,
  RetentionPolicy,
  RetentionReasonEnum,
} from './retention.type.ts';
import { listDue, listHolds, readPolicies } from './retention.view.ts';
import { holdingOfficer, retentionOfficer } from './retention-officer.ts';
import type {
  RetentionAction,
  RetentionClass,
  RetentionDecision,
  RetentionReason,
} from './retention-words.ts';

export const RetentionConnection = connectionOf('RetentionItem', () => RetentionItem);
export const LegalHoldConnection = connectionOf('LegalHold', () => LegalHold);

const MOST_DAYS = 3_660;
const MOST_PURGED = 1_000;
const CASE = "Your organisation's reference of the case; only a digest is kept.";

@Resolver()
export class RetentionResolver {
  @Query(() => [RetentionPolicy], {
    description: "How long each class of the key's own organisation's records is kept. For data officers.",
  })
  async retentionPolicies(
    @Ctx() { reader }: RequestContext,
    @Arg('asKnownAt', () => GraphQLISODateTime, { nullable: true }) asKnownAt: Date | null,
  ): Promise<RetentionPolicy[]> {
    retentionOfficer(reader.viewer);
    return policiesOf(await readPolicies(reader, asKnownAt ?? null));
  }

  @Query(() => RetentionConnection, {
    description:
      "Records of the key's own organisation whose time is over or soon will be, what is due first coming first. For data officers.",
  })
  async retentionReview(
    @Ctx() { reader }: RequestContext,
    @Arg('withinDays', () => Int, {
      defaultValue: 30,
      description: 'What falls due in so many days too; 0: what is due.',
    })
    withinDays: number,
    @Arg('classes', () => [RetentionClassEnum], { nullable: true }) classes: RetentionClass[] | null,
    @Arg('held', () => Boolean, { nullable: true }) held: boolean | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    retentionOfficer(reader.viewer);
    if (!(withinDays >= 0 && withinDays <= MOST_DAYS))
      throw new HeadwaterError('BAD_INPUT', `withinDays: found ${withinDays}, wanted 0 to ${MOST_DAYS}`);
    const until = dayOf(new Date(reader.viewer.now.getTime() + withinDays * 86_400_000));
    const search = { until, classes: classes ?? null, held: held ?? null };
    const answer = await listDue(reader, search, readPaging(first, after));
    return connection(RetentionConnection, answer.page, itemOf, answer.count);
  }

  @Query(() => LegalHoldConnection, {
    description:
      "Legal holds of the key's own organisation, the latest first. For investigators and data officers.",
  })
  async legalHolds(
    @Ctx() context: RequestContext,
    @Arg('caseReference', () => String, { nullable: true }) caseReference: string | null,
    @Arg('lifted', () => Boolean, { nullable: true, description: 'Both when not given.' })
    lifted: boolean | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const { reader } = context;
    const ownerId = holdingOfficer(reader.viewer);
    const caseToken =
      caseReference == null ? null : caseTokenOf(serviceOf(context, ACT_TOOLS), ownerId, caseReference);
    const answer = await listHolds(reader, { caseToken, lifted: lifted ?? null }, readPaging(first, after));
    return connection(LegalHoldConnection, answer.page, holdOf, answer.count);
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Says how many months a class of records of your own organisation is kept, 1 to 120, and what happens then. For what is there already too.',
  })
  async setRetention(
    @Ctx() context: RequestContext,
    @Arg('recordClass', () => RetentionClassEnum) recordClass: RetentionClass,
    @Arg('months', () => Int) months: number,
    @Arg('action', () => RetentionActionEnum) action: RetentionAction,
    @Arg('reason', () => RetentionReasonEnum) reason: RetentionReason,
    @Arg('version', () => Int, { description: 'Of the policy you read; 0 where nothing was said.' })
    version: number,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ): Promise<typeof RecordOutcome> {
    const request = { viewer: context.reader.viewer, idempotencyKey };
    const said = { recordClass, months, action, reason };
    return recordOutcome(await setRetention(serviceOf(context, ACT_TOOLS), request, version, said));
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Decides about one record of your own organisation: kept until a day, or taken by the next purge. The latest decision stands.',
  })
  async decideRetention(
    @Ctx() context: RequestContext,
    @Arg('id', () => String, { description: 'Of a report, or of an import with rows that wait.' }) id: string,
    @Arg('decision', () => RetentionDecisionEnum) decision: RetentionDecision,
    @Arg('until', () => String, { nullable: true, description: 'Of an extension: a day, like 2027-03-01.' })
    until: string | undefined,
    @Arg('reason', () => RetentionReasonEnum) reason: RetentionReason,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ): Promise<typeof RecordOutcome> {
    const request = { viewer: context.reader.viewer, idempotencyKey };
    const said = { decision, until: until ?? null, reason };
    return recordOutcome(await decideRetention(serviceOf(context, ACT_TOOLS), request, id, said));
  }

  @Mutation(() => LegalHoldOutcome, {
    description:
      'Holds records of your own organisation for a case: nothing purges, erases or takes them back until it is lifted. All of them or none.',
  })
  async placeLegalHold(
    @Ctx() context: RequestContext,
    @Arg('reportIds', () => [String], { defaultValue: [] }) reportIds: string[],
    @Arg('entityIds', () => [String], {
      defaultValue: [],
      description: 'The reports they stand in are held.',
    })
    entityIds: string[],
    @Arg('importIds', () => [String], {
      defaultValue: [],
      description: 'With every report they made.',
    })
    importIds: string[],
    @Arg('caseReference', () => String, { description: CASE }) caseReference: string,
    @Arg('reason', () => RetentionReasonEnum) reason: RetentionReason,
  ): Promise<typeof LegalHoldOutcome> {
    const request = { reportIds, entityIds, importIds, caseReference, reason };
    return holdOutcome(await placeLegalHold(serviceOf(context, ACT_TOOLS), context.reader.viewer, request));
  }

  @Mutation(() => LegalHoldOutcome, {
    description: 'Lifts the holds of a case: all, or those on the objects named.',
  })
  async liftLegalHold(
    @Ctx() context: RequestContext,
    @Arg('caseReference', () => String, { description: CASE }) caseReference: string,
    @Arg('objectIds', () => [String], { nullable: true }) objectIds: string[] | undefined,
    @Arg('reason', () => RetentionReasonEnum) reason: RetentionReason,
  ): Promise<typeof LegalHoldOutcome> {
    const tools = serviceOf(context, ACT_TOOLS);
    const { viewer } = context.reader;
    return holdOutcome(await liftLegalHold(tools, viewer, caseReference, objectIds ?? null, reason));
  }

  @Mutation(() => PurgeCounts, {
    description:
      'Purges what is due of your own organisation, for good: every version, sealed values and their keys, rows as received. No import brings it back. Data officers; BUSY while an import runs.',
  })
  async purgeDue(
    @Ctx() context: RequestContext,
    @Arg('dryRun', () => Boolean, { description: 'True: counts what would go, and changes nothing.' })
    dryRun: boolean,
    @Arg('atMost', () => Int, {
      defaultValue: MOST_PURGED,
      description: `Reports and imports of one request, 1 to ${MOST_PURGED}; \`npx headwater retention --purge\` takes all.`,
    })
    atMost: number,
  ): Promise<PurgeCounts> {
    const { viewer } = context.reader;
    const ownerId = retentionOfficer(viewer);
    if (!(atMost >= 1 && atMost <= MOST_PURGED))
      throw new HeadwaterError('BAD_INPUT', `atMost: found ${atMost}, wanted 1 to ${MOST_PURGED}`);
    const ask = { ownerId, keyId: viewer.keyId, dryRun, atMost };
    return purgeCountsOf(!dryRun, await purgeDue(serviceOf(context, ACT_TOOLS), ask));
  }
}
