/** `independence` of incidents, movements and entities. */
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { AsKnown } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { statementsOf } from '../entities/entity.loader.ts';
import { Entity } from '../entities/entity.type.ts';
import { Incident } from '../incidents/incident.type.ts';
import { Movement } from '../movements/movement.type.ts';
import { eventOf, statementsOfEvent } from './independence.loader.ts';
import { independenceOf, OriginIndependence } from './independence.type.ts';
import { independentOrigins } from './independent-origins.ts';
import { originsOf } from './told-origins.ts';

const OF_AN_EVENT =
  'Who stands behind the event: statements about this incident and those that are one event with it, and about journeys in them. Each report of the event is a case of its own: that another tells of the same event is what corroborates it.';

@Resolver(() => Incident)
export class IncidentIndependenceResolver {
  @FieldResolver(() => OriginIndependence, { description: OF_AN_EVENT })
  independence(@Root() incident: Incident, @Ctx() { reader }: RequestContext): Promise<OriginIndependence> {
    return ofEvent(reader, incident.id, incident.asKnown);
  }
}

@Resolver(() => Movement)
export class MovementIndependenceResolver {
  @FieldResolver(() => OriginIndependence, { description: OF_AN_EVENT })
  independence(@Root() movement: Movement, @Ctx() { reader }: RequestContext): Promise<OriginIndependence> {
    return ofEvent(reader, movement.incidentId, movement.asKnown);
  }
}

@Resolver(() => Entity)
export class EntityIndependenceResolver {
  @FieldResolver(() => OriginIndependence, {
    description:
      'Who stands behind what is said of it. Incidents that are one event are one case, and count once.',
  })
  async independence(@Root() entity: Entity, @Ctx() { reader }: RequestContext): Promise<OriginIndependence> {
    const statements = await statementsOf(reader, entity.asKnown).load(entity.rowId);
    const events = await Promise.all(
      statements.map((row) => eventOf(reader, row.incident_id, entity.asKnown)),
    );
    return independenceOf(
      independentOrigins(
        statements.map((row, index) => originsOf(row, events[index]?.[0] ?? row.incident_id)),
      ),
    );
  }
}

async function ofEvent(
  reader: ViewerReader,
  incidentId: string,
  asKnown: AsKnown,
): Promise<OriginIndependence> {
  const statements = await statementsOfEvent(reader, await eventOf(reader, incidentId, asKnown), asKnown);
  return independenceOf(independentOrigins(statements.map((row) => originsOf(row, row.incident_id))));
}
