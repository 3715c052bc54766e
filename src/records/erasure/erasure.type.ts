/** What erasures answer, as GraphQL shows it. */
import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import type { Outcome } from '../../kernel/errors.ts';
import { ActRefused } from '../acts/act.type.ts';
import type { Erasure } from './erasure.service.ts';

@ObjectType({ description: 'What an erasure takes away, in every version.' })
export class ErasureCounts {
  @Field(() => Int, {
    description:
      'Pseudonyms emptied: the person, who it is in other versions of the report, and things that were its own.',
  })
  parties!: number;

  @Field(() => Int, { description: 'Versions of the report that were gone through.' })
  versions!: number;

  @Field(() => Int, {
    description:
      "Sealed values deleted, with their keys; the report's case notes are among them, and names in custody logs of its legal cases.",
  })
  vaultItems!: number;

  @Field(() => Int, { description: 'Rows as received of which nothing is left.' })
  rawRows!: number;

  @Field(() => Int, { description: 'Rows of others, sealed anew because the key of their import goes.' })
  rowsSealedAnew!: number;

  @Field(() => Int, { description: 'Tokens by which identifiers were found.' })
  selectors!: number;

  @Field(() => Int, { description: 'Names of homes that were taught for this report alone.' })
  learnedAliases!: number;

  @Field(() => Int, {
    description:
      'Attached files, with their keys: of the report, and of legal cases that rest on it or are against the party. Nobody can tell by machine whom they show.',
    defaultValue: 0,
  })
  attachments!: number;

  @Field(() => Int, {
    description: 'Comments on the same, with their keys, for the same reason.',
    defaultValue: 0,
  })
  comments!: number;

  @Field(() => Int, {
    description:
      'Referrals of the report: whom they went to and why, with the keys. What was answered stays, as codes.',
    defaultValue: 0,
  })
  referrals!: number;
}

@ObjectType({ description: 'It is erased; the same request again answers the same and changes nothing.' })
export class Erased {
  @Field(() => String)
  id!: string;

  @Field(() => ErasureCounts)
  counts!: ErasureCounts;
}

@ObjectType({ description: 'What an erasure would take away. Nothing was changed.' })
export class ErasureWeighed {
  @Field(() => String)
  id!: string;

  @Field(() => ErasureCounts)
  counts!: ErasureCounts;
}

export const ErasureOutcome = createUnionType({
  name: 'ErasureOutcome',
  description: 'Erased, weighed (`dryRun`), or the reasons why not.',
  types: () => [Erased, ErasureWeighed, ActRefused] as const,
});

export function erasureOutcome(outcome: Outcome<Erasure>): Erased | ErasureWeighed | ActRefused {
  if (!outcome.accepted) return Object.assign(new ActRefused(), { reasons: [...outcome.reasons] });
  const { id, done, counts } = outcome.value;
  return Object.assign(done ? new Erased() : new ErasureWeighed(), { id, counts });
}
