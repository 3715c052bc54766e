/** A referral as somebody answers it, and which referrals are asked for. */
import { Field, GraphQLISODateTime, InputType } from 'type-graphql';
import {
  AgencyKindEnum,
  ConsentEnum,
  CorruptionEnum,
  LegalBasisEnum,
  ReferralAboutEnum,
  RetaliationEnum,
} from './referral.type.ts';
import type {
  AgencyKind,
  Consent,
  Corruption,
  LegalBasis,
  ReferralAbout,
  Retaliation,
} from './referral-words.ts';
import type { SaidReferral } from './said-referral.ts';

@InputType({
  description:
    'Every question has to be answered; what is left out is refused by name. Texts may name anybody, and are sealed: 2,000 characters at most.',
})
export class ReferralInput implements SaidReferral {
  @Field(() => ReferralAboutEnum)
  aboutKind!: ReferralAbout;

  @Field(() => String)
  aboutId!: string;

  @Field(() => String, { nullable: true, description: 'Who receives it.' })
  agency?: string;

  @Field(() => AgencyKindEnum, { nullable: true })
  agencyKind?: AgencyKind;

  @Field(() => ConsentEnum, { nullable: true })
  consent?: Consent;

  @Field(() => String, { nullable: true, description: 'Wanted unless consent was given.' })
  withoutConsentBecause?: string;

  @Field(() => LegalBasisEnum, { nullable: true })
  legalBasis?: LegalBasis;

  @Field(() => RetaliationEnum, { nullable: true })
  retaliation?: Retaliation;

  @Field(() => String, { nullable: true, description: 'Wanted where there is a risk.' })
  retaliationMeasure?: string;

  @Field(() => CorruptionEnum, { nullable: true })
  agencyCorruption?: Corruption;

  @Field(() => String, { nullable: true, description: 'Wanted where it is suspected or cannot be told.' })
  corruptionMeasure?: string;
}

@InputType({ description: 'Which referrals of your organisation; every part given must hold.' })
export class ReferralFilter {
  @Field(() => [String], { nullable: true })
  ids?: string[];

  @Field(() => [String], { nullable: true, description: 'About one of these records.' })
  aboutIds?: string[];

  @Field(() => [String], { nullable: true, description: 'About these reports, or what they tell of.' })
  reportIds?: string[];

  @Field(() => [AgencyKindEnum], { nullable: true })
  agencyKinds?: string[];

  @Field(() => [ConsentEnum], { nullable: true })
  consents?: string[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Answer as the hub knew it at this moment.',
  })
  asKnownAt?: Date;
}
