/** `stationStatistics`, and recording, correcting and withdrawing a month of them. */
import {
  Arg,
  Args,
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
import type { RequestContext } from '../../graphql/context.ts';
import { TimeSpanInput } from '../../graphql/filters.input.ts';
import { ActAsked, askedBy, ChangeAsked, changedBy, VersionRead } from '../own-records/own-act.input.ts';
import { correctOwn, recordOwn, withdrawOwn } from '../own-records/own-record.service.ts';
import { RecordOutcome, recordOutcome } from '../own-records/own-record.type.ts';
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
    @Args(() => ActAsked) asked: ActAsked,
  ): Promise<typeof RecordOutcome> {
    const [tools, request] = askedBy(context, asked);
    const said = saidOfMonth(input, tools);
    return recordOutcome(said.accepted ? await recordOwn(tools, request, said.value) : said);
  }

  @Mutation(() => RecordOutcome, {
    description: 'Says anew what a month counted; what it said stays as its version before.',
  })
  async correctStationMonth(
    @Ctx() context: RequestContext,
    @Args(() => VersionRead) read: VersionRead,
    @Arg('stationMonth', () => StationMonthInput) input: StationMonthInput,
    @Args(() => ChangeAsked) asked: ChangeAsked,
  ): Promise<typeof RecordOutcome> {
    const [tools, request, target] = changedBy(context, read, asked);
    const said = saidOfMonth(input, tools);
    return recordOutcome(said.accepted ? await correctOwn(tools, request, target, said.value) : said);
  }

  @Mutation(() => RecordOutcome, { description: 'Withdraws a month: no list has it any more.' })
  async withdrawStationMonth(
    @Ctx() context: RequestContext,
    @Args(() => VersionRead) read: VersionRead,
    @Args(() => ChangeAsked) asked: ChangeAsked,
  ): Promise<typeof RecordOutcome> {
    return recordOutcome(await withdrawOwn(...changedBy(context, read, asked), 'station_month'));
  }
}
