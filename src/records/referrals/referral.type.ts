/** A referral, as GraphQL shows it: what was answered, and whom it went to for who may read it. */
import { Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type OwnedColumns, OwnedRecord, owned } from '../../graphql/owned-record.type.ts';
import type { HeadwaterError } from '../../kernel/errors.ts';
import type { ReadNote } from '../own-records/read-notes.service.ts';
import {
  AGENCY_KINDS,
  type AgencyKind,
  CONSENTS,
  CORRUPTIONS,
  type Consent,
  type Corruption,
  LEGAL_BASES,
  type LegalBasis,
  REFERRAL_ABOUTS,
  RETALIATIONS,
  type ReferralAbout,
  type Retaliation,
} from './referral-words.ts';
import type { ReferralTexts } from './said-referral.ts';

const enumOf = <const T extends string>(words: readonly T[]): Readonly<Record<string, T>> =>
  Object.fromEntries(words.map((word) => [word.toUpperCase(), word])) as Readonly<Record<string, T>>;

export const ReferralAboutEnum = enumOf(REFERRAL_ABOUTS);
registerEnumType(ReferralAboutEnum, { name: 'ReferralAbout', description: 'What a referral is about.' });
export const AgencyKindEnum = enumOf(AGENCY_KINDS);
registerEnumType(AgencyKindEnum, { name: 'AgencyKind', description: 'Who receives somebody.' });
export const ConsentEnum = enumOf(CONSENTS);
registerEnumType(ConsentEnum, {
  name: 'ReferralConsent',
  description: 'Of the person. Anything but GIVEN goes out for a vital interest only, with the reason why.',
});
export const LegalBasisEnum = enumOf(LEGAL_BASES);
registerEnumType(LegalBasisEnum, {
  name: 'LegalBasis',
  description: 'VITAL_INTEREST: to save somebody’s life or limb.',
});
export const RetaliationEnum = enumOf(RETALIATIONS);
registerEnumType(RetaliationEnum, {
  name: 'RetaliationRisk',
  description: 'Whether somebody may take revenge. LOW and HIGH want a measure.',
});
export const CorruptionEnum = enumOf(CORRUPTIONS);
registerEnumType(CorruptionEnum, {
  name: 'AgencyCorruption',
  description: 'CANNOT_BE_TOLD and SUSPECTED want a measure; KNOWN is refused.',
});

@ObjectType({
  description:
    'What was answered before somebody was referred; nobody else hears of it. Whom it went to: `referralTexts`.',
})
export class Referral extends OwnedRecord {
  @Field(() => ReferralAboutEnum)
  aboutKind!: ReferralAbout;

  @Field(() => String)
  aboutId!: string;

  @Field(() => String, { description: 'The report it ends with.' })
  reportId!: string;

  @Field(() => AgencyKindEnum)
  agencyKind!: AgencyKind;

  @Field(() => ConsentEnum)
  consent!: Consent;

  @Field(() => LegalBasisEnum)
  legalBasis!: LegalBasis;

  @Field(() => RetaliationEnum)
  retaliation!: Retaliation;

  @Field(() => CorruptionEnum)
  agencyCorruption!: Corruption;

  @Field(() => String, { description: 'Id of the key or account that wrote this version.' })
  writtenBy!: string;

  @Field(() => GraphQLISODateTime, { description: 'When it was first written.' })
  writtenAt!: Date;
}

export interface ReferralColumns extends OwnedColumns {
  readonly report_id: string;
  readonly about_kind: ReferralAbout;
  readonly about_id: string;
  readonly agency_kind: AgencyKind;
  readonly consent: Consent;
  readonly legal_basis: LegalBasis;
  readonly retaliation: Retaliation;
  readonly agency_corruption: Corruption;
  readonly written_by: string;
  readonly written_at: Date;
}

export function referralOf(row: ReferralColumns): Referral {
  return Object.assign(new Referral(), {
    ...owned(row),
    aboutKind: row.about_kind,
    aboutId: row.about_id,
    reportId: row.report_id,
    agencyKind: row.agency_kind,
    consent: row.consent,
    legalBasis: row.legal_basis,
    retaliation: row.retaliation,
    agencyCorruption: row.agency_corruption,
    writtenBy: row.written_by,
    writtenAt: row.written_at,
  });
}

@ObjectType({ description: 'What was written freely. Reading it left a trace in the audit log.' })
export class ReferralText {
  @Field(() => String)
  referralId!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'Who received it. Null when its key was destroyed: it can never be read again. Null with an error when its key is not in the key folder now.',
  })
  /** GraphQL answers an error here as null and tells it beside the other values. */
  agency!: string | null | HeadwaterError;

  @Field(() => String, { nullable: true })
  withoutConsentBecause!: string | null;

  @Field(() => String, { nullable: true })
  retaliationMeasure!: string | null;

  @Field(() => String, { nullable: true })
  corruptionMeasure!: string | null;
}

export function textOf({ noteId, version, text }: ReadNote): ReferralText {
  const open = typeof text === 'string' ? (JSON.parse(text) as ReferralTexts) : null;
  return Object.assign(new ReferralText(), {
    referralId: noteId,
    version,
    agency: open === null ? text : open.agency,
    withoutConsentBecause: open?.withoutConsentBecause ?? null,
    retaliationMeasure: open?.retaliationMeasure ?? null,
    corruptionMeasure: open?.corruptionMeasure ?? null,
  });
}
