/** Near-parallel corridors told as one, as GraphQL shows them. */
import { Field, Int, ObjectType } from 'type-graphql';
import { GeoJson } from '../../graphql/geo-json.scalar.ts';

@ObjectType({
  description:
    'Corridors that run beside the one among them with most incidents (`parallelWithin`), counted together. A corridor beside no other is a bundle of its own.',
})
export class CorridorBundle {
  @Field(() => [String], { description: 'Of its corridors, the leading one first.' })
  ids!: readonly string[];

  @Field(() => String, { description: 'Of the leading corridor.' })
  name!: string;

  @Field(() => Int, {
    description: 'Independent incidents: one that travels several of its corridors counts once.',
  })
  incidents!: number;

  @Field(() => Int, {
    description: 'Distinct known root origins; all unknown ones count as one, and only where none is known.',
  })
  independentOrigins!: number;

  @Field(() => GeoJson, {
    nullable: true,
    description: 'MultiLineString of the leading corridor: a line that was reported, no average.',
  })
  geometry!: unknown;

  /** Ascending. */
  allIncidentIds!: readonly string[];
}
