/** An agreement as its parties see it: terms, signatures, what was done to it, and its printed text. */
import { Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  SHARED_DETAILS,
  SHARED_PLACES,
  SHARED_TIMES,
  type SharedDetail,
  type SharedPlace,
  type SharedTime,
} from '../../access/sight.ts';
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
    'FULL: without what is the owner’s alone. COARSE: in part, references and names left out; place, time and details say how finely.',
});
export const SharedPlaceEnum = enumOf(SHARED_PLACES);
registerEnumType(SharedPlaceEnum, {
  name: 'SharedPlace',
  description: 'How finely a place is shown. DISTRICT: some 250 km²; AREA: 1,770 km²; REGION: 12,400 km².',
});
export const SharedTimeEnum = enumOf(SHARED_TIMES);
registerEnumType(SharedTimeEnum, { name: 'SharedTime', description: 'How finely a time is shown.' });
export const SharedDetailEnum = enumOf(SHARED_DETAILS);
registerEnumType(SharedDetailEnum, {
  name: 'SharedDetail',
  description:
    'What is left out of a coarse sight unless it is named. Of incidents: COUNTS, RED_FLAGS, INDICATORS; of movements: PARTY (pseudonym, sex, age band); of entities: LABELS, IDENTIFIERS (keyed, with a hint), LINKS, PARTICIPATIONS, BASIS of a suspicion.',
});
export const TemplateEnum = enumOf(TEMPLATES);
registerEnumType(TemplateEnum, {
  name: 'AgreementTemplate',
  description:
    'FULL_RECORD and PSEUDONYMOUS share every class both ways, up to TLP:AMBER, unless terms are given; CASE_BY_CASE of them only what reports tell that their owner releases one by one (releaseReport); AGGREGATE_ONLY shares no record.',
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

  @Field(() => SharedPlaceEnum, { nullable: true, description: 'Null where it is shown whole.' })
  place!: SharedPlace | null;

  @Field(() => SharedTimeEnum, { nullable: true, description: 'Null where it is shown whole.' })
  time!: SharedTime | null;

  @Field(() => [SharedDetailEnum])
  details!: readonly SharedDetail[];

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
