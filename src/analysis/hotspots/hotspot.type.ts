/** Route hotspots, as GraphQL shows them. */
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { GeoJson } from '../../graphql/geo-json.scalar.ts';
import { Point } from '../../graphql/shapes.type.ts';
import { HowKnown } from '../../records/how-known/how-known.type.ts';
import { DerivedAnswer } from '../derived.type.ts';

export const HOTSPOT_CLASSES = {
  ROUTE_HOTSPOT: 'hot',
  COLD_SPOT: 'cold',
  DENSITY: 'density',
} as const;
registerEnumType(HOTSPOT_CLASSES, {
  name: 'HotspotClass',
  description:
    'ROUTE_HOTSPOT and COLD_SPOT are statistically significant; everything else is DENSITY: a count, and no more.',
});

export const HOTSPOT_PARTS = { POINTS: 'points', POINTS_AND_LEGS: 'points_and_legs' } as const;
export type HotspotParts = (typeof HOTSPOT_PARTS)[keyof typeof HOTSPOT_PARTS];
registerEnumType(HOTSPOT_PARTS, {
  name: 'HotspotParts',
  description:
    'Observed stops alone, or also the straight legs between two observed ones (never stated or inferred ones).',
});

export const HOTSPOT_SCALES = { STATED: 'stated', AUTOMATIC: 'automatic' } as const;
export type HotspotScale = (typeof HOTSPOT_SCALES)[keyof typeof HOTSPOT_SCALES];
registerEnumType(HOTSPOT_SCALES, {
  name: 'HotspotScale',
  description: 'STATED: cells and neighbours as given. AUTOMATIC: chosen from the data, each decision told.',
});

export const HOTSPOT_WEIGHTS = { INCIDENTS: 'incidents', PERSONS: 'persons' } as const;
export type HotspotWeight = (typeof HOTSPOT_WEIGHTS)[keyof typeof HOTSPOT_WEIGHTS];
registerEnumType(HOTSPOT_WEIGHTS, { name: 'HotspotWeight', description: 'What an incident adds to a cell.' });

@ObjectType({
  description: 'One H3 cell that was tested: touched by an observed stop or leg, or near such cells.',
})
export class RouteHotspotCell {
  @Field(() => String, { description: 'H3 index.' })
  id!: string;

  @Field(() => HOTSPOT_CLASSES)
  class!: string;

  @Field(() => Float, { nullable: true, description: 'Getis-Ord Gi* of the magnitudes.' })
  z!: number | null;

  @Field(() => Float, { nullable: true, description: 'Two-sided, as if cells were independent.' })
  p!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Two-sided, from putting whole incidents down at random.',
  })
  pPermutation!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'False discovery rate over all tested cells (Benjamini–Hochberg), the larger of both.',
  })
  q!: number | null;

  @Field(() => Float, { description: 'Incidents or persons, as was asked.' })
  magnitude!: number;

  @Field(() => Int, { description: 'Independent incidents.' })
  incidents!: number;

  @Field(() => Point)
  position!: Point;

  @Field(() => GeoJson, { description: 'MultiPolygon.' })
  geometry!: unknown;

  @Field(() => HowKnown, {
    nullable: true,
    description: 'What stands behind it: the movements asked of that are of incidents which touched it.',
  })
  howKnown?: HowKnown | null;

  /** Ascending. */
  allIncidentIds!: readonly string[];
}

@ObjectType({ description: 'One of the scales that were compared.' })
export class ScaleConsidered {
  @Field(() => Int, { description: 'H3 resolution, or rings.' })
  value!: number;

  @Field(() => Int, { description: 'Cells touched.' })
  cells!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Of a resolution: share of observed stops that are known as finely.',
  })
  knownShare!: number | null;

  @Field(() => Float, { nullable: true, description: 'Of a resolution: mean over touched cells.' })
  incidentsPerCell!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Of rings: z of Moran's I of the incidents by cell. Null where it says nothing, and where a neighbourhood holds more than a quarter of the cells.",
  })
  autocorrelation!: number | null;
}

@ObjectType({ description: 'How a part of the scale was chosen.' })
export class ScaleDecision {
  @Field(() => String, { description: 'resolution or rings.' })
  about!: string;

  @Field(() => Int)
  chosen!: number;

  @Field(() => String)
  why!: string;

  @Field(() => [ScaleConsidered])
  considered!: readonly ScaleConsidered[];
}

@ObjectType({ description: 'Tested cells, significant ones first, then by magnitude.' })
export class RouteHotspotAnswer extends DerivedAnswer {
  @Field(() => [ScaleDecision], { description: 'Empty unless the scale was to be chosen.' })
  scaleDecisions!: readonly ScaleDecision[];

  @Field(() => [RouteHotspotCell])
  cells!: readonly RouteHotspotCell[];

  @Field(() => Int, {
    description: 'Cells tested in all, those of magnitude 0 near touched ones included.',
  })
  testedCells!: number;

  @Field(() => Int)
  hotspots!: number;

  @Field(() => Int)
  coldSpots!: number;
}
