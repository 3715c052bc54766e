/** Views for partner apps as they are told. */
import { Field, Int, ObjectType } from 'type-graphql';
import { ForPartners } from '../../graphql/for-partners.ts';
import type { SharedLayer } from './layers/layer-feature.ts';
import { SharedFeature, SharedLayerEnum } from './shared-feature.type.ts';

@ObjectType({ description: 'When numbers were told. Between two epochs nothing changes.' })
@ForPartners()
export class SharedEpoch {
  @Field(() => Int)
  epoch!: number;

  @Field(() => Date)
  publishedAt!: Date;

  @Field(() => String, {
    description:
      'The first day that is counted nowhere, like 2026-07-01: a quarter is told 90 days after its end.',
  })
  until!: string;

  @Field(() => String, { description: 'SHA-256 over the numbers, in hexadecimal: the same for everybody.' })
  digest!: string;
}

@ObjectType({ description: 'One number of a view. Dimensions that the view does not have are null.' })
@ForPartners()
export class SharedCell {
  @Field(() => String, { nullable: true, description: 'Alpha-3.' })
  originCountry!: string | null;

  @Field(() => String, { nullable: true, description: 'Alpha-3.' })
  destinationCountry!: string | null;

  @Field(() => String, { nullable: true, description: 'H3 cell of a crossing, of a fixed grid.' })
  cell!: string | null;

  @Field(() => String, { nullable: true, description: 'Like 2026-Q1 or 2026.' })
  period!: string | null;

  @Field(() => Int, { description: 'At least so many, of each incident the largest party.' })
  persons!: number;

  @Field(() => Int)
  incidents!: number;
}

@ObjectType({
  description: 'A view that every contributor’s data officer approved, and its epochs, the latest first.',
})
@ForPartners()
export class SharedViewSummary {
  @Field(() => String)
  name!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: 'What is counted, as a question.' })
  query!: string;

  @Field(() => SharedLayerEnum, {
    nullable: true,
    description: 'What is drawn of the counts and told in their stead; null: the counts are told.',
  })
  layer!: SharedLayer | null;

  @Field(() => [SharedEpoch])
  epochs!: SharedEpoch[];
}

@ObjectType({ description: 'The numbers of a view at its latest epoch.' })
@ForPartners()
export class SharedView extends SharedViewSummary {
  @Field(() => SharedEpoch)
  at!: SharedEpoch;

  @Field(() => [SharedCell], { description: 'All of them, or those that are other than at `changedSince`.' })
  cells!: SharedCell[];

  @Field(() => [SharedCell], { description: 'As they were told at `changedSince`, and are not any more.' })
  gone!: SharedCell[];

  @Field(() => [SharedFeature], {
    description: 'Of a layer: all of them by id, or those that are other than at `changedSince`.',
  })
  features!: SharedFeature[];

  @Field(() => [SharedFeature], {
    description: 'As they were told at `changedSince`, and are not any more.',
  })
  goneFeatures!: SharedFeature[];

  @Field(() => String, { description: 'What a number that is not there means.' })
  notice!: string;
}

@ObjectType({ description: 'A view that is proposed, for the data officers who decide about it.' })
export class SharedViewProposal {
  @Field(() => String)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => String)
  title!: string;

  @Field(() => String, {
    description:
      'Asked with a key of your own, it shows what your organisation would put in, nothing left out.',
  })
  query!: string;

  @Field(() => SharedLayerEnum, {
    nullable: true,
    description: 'What is drawn of these counts and told in their stead; null: the counts are told.',
  })
  layer!: SharedLayer | null;

  @Field(() => String, { description: 'Slug.' })
  proposedBy!: string;

  @Field(() => Date)
  proposedAt!: Date;

  @Field(() => [String], { description: 'Slugs of the organisations that approve it.' })
  approvedBy!: string[];
}
