/** Matching as GraphQL shows it: what is open, what an asking came to, and what owners are told. */

import { createUnionType, Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ForPartners } from '../../graphql/for-partners.ts';
import type { Outcome } from '../../kernel/errors.ts';
import { ActRefused } from '../../records/acts/act.type.ts';
import type { MatchResult } from './match.service.ts';
import type { BatchAnswer } from './match-batch.service.ts';
import { ALERT_KINDS, type AlertKind, MATCH_KINDS, type MatchKind } from './match-words.ts';

const enumOf = <const T extends string>(words: readonly T[]): Readonly<Record<string, T>> =>
  Object.fromEntries(words.map((word) => [word.toUpperCase(), word])) as Readonly<Record<string, T>>;

export const MatchKindEnum = enumOf(MATCH_KINDS);
registerEnumType(MatchKindEnum, {
  name: 'MatchKind',
  description:
    'Kinds of identifier. NAME: of somebody under a standing suspicion, in that very spelling but for case and accents.',
});
export const MatchAlertKindEnum = enumOf(ALERT_KINDS);
registerEnumType(MatchAlertKindEnum, {
  name: 'MatchAlertKind',
  description:
    'HIT and FOLLOW_UP: somebody knows what you know, and was told whom to call. The others look like probing, and are told once a day each.',
});
const MatchVerdictEnum = { HIT: 'HIT', NO_HIT: 'NO_HIT' } as const;
registerEnumType(MatchVerdictEnum, {
  name: 'MatchVerdict',
  description:
    'NO_HIT is the answer to everything but a hit: not known, excluded, of somebody protected, not open to you, or beyond the day’s quota.',
});

@ForPartners()
@ObjectType({ description: 'Whether both know it, and then whom to call. Nothing else.' })
export class MatchAnswer {
  @Field(() => MatchVerdictEnum)
  verdict!: keyof typeof MatchVerdictEnum;

  @Field(() => String, { nullable: true, description: 'Whom to call at the owner; with a hit.' })
  contact!: string | null;
}

@ForPartners()
@ObjectType({
  description: 'A batch evaluated blindly (RFC 9497, ristretto255-SHA512, VOPRF). Bytes are base64url.',
})
export class MatchBatch {
  @Field(() => String, { description: 'Compare it with the one of the arrangement before you use anything.' })
  publicKey!: string;

  @Field(() => String, { description: 'Evaluated points of 32 bytes, in the order they were asked in.' })
  evaluated!: string;

  @Field(() => String, { description: 'That all were evaluated under that key.' })
  proof!: string;

  @Field(() => String, { description: 'Goes into each token; new with each answer.' })
  salt!: string;

  @Field(() => String, { description: 'The owner’s tokens of 16 bytes among random ones, sorted.' })
  tokens!: string;
}

export const MatchOutcome = createUnionType({
  name: 'MatchOutcome',
  description: 'The answer, or what is wrong with the form of the request.',
  types: () => [MatchAnswer, ActRefused] as const,
});
export const MatchBatchOutcome = createUnionType({
  name: 'MatchBatchOutcome',
  description: 'The answer, or what is wrong with the form of the request.',
  types: () => [MatchBatch, ActRefused] as const,
});

@ObjectType({
  description: 'That an owner lets another party of a running agreement ask it for hit or no hit.',
})
export class MatchingArrangement {
  @Field(() => String)
  id!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => String)
  agreementId!: string;

  ownerId!: string;

  askerId!: string;

  @Field(() => [MatchKindEnum])
  kinds!: readonly MatchKind[];

  @Field(() => Int, { description: 'A batch of fewer selectors is answered as if nothing were open.' })
  minimumBatch!: number;

  @Field(() => Int, { description: 'Selectors in batches, a day of UTC.' })
  dailyQuota!: number;

  @Field(() => Int, { description: 'Single look-ups, a day of UTC.' })
  dailySingle!: number;

  @Field(() => Int)
  leftToday!: number;

  @Field(() => Int)
  singlesLeftToday!: number;

  @Field(() => String, {
    description: 'Of the oblivious function, 32 bytes in base64url. Write it down with the agreement.',
  })
  publicKey!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Whom a hit tells to call; for the owner’s data officers.',
  })
  contact!: string | null;

  @Field(() => GraphQLISODateTime)
  openedAt!: Date;
}

@ObjectType({ description: 'An entity whose identifiers nobody may match.' })
export class MatchingExclusion {
  @Field(() => String)
  entityId!: string;

  @Field(() => GraphQLISODateTime)
  excludedAt!: Date;

  @Field(() => String)
  keyId!: string;
}

@ObjectType({
  description: 'What an owner is told of an asker: who, when, for what, and never of which record.',
})
export class MatchingAlert {
  @Field(() => String)
  id!: string;

  @Field(() => MatchAlertKindEnum)
  kind!: AlertKind;

  @Field(() => GraphQLISODateTime)
  at!: Date;

  askerId!: string;

  @Field(() => String, { nullable: true })
  arrangementId!: string | null;

  @Field(() => String)
  purpose!: string;

  @Field(() => String, { description: 'Who may be told, as the asker named it: a role, or the id of a key.' })
  tell!: string;
}

export function matchOutcome(outcome: Outcome<MatchResult>): MatchAnswer | ActRefused {
  if (!outcome.accepted) return Object.assign(new ActRefused(), { reasons: [...outcome.reasons] });
  const { value } = outcome;
  return Object.assign(
    new MatchAnswer(),
    value.hit ? { verdict: 'HIT', contact: value.contact } : { verdict: 'NO_HIT', contact: null },
  );
}

export function batchOutcome(outcome: Outcome<BatchAnswer>): MatchBatch | ActRefused {
  if (!outcome.accepted) return Object.assign(new ActRefused(), { reasons: [...outcome.reasons] });
  const { publicKey, evaluated, proof, salt, tokens } = outcome.value;
  return Object.assign(new MatchBatch(), {
    publicKey: textOf(publicKey),
    evaluated: textOf(evaluated),
    proof: textOf(proof),
    salt: textOf(salt),
    tokens: textOf(tokens),
  });
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
