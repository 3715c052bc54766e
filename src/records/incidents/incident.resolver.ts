/** `incidents`, `incident`, and the edges between incidents, their reports and places. */
import {
  Arg,
  Ctx,
  Extensions,
  Field,
  FieldResolver,
  GraphQLISODateTime,
  InputType,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { PopulationEnum, VerificationEnum } from '../../graphql/enums.ts';
import { fastList } from '../../graphql/fast-path/list-root.ts';
import { AreaInput, TimeSpanInput } from '../../graphql/filters.input.ts';
import { searchOwned } from '../../graphql/owned-record.type.ts';
import { reportLoader } from '../../intake/reports/report.loader.ts';
import { Report, reportOf } from '../../intake/reports/report.type.ts';
import { placeLoader } from '../../places/place.loader.ts';
import { Place, placeOf } from '../../places/place.type.ts';
import { incidentLoader, incidentsOfReport, indicatorsOfIncident } from './incident.loader.ts';
import { Incident, Indicator, incidentOf } from './incident.type.ts';
import { incidentList, listIncidents } from './incident.view.ts';
import { INCIDENT_TEXT } from './incident-text.sql.ts';

@InputType({ description: 'Which incidents; every part given must hold.' })
export class IncidentFilter {
  @Field(() => [String], { nullable: true })
  ids?: string[];

  @Field(() => AreaInput, { nullable: true })
  area?: AreaInput;

  @Field(() => TimeSpanInput, { nullable: true })
  occurred?: TimeSpanInput;

  @Field(() => [String], { nullable: true })
  kinds?: string[];

  @Field(() => [PopulationEnum], {
    nullable: true,
    description: 'Deaths and trafficking are different populations: ask for one.',
  })
  populations?: string[];

  @Field(() => [String], { nullable: true, description: 'Where it happened: ISO 3166-1 alpha-3, like NPL.' })
  countries?: string[];

  @Field(() => [VerificationEnum], { nullable: true })
  verifications?: string[];

  @Field(() => [String], { nullable: true, description: 'Slugs of owners.' })
  owners?: string[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Answer as the hub knew it at this moment.',
  })
  asKnownAt?: Date;
}

export const IncidentConnection = connectionOf('Incident', () => Incident);

const FAST = fastList<IncidentFilter>(INCIDENT_TEXT, async (context, filter) => {
  const { search, asKnown } = await searchOwned(context, filter);
  return incidentList(search, asKnown);
});

@Resolver(() => Incident)
export class IncidentResolver {
  @Query(() => IncidentConnection, { description: 'Incidents, the latest first; those without a time last.' })
  @Extensions({ fastPath: FAST })
  async incidents(
    @Ctx() context: RequestContext,
    @Arg('filter', () => IncidentFilter, { nullable: true }) filter: IncidentFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const { search, asKnown } = await searchOwned(context, filter);
    const answer = await listIncidents(context.reader, search, asKnown, readPaging(first, after));
    return connection(IncidentConnection, answer.page, incidentOf, answer.count);
  }

  @Query(() => Incident, { nullable: true, description: 'One incident by id.' })
  async incident(
    @Ctx() { reader }: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('asKnownAt', () => GraphQLISODateTime, {
      nullable: true,
      description: 'Answer as the hub knew it at this moment.',
    })
    asKnownAt: Date | null | undefined,
  ) {
    const row = await incidentLoader(reader, { at: asKnownAt ?? null }).load(id);
    return row === null ? null : incidentOf(row);
  }

  @FieldResolver(() => Report, {
    nullable: true,
    description: 'The report that describes it, where the viewer may see that.',
  })
  async report(@Root() incident: Incident, @Ctx() { reader }: RequestContext) {
    const row = await reportLoader(reader, incident.asKnown).load(incident.reportId);
    return row === null ? null : reportOf(row);
  }

  @FieldResolver(() => Place, { nullable: true, description: 'The gazetteer place it was resolved to.' })
  async place(@Root() incident: Incident, @Ctx() { reader }: RequestContext) {
    const row = incident.placeId === null ? null : await placeLoader(reader).load(incident.placeId);
    return row === null ? null : placeOf(row);
  }

  @FieldResolver(() => [Indicator], { description: 'How the traffickers worked, as coded on the form.' })
  async indicators(@Root() incident: Incident, @Ctx() { reader }: RequestContext) {
    const rows = await indicatorsOfIncident(reader).load(incident.rowId);
    return rows.map(({ scheme, code, value }) => ({ scheme, code, value: String(value) }));
  }
}

@Resolver(() => Report)
export class ReportIncidentsResolver {
  @FieldResolver(() => [Incident], { description: 'The incidents this report describes.' })
  async incidents(@Root() report: Report, @Ctx() { reader }: RequestContext) {
    return (await incidentsOfReport(reader, report.asKnown).load(report.id)).map(incidentOf);
  }
}
