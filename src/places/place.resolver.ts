/** `places` and `place`. */
import { Arg, Ctx, Field, InputType, Int, Query, Resolver } from 'type-graphql';
import { connection, connectionOf, readPaging } from '../graphql/connection.type.ts';
import type { RequestContext } from '../graphql/context.ts';
import { PlaceKindEnum } from '../graphql/enums.ts';
import { AreaInput } from '../graphql/filters.input.ts';
import { Place, placeOf } from './place.type.ts';
import { listPlaces } from './place.view.ts';

@InputType({ description: 'Which places; every part given must hold.' })
export class PlaceFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Any name or alias, in any script, folded (case, accents).',
  })
  name?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'How any name or alias begins, folded likewise, as somebody types it: two letters at least. Misspellings are not found.',
  })
  nameBegins?: string;

  @Field(() => [PlaceKindEnum], { nullable: true })
  kinds?: string[];

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-3, like NPL.' })
  country?: string;

  @Field(() => [String], { nullable: true, description: 'Crossing points between these two countries.' })
  border?: string[];

  @Field(() => AreaInput, { nullable: true })
  area?: AreaInput;
}

export const PlaceConnection = connectionOf('Place', () => Place);

@Resolver(() => Place)
export class PlaceResolver {
  @Query(() => PlaceConnection, {
    description:
      'The gazetteer, largest population first: countries, areas, crossing points and towns of 15,000 and more. Smaller places are met through the records that name them.',
  })
  async places(
    @Ctx() { reader }: RequestContext,
    @Arg('filter', () => PlaceFilter, { nullable: true }) filter: PlaceFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const { page, count } = await listPlaces(reader, filter ?? {}, readPaging(first, after));
    return connection(PlaceConnection, page, placeOf, count);
  }

  @Query(() => Place, {
    nullable: true,
    description: 'One place of the gazetteer by id; null for any other.',
  })
  async place(@Ctx() { reader }: RequestContext, @Arg('id', () => String) id: string) {
    const { page } = await listPlaces(reader, { ids: [id] }, readPaging(1, null));
    return page.rows.map(placeOf)[0] ?? null;
  }
}
