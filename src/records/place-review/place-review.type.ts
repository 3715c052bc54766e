/** What waits for somebody who knows the place, what became of it, and what was learnt, as GraphQL shows them. */
import {
  createUnionType,
  Field,
  Float,
  GraphQLISODateTime,
  Int,
  ObjectType,
  registerEnumType,
} from 'type-graphql';
import { PlaceLevelEnum } from '../../graphql/enums.ts';
import { Point, pointOf } from '../../graphql/shapes.type.ts';
import { RefusalReason } from '../../intake/imports/import-refused.type.ts';
import type { Reason } from '../../kernel/errors.ts';
import type { PlaceLevel } from '../../kernel/vocabulary.ts';
import { Place, type PlaceColumns, placeOf } from '../../places/place.type.ts';
import type { PlaceResolution } from './place-resolution.service.ts';
import type { MovedRecords } from './placed-records.service.ts';

export const OpenResolutionEnum = { UNRESOLVED: 'unresolved', CANDIDATES: 'candidates' } as const;
registerEnumType(OpenResolutionEnum, {
  name: 'OpenResolution',
  description: 'Nothing of that name is known (but for its country, perhaps), or several places are.',
});

@ObjectType({ description: 'A place that an ambiguous reference may mean.' })
export class PlaceReviewCandidate {
  @Field(() => Float, { description: 'Weights of one reference sum to 1.' })
  weight!: number;

  @Field(() => String, { nullable: true, description: 'The first-level area it lies in.' })
  area!: string | null;

  @Field(() => Place)
  place!: Place;
}

export interface CandidateColumns extends PlaceColumns {
  readonly place_reference_id: string;
  readonly weight: number;
  readonly area: string | null;
}

export function candidateOf(row: CandidateColumns): PlaceReviewCandidate {
  return { weight: row.weight, area: row.area, place: placeOf(row) };
}

@ObjectType({ description: "A place reference of the key's own organisation that waits for a decision." })
export class PlaceReview {
  @Field(() => String, { description: 'Give it to resolvePlace.' })
  id!: string;

  @Field(() => Int, { description: 'Give it to resolvePlace as expectedState.' })
  state!: number;

  @Field(() => OpenResolutionEnum)
  resolution!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The words as written, where they are stored in the open: never a home, and nothing that may name somebody.',
  })
  written!: string | null;

  @Field(() => Boolean, { description: 'A home: whatever is decided, it is kept as a district.' })
  home!: boolean;

  @Field(() => String, { nullable: true, description: 'What is known of the country all the same.' })
  country!: string | null;

  @Field(() => String, { nullable: true, description: 'The country the source said.' })
  saidCountry!: string | null;

  @Field(() => [String], { description: 'Why it is not resolved.' })
  reasons!: string[];

  @Field(() => Int, {
    description: 'Living incidents, waypoints and ends of published flows that have their place from it.',
  })
  uses!: number;
}

export interface PlaceReviewColumns {
  readonly id: string;
  readonly state: number;
  readonly resolution: string;
  readonly written: string | null;
  readonly home: boolean;
  readonly country: string | null;
  readonly said_country: string | null;
  readonly reason: string | null;
  readonly uses: bigint;
}

export function placeReviewOf(row: PlaceReviewColumns): PlaceReview {
  return Object.assign(new PlaceReview(), {
    id: row.id,
    state: row.state,
    resolution: row.resolution,
    written: row.written,
    home: row.home,
    country: row.country,
    saidCountry: row.said_country,
    reasons: row.reason === null ? [] : row.reason.split('; '),
    uses: Number(row.uses),
  });
}

@ObjectType({ description: "What a name means in the organisation's own words." })
export class PlaceAlias {
  @Field(() => String, { description: 'Give it to forgetPlaceAlias.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The name, folded; null where its words are not stored in the open.',
  })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'It holds where the source says this country.' })
  saidCountry!: string | null;

  @Field(() => Boolean, { description: 'True where the words are said to name no place at all.' })
  notAPlace!: boolean;

  @Field(() => Point, { nullable: true, description: 'Where no place of the gazetteer was named.' })
  position!: Point | null;

  @Field(() => PlaceLevelEnum, { nullable: true })
  level!: PlaceLevel | null;

  @Field(() => GraphQLISODateTime)
  learnedAt!: Date;

  placeId!: string | null;
}

export interface PlaceAliasColumns {
  readonly id: string;
  readonly name: string | null;
  readonly said_country: string;
  readonly decided: string;
  readonly place_id: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly level: PlaceLevel | null;
  readonly learned_at: Date;
}

export function placeAliasOf(row: PlaceAliasColumns): PlaceAlias {
  return Object.assign(new PlaceAlias(), {
    id: row.id,
    name: row.name,
    saidCountry: row.said_country === '' ? null : row.said_country,
    notAPlace: row.decided === 'not_a_place',
    position: pointOf(row),
    level: row.level,
    learnedAt: row.learned_at,
    placeId: row.place_id,
  });
}

@ObjectType({ description: 'Records that are no longer as they were, by kind.' })
export class MovedRecordCounts implements MovedRecords {
  @Field(() => Int)
  incidents!: number;

  @Field(() => Int)
  waypoints!: number;

  @Field(() => Int, { description: 'Movements whose countries, roles and crossings were composed anew.' })
  movements!: number;

  @Field(() => Int, { description: 'Crossings that came, went or moved.' })
  crossings!: number;

  @Field(() => Int)
  flowObservations!: number;

  @Field(() => Int, { description: 'Stations of that name without a position: they now name the place.' })
  stations!: number;
}

@ObjectType({ description: 'The reference and every living record that follows it say so now.' })
export class PlaceResolved {
  @Field(() => String)
  referenceId!: string;

  @Field(() => Int, { description: 'Its state now: what the next decision, or the undo, is to expect.' })
  state!: number;

  @Field(() => MovedRecordCounts)
  moved!: MovedRecords;

  @Field(() => Int, {
    description: 'Other references that write the same name, decided or undone along with it.',
  })
  namesakes!: number;

  @Field(() => String, { nullable: true, description: 'The alias that was learnt, or forgotten by an undo.' })
  aliasId!: string | null;

  @Field(() => [String], { description: 'Why nothing was learnt, where it was to be.' })
  notes!: string[];
}

@ObjectType({ description: 'Nothing was changed.' })
export class PlaceResolutionRefused {
  @Field(() => [RefusalReason])
  reasons!: Reason[];
}

export const PlaceResolutionOutcome = createUnionType({
  name: 'PlaceResolutionOutcome',
  description: 'Decided, or the reasons why not.',
  types: () => [PlaceResolved, PlaceResolutionRefused] as const,
});

export function resolvedOf(value: PlaceResolution): PlaceResolved {
  return Object.assign(new PlaceResolved(), { ...value, notes: [...value.notes] });
}

export function notResolvedOf(reasons: readonly Reason[]): PlaceResolutionRefused {
  return Object.assign(new PlaceResolutionRefused(), { reasons: [...reasons] });
}
