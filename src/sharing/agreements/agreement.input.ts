/** An agreement as a data officer writes it. */
import { Field, GraphQLISODateTime, InputType, Int } from 'type-graphql';
import type { SharedDetail, SharedPlace, SharedTime } from '../../access/sight.ts';
import type { Purpose } from '../../kernel/vocabulary.ts';
import { PersonalPurposeEnum } from '../../records/personal/personal.type.ts';
import type { Ceiling, Onward, SharedClass, Sight, Template, Term, Terms } from './agreement.ts';
import { inPart, termsOf } from './agreement.ts';
import {
  CeilingEnum,
  OnwardEnum,
  SharedClassEnum,
  SharedDetailEnum,
  SharedPlaceEnum,
  SharedTimeEnum,
  SightEnum,
  TemplateEnum,
} from './agreement.type.ts';

@InputType({ description: 'What one party shows another of one class.' })
export class AgreementTermInput {
  @Field(() => String, { description: 'Slug of the organisation that shows.' })
  giver!: string;

  @Field(() => String)
  receiver!: string;

  @Field(() => SharedClassEnum)
  recordClass!: SharedClass;

  @Field(() => SightEnum)
  sight!: Sight;

  @Field(() => SharedPlaceEnum, { nullable: true, description: 'Of COARSE; AREA unless it is said.' })
  place?: SharedPlace;

  @Field(() => SharedTimeEnum, { nullable: true, description: 'Of COARSE; QUARTER unless it is said.' })
  time?: SharedTime;

  @Field(() => [SharedDetailEnum], { nullable: true, description: 'Of COARSE; none unless they are said.' })
  details?: SharedDetail[];

  @Field(() => CeilingEnum, { defaultValue: 'amber', description: 'RED is never shared.' })
  handlingCeiling!: Ceiling;
}

@InputType({ description: 'All that is signed.' })
export class AgreementInput {
  @Field(() => String, { description: '3 to 120 characters, and no person’s name.' })
  name!: string;

  @Field(() => TemplateEnum)
  template!: Template;

  @Field(() => [String], { description: 'Slugs of all parties, your own among them.' })
  parties!: string[];

  @Field(() => [PersonalPurposeEnum])
  purposes!: Purpose[];

  @Field(() => [AgreementTermInput], { nullable: true, description: 'Without them, what the template says.' })
  terms?: AgreementTermInput[];

  @Field(() => OnwardEnum, { defaultValue: 'none' })
  onward!: Onward;

  @Field(() => Int, {
    defaultValue: 11,
    description: 'At least 11. From then on shared views count no party among a group of fewer persons.',
  })
  suppressionK!: number;

  @Field(() => GraphQLISODateTime)
  startsAt!: Date;

  @Field(() => GraphQLISODateTime, { description: 'At most five years after the start.' })
  endsAt!: Date;

  @Field(() => String, { description: 'A day between the two, like 2027-03-01.' })
  reviewOn!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Id of an agreement between the same parties that ends when this one is signed by all.',
  })
  replaces?: string;
}

export function termsFrom({ terms, replaces, startsAt, endsAt, ...rest }: AgreementInput): Terms {
  return {
    ...rest,
    terms: terms == null ? termsOf(rest.template, [...new Set(rest.parties)]) : terms.map(termFrom),
    replaces: replaces ?? null,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
  };
}

function termFrom({ sight, place, time, details, ...term }: AgreementTermInput): Term {
  const usual = inPart(sight);
  return {
    ...term,
    sight,
    place: place ?? usual.place,
    time: time ?? usual.time,
    details: details ?? usual.details,
  };
}
