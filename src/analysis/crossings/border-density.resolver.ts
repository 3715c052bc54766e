/** `density` of crossing clusters: how many crossed at each place along the borders. */
import { Arg, FieldResolver, Float, Resolver, Root } from 'type-graphql';
import { densitiesOf } from './border-density.ts';
import { BorderDensity } from './border-density.type.ts';
import { CrossingClusterAnswer } from './crossing-cluster.type.ts';

@Resolver(() => CrossingClusterAnswer)
export class BorderDensityResolver {
  @FieldResolver(() => [BorderDensity], {
    description:
      'Persons and incidents per km along the lines of these borders that have any, whether in clusters or not.',
  })
  density(
    @Root() { borderMass, borderLines }: CrossingClusterAnswer,
    @Arg('stepKm', () => Float, { defaultValue: 5 }) stepKm: number,
    @Arg('bandwidthKm', () => Float, {
      defaultValue: 5,
      description: 'How far a crossing is spread to each side; gates are known to some km.',
    })
    bandwidthKm: number,
  ): BorderDensity[] {
    return densitiesOf(borderMass, borderLines, stepKm, bandwidthKm);
  }
}
