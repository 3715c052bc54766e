/** Targets, as GraphQL shows them. */
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { EntityKindEnum, TargetActionEnum, TargetClosingEnum, TargetStageEnum } from '../../graphql/enums.ts';
import type { TargetAction, TargetClosing, TargetKind, TargetStage } from '../../kernel/target-words.ts';
import { missingEvidence } from '../entities/missing-evidence.ts';
import type { StandingRow, StepRow, TargetColumns } from './target.view.ts';

@ObjectType({
  description:
    'What speaks for a target, read anew from the records that the viewer sees. It ranks nobody, and says whether the case would stand without what victims said.',
})
export class TargetStanding {
  @Field(() => Int, {
    description:
      'Of its records, those that are still there and may be held against somebody: not of persons who are cleared, witnesses, or not reviewed in time.',
  })
  entities!: number;

  @Field(() => Int, { description: 'Independent incidents that it took part in.' })
  incidents!: number;

  @Field(() => Int, { description: 'Distinct known root origins that speak of it.' })
  independentOrigins!: number;

  @Field(() => Int, { description: 'Organisations whose visible records hold it.' })
  owners!: number;

  @Field(() => Int, {
    description:
      'Incidents left when everything a victim said is taken away, and what came from a source of unknown kind or was drawn from others.',
  })
  incidentsWithoutVictim!: number;

  @Field(() => Boolean, {
    description:
      'Whether something is said of it, and nothing of that is left without what victims said, what came from a source of unknown kind, and what was drawn from others.',
  })
  restsOnVictimsAlone!: boolean;

  @Field(() => [String], { description: 'Kinds of evidence no visible statement about it has.' })
  missingEvidence!: readonly string[];
}

@ObjectType({ description: 'How a target stood after an act.' })
export class TargetStep {
  @Field(() => Int, { description: 'The version that came of it.' })
  number!: number;

  @Field(() => TargetStageEnum)
  stage!: TargetStage;

  @Field(() => TargetActionEnum, { nullable: true })
  nextAction!: TargetAction | null;

  @Field(() => String)
  dueOn!: string;

  @Field(() => String, { description: 'Id of the key or account that answers for it.' })
  responsible!: string;

  @Field(() => TargetClosingEnum, { nullable: true })
  closedFor!: TargetClosing | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many records were put into it: at its opening, and when more were added. Null of acts before this was noted.',
  })
  added!: number | null;

  @Field(() => String, { description: 'Id of the key or account.' })
  doneBy!: string;

  @Field(() => GraphQLISODateTime)
  doneAt!: Date;
}

@ObjectType({
  description:
    "A network, establishment, support structure or suspect that the viewer's organisation means to act against. Never a possible victim, and never another organisation's.",
})
export class Target {
  @Field(() => String)
  id!: string;

  @Field(() => Int, { description: 'To name in the next act.' })
  version!: number;

  @Field(() => EntityKindEnum)
  kind!: TargetKind;

  @Field(() => TargetStageEnum)
  stage!: TargetStage;

  @Field(() => TargetActionEnum, { nullable: true, description: 'Null when it is closed.' })
  nextAction!: TargetAction | null;

  @Field(() => String, { description: 'The day until which that is to be done, as 2026-11-30.' })
  dueOn!: string;

  @Field(() => Boolean, { description: 'Whether that day is over, and it is not closed.' })
  overdue!: boolean;

  @Field(() => String, { description: 'Id of the key or account that answers for it.' })
  responsible!: string;

  @Field(() => Boolean, { description: 'Whether that is you.' })
  mine!: boolean;

  @Field(() => TargetClosingEnum, { nullable: true })
  closedFor!: TargetClosing | null;

  @Field(() => String, { description: 'Id of the key or account.' })
  openedBy!: string;

  @Field(() => GraphQLISODateTime)
  openedAt!: Date;

  @Field(() => GraphQLISODateTime)
  changedAt!: Date;

  entityIds!: readonly string[];
}

export function targetOf(row: TargetColumns, keyId: string, today: string): Target {
  return Object.assign(new Target(), {
    id: row.id,
    version: row.version,
    kind: row.kind,
    stage: row.stage,
    nextAction: row.next_action,
    dueOn: row.due_on,
    overdue: row.stage !== 'closed' && row.due_on < today,
    responsible: row.responsible,
    mine: row.responsible === keyId,
    closedFor: row.closed_for,
    openedBy: row.opened_by,
    openedAt: row.opened_at,
    changedAt: row.changed_at,
    entityIds: row.entity_ids,
  });
}

export function standingOf(row: StandingRow | null): TargetStanding {
  const withoutVictim = row?.incidents_without_victim ?? 0;
  return Object.assign(new TargetStanding(), {
    entities: row?.entities ?? 0,
    incidents: row?.incidents ?? 0,
    independentOrigins: row?.origins ?? 0,
    owners: row?.owners ?? 0,
    incidentsWithoutVictim: withoutVictim,
    restsOnVictimsAlone: withoutVictim === 0 && (row?.statements ?? 0) > 0,
    missingEvidence: missingEvidence(row?.evidence_kinds ?? []),
  });
}

export function stepOf(row: StepRow): TargetStep {
  return Object.assign(new TargetStep(), {
    number: row.number,
    stage: row.stage,
    nextAction: row.next_action,
    dueOn: row.due_on,
    responsible: row.responsible,
    closedFor: row.closed_for,
    added: row.added,
    doneBy: row.done_by,
    doneAt: row.done_at,
  });
}
