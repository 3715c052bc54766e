/** Asking for hit or no hit: each asking is a mutation, since it is counted, logged at both sides, and may tell the owner. */
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { ForPartners } from '../../graphql/for-partners.ts';
import { KEY_WORDS } from '../../records/own-records/own-record.type.ts';
import { MATCHING_TOOLS } from './arrangement.service.ts';
import { matchContact, matchOne } from './match.service.ts';
import { matchBatch } from './match-batch.service.ts';
import type { MatchKind } from './match-words.ts';
import { MatchAskInput } from './matching.input.ts';
import {
  batchOutcome,
  MatchBatchOutcome,
  MatchKindEnum,
  MatchOutcome,
  matchOutcome,
} from './matching.type.ts';

@Resolver()
export class MatchResolver {
  @ForPartners()
  @Mutation(() => MatchOutcome, {
    description: 'Whether an owner knows one identifier too. The hub sees it, and keeps it nowhere.',
  })
  async matchOne(
    @Ctx() context: RequestContext,
    @Arg('ask', () => MatchAskInput) ask: MatchAskInput,
    @Arg('kind', () => MatchKindEnum) kind: MatchKind,
    @Arg('value', () => String) value: string,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return matchOutcome(await matchOne(...asked(context, idempotencyKey), ask, kind, value));
  }

  @ForPartners()
  @Mutation(() => MatchBatchOutcome, {
    description: 'A batch that the hub cannot read: `npx headwater match` blinds, asks and compares.',
  })
  async matchBatch(
    @Ctx() context: RequestContext,
    @Arg('ask', () => MatchAskInput) ask: MatchAskInput,
    @Arg('blinded', () => String, { description: 'Points of 32 bytes, one behind the other, in base64url.' })
    blinded: string,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    const points = Uint8Array.from(Buffer.from(blinded, 'base64url'));
    return batchOutcome(await matchBatch(...asked(context, idempotencyKey), ask, points));
  }

  @ForPartners()
  @Mutation(() => MatchOutcome, {
    description: 'Whom to call about hits of a batch. The owner is told that you asked, and not about which.',
  })
  async matchContact(
    @Ctx() context: RequestContext,
    @Arg('ask', () => MatchAskInput) ask: MatchAskInput,
    @Arg('tokens', () => [String], { description: 'Contact tokens of hits, 16 bytes each in base64url.' })
    tokens: string[],
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return matchOutcome(await matchContact(...asked(context, idempotencyKey), ask, tokens));
  }
}

function asked(context: RequestContext, idempotencyKey: string) {
  return [serviceOf(context, MATCHING_TOOLS), { viewer: context.reader.viewer, idempotencyKey }] as const;
}
