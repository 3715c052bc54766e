/** The incidents that a bundle of corridors stands on. */
import { Arg, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { pageOfIds } from '../evidence-page.ts';
import { CorridorBundle } from './corridor-bundle.type.ts';

@Resolver(() => CorridorBundle)
export class CorridorBundleResolver {
  @FieldResolver(() => [String], { description: 'Incidents of its corridors, by id; up to 10,000 of them.' })
  incidentIds(
    @Root() bundle: CorridorBundle,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The last id of the page before.' })
    after: string | null,
  ): readonly string[] {
    return pageOfIds(bundle.allIncidentIds, first, after);
  }
}
