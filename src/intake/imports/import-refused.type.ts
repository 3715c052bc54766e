/** Why a file, or a row of one, was not taken in. */
import { Field, ObjectType } from 'type-graphql';
import { ForPartners } from '../../graphql/for-partners.ts';
import type { Reason } from '../../kernel/errors.ts';

@ForPartners()
@ObjectType({
  description:
    'Why something was refused: where, what stood there, what was wanted. A value is shown where it can name nobody (a short figure, a date in a column of dates, a country, yes or no), else its shape: "letters, 12 characters".',
})
export class RefusalReason {
  @Field(() => String)
  where!: string;

  @Field(() => String)
  found!: string;

  @Field(() => String)
  wanted!: string;
}

@ObjectType({ description: 'Nothing was taken in, or taken back.' })
export class ImportRefused {
  @Field(() => [RefusalReason])
  reasons!: Reason[];
}
