/** Which exhibits are asked for, one as somebody writes it down, and what happened to it. */
import { Field, GraphQLISODateTime, InputType } from 'type-graphql';
import { CustodianRoleEnum, CustodyKindEnum, ExhibitKindEnum } from '../../graphql/enums.ts';
import type { CustodianRole, CustodyKind, ExhibitKind } from '../../kernel/exhibit-words.ts';

@InputType({ description: 'Which exhibits; every part given must hold.' })
export class ExhibitFilter {
  @Field(() => [String], { nullable: true })
  ids?: string[];

  @Field(() => [String], { nullable: true, description: 'Of one of these legal cases.' })
  legalCaseIds?: string[];

  @Field(() => [ExhibitKindEnum], { nullable: true })
  kinds?: string[];

  @Field(() => [String], { nullable: true, description: 'Slugs of owners.' })
  owners?: string[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Answer as the hub knew it at this moment.',
  })
  asKnownAt?: Date;
}

@InputType({ description: 'Who keeps an exhibit: an office, and which one. Never a person.' })
export class CustodianInput {
  @Field(() => CustodianRoleEnum)
  role!: CustodianRole;

  @Field(() => String, {
    nullable: true,
    description:
      'Your own short number, like "station 4" or "officer 117". Nobody else sees it, and it stays when somebody is erased.',
  })
  reference?: string;
}

@InputType({
  description: 'An exhibit, all of it. Its digest is given, or is that of an attached file of your own.',
})
export class ExhibitInput {
  @Field(() => ExhibitKindEnum)
  kind!: ExhibitKind;

  @Field(() => String, {
    description: 'A short number, like "Exhibit P-7" or "Box 12/2026". Nobody else sees it.',
  })
  label!: string;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of its file, wherever that is kept: 64 hexadecimal figures.',
  })
  sha256?: string;

  @Field(() => String, { nullable: true, description: 'An attached file of your own that stands.' })
  attachmentId?: string;
}

@InputType({ description: 'What happened to an exhibit.' })
export class CustodyEntryInput {
  @Field(() => CustodyKindEnum)
  kind!: CustodyKind;

  @Field(() => GraphQLISODateTime, { description: 'Not before the entry before it.' })
  occurredAt!: Date;

  @Field(() => CustodianInput, {
    nullable: true,
    description: 'From whom. Unless given it is who keeps it by the log; of what is received, anybody.',
  })
  from?: CustodianInput;

  @Field(() => CustodianInput, {
    nullable: true,
    description: 'To whom: wanted of what is received, transferred, submitted or returned.',
  })
  to?: CustodianInput;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of its file at that time; an entry with another than the exhibit’s is flagged.',
  })
  sha256?: string;

  @Field(() => String, {
    nullable: true,
    description: 'Names of who handed it over and took it: for the vault alone (`personal` of the exhibit).',
  })
  names?: string;
}
