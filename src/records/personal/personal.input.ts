/** What everybody says who opens what is sealed: why, and for which case. */
import { ArgsType, Field } from 'type-graphql';
import type { Purpose } from '../../kernel/vocabulary.ts';
import { PersonalPurposeEnum } from './personal.type.ts';

@ArgsType()
export class OpeningAsked {
  @Field(() => String, { description: "Your organisation's reference of the case; only a digest is kept." })
  caseReference!: string;

  @Field(() => PersonalPurposeEnum)
  purpose!: Purpose;
}
