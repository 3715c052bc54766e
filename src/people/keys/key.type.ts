/** Keys of an organisation, as GraphQL shows them to its data officers. */
import { createUnionType, Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { ROLE_RIGHTS, type Role } from '../../access/roles.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { Outcome } from '../../kernel/errors.ts';
import { PURPOSES, type Purpose } from '../../kernel/vocabulary.ts';
import { ActRefused } from '../../records/acts/act.type.ts';
import { PersonalPurposeEnum } from '../../records/personal/personal.type.ts';
import { RoleEnum } from '../accounts/account.type.ts';
import type { KeyDone } from './officer-keys.service.ts';
import type { OwnKeyRow } from './officer-keys.store.ts';

@ObjectType({ description: 'A key of a machine. Its secret is kept as a digest and shown to nobody.' })
export class ApiKey {
  @Field(() => String, { description: 'What the audit log and records name.' })
  id!: string;

  @Field(() => String, { description: 'Its beginning, by which whoever holds it knows it.' })
  begins!: string;

  @Field(() => String)
  label!: string;

  @Field(() => RoleEnum)
  role!: Role;

  @Field(() => Boolean)
  vaultPermission!: boolean;

  @Field(() => [PersonalPurposeEnum])
  purposes!: readonly Purpose[];

  @Field(() => Boolean, { description: 'Whether its role takes in files and acts by hand.' })
  mayImport!: boolean;

  @Field(() => Boolean, { description: 'Whether its role sees what others share.' })
  seesShared!: boolean;

  @Field(() => GraphQLISODateTime)
  madeAt!: Date;

  @Field(() => GraphQLISODateTime)
  expiresAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  revokedAt!: Date | null;

  @Field(() => Boolean, { description: 'Neither revoked nor at its end.' })
  works!: boolean;

  @Field(() => Boolean, { description: 'It is the one that asks, or that a session was begun with.' })
  asking!: boolean;
}

export function keyOf(row: OwnKeyRow, { keyId, now }: Viewer): ApiKey {
  const { mayImport, grants } = ROLE_RIGHTS[row.role];
  return Object.assign(new ApiKey(), {
    id: row.id,
    begins: `hw_${row.prefix}_`,
    label: row.label,
    role: row.role,
    vaultPermission: row.vault_permission,
    purposes: row.purposes ?? PURPOSES,
    mayImport,
    seesShared: grants,
    madeAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    works: row.revoked_at === null && row.expires_at.getTime() > now.getTime(),
    asking: row.id === keyId,
  });
}

@ObjectType({ description: 'It is done; the same request again changes nothing.' })
export class KeyMade {
  @Field(() => String)
  id!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => String, {
    nullable: true,
    description: 'For the machine. Shown once: null when the request comes again.',
  })
  key!: string | null;
}

export const KeyOutcome = createUnionType({
  name: 'KeyOutcome',
  description: 'Done, or the reasons why not.',
  types: () => [KeyMade, ActRefused] as const,
});

export function keyOutcome(outcome: Outcome<KeyDone>): KeyMade | ActRefused {
  if (!outcome.accepted) return Object.assign(new ActRefused(), { reasons: [...outcome.reasons] });
  const { recordId, version, key } = outcome.value;
  return Object.assign(new KeyMade(), { id: recordId, version, key });
}
