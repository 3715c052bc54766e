/** Agreements: read and previewed, drafted, signed, suspended and ended by data officers of their parties. */
import { Arg, Ctx, Extensions, Int, Mutation, Query, Resolver } from 'type-graphql';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import type { FieldCost } from '../../graphql/query-cost.ts';
import {
  KEY_WORDS,
  RecordOutcome,
  recordOutcome,
  VERSION_WORDS,
} from '../../records/own-records/own-record.type.ts';
import { AgreementInput, termsFrom } from './agreement.input.ts';
import {
  resumeAgreement,
  reviewAgreement,
  revokeAgreement,
  signAgreement,
  suspendAgreement,
} from './agreement.service.ts';
import { Agreement, AgreementReasonEnum } from './agreement.type.ts';
import type { AgreementReason } from './agreement-words.ts';
import { amendAgreement, draftAgreement } from './draft-agreement.service.ts';
import { AgreementPreview } from './preview.type.ts';
import { AGREEMENT_TOOLS, previewAgreement, readAgreements } from './read-agreements.service.ts';

/** Each table of the classes shared is counted. */
const PREVIEW_COST: FieldCost = { records: () => 3_000 };

@Resolver()
export class AgreementResolver {
  @Query(() => [Agreement], {
    description: 'Agreements your organisation is a party of, the latest first. For data officers.',
  })
  async agreements(@Ctx() context: RequestContext): Promise<readonly Agreement[]> {
    return readAgreements(
      serviceOf(context, AGREEMENT_TOOLS),
      context.reader.viewer,
      await context.slugs(),
      null,
    );
  }

  @Query(() => Agreement, { nullable: true, description: 'One of them. For data officers.' })
  async agreement(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
  ): Promise<Agreement | null> {
    const tools = serviceOf(context, AGREEMENT_TOOLS);
    return (await readAgreements(tools, context.reader.viewer, await context.slugs(), id))[0] ?? null;
  }

  @Query(() => AgreementPreview, {
    description:
      'Exactly what another party would see of your records under an agreement, signed or not: counts, and the newest rows as it would meet them. For data officers.',
  })
  @Extensions({ cost: PREVIEW_COST })
  agreementPreview(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('receiver', () => String, { description: 'Slug of the other party.' }) receiver: string,
    @Arg('rows', () => Int, { defaultValue: 3, description: 'Of each kind, 0 to 20.' }) rows: number,
  ): Promise<AgreementPreview> {
    return previewAgreement(serviceOf(context, AGREEMENT_TOOLS), context.reader.viewer, id, receiver, rows);
  }

  @Mutation(() => RecordOutcome, {
    description: 'Drafts an agreement: nothing is shared before every party has signed.',
  })
  async draftAgreement(
    @Ctx() context: RequestContext,
    @Arg('agreement', () => AgreementInput) agreement: AgreementInput,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await draftAgreement(...asked(context, idempotencyKey), termsFrom(agreement)));
  }

  @Mutation(() => RecordOutcome, {
    description: 'Says a draft anew, all of it; who had signed has to sign again.',
  })
  async amendAgreement(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('agreement', () => AgreementInput) agreement: AgreementInput,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(
      await amendAgreement(...asked(context, idempotencyKey), { id, version }, termsFrom(agreement)),
    );
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Signs for your organisation what the digest names. With the last signature it works, from its start on.',
  })
  async signAgreement(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('digest', () => String, { description: '`digest` of the terms you read.' }) digest: string,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await signAgreement(...asked(context, idempotencyKey), { id, version }, digest));
  }

  @Mutation(() => RecordOutcome, { description: 'Stops it at the next request, until you resume it.' })
  async suspendAgreement(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('reason', () => AgreementReasonEnum) reason: AgreementReason,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await suspendAgreement(...asked(context, idempotencyKey), { id, version }, reason));
  }

  @Mutation(() => RecordOutcome, { description: 'Lets it go on; for the party that suspended it.' })
  async resumeAgreement(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('reason', () => AgreementReasonEnum) reason: AgreementReason,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await resumeAgreement(...asked(context, idempotencyKey), { id, version }, reason));
  }

  @Mutation(() => RecordOutcome, {
    description: 'Ends it for good, at the next request; a draft is withdrawn so.',
  })
  async revokeAgreement(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('reason', () => AgreementReasonEnum) reason: AgreementReason,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await revokeAgreement(...asked(context, idempotencyKey), { id, version }, reason));
  }

  @Mutation(() => RecordOutcome, {
    description: 'You looked at it, and it goes on as it is until it is looked at again.',
  })
  async reviewAgreement(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('nextOn', () => String, { description: 'A day like 2027-03-01.' }) nextOn: string,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await reviewAgreement(...asked(context, idempotencyKey), { id, version }, nextOn));
  }
}

function asked(context: RequestContext, idempotencyKey: string) {
  return [serviceOf(context, AGREEMENT_TOOLS), { viewer: context.reader.viewer, idempotencyKey }] as const;
}
