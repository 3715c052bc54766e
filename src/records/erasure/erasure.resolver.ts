/** `eraseSubject` and `eraseEntity`: the data officer's, and for good. */
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { ChangeReasonEnum } from '../../graphql/enums.ts';
import type { ChangeReason, Purpose } from '../../kernel/vocabulary.ts';
import { ACT_TOOLS } from '../acts/act.service.ts';
import { PersonalPurposeEnum } from '../personal/personal.type.ts';
import { type ErasureRequest, eraseParty } from './erasure.service.ts';
import { ErasureOutcome, erasureOutcome } from './erasure.type.ts';

const CASE = "Your organisation's reference of the case; only a digest is kept.";
const KEY = 'Of your own, 8 to 200 characters: the same request with the same key changes nothing more.';
const DRY = 'True: counts what would go, and changes nothing. It leaves a trace too.';

@Resolver()
export class ErasureResolver {
  @Mutation(() => ErasureOutcome, {
    description:
      "Erases a moved person of the key's own organisation, in every version and backup, for good. The pseudonym stays without sex and age, so that counts stay true; no import brings the person back.",
  })
  eraseSubject(
    @Ctx() context: RequestContext,
    @Arg('id', () => String, { description: 'The pseudonym, as `personal` shows it.' }) id: string,
    @Arg('purpose', () => PersonalPurposeEnum) purpose: Purpose,
    @Arg('caseReference', () => String, { description: CASE }) caseReference: string,
    @Arg('reason', () => ChangeReasonEnum) reason: ChangeReason,
    @Arg('dryRun', () => Boolean, { description: DRY }) dryRun: boolean,
    @Arg('idempotencyKey', () => String, { description: KEY, nullable: true })
    idempotencyKey: string | undefined,
  ): Promise<typeof ErasureOutcome> {
    return erase(context, 'subject', {
      id,
      purpose,
      caseReference,
      reason,
      dryRun,
      idempotencyKey: idempotencyKey ?? null,
    });
  }

  @Mutation(() => ErasureOutcome, {
    description:
      'Erases what identifies a suspect or a thing of one report, as after a mistaken identity: names, selectors, links and what was written down as its own.',
  })
  eraseEntity(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('purpose', () => PersonalPurposeEnum) purpose: Purpose,
    @Arg('caseReference', () => String, { description: CASE }) caseReference: string,
    @Arg('reason', () => ChangeReasonEnum) reason: ChangeReason,
    @Arg('dryRun', () => Boolean, { description: DRY }) dryRun: boolean,
    @Arg('idempotencyKey', () => String, { description: KEY, nullable: true })
    idempotencyKey: string | undefined,
  ): Promise<typeof ErasureOutcome> {
    return erase(context, 'entity', {
      id,
      purpose,
      caseReference,
      reason,
      dryRun,
      idempotencyKey: idempotencyKey ?? null,
    });
  }
}

async function erase(
  context: RequestContext,
  kind: 'subject' | 'entity',
  request: ErasureRequest,
): Promise<typeof ErasureOutcome> {
  const tools = serviceOf(context, ACT_TOOLS);
  return erasureOutcome(await eraseParty(tools, context.reader.viewer, kind, request));
}
