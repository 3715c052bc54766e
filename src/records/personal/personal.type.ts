/** Personal fields, as GraphQL shows them to who may read them. */
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { HeadwaterError } from '../../kernel/errors.ts';
import { PURPOSES, type Purpose } from '../../kernel/vocabulary.ts';

export const PersonalPurposeEnum = Object.fromEntries(
  PURPOSES.map((purpose) => [purpose.toUpperCase(), purpose]),
) as Readonly<Record<string, Purpose>>;
registerEnumType(PersonalPurposeEnum, {
  name: 'PersonalPurpose',
  description: 'Why a person is looked up. Fundraising is never a purpose.',
});

@ObjectType({
  description:
    'One sealed value: names, contacts, addresses, case notes. Reading it left a trace in the audit log.',
})
export class PersonalField {
  @Field(() => String, { description: 'What it is about: subject, entity, selector, report or exhibit.' })
  aboutKind!: string;

  @Field(() => String, { description: 'Opaque id; for a moved person the pseudonym.' })
  aboutId!: string;

  @Field(() => String)
  field!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Text, or JSON of several fields. Null when its key was destroyed: it can never be read again. Null with an error when its key is not in the key folder now.',
  })
  /** GraphQL answers an error here as null and tells it beside the other values. */
  value!: string | null | HeadwaterError;
}
