/** Accounts and their sessions, as GraphQL shows them to data officers and to whom they belong. */
import { createUnionType, Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ROLES, type Role } from '../../access/roles.ts';
import type { SignInWay } from '../../access/session.store.ts';
import type { Outcome } from '../../kernel/errors.ts';
import type { Purpose } from '../../kernel/vocabulary.ts';
import { ActRefused } from '../../records/acts/act.type.ts';
import { PersonalPurposeEnum } from '../../records/personal/personal.type.ts';
import type { AccountDone } from './officer-acts.service.ts';

export const RoleEnum = Object.fromEntries(ROLES.map((role) => [role.toUpperCase(), role])) as Readonly<
  Record<string, Role>
>;
registerEnumType(RoleEnum, { name: 'Role', description: 'What an account or key may do and see at all.' });
const SignInWayEnum: Readonly<Record<string, SignInWay>> = { LOCAL: 'local', OIDC: 'oidc' };
registerEnumType(SignInWayEnum, {
  name: 'SignInWay',
  description: 'LOCAL: passphrase and one-time code. OIDC: the identity provider of the hub.',
});

@ObjectType({
  description: 'Somebody is signed in. It ends after half an hour without use, and after half a day.',
})
export class AccountSession {
  @Field(() => String)
  id!: string;

  @Field(() => SignInWayEnum)
  signedIn!: SignInWay;

  @Field(() => GraphQLISODateTime)
  beganAt!: Date;

  @Field(() => GraphQLISODateTime, { description: 'To the minute.' })
  lastUsedAt!: Date;

  @Field(() => GraphQLISODateTime)
  expiresAt!: Date;

  @Field(() => Boolean, { description: 'It is the one that asks.' })
  asking!: boolean;
}

@ObjectType({
  description:
    'A person of an organisation. Its id is what the audit log and records name as the key that did something.',
})
export class Account {
  @Field(() => String)
  id!: string;

  @Field(() => Int, { description: 'To name in the next act.' })
  version!: number;

  @Field(() => String, {
    nullable: true,
    description: 'By which data officers tell accounts apart; kept sealed. Null when it was forgotten.',
  })
  name!: string | null;

  @Field(() => String, {
    description: 'Drawn by the hub: what a person types who signs in with a passphrase.',
  })
  signInName!: string;

  @Field(() => RoleEnum)
  role!: Role;

  @Field(() => Boolean)
  vaultPermission!: boolean;

  @Field(() => [PersonalPurposeEnum], {
    description:
      'What its person works for: of what others share, only what is shared for one of these is seen.',
  })
  purposes!: readonly Purpose[];

  @Field(() => SignInWayEnum, { nullable: true, description: 'Null: not taken into use yet.' })
  signsIn!: SignInWay | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Until when an invitation waits to be taken up.',
  })
  invitedUntil!: Date | null;

  @Field(() => GraphQLISODateTime)
  madeAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  disabledAt!: Date | null;

  @Field(() => Boolean)
  forgotten!: boolean;

  @Field(() => [AccountSession], { description: 'Those that are running, the newest first.' })
  sessions!: readonly AccountSession[];
}

@ObjectType({ description: 'It is done; the same request again changes nothing.' })
export class AccountInvited {
  @Field(() => String)
  id!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'For the person, to be handed over in a safe way: good once, for 7 days. Shown once: null when the request comes again.',
  })
  invitation!: string | null;
}

export const AccountOutcome = createUnionType({
  name: 'AccountOutcome',
  description: 'Done, or the reasons why not.',
  types: () => [AccountInvited, ActRefused] as const,
});

export function accountOutcome(outcome: Outcome<AccountDone>): AccountInvited | ActRefused {
  if (!outcome.accepted) return Object.assign(new ActRefused(), { reasons: [...outcome.reasons] });
  const { recordId, version, invitation } = outcome.value;
  return Object.assign(new AccountInvited(), { id: recordId, version, invitation });
}
