/** How long records are kept, what falls due, and what holds it, as GraphQL shows them. */
import { createUnionType, Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Outcome } from '../../kernel/errors.ts';
import { ActRefused } from '../acts/act.type.ts';
import type { HoldColumns, PolicyColumns, ReviewColumns } from './retention.view.ts';
import {
  RETENTION_ACTIONS,
  RETENTION_CLASSES,
  RETENTION_DECISIONS,
  RETENTION_GROUNDS,
  RETENTION_REASONS,
  type RetentionAction,
  type RetentionClass,
  type RetentionGround,
  type RetentionReason,
  USUAL_MONTHS,
} from './retention-words.ts';

const enumOf = <const Word extends string>(
  name: string,
  words: readonly Word[],
  description: string,
): Readonly<Record<string, Word>> => {
  const shape = Object.fromEntries(words.map((word) => [word.toUpperCase(), word]));
  registerEnumType(shape, { name, description });
  return shape;
};

export const RetentionClassEnum = enumOf(
  'RetentionClass',
  RETENTION_CLASSES,
  'What has a clock of its own: reports by their kind, and rows of files that wait in quarantine.',
);
export const RetentionActionEnum = enumOf(
  'RetentionAction',
  RETENTION_ACTIONS,
  'What happens when the time is over: a person looks at it, or the next purge takes it.',
);
export const RetentionReasonEnum = enumOf(
  'RetentionReason',
  RETENTION_REASONS,
  'Why; a closed list, because what is typed may name somebody.',
);
export const RetentionDecisionEnum = enumOf(
  'RetentionDecision',
  RETENTION_DECISIONS,
  'What is decided about one that falls due.',
);
const RetentionGroundEnum = enumOf(
  'RetentionGround',
  RETENTION_GROUNDS,
  'What the day rests on: what is usual, the policy, the source itself, an extension, or the decision to purge.',
);
const KINDS = { REPORT: 'report', IMPORT: 'import' } as const;
registerEnumType(KINDS, {
  name: 'RetainedKind',
  description: 'A report with every version, or the rows of an import that wait in quarantine.',
});

@ObjectType({ description: 'How long a class of records is kept, and what happens then.' })
export class RetentionPolicy {
  @Field(() => RetentionClassEnum)
  recordClass!: RetentionClass;

  @Field(() => Int, {
    description:
      'From the day a report was made, else the end of what it observed, else the day it was recorded; of rows, from the import.',
  })
  months!: number;

  @Field(() => RetentionActionEnum)
  action!: RetentionAction;

  @Field(() => Int, {
    description: 'To name in `setRetention`; 0: nothing was said, and what is usual holds.',
  })
  version!: number;

  @Field(() => RetentionReasonEnum, { nullable: true })
  reason!: RetentionReason | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  since!: Date | null;

  @Field(() => String, { nullable: true, description: 'Id of the key that said so.' })
  keyId!: string | null;
}

/** One for every class, said or usual. */
export function policiesOf(rows: readonly PolicyColumns[]): RetentionPolicy[] {
  return RETENTION_CLASSES.map((recordClass) => {
    const row = rows.find(({ record_class }) => record_class === recordClass);
    return Object.assign(new RetentionPolicy(), {
      recordClass,
      months: row?.months ?? USUAL_MONTHS[recordClass],
      action: row?.action ?? 'review',
      version: row?.version ?? 0,
      reason: row?.reason ?? null,
      since: row?.known_from ?? null,
      keyId: row?.key_id ?? null,
    });
  });
}

@ObjectType({ description: 'A record whose time is over, or soon will be.' })
export class RetentionItem {
  @Field(() => String, { description: 'Of the report or the import; to name in `decideRetention`.' })
  id!: string;

  @Field(() => KINDS)
  kind!: 'report' | 'import';

  @Field(() => RetentionClassEnum)
  recordClass!: RetentionClass;

  @Field(() => String, { description: 'The day its time counts from.' })
  keptFrom!: string;

  @Field(() => String, { description: 'The day its time is over.' })
  dueOn!: string;

  @Field(() => RetentionGroundEnum)
  ground!: RetentionGround;

  @Field(() => RetentionActionEnum)
  action!: RetentionAction;

  @Field(() => Boolean, { description: 'A legal hold keeps it, whatever its day.' })
  held!: boolean;

  @Field(() => Int, { description: 'Of an import: its rows that wait.' })
  waitingRows!: number;

  @Field(() => String, { nullable: true, description: 'The id its source gave it, or the name of the file.' })
  name!: string | null;
}

export function itemOf(row: ReviewColumns): RetentionItem {
  return Object.assign(new RetentionItem(), {
    id: row.id,
    kind: row.object_kind,
    recordClass: row.record_class,
    keptFrom: row.kept_from,
    dueOn: row.due_on,
    ground: row.ground,
    action: row.action,
    held: row.held,
    waitingRows: row.waiting,
    name: row.external_reference ?? row.file_name,
  });
}

@ObjectType({ description: 'What must not go while a case is open.' })
export class LegalHold {
  @Field(() => String)
  id!: string;

  @Field(() => KINDS)
  kind!: 'report' | 'import';

  @Field(() => String, { description: 'The report or the import it is on.' })
  objectId!: string;

  @Field(() => RetentionReasonEnum)
  reason!: RetentionReason;

  @Field(() => GraphQLISODateTime)
  placedAt!: Date;

  @Field(() => String, { description: 'Id of the key.' })
  placedBy!: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null: it stands.' })
  liftedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Id of the key.' })
  liftedBy!: string | null;
}

export function holdOf(row: HoldColumns): LegalHold {
  return Object.assign(new LegalHold(), {
    id: row.id,
    kind: row.object_kind,
    objectId: row.object_id,
    reason: row.reason,
    placedAt: row.placed_at,
    placedBy: row.placed_by,
    liftedAt: row.lifted_at,
    liftedBy: row.lifted_by,
  });
}

@ObjectType({ description: 'It is done; the same again changes nothing more.' })
export class LegalHoldDone {
  @Field(() => [String], { description: 'Ids of the reports and imports it is about.' })
  objectIds!: string[];
}

export const LegalHoldOutcome = createUnionType({
  name: 'LegalHoldOutcome',
  description: 'Done, or the reasons why not.',
  types: () => [LegalHoldDone, ActRefused] as const,
});

export function holdOutcome(outcome: Outcome<readonly string[]>): LegalHoldDone | ActRefused {
  if (!outcome.accepted) return Object.assign(new ActRefused(), { reasons: [...outcome.reasons] });
  return Object.assign(new LegalHoldDone(), { objectIds: [...outcome.value] });
}
