/** Which observed crossings are meant, as they are asked for, and as they are searched. */
import { Field, GraphQLISODateTime, InputType } from 'type-graphql';
import type { RequestContext } from '../../graphql/context.ts';
import { borderPair } from '../../graphql/filter-conditions.sql.ts';
import { AreaInput, TimeSpanInput } from '../../graphql/filters.input.ts';
import { ownerIds } from '../../graphql/owned-record.type.ts';
import type { CrossingSearch } from './crossing-cluster.view.ts';

@InputType({ description: 'Which observed crossings; every part given must hold. The periods say when.' })
export class CrossingChangeFilter {
  @Field(() => AreaInput, { nullable: true })
  area?: AreaInput;

  @Field(() => [String], { nullable: true, description: 'Slugs of owners.' })
  owners?: string[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Answer as the hub knew it at this moment.',
  })
  asKnownAt?: Date;
}

@InputType({ description: 'Which observed crossings; every part given must hold.' })
export class CrossingClusterFilter extends CrossingChangeFilter {
  @Field(() => TimeSpanInput, { nullable: true })
  occurred?: TimeSpanInput;
}

/** `border`: its two countries, in any order; every border unless given. */
export async function askedCrossings(
  context: RequestContext,
  border: readonly string[] | null,
  filter: CrossingClusterFilter | null,
): Promise<CrossingSearch> {
  const { owners, asKnownAt, ...search } = filter ?? {};
  return {
    ...search,
    ...(border != null && { border: borderPair('border', border) }),
    ...(owners != null && { ownerIds: await ownerIds(context, owners) }),
    asKnownAt: asKnownAt ?? null,
  };
}
