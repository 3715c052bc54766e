/** How many independent origins stand behind something, as GraphQL shows it. */
import { Field, Int, ObjectType } from 'type-graphql';
import type { Independence } from './independent-origins.ts';

@ObjectType({ description: 'Statements that hang together, so that they count as one origin.' })
export class IndependenceGroup {
  @Field(() => [String], { description: 'Ids of the statements, in ascending order.' })
  statements!: readonly string[];

  @Field(() => String, { description: 'What ties them, in words.' })
  reason!: string;
}

@ObjectType({
  description:
    'Independent origins among the statements the viewer sees. Statements of one root origin, one collector or one incident, and a statement and what it was derived from, count once. Pseudonyms are of one organisation: that two organisations heard one person cannot be seen.',
})
export class OriginIndependence {
  @Field(() => Int, {
    description:
      'Groups with a known origin; 1 where statements are but no origin is known, 0 where there is no statement.',
  })
  origins!: number;

  @Field(() => [IndependenceGroup], { description: 'The largest first.' })
  groups!: readonly IndependenceGroup[];

  @Field(() => Int, {
    description: 'Statements whose root origin is not known: they add nothing to known ones.',
  })
  unknownOrigins!: number;
}

export function independenceOf({ origins, groups, unknownOrigins }: Independence): OriginIndependence {
  return {
    origins,
    groups: groups.map(({ statements, reason }) => ({ statements, reason })),
    unknownOrigins,
  };
}
