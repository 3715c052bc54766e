/** `entities`, `sharedFacilitators`, and the edges between entities, statements, incidents and movements. */
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
import { EntityKindEnum, SuspicionStatusEnum } from '../../graphql/enums.ts';
import { ownerIds } from '../../graphql/owned-record.type.ts';
import type { FieldCost } from '../../graphql/query-cost.ts';
import { reportLoader, sourceWithdrawnLoader } from '../../intake/reports/report.loader.ts';
import { Report, reportOf } from '../../intake/reports/report.type.ts';
import { incidentByRow } from '../incidents/incident.loader.ts';
import { Incident, incidentOf } from '../incidents/incident.type.ts';
import {
  entitiesOfIncident,
  entityByRow,
  incidentsOfEntity,
  selectorsOfEntity,
  statementsOf,
} from './entity.loader.ts';
import { Entity, entityOf, Selector, SharedFacilitator, Statement, statementOf } from './entity.type.ts';
import { listEntities } from './entity.view.ts';
import { findSharedFacilitators } from './shared-facilitators.service.ts';

@InputType({ description: 'Which entities; every part given must hold.' })
export class EntityFilter {
  @Field(() => [String], { nullable: true })
  ids?: string[];

  @Field(() => [EntityKindEnum], { nullable: true })
  kinds?: string[];

  @Field(() => [String], { nullable: true })
  incidentIds?: string[];

  @Field(() => String, {
    nullable: true,
    description: 'Part of the label (names of persons are not in labels).',
  })
  label?: string;

  @Field(() => [String], { nullable: true, description: 'Slugs of owners.' })
  owners?: string[];

  @Field(() => [SuspicionStatusEnum], {
    nullable: true,
    description: 'Persons who are held for one of these, now or at the moment asked about.',
  })
  suspicions?: string[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Answer as the hub knew it at this moment.',
  })
  asKnownAt?: Date;
}

export const EntityConnection = connectionOf('Entity', () => Entity);

/** Everything that recurs is read before it is ranked. */
const COST: FieldCost = { records: () => 2_000 };

@Resolver(() => Entity)
export class EntityResolver {
  @Query(() => EntityConnection, {
    description:
      "Entities, the latest recorded first. One record each: organisations' records are never merged here.",
  })
  async entities(
    @Ctx() context: RequestContext,
    @Arg('filter', () => EntityFilter, { nullable: true }) filter: EntityFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const { owners, asKnownAt, ...search } = filter ?? {};
    const owner = owners == null ? {} : { ownerIds: await ownerIds(context, owners) };
    const answer = await listEntities(
      context.reader,
      { ...search, ...owner },
      { at: asKnownAt ?? null },
      readPaging(first, after),
    );
    return connection(EntityConnection, answer.page, (row) => entityOf(context.reader, row), answer.count);
  }

  @Query(() => [SharedFacilitator], {
    description:
      'Phones, vehicles, agencies, establishments, accounts and documents that recur across independent incidents, most surprising first. What is written down as somebody’s is left out where that person is cleared, a witness, or was not reviewed in time.',
  })
  @Extensions({ cost: COST })
  sharedFacilitators(
    @Ctx() { reader }: RequestContext,
    @Arg('kinds', () => [EntityKindEnum], { nullable: true }) kinds: string[] | null,
    @Arg('incidentsAtLeast', () => Int, { defaultValue: 3 }) incidentsAtLeast: number,
    @Arg('ownersAtLeast', () => Int, { defaultValue: 1 }) ownersAtLeast: number,
    @Arg('standsWithoutVictim', () => Boolean, { defaultValue: false }) standsWithoutVictim: boolean,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('asKnownAt', () => GraphQLISODateTime, {
      nullable: true,
      description: 'Answer as the hub knew it at this moment.',
    })
    asKnownAt: Date | null | undefined,
  ): Promise<SharedFacilitator[]> {
    return findSharedFacilitators(reader, {
      kinds,
      incidentsAtLeast,
      ownersAtLeast,
      standsWithoutVictim,
      asKnown: { at: asKnownAt ?? null },
      ...readPaging(first, null),
    });
  }

  @FieldResolver(() => [Selector])
  async selectors(@Root() entity: Entity, @Ctx() { reader }: RequestContext) {
    return (await selectorsOfEntity(reader).load(entity.rowId)).map(({ kind, hint }) => ({ kind, hint }));
  }

  @FieldResolver(() => [Statement], {
    description: 'What sources say about it; an entity is its statements.',
  })
  async statements(@Root() entity: Entity, @Ctx() { reader }: RequestContext) {
    return (await statementsOf(reader, entity.asKnown).load(entity.rowId)).map(statementOf);
  }

  @FieldResolver(() => [Incident], { description: 'Incidents it took part in.' })
  async incidents(@Root() entity: Entity, @Ctx() { reader }: RequestContext) {
    const ids = [
      ...new Set((await incidentsOfEntity(reader).load(entity.rowId)).map((row) => row.incident_id)),
    ];
    const rows = await incidentByRow(reader, entity.asKnown).loadMany(ids);
    return rows.flatMap((row) => (row === null || row instanceof Error ? [] : [incidentOf(row)]));
  }
}

@Resolver(() => Statement)
export class StatementResolver {
  @FieldResolver(() => Report, { nullable: true })
  async report(@Root() statement: Statement, @Ctx() { reader }: RequestContext) {
    const row = await reportLoader(reader, statement.asKnown).load(statement.reportId);
    return row === null ? null : reportOf(row);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether a report it was made from, at first or at second hand, was withdrawn.',
  })
  async sourceWithdrawn(@Root() statement: Statement, @Ctx() { reader }: RequestContext): Promise<boolean> {
    return (await sourceWithdrawnLoader(reader, statement.asKnown).load(statement.reportId)) !== null;
  }
}

@Resolver(() => Incident)
export class IncidentEntitiesResolver {
  @FieldResolver(() => [Entity], {
    description: 'Suspects, agencies, vehicles, phones … that took part; never possible victims.',
  })
  async entities(@Root() incident: Incident, @Ctx() { reader }: RequestContext) {
    const rows = await entitiesOfIncident(reader).load(incident.rowId);
    const ids = [...new Set(rows.flatMap((row) => (row.entity_id === null ? [] : [row.entity_id])))];
    const entities = await entityByRow(reader, incident.asKnown).loadMany(ids);
    return entities.flatMap((row) => (row === null || row instanceof Error ? [] : [entityOf(reader, row)]));
  }

  @FieldResolver(() => [Statement], { description: 'Statements about the incident itself.' })
  async statements(@Root() incident: Incident, @Ctx() { reader }: RequestContext) {
    return (await statementsOf(reader, incident.asKnown).load(incident.rowId)).map(statementOf);
  }
}
