/** Which weights are asked for, and one as somebody writes it down. */
import { Field, GraphQLISODateTime, InputType, Int } from 'type-graphql';
import { HandlingEnum } from '../../graphql/enums.ts';
import { weightKey } from '../../intake/formats/identity.ts';
import { FLAG, FORM, WANTED_FLAG, WANTED_FORM } from '../../intake/formats/map-weight.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import type { WeightDraft } from '../../intake/reports/report-draft.ts';
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import type { Handling } from '../../kernel/vocabulary.ts';
import { HandWords } from '../own-records/hand-words.ts';
import type { Said } from '../own-records/own-record.service.ts';

@InputType({ description: 'Which weights; every part given must hold.' })
export class RedFlagWeightFilter {
  @Field(() => [String], { nullable: true })
  ids?: string[];

  @Field(() => [String], { nullable: true, description: 'Code lists and versions, as border-intercept/1.' })
  forms?: string[];

  @Field(() => [String], { nullable: true })
  codes?: string[];

  @Field(() => [String], { nullable: true, description: 'Slugs of owners.' })
  owners?: string[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Answer as the hub knew it at this moment.',
  })
  asKnownAt?: Date;
}

@InputType({ description: 'How many points a red flag counts from a day on.' })
export class RedFlagWeightInput {
  @Field(() => String, { description: 'Code list and version, as border-intercept/1.' })
  form!: string;

  @Field(() => String, { description: 'As the indicator is coded, like evade_caught_in_lie.' })
  code!: string;

  @Field(() => Int, { description: '1 to 10.' })
  points!: number;

  @Field(() => String, { description: 'The day, as 2024-03-01; it may lie ahead.' })
  validFrom!: string;

  @Field(() => HandlingEnum, { nullable: true, description: 'Unless given: AMBER, or as it was.' })
  handling?: Handling;
}

/** Every reason at once, each by the path of its field. */
export function saidOfWeight(
  { form, code, points, validFrom, handling }: RedFlagWeightInput,
  { keys, now }: ImportTools,
): Outcome<Said<WeightDraft>> {
  const words = new HandWords(now());
  if (!FORM.test(form)) words.refuse('form', `${form.length} characters`, WANTED_FORM);
  if (!FLAG.test(code)) words.refuse('code', `${code.length} characters`, WANTED_FLAG);
  if (points < 1 || points > 10) words.refuse('points', String(points), '1 to 10');
  const day = words.anyDay('validFrom', validFrom);
  if (words.reasons.length > 0) return refuse(...words.reasons);
  const draft: WeightDraft = { type: 'weight', form, code, points, validFrom: day };
  const identity = (ownerId: string) => keys.token(`identity/of weight/${ownerId}`, weightKey(draft));
  return accept({ draft, handling: handling ?? null, identity });
}
