/** Features of layers for partner apps as they are told. */
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ForPartners } from '../../graphql/for-partners.ts';
import { GeoJson } from '../../graphql/geo-json.scalar.ts';
import type { Geometry } from '../exports/geometry.ts';
import {
  type LayerChange,
  type LayerClass,
  type LayerStage,
  SHARED_LAYERS,
  type SharedLayer,
} from './layers/layer-feature.ts';
import type { Trend } from './layers/told-series.ts';

const spelt = <Word extends string>(words: readonly Word[]): Readonly<Record<string, Word>> =>
  Object.fromEntries(words.map((word) => [word.toUpperCase(), word]));

export const SharedLayerEnum: Readonly<Record<string, SharedLayer>> = spelt(SHARED_LAYERS);
registerEnumType(SharedLayerEnum, {
  name: 'SharedLayer',
  description: 'What is drawn of the counts of a view.',
});
const SharedTrendEnum: Readonly<Record<string, Trend>> = spelt(['up', 'down', 'steady', 'not_available']);
registerEnumType(SharedTrendEnum, {
  name: 'LayerTrend',
  description:
    'Of what was told of the latest quarter against the year before (incidents, exact, 5 %). It says nothing of how much was watched.',
});
const SharedClassEnum: Readonly<Record<string, LayerClass>> = spelt(['hotspot', 'density']);
registerEnumType(SharedClassEnum, {
  name: 'LayerClass',
  description: 'HOTSPOT: significant among the cells that are told. DENSITY: told, and no more is said.',
});
const SharedDirectionEnum: Readonly<Record<string, LayerChange['direction']>> = spelt([
  'up',
  'down',
  'newly_told',
]);
registerEnumType(SharedDirectionEnum, {
  name: 'LayerDirection',
  description:
    'NEWLY_TOLD: not told in the year before, when there may have been too few, nobody who watched, or nobody.',
});
const SharedRoleEnum: Readonly<Record<string, LayerStage['role']>> = spelt([
  'source',
  'transit',
  'destination',
]);
registerEnumType(SharedRoleEnum, { name: 'LayerRole', description: 'Of a stage in a journey.' });

@ObjectType({
  description: 'So many persons at least, and at most. It is never narrower than what is told at all.',
})
@ForPartners()
export class SharedBand {
  @Field(() => Int)
  least!: number;

  @Field(() => Int, { nullable: true, description: 'null: no most.' })
  most!: number | null;
}

@ObjectType({ description: 'A stage of a journey: a country, or the area where a border was crossed.' })
@ForPartners()
export class SharedStage {
  @Field(() => SharedRoleEnum)
  role!: LayerStage['role'];

  @Field(() => String, { nullable: true, description: 'Alpha-3.' })
  country!: string | null;

  @Field(() => String, { nullable: true, description: 'H3 cell of a fixed grid.' })
  cell!: string | null;

  @Field(() => [String], { nullable: true, description: 'Whose border runs through the cell, alpha-3.' })
  border!: string[] | null;
}

@ObjectType({ description: 'What was other in a quarter than in the year before.' })
@ForPartners()
export class SharedChange {
  @Field(() => SharedDirectionEnum)
  direction!: LayerChange['direction'];

  @Field(() => String, { description: 'Like 2026-Q1.' })
  quarter!: string;

  @Field(() => SharedBand, {
    nullable: true,
    description: 'Of all told quarters of the year before together.',
  })
  before!: SharedBand | null;

  @Field(() => [String], { description: 'Those quarters.' })
  quartersBefore!: string[];
}

@ObjectType({ description: 'A corridor, a flow, a hotspot, a cluster or an alert, as a layer tells it.' })
@ForPartners()
export class SharedFeature {
  @Field(() => String, { description: 'The same at every epoch.' })
  id!: string;

  @Field(() => [SharedStage], { description: 'In order of travel; none of hotspots and clusters.' })
  stages!: SharedStage[];

  @Field(() => [String], { description: 'H3 cells of the fixed grid that it covers.' })
  cells!: string[];

  @Field(() => [String], { nullable: true, description: 'Whose border it lies on, alpha-3.' })
  border!: string[] | null;

  @Field(() => [String], { description: 'The quarters that `persons` are of, as far as they are told.' })
  quarters!: string[];

  @Field(() => SharedBand)
  persons!: SharedBand;

  @Field(() => SharedTrendEnum)
  trend!: Trend;

  @Field(() => SharedClassEnum, { nullable: true, description: 'Of hotspots.' })
  class!: LayerClass | null;

  @Field(() => SharedChange, { nullable: true, description: 'Of alerts.' })
  change!: SharedChange | null;

  @Field(() => GeoJson, { description: 'Through the middles of countries and cells, or their outlines.' })
  geometry!: Geometry;
}
