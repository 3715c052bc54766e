/** A review, as somebody decides it. */
import { Field, InputType } from 'type-graphql';
import { SuspicionBasisEnum, SuspicionEnum } from '../../graphql/enums.ts';
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import type { Suspicion, SuspicionBasis } from '../../kernel/vocabulary.ts';
import { HandWords } from '../own-records/hand-words.ts';

@InputType({ description: 'What a person is held for from now on, and by what.' })
export class SuspicionReviewInput {
  @Field(() => SuspicionEnum)
  status!: Suspicion;

  @Field(() => SuspicionBasisEnum)
  basis!: SuspicionBasis;

  @Field(() => String, { description: 'The day of the charge, the judgment …, as 2024-03-01.' })
  basisOn!: string;
}

export interface SaidReview {
  readonly status: Suspicion;
  readonly basis: SuspicionBasis;
  /** "2024-03-01" */
  readonly basisOn: string;
}

export function saidOfReview(
  { status, basis, basisOn }: SuspicionReviewInput,
  now: Date,
): Outcome<SaidReview> {
  const words = new HandWords(now);
  const said = { status, basis, basisOn: words.day('basisOn', basisOn) };
  return words.reasons.length > 0 ? refuse(...words.reasons) : accept(said);
}
