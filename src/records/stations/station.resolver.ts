/** `stationStatistics`, and recording, correcting and withdrawing a month of them. */
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  GraphQLISODateTime,
  InputType,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { ChangeReasonEnum } from '../../graphql/enums.ts';
import { TimeSpanInput } from '../../graphql/filters.input.ts';
import type { ChangeReason } from '../../kernel/vocabulary.ts';
import { ACT_TOOLS } from '../acts/act.service.ts';
import { correctOwn, recordOwn, withdrawOwn } from '../own-records/own-record.service.ts';
import { KEY_WORDS, RecordOutcome, recordOutcome, VERSION_WORDS } from '../own-records/own-record.type.ts';
import { stationLoader } from './station.loader.ts';
import { Station, StationMonth, stationMonthOf, stationOf } from './station.type.ts';
import { listStationMonths } from './station.view.ts';
import { StationMonthInput, saidOfMonth } from './station-month.input.ts';

@InputType({ description: 'Which months of which stations; every part given must hold.' })
export class StationMonthFilter {
  @Field(() => [String], { nullable: true })
  ids?: string[];

  @Field(() => [String], { nullable: true })
  stationIds?: string[];

  @Field(() => [String], { nullable: true, description: 'Of the station: ISO 3166-1 alpha-3, like NPL.' })
  countries?: string[];

  @Field(() => TimeSpanInput, { nullable: true, description: 'Months that lie in it, wholly or in part.' })
  period?: TimeSpanInput;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Answer as the hub knew it at this moment.',
  })
  asKnownAt?: Date;
}

export const StationMonthConnection = connectionOf('StationMonth', () => StationMonth);

@Resolver(() => StationMonth)
export class StationMonthResolver {
  @Query(() => StationMonthConnection, {
    description: "What your organisation's monitoring locations counted, the latest month first.",
  })
  async stationStatistics(
    @Ctx() { reader }: RequestContext,
    @Arg('filter', () => StationMonthFilter, { nullable: true }) filter: StationMonthFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const { asKnownAt, ...search } = filter ?? {};
    const paging = readPaging(first, after);
    const answer = await listStationMonths(reader, search, { at: asKnownAt ?? null }, paging);
    return connection(StationMonthConnection, answer.page, stationMonthOf, answer.count);
  }

  @FieldResolver(() => Station, { nullable: true })
  async station(@Root() month: StationMonth, @Ctx() { reader }: RequestContext) {
    const row = await stationLoader(reader).load(month.stationId);
    return row === null ? null : stationOf(row);
  }

  @Mutation(() => RecordOutcome, {
    description: 'Records what a monitoring location of your own counted in a month.',
  })
  async recordStationMonth(
    @Ctx() context: RequestContext,
    @Arg('stationMonth', () => StationMonthInput) input: StationMonthInput,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ): Promise<typeof RecordOutcome> {
    const tools = serviceOf(context, ACT_TOOLS);
    const said = saidOfMonth(input, tools);
    if (!said.accepted) return recordOutcome(said);
    const { viewer } = context.reader;
    return recordOutcome(await recordOwn(tools, { viewer, idempotencyKey }, said.value));
  }

  @Mutation(() => RecordOutcome, {
    description: 'Says anew what a month counted; what it said stays as its version before.',
  })
  async correctStationMonth(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('stationMonth', () => StationMonthInput) input: StationMonthInput,
    @Arg('reason', () => ChangeReasonEnum) reason: ChangeReason,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ): Promise<typeof RecordOutcome> {
    const tools = serviceOf(context, ACT_TOOLS);
    const said = saidOfMonth(input, tools);
    if (!said.accepted) return recordOutcome(said);
    const request = { viewer: context.reader.viewer, idempotencyKey };
    return recordOutcome(await correctOwn(tools, request, { id, version, reason }, said.value));
  }

  @Mutation(() => RecordOutcome, { description: 'Withdraws a month: no list has it any more.' })
  async withdrawStationMonth(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('reason', () => ChangeReasonEnum) reason: ChangeReason,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ): Promise<typeof RecordOutcome> {
    const tools = serviceOf(context, ACT_TOOLS);
    const request = { viewer: context.reader.viewer, idempotencyKey };
    return recordOutcome(await withdrawOwn(tools, request, 'station_month', { id, version, reason }));
  }
}
