/** What a person is held for, as GraphQL shows it. */
import { createUnionType, Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { SuspicionBasisEnum, SuspicionEnum, SuspicionStatusEnum } from '../../graphql/enums.ts';
import type { Suspicion, SuspicionBasis, SuspicionStatus } from '../../kernel/vocabulary.ts';
import { ActRefused } from '../acts/act.type.ts';

@ObjectType({
  description:
    'What a person is held for at the moment asked about. It lapses when nobody reviews it in time; that somebody is cleared does not.',
})
export class PersonSuspicion {
  @Field(() => SuspicionStatusEnum)
  status!: SuspicionStatus;

  @Field(() => SuspicionBasisEnum, {
    nullable: true,
    description: 'REPORT until somebody reviewed it; null where it is shared coarsely.',
  })
  basis!: SuspicionBasis | null;

  @Field(() => String, {
    nullable: true,
    description: 'The day of the charge, the judgment or whatever it rests on, like 2024-03-01.',
  })
  basisOn!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null: nobody reviewed it.' })
  reviewedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Id of the key that reviewed it; null for everybody but its owner.',
  })
  reviewerId!: string | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'When it lapses unless it is reviewed; null: cleared. Of what is shared coarsely, the quarter.',
  })
  dueAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it lapsed.' })
  lapsedAt!: Date | null;

  @Field(() => Int, { description: 'To name in a review; 1 is what the report says.' })
  version!: number;
}

export interface SuspicionColumns {
  readonly entity_id: string;
  readonly status: SuspicionStatus;
  readonly basis: SuspicionBasis | null;
  readonly basis_on: string | null;
  readonly reviewed_at: Date | null;
  readonly reviewer_id: string | null;
  readonly due_at: Date | null;
  readonly lapsed_at: Date | null;
  readonly version: number;
}

export function suspicionOf(row: SuspicionColumns): PersonSuspicion {
  return Object.assign(new PersonSuspicion(), {
    status: row.status,
    basis: row.basis,
    basisOn: row.basis_on,
    reviewedAt: row.reviewed_at,
    reviewerId: row.reviewer_id,
    dueAt: row.due_at,
    lapsedAt: row.lapsed_at,
    version: row.version,
  });
}

@ObjectType({
  description: 'One decision about a person, as it was made; the first is what the report says.',
})
export class SuspicionReview {
  @Field(() => Int)
  version!: number;

  @Field(() => SuspicionEnum, { description: 'As it was decided; it may have lapsed since.' })
  status!: Suspicion;

  @Field(() => SuspicionBasisEnum)
  basis!: SuspicionBasis;

  @Field(() => String, { nullable: true })
  basisOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Id of the key; null: nobody reviewed it.' })
  reviewerId!: string | null;

  @Field(() => GraphQLISODateTime)
  knownFrom!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  knownTo!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  dueAt!: Date | null;
}

export interface ReviewColumns {
  readonly entity_id: string;
  readonly version: number;
  readonly status: Suspicion;
  readonly basis: SuspicionBasis;
  readonly basis_on: string | null;
  readonly reviewer_id: string | null;
  readonly known_from: Date;
  readonly known_to: Date | null;
  readonly due_at: Date | null;
}

export function reviewOf(row: ReviewColumns): SuspicionReview {
  return Object.assign(new SuspicionReview(), {
    version: row.version,
    status: row.status,
    basis: row.basis,
    basisOn: row.basis_on,
    reviewerId: row.reviewer_id,
    knownFrom: row.known_from,
    knownTo: row.known_to,
    dueAt: row.due_at,
  });
}

@ObjectType({ description: 'How long a suspicion stands that nobody reviews.' })
export class SuspicionPeriod {
  @Field(() => Int, { description: 'For persons that come in, and reviews that are made, from now on.' })
  months!: number;
}

export const SuspicionPeriodOutcome = createUnionType({
  name: 'SuspicionPeriodOutcome',
  description: 'Done, or the reasons why not.',
  types: () => [SuspicionPeriod, ActRefused] as const,
});
