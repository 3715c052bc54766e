/** What an act on an own record is asked with: the version that was read, why, and the key by which it is done once. */
import { ArgsType, Field, Int } from 'type-graphql';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { ChangeReasonEnum } from '../../graphql/enums.ts';
import type { ChangeReason } from '../../kernel/vocabulary.ts';
import { ACT_TOOLS } from '../acts/act.service.ts';
import { KEY_WORDS, VERSION_WORDS } from './own-record.type.ts';

@ArgsType()
export class VersionRead {
  @Field(() => Int, { description: VERSION_WORDS })
  version!: number;

  @Field(() => String)
  id!: string;
}

@ArgsType()
export class ActAsked {
  @Field(() => String, { description: KEY_WORDS })
  idempotencyKey!: string;
}

@ArgsType()
export class ChangeAsked extends ActAsked {
  @Field(() => ChangeReasonEnum)
  reason!: ChangeReason;
}

/** The first arguments of the service that records. */
export function askedBy(context: RequestContext, { idempotencyKey }: ActAsked) {
  return [serviceOf(context, ACT_TOOLS), { viewer: context.reader.viewer, idempotencyKey }] as const;
}

/** The same of those that correct and withdraw. */
export function changedBy(context: RequestContext, { id, version }: VersionRead, asked: ChangeAsked) {
  return [...askedBy(context, asked), { id, version, reason: asked.reason }] as const;
}
