/** The preview of an agreement as a data officer sees it. */
import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'One column of it.' })
export class PreviewedValue {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: 'As the other side would meet it.' })
  value!: string | null;

  @Field(() => Boolean, { description: 'Your own row says something else.' })
  redacted!: boolean;
}

@ObjectType({ description: 'One of your rows, as the other side would meet it.' })
export class PreviewedRow {
  @Field(() => [PreviewedValue])
  fields!: readonly PreviewedValue[];
}

@ObjectType({ description: 'One kind of your own rows, as the other side would see them.' })
export class PreviewedRows {
  @Field(() => String)
  table!: string;

  @Field(() => Int, { description: 'All that it would see today; withdrawn ones are not among them.' })
  count!: number;

  @Field(() => [PreviewedRow], { description: 'The newest of them.' })
  rows!: readonly PreviewedRow[];
}

@ObjectType({
  description:
    'What one other party would see of your records. What you would see of theirs is for their officer to look at.',
})
export class AgreementPreview {
  @Field(() => String, { description: 'Slug.' })
  receiver!: string;

  @Field(() => [PreviewedRows])
  tables!: readonly PreviewedRows[];
}
