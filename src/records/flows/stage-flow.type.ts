/** Movements as a Sankey diagram draws them: countries in their roles, and what goes from one to the next. */
import { Field, Int, ObjectType } from 'type-graphql';
import { CountryRoleEnum } from '../../graphql/enums.ts';
import { CountInterval } from '../../graphql/shapes.type.ts';

@ObjectType({
  description:
    'A country in a role. Links never lead back to an earlier stage, so that a diagram can be drawn.',
})
export class StageNode {
  @Field(() => String, { description: 'What links name it by, like "transit:1:IND".' })
  id!: string;

  @Field(() => Int, {
    description: '0: source; then the transit countries in travel order; the destination is last.',
  })
  stage!: number;

  @Field(() => CountryRoleEnum)
  role!: string;

  @Field(() => String, { nullable: true, description: 'Null where the source or destination is not known.' })
  country!: string | null;

  @Field(() => Int, { description: 'Movements through it.' })
  movements!: number;

  @Field(() => Int, { description: 'Independent incidents.' })
  incidents!: number;
}

@ObjectType({ description: 'What goes from one node to the next.' })
export class StageLink {
  @Field(() => String)
  source!: string;

  @Field(() => String)
  target!: string;

  @Field(() => Int)
  movements!: number;

  @Field(() => Int, {
    description: 'Independent incidents: reports of one event, linked and both visible, count once.',
  })
  incidents!: number;

  @Field(() => CountInterval, {
    description: "Person-events: at least each incident's largest movement, at most all added.",
  })
  persons!: CountInterval;
}

@ObjectType({ description: 'Source, transit and destination countries with what flows between them.' })
export class StageFlows {
  @Field(() => [StageNode], { description: 'By stage, then most movements first.' })
  nodes!: readonly StageNode[];

  @Field(() => [StageLink], { description: 'Most movements first.' })
  links!: readonly StageLink[];

  @Field(() => Int, { description: 'Movements asked of; each is in one link a leg, unknown ends included.' })
  movements!: number;
}
