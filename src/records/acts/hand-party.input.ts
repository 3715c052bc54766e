/** Who took part, as somebody writes it down: moved persons as pseudonyms, others with what they are known by. */
import { Field, InputType } from 'type-graphql';
import {
  AgeBandEnum,
  EntityKindEnum,
  EntityRoleEnum,
  PersonStatusEnum,
  SexEnum,
} from '../../graphql/enums.ts';
import type * as words from '../../kernel/vocabulary.ts';

@InputType({ description: 'Sealed in the vault, each person under a key of their own.' })
export class PersonalInput {
  @Field(() => String, { nullable: true })
  fullName?: string;

  @Field(() => String, { nullable: true })
  birthdate?: string;

  @Field(() => String, { nullable: true })
  phone?: string;

  @Field(() => String, { nullable: true })
  address?: string;

  @Field(() => String, { nullable: true })
  nationality?: string;
}

@InputType({ description: 'A moved person, kept as a pseudonym.' })
export class HandPersonInput {
  @Field(() => PersonStatusEnum)
  status!: words.PersonStatus;

  @Field(() => SexEnum, { nullable: true })
  sex?: words.Sex;

  @Field(() => AgeBandEnum, { nullable: true })
  ageBand?: words.AgeBand;

  @Field(() => PersonalInput, { nullable: true })
  personal?: PersonalInput;
}

@InputType({ description: 'An identifier: phone, plate, passport, account, name, registration.' })
export class HandSelectorInput {
  @Field(() => String)
  kind!: string;

  @Field(() => String)
  value!: string;
}

@InputType({ description: 'Somebody or something besides the moved persons.' })
export class HandEntityInput {
  @Field(() => EntityKindEnum)
  kind!: words.EntityKind;

  @Field(() => EntityRoleEnum)
  role!: words.EntityRole;

  @Field(() => [HandSelectorInput], { nullable: true })
  selectors?: HandSelectorInput[];

  @Field(() => PersonalInput, { nullable: true, description: 'Of an individual.' })
  personal?: PersonalInput;
}
