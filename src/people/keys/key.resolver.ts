/** `apiKeys`, making one and revoking one. */
import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Role } from '../../access/roles.ts';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import type { Purpose } from '../../kernel/vocabulary.ts';
import { KEY_WORDS, RecordOutcome, recordOutcome } from '../../records/own-records/own-record.type.ts';
import { PersonalPurposeEnum } from '../../records/personal/personal.type.ts';
import { RoleEnum } from '../accounts/account.type.ts';
import { ApiKey, KeyOutcome, keyOf, keyOutcome } from './key.type.ts';
import { KEY_TOOLS, makeKey, readKeys, revokeOwnKey } from './officer-keys.service.ts';

const USUAL_DAYS = 90;

@Resolver()
export class KeyResolver {
  @Query(() => [ApiKey], {
    description:
      'Keys of your organisation, those that work first, 500 at most; never their secrets. For data officers.',
  })
  async apiKeys(@Ctx() context: RequestContext): Promise<ApiKey[]> {
    const { viewer } = context.reader;
    return (await readKeys(serviceOf(context, KEY_TOOLS), viewer)).map((row) => keyOf(row, viewer));
  }

  @Mutation(() => KeyOutcome, {
    description: 'Makes a key for a machine of your organisation. For data officers.',
  })
  async makeKey(
    @Ctx() context: RequestContext,
    @Arg('role', () => RoleEnum) role: Role,
    @Arg('label', () => String, {
      description: 'By which you tell keys apart: what uses it. It is not sealed, so it names nobody.',
    })
    label: string,
    @Arg('days', () => Int, { defaultValue: USUAL_DAYS, description: 'How long it works: 1 to 366.' })
    days: number,
    @Arg('vaultPermission', () => Boolean, {
      defaultValue: false,
      description: 'Whether it may open names and notes for a stated purpose, given by somebody who may.',
    })
    vaultPermission: boolean,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
    @Arg('purposes', () => [PersonalPurposeEnum], {
      nullable: true,
      description: 'What it is for. Usual: as whoever makes it.',
    })
    purposes: Purpose[] | null,
  ) {
    const said = { role, days, vaultPermission, purposes: purposes ?? null };
    return keyOutcome(await makeKey(...asked(context, idempotencyKey), said, label));
  }

  @Mutation(() => RecordOutcome, {
    description: 'Stops a key of your organisation for good, at the next request. For data officers.',
  })
  async revokeKey(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await revokeOwnKey(...asked(context, idempotencyKey), id));
  }
}

function asked(context: RequestContext, idempotencyKey: string) {
  return [serviceOf(context, KEY_TOOLS), { viewer: context.reader.viewer, idempotencyKey }] as const;
}
