/** `targets`, and opening, planning, taking over and closing one. */
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  InputType,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { KNOWN_NOW } from '../../access/projected.sql.ts';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import {
  EntityKindEnum,
  TargetActionEnum,
  TargetClosingEnum,
  TargetOpenStageEnum,
  TargetStageEnum,
} from '../../graphql/enums.ts';
import { notePerson } from '../../graphql/persons-read.ts';
import {
  OPEN_STAGES,
  type OpenStage,
  type TargetAction,
  type TargetClosing,
  type TargetStage,
} from '../../kernel/target-words.ts';
import { entityByRow } from '../entities/entity.loader.ts';
import { Entity, entityOf } from '../entities/entity.type.ts';
import { KEY_WORDS, RecordOutcome, recordOutcome, VERSION_WORDS } from '../own-records/own-record.type.ts';
import { addToTarget } from './add-to-target.service.ts';
import { standingOfTarget, stepsOfTarget } from './target.loader.ts';
import {
  checkReadsTargets,
  closeTarget,
  openTarget,
  planTarget,
  TARGET_TOOLS,
  takeTarget,
} from './target.service.ts';
import { standingOf, stepOf, Target, TargetStanding, TargetStep, targetOf } from './target.type.ts';
import { listTargets } from './target.view.ts';

@InputType({ description: 'Which targets; every part given must hold.' })
export class TargetFilter {
  @Field(() => [String], { nullable: true })
  ids?: string[];

  @Field(() => [TargetStageEnum], {
    nullable: true,
    description: 'Unless told otherwise, all but the closed ones.',
  })
  stages?: TargetStage[];

  @Field(() => [EntityKindEnum], { nullable: true })
  kinds?: string[];

  @Field(() => [String], { nullable: true, description: 'Those that hold one of these records.' })
  entityIds?: string[];

  @Field(() => Boolean, { nullable: true, description: 'Whether you answer for it.' })
  mine?: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the day it was due is over, by the calendar of UTC.',
  })
  overdue?: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether one incident or more is left of it without what victims said: `incidentsWithoutVictim` of its standing.',
  })
  standsWithoutVictim?: boolean;
}

export const TargetConnection = connectionOf('Target', () => Target);

const DUE_WORDS = 'The day until which that is to be done, as 2026-11-30: today or later.';
const ACTION_WORDS = 'What is to be done next. None of them asks a possible victim for anything.';

@Resolver(() => Target)
export class TargetResolver {
  @Query(() => TargetConnection, {
    description:
      'Whom your organisation means to act against, what is due first first. Analysts, investigators and data officers see it; nobody of another organisation ever does.',
  })
  async targets(
    @Ctx() { reader, now }: RequestContext,
    @Arg('filter', () => TargetFilter, { nullable: true }) filter: TargetFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    checkReadsTargets(reader.viewer);
    const today = dayOf(now);
    const { stages, ...asked } = filter ?? {};
    const search = { ...asked, stages: stages ?? OPEN_STAGES, today };
    const answer = await listTargets(reader, search, readPaging(first, after));
    const { keyId } = reader.viewer;
    return connection(TargetConnection, answer.page, (row) => targetOf(row, keyId, today), answer.count);
  }

  @FieldResolver(() => [Entity], {
    description: 'Its records, as far as the viewer sees them; those that are gone are left out.',
  })
  async entities(@Root() target: Target, @Ctx() { reader }: RequestContext) {
    const rows = await entityByRow(reader, KNOWN_NOW).loadMany([...target.entityIds]);
    return rows.flatMap((row) => (row === null || row instanceof Error ? [] : [entityOf(reader, row)]));
  }

  @FieldResolver(() => TargetStanding)
  async standing(@Root() target: Target, @Ctx() { reader }: RequestContext) {
    const row = await standingOfTarget(reader).load(target.id);
    // What speaks for it is told of the persons among its records.
    for (const [at, id] of (row?.person_ids ?? []).entries())
      notePerson(reader, id, row?.person_owner_ids[at] ?? '');
    return standingOf(row);
  }

  @FieldResolver(() => [TargetStep], { description: 'What was decided about it, the earliest first.' })
  async steps(@Root() target: Target, @Ctx() { reader }: RequestContext) {
    return (await stepsOfTarget(reader).load(target.id)).map(stepOf);
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Makes records of one network, establishment, support structure or suspect a target of your organisation: a lead, and you answer for it. A person must be held for something.',
  })
  async openTarget(
    @Ctx() context: RequestContext,
    @Arg('entityIds', () => [String], { description: '1 to 50: one record for each report that names it.' })
    entityIds: string[],
    @Arg('action', () => TargetActionEnum, { description: ACTION_WORDS }) action: TargetAction,
    @Arg('dueOn', () => String, { description: DUE_WORDS }) dueOn: string,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    const [tools, request] = asked(context, idempotencyKey);
    return recordOutcome(await openTarget(tools, request, context.reader, { entityIds, action, dueOn }));
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Says how far a target is, what is next and until when. Referred it is by somebody else than who called it ready: four eyes before a target leaves the organisation.',
  })
  async planTarget(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('stage', () => TargetOpenStageEnum) stage: OpenStage,
    @Arg('action', () => TargetActionEnum, { description: ACTION_WORDS }) action: TargetAction,
    @Arg('dueOn', () => String, { description: DUE_WORDS }) dueOn: string,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(
      await planTarget(
        ...asked(context, idempotencyKey),
        context.reader,
        { id, version },
        { stage, action, dueOn },
      ),
    );
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Puts more records into a target: each has an identifier or a name in common with what you see of it. A target that was ready is developing again.',
  })
  async addToTarget(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('entityIds', () => [String], { description: '1 to 50; a target holds 50 at most.' })
    entityIds: string[],
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    const [tools, request] = asked(context, idempotencyKey);
    return recordOutcome(await addToTarget(tools, request, context.reader, { id, version }, entityIds));
  }

  @Mutation(() => RecordOutcome, { description: 'From now on you answer for it.' })
  async takeTarget(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await takeTarget(...asked(context, idempotencyKey), { id, version }));
  }

  @Mutation(() => RecordOutcome, { description: 'For good: nothing more is to be done about it.' })
  async closeTarget(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('reason', () => TargetClosingEnum) reason: TargetClosing,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await closeTarget(...asked(context, idempotencyKey), { id, version }, reason));
  }
}

function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}

function asked(context: RequestContext, idempotencyKey: string) {
  return [serviceOf(context, TARGET_TOOLS), { viewer: context.reader.viewer, idempotencyKey }] as const;
}
