/** What taking an import back would change, as GraphQL shows it. */
import { createUnionType, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ImportRefused } from './import-refused.type.ts';
import { tellObstacle, type UndoObstacle, type UndoPlan } from './undo-plan.ts';

export const UndoObstacleKindEnum = {
  CORRECTED: 'corrected',
  FOUND_UNCHANGED: 'found_unchanged',
  FURTHER_PARTS: 'further_parts',
  BY_HAND: 'by_hand',
  VERIFIED: 'verified',
  LINKED: 'linked',
  REVIEWED: 'reviewed',
  HELD: 'held',
} as const;
registerEnumType(UndoObstacleKindEnum, {
  name: 'UndoObstacleKind',
  description: 'How something stands on an import.',
  valuesConfig: {
    CORRECTED: { description: 'A later import corrected its records.' },
    FOUND_UNCHANGED: { description: 'A later import agreed with its records.' },
    FURTHER_PARTS: { description: 'A later import has further rows of its ids.' },
    BY_HAND: { description: 'Your organisation changed or withdrew its records by hand.' },
    VERIFIED: { description: 'Verifiers answered about its incidents.' },
    LINKED: { description: 'Your organisation linked its incidents to other reports of the same event.' },
    REVIEWED: { description: 'Your organisation reviewed what its persons are held for.' },
    HELD: { description: 'A legal hold of your organisation is on it, or on reports it made.' },
  },
});

@ObjectType('UndoObstacle', { description: 'Something that stands on an import.' })
export class UndoObstacleType {
  @Field(() => UndoObstacleKindEnum)
  kind!: UndoObstacle['kind'];

  @Field(() => Int, { description: 'Of how many of its records.' })
  count!: number;

  @Field(() => String, { nullable: true, description: 'The import that did it; null: people did.' })
  batchId!: string | null;

  @Field(() => [String], { description: 'Ids of the first 20 of them.' })
  recordIds!: readonly string[];

  @Field(() => String, { description: 'The same in one sentence.' })
  sentence!: string;
}

@ObjectType('UndoStep', { description: 'One import to take back, and what goes with it.' })
export class UndoStepType {
  @Field(() => String)
  batchId!: string;

  @Field(() => String)
  fileName!: string;

  @Field(() => Int, { description: 'Records that would not be there any more.' })
  removed!: number;

  @Field(() => Int, { description: 'Records that would say again what they said before.' })
  restored!: number;

  @Field(() => Int, { description: 'Files and comments on the records that would go: they go with them.' })
  attached!: number;
}

@ObjectType('UndoPlan', {
  description: 'What taking an import back would change. Nothing is changed by asking.',
})
export class UndoPlanType {
  @Field(() => Boolean, { description: 'undoImport of this import alone would be done now.' })
  possibleNow!: boolean;

  @Field(() => Boolean, {
    description:
      'The steps can be done in their order. False where people built on one of them, or where imports stand on one another: then withdraw single reports instead.',
  })
  possibleInOrder!: boolean;

  @Field(() => [UndoStepType], { description: 'Imports to take back, in this order; the last is this one.' })
  steps!: readonly UndoStepType[];

  @Field(() => [UndoObstacleType], { description: 'What stands on this import.' })
  obstacles!: readonly UndoObstacleType[];

  @Field(() => [UndoObstacleType], { description: 'What people built on any of the steps.' })
  byPeople!: readonly UndoObstacleType[];
}

export function undoPlanOf({ steps, obstacles, byPeople, circular }: UndoPlan): UndoPlanType {
  return {
    possibleNow: obstacles.length === 0,
    possibleInOrder: byPeople.length === 0 && !circular,
    steps,
    obstacles: obstacles.map(obstacleOf),
    byPeople: byPeople.map(obstacleOf),
  };
}

function obstacleOf(obstacle: UndoObstacle): UndoObstacleType {
  const { kind, count, batchId, recordIds } = obstacle;
  return { kind, count, batchId, recordIds, sentence: tellObstacle(obstacle) };
}

@ObjectType({ description: 'What the import wrote is gone, or says again what it said before.' })
export class ImportUndone {
  @Field(() => String)
  batchId!: string;
}

export const UndoOutcome = createUnionType({
  name: 'UndoOutcome',
  description: 'Taken back, or the reasons why not.',
  types: () => [ImportUndone, ImportRefused] as const,
});
