/** What acts on records that stand alone answer: done, or every reason why not. */
import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import type { Outcome } from '../../kernel/errors.ts';
import { ActRefused } from '../acts/act.type.ts';
import type { DoneOnce } from '../acts/once.service.ts';

@ObjectType({ description: 'It is done; the same request again answers the same and changes nothing.' })
export class RecordDone {
  @Field(() => String)
  id!: string;

  @Field(() => Int, { description: 'The version that came of it, to name in the next act.' })
  version!: number;
}

export const RecordOutcome = createUnionType({
  name: 'RecordOutcome',
  description: 'Done, or the reasons why not.',
  types: () => [RecordDone, ActRefused] as const,
});

export function recordOutcome(outcome: Outcome<DoneOnce>): RecordDone | ActRefused {
  if (!outcome.accepted) return Object.assign(new ActRefused(), { reasons: [...outcome.reasons] });
  const { recordId, version } = outcome.value;
  return Object.assign(new RecordDone(), { id: recordId, version });
}

export const KEY_WORDS =
  'Of your own, 8 to 200 characters, new for each act: the same request with the same key changes nothing more.';
export const VERSION_WORDS = 'The version you read. When it is not the latest any more, nothing is changed.';
