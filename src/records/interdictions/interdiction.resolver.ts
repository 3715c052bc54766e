/** `interdictions`, their edges, and recording, correcting and withdrawing one. */
import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { searchOwned } from '../../graphql/owned-record.type.ts';
import { placeLoader } from '../../places/place.loader.ts';
import { Place, placeOf } from '../../places/place.type.ts';
import { Entity, entityOf } from '../entities/entity.type.ts';
import { Incident, incidentOf } from '../incidents/incident.type.ts';
import { ActAsked, askedBy, ChangeAsked, changedBy, VersionRead } from '../own-records/own-act.input.ts';
import { correctOwn, recordOwn, withdrawOwn } from '../own-records/own-record.service.ts';
import { RecordOutcome, recordOutcome } from '../own-records/own-record.type.ts';
import { stationLoader } from '../stations/station.loader.ts';
import { Station, stationOf } from '../stations/station.type.ts';
import { InterdictionFilter, InterdictionInput, saidOfInterdiction } from './interdiction.input.ts';
import {
  entityById,
  incidentsOfInterdiction,
  interdictionsOfEntity,
  interdictionsOfIncident,
  interdictionsOfStation,
} from './interdiction.loader.ts';
import { Interdiction, interdictionOf } from './interdiction.type.ts';
import { listInterdictions } from './interdiction.view.ts';

export const InterdictionConnection = connectionOf('Interdiction', () => Interdiction);

@Resolver(() => Interdiction)
export class InterdictionResolver {
  @Query(() => InterdictionConnection, { description: 'Interdictions, the latest first.' })
  async interdictions(
    @Ctx() context: RequestContext,
    @Arg('filter', () => InterdictionFilter, { nullable: true }) filter: InterdictionFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const { search, asKnown } = await searchOwned(context, filter);
    const paging = readPaging(first, after);
    const answer = await listInterdictions(context.reader, search, asKnown, paging);
    return connection(InterdictionConnection, answer.page, interdictionOf, answer.count);
  }

  @FieldResolver(() => Place, { nullable: true, description: 'The gazetteer place it was resolved to.' })
  async place(@Root() interdiction: Interdiction, @Ctx() { reader }: RequestContext) {
    const row = interdiction.placeId === null ? null : await placeLoader(reader).load(interdiction.placeId);
    return row === null ? null : placeOf(row);
  }

  @FieldResolver(() => Station, { nullable: true, description: "The owner's own station it belongs to." })
  async station(@Root() { stationId }: Interdiction, @Ctx() { reader }: RequestContext) {
    const row = stationId === null ? null : await stationLoader(reader).load(stationId);
    return row === null ? null : stationOf(row);
  }

  @FieldResolver(() => [Incident], {
    description: 'The incidents it belongs to, where the viewer sees them.',
  })
  async incidents(@Root() { rowId, asKnown }: Interdiction, @Ctx() { reader }: RequestContext) {
    return (await incidentsOfInterdiction(reader, asKnown).load(rowId)).map(incidentOf);
  }

  @FieldResolver(() => [Entity], { description: 'Who or what it was done to, where the viewer sees them.' })
  async entities(@Root() { entityIds, asKnown }: Interdiction, @Ctx() { reader }: RequestContext) {
    const rows = await entityById(reader, asKnown).loadMany(entityIds);
    return rows.flatMap((row) => (row === null || row instanceof Error ? [] : [entityOf(reader, row)]));
  }

  @Mutation(() => RecordOutcome, { description: "Records an interdiction, for the key's own organisation." })
  async recordInterdiction(
    @Ctx() context: RequestContext,
    @Arg('interdiction', () => InterdictionInput) input: InterdictionInput,
    @Args(() => ActAsked) asked: ActAsked,
  ): Promise<typeof RecordOutcome> {
    const [tools, request] = askedBy(context, asked);
    const said = saidOfInterdiction(input, tools.now());
    return recordOutcome(said.accepted ? await recordOwn(tools, request, said.value) : said);
  }

  @Mutation(() => RecordOutcome, {
    description: 'Says an interdiction of your own anew; what it said stays as its version before.',
  })
  async correctInterdiction(
    @Ctx() context: RequestContext,
    @Args(() => VersionRead) read: VersionRead,
    @Arg('interdiction', () => InterdictionInput) input: InterdictionInput,
    @Args(() => ChangeAsked) asked: ChangeAsked,
  ): Promise<typeof RecordOutcome> {
    const [tools, request, target] = changedBy(context, read, asked);
    const said = saidOfInterdiction(input, tools.now());
    return recordOutcome(said.accepted ? await correctOwn(tools, request, target, said.value) : said);
  }

  @Mutation(() => RecordOutcome, {
    description: 'Withdraws an interdiction of your own: no list has it any more.',
  })
  async withdrawInterdiction(
    @Ctx() context: RequestContext,
    @Args(() => VersionRead) read: VersionRead,
    @Args(() => ChangeAsked) asked: ChangeAsked,
  ): Promise<typeof RecordOutcome> {
    return recordOutcome(await withdrawOwn(...changedBy(context, read, asked), 'interdiction'));
  }
}

@Resolver(() => Incident)
export class IncidentInterdictionsResolver {
  @FieldResolver(() => [Interdiction], { description: 'What was done about it, the earliest first.' })
  async interdictions(@Root() { id, asKnown }: Incident, @Ctx() { reader }: RequestContext) {
    return (await interdictionsOfIncident(reader, asKnown).load(id)).map(interdictionOf);
  }
}

@Resolver(() => Entity)
export class EntityInterdictionsResolver {
  @FieldResolver(() => [Interdiction], { description: 'What was done to it, the earliest first.' })
  async interdictions(@Root() { id, asKnown }: Entity, @Ctx() { reader }: RequestContext) {
    return (await interdictionsOfEntity(reader, asKnown).load(id)).map(interdictionOf);
  }
}

@Resolver(() => Station)
export class StationInterdictionsResolver {
  @FieldResolver(() => [Interdiction], {
    description: 'When it was opened and closed, and arrests there, the earliest first.',
  })
  async interdictions(@Root() { id }: Station, @Ctx() { reader }: RequestContext) {
    return (await interdictionsOfStation(reader).load(id)).map(interdictionOf);
  }
}
