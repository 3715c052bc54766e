/** `referrals`, recording, correcting and withdrawing one, and `referralTexts`: the one door to whom they went. */
import { Arg, Args, Ctx, GraphQLISODateTime, Int, Mutation, Query, Resolver } from 'type-graphql';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { ActAsked, askedBy, ChangeAsked, changedBy, VersionRead } from '../own-records/own-act.input.ts';
import { RecordOutcome, recordOutcome } from '../own-records/own-record.type.ts';
import { readNotes } from '../own-records/read-notes.service.ts';
import { OpeningAsked } from '../personal/personal.input.ts';
import { VAULT_TOOLS } from '../personal/personal.service.ts';
import { ReferralFilter, ReferralInput } from './referral.input.ts';
import { correctReferral, recordReferral, withdrawReferral } from './referral.service.ts';
import { Referral, ReferralText, referralOf, textOf } from './referral.type.ts';
import { listReferrals } from './referral.view.ts';

const ReferralConnection = connectionOf('Referral', () => Referral);

@Resolver(() => Referral)
export class ReferralResolver {
  @Query(() => ReferralConnection, {
    description: "Referrals of the key's own organisation, the latest first.",
  })
  async referrals(
    @Ctx() { reader }: RequestContext,
    @Arg('filter', () => ReferralFilter, { nullable: true }) filter: ReferralFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const { asKnownAt, ...search } = filter ?? {};
    const answer = await listReferrals(reader, search, { at: asKnownAt ?? null }, readPaging(first, after));
    return connection(ReferralConnection, answer.page, referralOf, answer.count);
  }

  @Query(() => [ReferralText], {
    description:
      "Whom referrals of the key's own organisation went to, and why: wants the vault permission, a purpose and a case reference, and is logged before it is answered.",
  })
  async referralTexts(
    @Ctx() context: RequestContext,
    @Arg('about', () => String, {
      description: 'Id of a referral, or of a report or incident with all about it.',
    })
    about: string,
    @Args(() => OpeningAsked) { purpose, caseReference }: OpeningAsked,
    @Arg('asKnownAt', () => GraphQLISODateTime, {
      nullable: true,
      description: 'What they said at this moment.',
    })
    asKnownAt?: Date,
  ): Promise<ReferralText[]> {
    const asked = { about, purpose, caseReference, at: asKnownAt ?? null };
    const notes = await readNotes(serviceOf(context, VAULT_TOOLS), context.reader.viewer, 'referral', asked);
    return notes.map(textOf);
  }

  @Mutation(() => RecordOutcome, {
    description:
      "Before somebody of an own report or incident is referred: consent, revenge, the agency's corruption and the basis, answered and kept. Refused while one is open, or when an answer forbids it.",
  })
  async recordReferral(
    @Ctx() context: RequestContext,
    @Arg('referral', () => ReferralInput) referral: ReferralInput,
    @Args(() => ActAsked) asked: ActAsked,
  ): Promise<typeof RecordOutcome> {
    return recordOutcome(await recordReferral(...askedBy(context, asked), referral));
  }

  @Mutation(() => RecordOutcome, {
    description: 'Answers all of it again; what was answered stays as its version before.',
  })
  async correctReferral(
    @Ctx() context: RequestContext,
    @Args(() => VersionRead) read: VersionRead,
    @Arg('referral', () => ReferralInput) referral: ReferralInput,
    @Args(() => ChangeAsked) asked: ChangeAsked,
  ): Promise<typeof RecordOutcome> {
    return recordOutcome(await correctReferral(...changedBy(context, read, asked), referral));
  }

  @Mutation(() => RecordOutcome, {
    description:
      'It never left: no list has it any more, and what was written in any version goes for good. Refused under a legal hold.',
  })
  async withdrawReferral(
    @Ctx() context: RequestContext,
    @Args(() => VersionRead) read: VersionRead,
    @Args(() => ChangeAsked) asked: ChangeAsked,
  ): Promise<typeof RecordOutcome> {
    return recordOutcome(await withdrawReferral(...changedBy(context, read, asked)));
  }
}
