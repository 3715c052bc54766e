/** What stands behind a figure, beside it, as GraphQL shows it. */
import { Field, Float, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'What stands behind a figure, of what this viewer sees: how many records, how they are known, and what the figure does not know. Shares are 0 to 1, and null where there is nothing to share out.',
})
export class HowKnown {
  @Field(() => Int, { description: 'Movements behind the figure.' })
  records!: number;

  @Field(() => Boolean, {
    description: 'False where 10,000 or more stand behind it: the first of them by id were looked at.',
  })
  complete!: boolean;

  @Field(() => Int, {
    description: 'Distinct known root origins; all unknown ones count as one, and only where none is known.',
  })
  independentOrigins!: number;

  @Field(() => Float, { nullable: true, description: 'Share of their stops that somebody observed.' })
  observed!: number | null;

  @Field(() => Float, { nullable: true, description: 'Share of their stops that somebody said.' })
  stated!: number | null;

  @Field(() => Float, { nullable: true, description: 'Share of their stops that follow from a line.' })
  inferred!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of the records on which no verification was decided.',
  })
  unverified!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Share of the records whose event is not known from a second independent origin. What a viewer is not shown corroborates nothing.',
  })
  singleSource!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Share of their stops placed no finer than an H3 cell of resolution 4 (some 1,770 km²), those known by their country alone among them.',
  })
  imprecise!: number | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'When the first of their reports came in; the quarter of it where shared coarsely. Null where no report is shown.',
  })
  oldestRecordedAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  newestRecordedAt!: Date | null;

  @Field(() => Float, {
    description:
      '0.125 to 1: (1 − unverified / 2) × (1 − singleSource / 2) × (1 − imprecise / 2), to three decimals; a share that is null counts as 1. A convention for careful reading and no probability.',
  })
  discount!: number;

  @Field(() => String, { description: 'One sentence: what the figure does not know.' })
  sentence!: string;
}
