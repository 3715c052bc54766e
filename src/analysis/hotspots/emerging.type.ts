/** Emerging hotspots, as GraphQL shows them. */
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { GeoJson } from '../../graphql/geo-json.scalar.ts';
import { Point } from '../../graphql/shapes.type.ts';
import { HowKnown } from '../../records/how-known/how-known.type.ts';
import { DerivedAnswer } from '../derived.type.ts';
import { EMERGING_PATTERNS, type EmergingCategory } from '../methods/emerging-hotspots.ts';
import { HOTSPOT_CLASSES } from './hotspot.type.ts';

const NAMED: readonly (readonly [string, EmergingCategory])[] = [
  ...(['hot', 'cold'] as const).flatMap((side) =>
    EMERGING_PATTERNS.map((pattern) => [`${pattern}_${side}`.toUpperCase(), `${pattern} ${side}`] as const),
  ),
  ['NONE', 'none'],
];
const EMERGING_CATEGORIES = Object.fromEntries<EmergingCategory>(NAMED);
registerEnumType(EMERGING_CATEGORIES, {
  name: 'EmergingCategory',
  description:
    'Of a cell that is hot, or cold, at the last step: NEW for the first time; CONSECUTIVE in one run up to now, never before; in nine tenths of the steps INTENSIFYING, PERSISTENT or DIMINISHING by its trend; SPORADIC on and off; OSCILLATING where it was the opposite before. HISTORICAL: in nine tenths of the steps, and no more. SPORADIC also of one that is neither now. NONE: no pattern.',
});

@ObjectType({ description: 'Of the z scores, by Mann and Kendall with the correction of Hamed and Rao.' })
export class EmergingTrend {
  @Field(() => Float, { description: '−1 (every pair of steps falls) to 1.' })
  tau!: number;

  @Field(() => Float, { description: "Sen's slope: z scores a step." })
  slope!: number;

  @Field(() => Float)
  z!: number;

  @Field(() => Float, { description: 'Two-sided.' })
  p!: number;
}

@ObjectType({ description: 'One step of one cell.' })
export class EmergingStep {
  @Field(() => String, { description: 'Its first month, like 2026-04.' })
  month!: string;

  @Field(() => HOTSPOT_CLASSES)
  class!: string;

  @Field(() => Float, { nullable: true, description: 'Gi* among the cells of this step.' })
  z!: number | null;

  @Field(() => Float, { description: 'Incidents or persons, as was asked.' })
  magnitude!: number;
}

@ObjectType({ description: 'A cell in which somebody was observed, and what became of it.' })
export class EmergingHotspotCell {
  @Field(() => String, { description: 'H3 index.' })
  id!: string;

  @Field(() => EMERGING_CATEGORIES)
  category!: EmergingCategory;

  @Field(() => EmergingTrend, { nullable: true })
  trend!: EmergingTrend | null;

  @Field(() => [EmergingStep], { description: 'In order of time.' })
  steps!: readonly EmergingStep[];

  @Field(() => Int, { description: 'Independent incidents.' })
  incidents!: number;

  @Field(() => Point)
  position!: Point;

  @Field(() => GeoJson, { description: 'MultiPolygon.' })
  geometry!: unknown;

  @Field(() => HowKnown, { nullable: true })
  howKnown?: HowKnown | null;

  /** Ascending. */
  allIncidentIds!: readonly string[];
}

@ObjectType({
  description:
    'Cells in which somebody was observed: those with a pattern first, the latest kinds before the old.',
})
export class EmergingHotspotAnswer extends DerivedAnswer {
  @Field(() => [EmergingHotspotCell])
  cells!: readonly EmergingHotspotCell[];

  @Field(() => Int, {
    description: 'All cells in which somebody was observed; `cells` holds the first of them.',
  })
  seenCells!: number;
}
