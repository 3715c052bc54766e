/** `crossings`, and the edges between crossings, movements and crossing points. */
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
import { WaypointKindEnum } from '../../graphql/enums.ts';
import { fastList } from '../../graphql/fast-path/list-root.ts';
import { AreaInput, TimeSpanInput } from '../../graphql/filters.input.ts';
import { searchOwned } from '../../graphql/owned-record.type.ts';
import { placeLoader } from '../../places/place.loader.ts';
import { Place, placeOf } from '../../places/place.type.ts';
import { crossingsOfMovement } from './crossing.loader.ts';
import { Crossing, crossingOf } from './crossing.type.ts';
import { crossingList, listCrossings } from './crossing.view.ts';
import { CROSSINGS_UNLESS_SAID } from './crossing-source.sql.ts';
import { movementLoader } from './movement.loader.ts';
import { Movement, movementOf } from './movement.type.ts';
import { CROSSING_TEXT } from './movement-text.sql.ts';

@InputType({ description: 'Which crossings; every part given must hold.' })
export class CrossingFilter {
  @Field(() => AreaInput, { nullable: true })
  area?: AreaInput;

  @Field(() => TimeSpanInput, { nullable: true })
  occurred?: TimeSpanInput;

  @Field(() => [String], { nullable: true, description: 'The two countries of a border, in any order.' })
  border?: string[];

  @Field(() => [WaypointKindEnum], { nullable: true, description: 'Unless given: observed ones only.' })
  kinds?: string[];

  @Field(() => [String], { nullable: true, description: 'Slugs of owners.' })
  owners?: string[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Answer as the hub knew it at this moment.',
  })
  asKnownAt?: Date;
}

export const CrossingConnection = connectionOf('Crossing', () => Crossing);

async function askedCrossings(context: RequestContext, filter: CrossingFilter | null) {
  const { search, asKnown } = await searchOwned(context, filter);
  return { search: { ...CROSSINGS_UNLESS_SAID, ...search }, asKnown };
}

const FAST = fastList<CrossingFilter>(CROSSING_TEXT, async (context, filter) => {
  const { search, asKnown } = await askedCrossings(context, filter);
  return crossingList(search, asKnown);
});

@Resolver(() => Crossing)
export class CrossingResolver {
  @Query(() => CrossingConnection, {
    description: 'Border crossings of movements, the latest first; observed ones unless kinds are given.',
  })
  @Extensions({ fastPath: FAST })
  async crossings(
    @Ctx() context: RequestContext,
    @Arg('filter', () => CrossingFilter, { nullable: true }) filter: CrossingFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const { search, asKnown } = await askedCrossings(context, filter);
    const answer = await listCrossings(context.reader, search, asKnown, readPaging(first, after));
    return connection(CrossingConnection, answer.page, crossingOf, answer.count);
  }

  @FieldResolver(() => Movement, { nullable: true })
  async movement(@Root() crossing: Crossing, @Ctx() { reader }: RequestContext) {
    const row = await movementLoader(reader, crossing.asKnown).load(crossing.movementId);
    return row === null ? null : movementOf(row);
  }

  @FieldResolver(() => Place, {
    nullable: true,
    description: 'The nearest known crossing point of that border.',
  })
  async crossingPoint(@Root() crossing: Crossing, @Ctx() { reader }: RequestContext) {
    const row = crossing.placeId === null ? null : await placeLoader(reader).load(crossing.placeId);
    return row === null ? null : placeOf(row);
  }
}

@Resolver(() => Movement)
export class MovementCrossingsResolver {
  @FieldResolver(() => [Crossing], { description: "Borders passed, in travel order; see each one's kind." })
  async crossings(@Root() movement: Movement, @Ctx() { reader }: RequestContext) {
    return (await crossingsOfMovement(reader, movement.asKnown).load(movement.id)).map(crossingOf);
  }
}
