/** `movements`, `movement`, and the edges from movements to incidents, reports, waypoints and places. */
import {
  Arg,
  Ctx,
  Extensions,
  FieldResolver,
  GraphQLISODateTime,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { fastList } from '../../graphql/fast-path/list-root.ts';
import { reportLoader } from '../../intake/reports/report.loader.ts';
import { Report, reportOf } from '../../intake/reports/report.type.ts';
import { placeLoader } from '../../places/place.loader.ts';
import { Place, placeOf } from '../../places/place.type.ts';
import { incidentLoader } from '../incidents/incident.loader.ts';
import { Incident, incidentOf } from '../incidents/incident.type.ts';
import {
  movementLoader,
  movementsOfIncident,
  partyOfMovement,
  waypointsOfMovement,
} from './movement.loader.ts';
import { Movement, movementOf, PartyMember, Waypoint, waypointOf } from './movement.type.ts';
import { listMovements, movementList } from './movement.view.ts';
import { MovementFilter } from './movement-filter.input.ts';
import { askedMovements } from './movement-search.service.ts';
import { MOVEMENT_TEXT } from './movement-text.sql.ts';

export const MovementConnection = connectionOf('Movement', () => Movement);

const FAST = fastList<MovementFilter>(MOVEMENT_TEXT, async (context, filter) =>
  movementList(context.reader, await askedMovements(context, filter)),
);

@Resolver(() => Movement)
export class MovementResolver {
  @Query(() => MovementConnection, {
    description: 'Movements, the latest first; those without a time of travel last.',
  })
  @Extensions({ fastPath: FAST })
  async movements(
    @Ctx() context: RequestContext,
    @Arg('filter', () => MovementFilter, { nullable: true }) filter: MovementFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const answer = await listMovements(
      context.reader,
      await askedMovements(context, filter),
      readPaging(first, after),
    );
    return connection(MovementConnection, answer.page, movementOf, answer.count);
  }

  @Query(() => Movement, { nullable: true, description: 'One movement by id.' })
  async movement(
    @Ctx() { reader }: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('asKnownAt', () => GraphQLISODateTime, {
      nullable: true,
      description: 'Answer as the hub knew it at this moment.',
    })
    asKnownAt: Date | null | undefined,
  ) {
    const row = await movementLoader(reader, { at: asKnownAt ?? null }).load(id);
    return row === null ? null : movementOf(row);
  }

  @FieldResolver(() => [Waypoint], { description: 'In travel order.' })
  async waypoints(@Root() movement: Movement, @Ctx() { reader }: RequestContext) {
    return (await waypointsOfMovement(reader, movement.asKnown).load(movement.rowId)).map(waypointOf);
  }

  @FieldResolver(() => [PartyMember], {
    description: 'The moved persons, as pseudonyms; empty where the viewer sees the movement coarsened.',
  })
  async party(@Root() movement: Movement, @Ctx() { reader }: RequestContext) {
    return (await partyOfMovement(reader).load(movement.rowId)).map(({ sex, age_band }) => ({
      sex,
      ageBand: age_band,
    }));
  }

  @FieldResolver(() => Incident, { nullable: true, description: 'The incident in which it came to light.' })
  async incident(@Root() movement: Movement, @Ctx() { reader }: RequestContext) {
    const row = await incidentLoader(reader, movement.asKnown).load(movement.incidentId);
    return row === null ? null : incidentOf(row);
  }

  @FieldResolver(() => Report, {
    nullable: true,
    description: 'The report it was composed from, where the viewer may see that.',
  })
  async report(@Root() movement: Movement, @Ctx() { reader }: RequestContext) {
    const row = await reportLoader(reader, movement.asKnown).load(movement.reportId);
    return row === null ? null : reportOf(row);
  }
}

@Resolver(() => Waypoint)
export class WaypointResolver {
  @FieldResolver(() => Place, { nullable: true, description: 'The gazetteer place it was resolved to.' })
  async place(@Root() waypoint: Waypoint, @Ctx() { reader }: RequestContext) {
    const row = waypoint.placeId === null ? null : await placeLoader(reader).load(waypoint.placeId);
    return row === null ? null : placeOf(row);
  }
}

@Resolver(() => Incident)
export class IncidentMovementsResolver {
  @FieldResolver(() => [Movement], {
    description: 'Movements that came to light in it; none when there was no travel.',
  })
  async movements(@Root() incident: Incident, @Ctx() { reader }: RequestContext) {
    return (await movementsOfIncident(reader, incident.asKnown).load(incident.id)).map(movementOf);
  }
}
