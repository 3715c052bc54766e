/** Opening matching and asking for a match, as they are said. */
import { Field, InputType, Int } from 'type-graphql';
import type { Purpose } from '../../kernel/vocabulary.ts';
import { PersonalPurposeEnum } from '../../records/personal/personal.type.ts';
import { type MatchKind, USUAL_BATCH, USUAL_QUOTA, USUAL_SINGLES } from './match-words.ts';
import { MatchKindEnum } from './matching.type.ts';

@InputType({
  description: 'Whom you let ask, under which agreement, after what, how much, and whom a hit tells to call.',
})
export class OpenMatchingInput {
  @Field(() => String)
  agreementId!: string;

  @Field(() => String, { description: 'Slug of another party.' })
  asker!: string;

  @Field(() => [MatchKindEnum])
  kinds!: MatchKind[];

  @Field(() => Int, { defaultValue: USUAL_BATCH, description: 'At least 20.' })
  minimumBatch!: number;

  @Field(() => Int, { defaultValue: USUAL_QUOTA, description: 'Selectors in batches, a day of UTC.' })
  dailyQuota!: number;

  @Field(() => Int, { defaultValue: USUAL_SINGLES, description: 'Single look-ups, a day of UTC.' })
  dailySingle!: number;

  @Field(() => String, {
    description: 'A desk and how it is reached: no private name, since whoever hits reads it.',
  })
  contact!: string;
}

@InputType({ description: 'Whom is asked, under which agreement, for what, and who may be told there.' })
export class MatchAskInput {
  @Field(() => String, { description: 'Slug of the owner.' })
  owner!: string;

  @Field(() => String)
  agreementId!: string;

  @Field(() => PersonalPurposeEnum, {
    description: 'One that the agreement lists. Fundraising is never a purpose.',
  })
  purpose!: Purpose;

  @Field(() => String, { description: "Your organisation's reference of the case; only a digest is kept." })
  caseReference!: string;

  @Field(() => String, {
    description:
      'Who on the owner’s side may be told of a hit: DATA_OFFICER, INVESTIGATOR, ANALYST, or the id of a key.',
  })
  tell!: string;
}
