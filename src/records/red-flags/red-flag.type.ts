/** Weights of red flags, and totals by them, as GraphQL shows them. */
import { Field, Int, ObjectType } from 'type-graphql';
import { type OwnedColumns, OwnedRecord, owned } from '../../graphql/owned-record.type.ts';

@ObjectType({
  description: "How many points an organisation counts for a red flag of a form's version from a day on.",
})
export class RedFlagWeight extends OwnedRecord {
  @Field(() => String, { description: 'Code list and version, as border-intercept/1.' })
  form!: string;

  @Field(() => String)
  code!: string;

  @Field(() => Int, { description: '1 to 10.' })
  points!: number;

  @Field(() => String, { description: 'The day, as 2024-03-01.' })
  validFrom!: string;
}

export interface RedFlagWeightColumns extends OwnedColumns {
  readonly form: string;
  readonly code: string;
  readonly points: number;
  /** "2024-03-01" */
  readonly valid_from: string;
}

export function redFlagWeightOf(row: RedFlagWeightColumns): RedFlagWeight {
  const { form, code, points, valid_from: validFrom } = row;
  return Object.assign(new RedFlagWeight(), { ...owned(row), form, code, points, validFrom });
}

@ObjectType({
  description: "An incident's red flags by its owner's points, beside the total that was reported.",
})
export class RedFlagTotal {
  @Field(() => String, { description: 'Code list and version whose points these are.' })
  form!: string;

  @Field(() => String, { nullable: true, description: 'The day whose points these are; null: the latest.' })
  asOf!: string | null;

  @Field(() => Int)
  points!: number;

  @Field(() => [String], {
    description: 'Flags for which the form has no points: the total is without them.',
  })
  unweighted!: readonly string[];

  @Field(() => Int, { nullable: true, description: "The form's own total, as reported; it stands." })
  reported!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Points less reported; null where no total was reported.',
  })
  difference!: number | null;

  @Field(() => Boolean, { description: 'True where a total was reported and is another.' })
  differs!: boolean;
}
