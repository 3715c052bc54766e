/** An agreement as its parties see it: terms, signatures, what was done to it, and its printed text. */
import { Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PersonalPurposeEnum } from '../../records/personal/personal.type.ts';
import {
  AGREEMENT_STATES,
  type AgreementState,
  CEILINGS,
  type Ceiling,
  ONWARD,
  type Onward,
  SHARED_CLASSES,
  type SharedClass,
  SIGHTS,
  type Sight,
  TEMPLATES,
  type Template,
  type Terms,
} from './agreement.ts';
import {
  AGREEMENT_ACTS,
  AGREEMENT_REASONS,
  type AgreementActKind,
  type AgreementReason,
} from './agreement-words.ts';

const enumOf = <const T extends string>(words: readonly T[]): Readonly<Record<string, T>> =>
  Object.fromEntries(words.map((word) => [word.toUpperCase(), word])) as Readonly<Record<string, T>>;

export const AgreementStateEnum = enumOf(AGREEMENT_STATES);
registerEnumType(AgreementStateEnum, {
  name: 'AgreementState',
  description: 'DRAFTED until all have signed; SIGNED until it begins.',
});
export const SharedClassEnum = enumOf(SHARED_CLASSES);
registerEnumType(SharedClassEnum, {
  name: 'SharedClass',
  description: 'What may be shared. Staffing and personal fields never are.',
});
export const SightEnum = enumOf(SIGHTS);
registerEnumType(SightEnum, {
  name: 'Sight',
  description:
    'FULL: without what is the owner’s alone. COARSE: areas and quarters, references and names left out.',
});
export const TemplateEnum = enumOf(TEMPLATES);
registerEnumType(TemplateEnum, {
  name: 'AgreementTemplate',
  description:
    'FULL_RECORD and PSEUDONYMOUS share every class both ways, up to TLP:AMBER, unless terms are given; AGGREGATE_ONLY shares no record.',
});
export const CeilingEnum = enumOf(CEILINGS);
registerEnumType(CeilingEnum, {
  name: 'HandlingCeiling',
  description: 'TLP 2.0 without RED, which is never shared.',
});
export const OnwardEnum = enumOf(ONWARD);
registerEnumType(OnwardEnum, {
  name: 'OnwardTransfer',
  description: 'Whether what is received may go on to somebody else.',
});
export const AgreementActEnum = enumOf(AGREEMENT_ACTS);
registerEnumType(AgreementActEnum, {
  name: 'AgreementActKind',
  description: 'What is done to an agreement.',
});
export const AgreementReasonEnum = enumOf(AGREEMENT_REASONS);
registerEnumType(AgreementReasonEnum, {
  name: 'AgreementReason',
  description: 'Why an agreement is stopped, ended or taken up again.',
});

@ObjectType({ description: 'What one party shows another of one class.' })
export class AgreementTerm {
  @Field(() => String, { description: 'Slug of the organisation that shows.' })
  giver!: string;

  @Field(() => String)
  receiver!: string;

  @Field(() => SharedClassEnum)
  recordClass!: SharedClass;

  @Field(() => SightEnum)
  sight!: Sight;

  @Field(() => CeilingEnum, { description: 'Nothing marked higher is shown.' })
  handlingCeiling!: Ceiling;
}

@ObjectType({ description: 'Who it is between, and whether that one signed the terms as they are.' })
export class AgreementParty {
  @Field(() => String)
  organisation!: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null: not these terms, or not yet.' })
  signedAt!: Date | null;

  @Field(() => String, { nullable: true })
  keyId!: string | null;
}

@ObjectType({ description: 'What was done to it, in order.' })
export class AgreementAct {
  @Field(() => AgreementActEnum)
  act!: AgreementActKind;

  @Field(() => GraphQLISODateTime)
  at!: Date;

  @Field(() => String)
  organisation!: string;

  @Field(() => String)
  keyId!: string;

  @Field(() => AgreementReasonEnum, { nullable: true })
  reason!: AgreementReason | null;
}

@ObjectType({ description: 'An agreement, shown to its parties and to nobody else.' })
export class Agreement {
  @Field(() => String)
  id!: string;

  @Field(() => Int, { description: 'To name in the next act.' })
  version!: number;

  @Field(() => AgreementStateEnum)
  state!: AgreementState;

  @Field(() => String)
  name!: string;

  @Field(() => TemplateEnum)
  template!: Template;

  @Field(() => [AgreementParty])
  parties!: readonly AgreementParty[];

  @Field(() => [PersonalPurposeEnum])
  purposes!: readonly string[];

  @Field(() => [AgreementTerm])
  terms!: readonly AgreementTerm[];

  @Field(() => OnwardEnum)
  onward!: Onward;

  @Field(() => Int)
  suppressionK!: number;

  @Field(() => GraphQLISODateTime)
  startsAt!: Date;

  @Field(() => GraphQLISODateTime)
  endsAt!: Date;

  @Field(() => String)
  reviewOn!: string;

  @Field(() => Boolean, {
    description: 'Whether it should have been looked at again. It goes on all the same.',
  })
  reviewOverdue!: boolean;

  @Field(() => String, { nullable: true })
  replaces!: string | null;

  @Field(() => String, { description: 'SHA-256 of the terms, in hexadecimal: what a signature names.' })
  digest!: string;

  @Field(() => [AgreementAct])
  acts!: readonly AgreementAct[];

  @Field(() => String, { description: 'The agreement as text to print, made from the same data.' })
  printed!: string;

  @Field(() => String, { description: 'A data-protection impact assessment, begun from the same data.' })
  impactAssessment!: string;

  @Field(() => String, {
    description:
      'The signed terms, the signatures and the digest as JSON. The digest is SHA-256 of JSON.stringify([id, terms]).',
  })
  machineReadable!: string;

  /** As it is signed. */
  signed!: Terms;
}

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
