/** The same types as they are usually served: type-graphql resolvers, a DataLoader for each edge, knex underneath, Apollo on express in front. */
import 'reflect-metadata';
import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import DataLoader from 'dataloader';
import express from 'express';
import knex, { type Knex } from 'knex';
import {
  Arg,
  buildSchema,
  Ctx,
  Field,
  FieldResolver,
  Float,
  InputType,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { rowScope } from '../src/access/viewer.ts';
import type { PeerSettings, StartedPeer } from './fast-path-peer.ts';
import { openFilledHub } from './filled-hub.ts';

type Row = Readonly<Record<string, unknown>>;
type Many = DataLoader<string, readonly Row[]>;
type One = DataLoader<string, Row | null>;
interface Context {
  readonly db: Knex;
  readonly classes: readonly number[];
  readonly waypoints: Many;
  readonly crossings: Many;
  readonly incidents: One;
  readonly reports: One;
}

@ObjectType()
class Point {
  @Field(() => Float) longitude!: number;
  @Field(() => Float) latitude!: number;
}

@ObjectType()
class Persons {
  @Field(() => Int) min!: number;
  @Field(() => Int, { nullable: true }) max!: number | null;
}

@ObjectType()
class Step {
  @Field(() => String) country!: string;
  @Field(() => String) role!: string;
}

@ObjectType()
class Waypoint {
  @Field(() => Int) ordinal!: number;
  @Field(() => String) kind!: string;
  @Field(() => String) basis!: string;
  @Field(() => String, { nullable: true }) country!: string | null;
  @Field(() => Point, { nullable: true }) position!: Point | null;
}

@ObjectType()
class Crossing {
  @Field(() => String) kind!: string;
  @Field(() => String) fromCountry!: string;
  @Field(() => String) toCountry!: string;
}

@ObjectType()
class Report {
  @Field(() => String) id!: string;
  @Field(() => Date) recordedAt!: Date;
}

@ObjectType()
class Incident {
  @Field(() => String) id!: string;
  @Field(() => String) verification!: string;
  @Field(() => Point, { nullable: true }) position!: Point | null;
  reportId!: string;
}

@ObjectType()
class Movement {
  @Field(() => String) id!: string;
  @Field(() => String, { nullable: true }) originCountry!: string | null;
  @Field(() => String, { nullable: true }) destinationCountry!: string | null;
  @Field(() => Persons) persons!: Persons;
  @Field(() => [Step]) countries!: Step[];
  incidentId!: string;
}

@ObjectType()
class Movements {
  @Field(() => [Movement]) nodes!: Movement[];
}

@ObjectType()
class Incidents {
  @Field(() => [Incident]) nodes!: Incident[];
}

@InputType()
class Box {
  @Field(() => Float) west!: number;
  @Field(() => Float) south!: number;
  @Field(() => Float) east!: number;
  @Field(() => Float) north!: number;
}

@InputType()
class Area {
  @Field(() => Box) bbox!: Box;
}

@InputType()
class IncidentFilter {
  @Field(() => Area) area!: Area;
}

const shout = (word: unknown): string => String(word).toUpperCase();
const pointOf = ({ longitude, latitude }: Row): Point | null =>
  longitude === null || latitude === null
    ? null
    : { longitude: longitude as number, latitude: latitude as number };
const incidentOf = (row: Row): Incident => ({
  id: row.id as string,
  verification: shout(row.verification),
  position: pointOf(row),
  reportId: row.report_id as string,
});

@Resolver(() => Movement)
class MovementResolver {
  @Query(() => Movements)
  async movements(
    @Ctx() { db, classes }: Context,
    @Arg('first', () => Int) first: number,
  ): Promise<Movements> {
    const rows = (await db('movement')
      .whereNull('known_to')
      .whereIn('visibility_class_id', classes)
      .orderByRaw('occurred_from desc nulls last, id desc')
      .limit(first)) as Row[];
    return {
      nodes: rows.map((row) => ({
        id: row.id as string,
        originCountry: row.origin_country as string | null,
        destinationCountry: row.destination_country as string | null,
        persons: { min: row.persons_min as number, max: row.persons_max as number | null },
        countries: (row.countries as string[]).map((country, at) => ({
          country,
          role: shout((row.roles as string[])[at]),
        })),
        incidentId: row.incident_id as string,
      })),
    };
  }

  @FieldResolver(() => [Waypoint])
  async waypoints(@Root() { id }: Movement, @Ctx() { waypoints }: Context): Promise<Waypoint[]> {
    return (await waypoints.load(id)).map((row) => ({
      ordinal: row.ordinal as number,
      kind: shout(row.kind),
      basis: shout(row.basis),
      country: row.country as string | null,
      position: pointOf(row),
    }));
  }

  @FieldResolver(() => [Crossing])
  async crossings(@Root() { id }: Movement, @Ctx() { crossings }: Context): Promise<Crossing[]> {
    return (await crossings.load(id)).map((row) => ({
      kind: shout(row.kind),
      fromCountry: row.from_country as string,
      toCountry: row.to_country as string,
    }));
  }

  @FieldResolver(() => Incident, { nullable: true })
  async incident(@Root() { incidentId }: Movement, @Ctx() { incidents }: Context): Promise<Incident | null> {
    const row = await incidents.load(incidentId);
    return row === null ? null : incidentOf(row);
  }
}

@Resolver(() => Incident)
class IncidentResolver {
  @Query(() => Incidents)
  async incidents(
    @Ctx() { db, classes }: Context,
    @Arg('first', () => Int) first: number,
    @Arg('filter', () => IncidentFilter) { area: { bbox } }: IncidentFilter,
  ): Promise<Incidents> {
    const rows = (await db('incident')
      .whereNull('known_to')
      .whereIn('visibility_class_id', classes)
      .whereBetween('longitude', [bbox.west, bbox.east])
      .whereBetween('latitude', [bbox.south, bbox.north])
      .orderByRaw('occurred_from desc nulls last, id desc')
      .limit(first)) as Row[];
    return { nodes: rows.map(incidentOf) };
  }

  @FieldResolver(() => Report, { nullable: true })
  async report(@Root() { reportId }: Incident, @Ctx() { reports }: Context): Promise<Report | null> {
    const row = await reports.load(reportId);
    return row === null ? null : { id: row.id as string, recordedAt: row.recorded_at as Date };
  }
}

function many(db: Knex, table: string, classes: readonly number[], order: readonly string[]): Many {
  return new DataLoader(async (ids) => {
    const rows = (await db(table)
      .whereIn('movement_id', ids)
      .whereIn('visibility_class_id', classes)
      .orderBy(order as string[])) as Row[];
    const groups = Map.groupBy(rows, (row) => row.movement_id as string);
    return ids.map((id) => groups.get(id) ?? []);
  });
}

function one(db: Knex, table: string, classes: readonly number[]): One {
  return new DataLoader(async (ids) => {
    const rows = (await db(table).whereIn('id', ids).whereIn('visibility_class_id', classes)) as Row[];
    const byId = new Map(rows.map((row) => [row.id as string, row]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

export async function startPeer({ server, name, size, poolSize }: PeerSettings): Promise<StartedPeer> {
  const { hub, url, viewer } = await openFilledHub(server, name, size, 1);
  await hub.close();
  const { classes } = rowScope(viewer);
  const db = knex({
    client: 'pg',
    connection: { connectionString: url, options: '-c jit=off -c max_parallel_workers_per_gather=0' },
    pool: { min: poolSize, max: poolSize },
  });
  const schema = await buildSchema({ resolvers: [MovementResolver, IncidentResolver], validate: false });
  const apollo = new ApolloServer<Context>({ schema });
  await apollo.start();
  const context = async (): Promise<Context> => ({
    db,
    classes,
    waypoints: many(db, 'waypoint', classes, ['movement_id', 'ordinal']),
    crossings: many(db, 'crossing', classes, ['movement_id', 'ordinal']),
    incidents: one(db, 'incident', classes),
    reports: one(db, 'report', classes),
  });
  const app = express().use('/graphql', express.json(), expressMiddleware(apollo, { context }));
  return { listener: app, headers: {} };
}
