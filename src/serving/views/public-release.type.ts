/** Noisy counts as anybody reads them. */
import { Field, Int, ObjectType } from 'type-graphql';
import { ForPartners } from '../../graphql/for-partners.ts';

@ForPartners()
@ObjectType({ description: 'One count with its noise.' })
export class PublicCell {
  @Field(() => String, { nullable: true })
  originCountry!: string | null;

  @Field(() => String, { nullable: true })
  destinationCountry!: string | null;

  @Field(() => String, { nullable: true, description: 'Like 2025-Q1 or 2025.' })
  period!: string | null;

  @Field(() => Int, { description: 'Persons with noise, which may be below 0.' })
  persons!: number;
}

@ForPartners()
@ObjectType({ description: 'Counts that anybody may have, told once and for all.' })
export class PublicRelease {
  @Field(() => String)
  id!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: 'What is counted, as a question.' })
  query!: string;

  @Field(() => Int)
  year!: number;

  @Field(() => Int, {
    description: 'Thousandths of ε: how much of any one event all counts together may tell.',
  })
  epsilon!: number;

  @Field(() => Int, { description: 'Of one event so many persons count at most.' })
  bound!: number;

  @Field(() => Date)
  releasedAt!: Date;

  @Field(() => [PublicCell])
  cells!: PublicCell[];
}
