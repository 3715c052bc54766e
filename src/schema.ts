/** The list of resolvers, and the schema built from it. */
import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { ReportResolver } from './intake/reports/report.resolver.ts';
import { PlaceResolver } from './places/place.resolver.ts';
import {
  EntityResolver,
  IncidentEntitiesResolver,
  StatementResolver,
} from './records/entities/entity.resolver.ts';
import { FlowResolver } from './records/flows/flow.resolver.ts';
import { FlowObservationResolver } from './records/flow-observations/flow-observation.resolver.ts';
import { IncidentResolver, ReportIncidentsResolver } from './records/incidents/incident.resolver.ts';
import { CrossingResolver, MovementCrossingsResolver } from './records/movements/crossing.resolver.ts';
import {
  IncidentMovementsResolver,
  MovementResolver,
  WaypointResolver,
} from './records/movements/movement.resolver.ts';

export const RESOLVERS = [
  PlaceResolver,
  ReportResolver,
  IncidentResolver,
  ReportIncidentsResolver,
  MovementResolver,
  WaypointResolver,
  IncidentMovementsResolver,
  CrossingResolver,
  MovementCrossingsResolver,
  EntityResolver,
  StatementResolver,
  IncidentEntitiesResolver,
  FlowObservationResolver,
  FlowResolver,
] as const;

export function buildHubSchema(): GraphQLSchema {
  return buildSchemaSync({ resolvers: [...RESOLVERS], validate: false });
}
