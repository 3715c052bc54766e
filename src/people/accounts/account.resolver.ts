/** Accounts: made, changed, disabled and forgotten by data officers; sessions ended by whom they belong to. */
import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Role } from '../../access/roles.ts';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import type { Purpose } from '../../kernel/vocabulary.ts';
import {
  KEY_WORDS,
  RecordOutcome,
  recordOutcome,
  VERSION_WORDS,
} from '../../records/own-records/own-record.type.ts';
import { PersonalPurposeEnum } from '../../records/personal/personal.type.ts';
import { Account, AccountOutcome, accountOutcome, RoleEnum } from './account.type.ts';
import { meOf } from './me.ts';
import { Me } from './me.type.ts';
import {
  changeAccount,
  disableAccount,
  enableAccount,
  endSession,
  forgetPerson,
  inviteAgain,
  makeAccount,
} from './officer-acts.service.ts';
import { ACCOUNT_TOOLS, readAccounts, readOwnAccount } from './read-accounts.service.ts';

const VAULT_WORDS =
  'Whether it may open names and notes for a stated purpose: investigators and data officers only, given by somebody who may.';

const PURPOSES_WORDS =
  'What its person works for: of what others share, only what is shared for one of these is seen.';

@Resolver()
export class AccountResolver {
  @Query(() => [Account], { description: 'Accounts of your organisation. For data officers.' })
  accounts(@Ctx() context: RequestContext): Promise<readonly Account[]> {
    return readAccounts(serviceOf(context, ACCOUNT_TOOLS), context.reader.viewer);
  }

  @Query(() => Me, { description: 'Who asks, and what the role may.' })
  me(@Ctx() { reader }: RequestContext): Me {
    return meOf(reader.viewer);
  }

  @Query(() => Account, {
    nullable: true,
    description: 'Your own, with where you are signed in; null for a key.',
  })
  myAccount(@Ctx() context: RequestContext): Promise<Account | null> {
    return readOwnAccount(serviceOf(context, ACCOUNT_TOOLS), context.reader.viewer);
  }

  @Mutation(() => AccountOutcome, { description: 'Makes an account and an invitation to take it into use.' })
  async makeAccount(
    @Ctx() context: RequestContext,
    @Arg('role', () => RoleEnum) role: Role,
    @Arg('name', () => String, { description: 'By which you tell accounts apart; it is kept sealed.' })
    name: string,
    @Arg('vaultPermission', () => Boolean, { defaultValue: false, description: VAULT_WORDS })
    vaultPermission: boolean,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
    @Arg('purposes', () => [PersonalPurposeEnum], {
      nullable: true,
      description: `${PURPOSES_WORDS} Usual: those of whoever makes it.`,
    })
    purposes: Purpose[] | null,
  ) {
    const said = { role, vaultPermission, purposes: purposes ?? null };
    return accountOutcome(await makeAccount(...asked(context, idempotencyKey), said, name));
  }

  @Mutation(() => RecordOutcome, { description: 'Works on the next request of whoever is signed in.' })
  async changeAccount(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('role', () => RoleEnum) role: Role,
    @Arg('vaultPermission', () => Boolean, { description: VAULT_WORDS }) vaultPermission: boolean,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
    @Arg('purposes', () => [PersonalPurposeEnum], {
      nullable: true,
      description: `${PURPOSES_WORDS} Usual: as before.`,
    })
    purposes: Purpose[] | null,
  ) {
    const said = { role, vaultPermission, purposes: purposes ?? null };
    return recordOutcome(await changeAccount(...asked(context, idempotencyKey), { id, version }, said));
  }

  @Mutation(() => RecordOutcome, { description: 'Stops it at the next request, until it is enabled again.' })
  async disableAccount(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await disableAccount(...asked(context, idempotencyKey), { id, version }));
  }

  @Mutation(() => RecordOutcome, { description: 'Whoever it belongs to may sign in again, as before.' })
  async enableAccount(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await enableAccount(...asked(context, idempotencyKey), { id, version }));
  }

  @Mutation(() => AccountOutcome, {
    description:
      'A new invitation, for who lost what they sign in with: it goes when the invitation is taken up.',
  })
  async inviteAgain(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return accountOutcome(await inviteAgain(...asked(context, idempotencyKey), { id, version }));
  }

  @Mutation(() => RecordOutcome, {
    description:
      'For good: the name and whatever the person signs in with go. The id stays where the audit log names it.',
  })
  async forgetAccount(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await forgetPerson(...asked(context, idempotencyKey), { id, version }));
  }

  @Mutation(() => RecordOutcome, {
    description: 'Ends one of your sessions, at the next request; for data officers any of the organisation.',
  })
  async endSession(
    @Ctx() context: RequestContext,
    @Arg('id', () => String, { description: 'Of the session.' }) id: string,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await endSession(...asked(context, idempotencyKey), id));
  }
}

function asked(context: RequestContext, idempotencyKey: string) {
  return [serviceOf(context, ACCOUNT_TOOLS), { viewer: context.reader.viewer, idempotencyKey }] as const;
}
