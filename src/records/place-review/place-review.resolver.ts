/** `placeReview`, `resolvePlace`, `undoPlaceResolution`, `placeAliases` and `forgetPlaceAlias`. */
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  Float,
  InputType,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { PlaceLevelEnum } from '../../graphql/enums.ts';
import type { PlaceLevel } from '../../kernel/vocabulary.ts';
import { placeLoader } from '../../places/place.loader.ts';
import { Place, placeOf } from '../../places/place.type.ts';
import { readDecision } from './asked-decision.ts';
import {
  forgetPlaceAlias,
  PLACE_REVIEW_TOOLS,
  resolvePlaceReference,
  undoPlaceResolution,
  workingOrganisation,
} from './place-resolution.service.ts';
import { candidatesOfReference, reportsOfReference } from './place-review.loader.ts';
import {
  candidateOf,
  notResolvedOf,
  OpenResolutionEnum,
  PlaceAlias,
  PlaceResolutionOutcome,
  PlaceReview,
  PlaceReviewCandidate,
  placeAliasOf,
  placeReviewOf,
  resolvedOf,
} from './place-review.type.ts';
import { listPlaceAliases, listPlaceReviews } from './place-review.view.ts';

@InputType({ description: 'Which references; every part given must hold.' })
export class PlaceReviewFilter {
  @Field(() => OpenResolutionEnum, { nullable: true, description: 'Both when not given.' })
  resolution?: string;

  @Field(() => String, {
    nullable: true,
    description: 'The country the source said, else the one known: ISO 3166-1 alpha-3, like NPL.',
  })
  country?: string;

  @Field(() => Int, { nullable: true, description: '1 when not given.' })
  minimumUses?: number;
}

@InputType({ description: 'WGS 84, degrees.' })
export class PositionInput {
  @Field(() => Float)
  longitude!: number;

  @Field(() => Float)
  latitude!: number;
}

export const PlaceReviewConnection = connectionOf('PlaceReview', () => PlaceReview);
export const PlaceAliasConnection = connectionOf('PlaceAlias', () => PlaceAlias);

@Resolver(() => PlaceReview)
export class PlaceReviewResolver {
  @Query(() => PlaceReviewConnection, {
    description:
      "Place references of the key's own organisation that nothing known, or several places, may be meant by: the most used first. For roles that import.",
  })
  async placeReview(
    @Ctx() { reader }: RequestContext,
    @Arg('filter', () => PlaceReviewFilter, { nullable: true }) filter: PlaceReviewFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    workingOrganisation(reader.viewer);
    const answer = await listPlaceReviews(reader, filter ?? {}, readPaging(first, after));
    return connection(PlaceReviewConnection, answer.page, placeReviewOf, answer.count);
  }

  @FieldResolver(() => [PlaceReviewCandidate], {
    description: 'Heaviest first; none where nothing is known.',
  })
  async candidates(@Root() root: PlaceReview, @Ctx() { reader }: RequestContext) {
    return (await candidatesOfReference(reader).load(root.id)).map(candidateOf);
  }

  @FieldResolver(() => [String], {
    description:
      'Up to five reports that name it. Words that are not shown here may stand in their notes: `personal(about:)`.',
  })
  async reportIds(@Root() root: PlaceReview, @Ctx() { reader }: RequestContext): Promise<string[]> {
    return (await reportsOfReference(reader).load(root.id)).map((row) => row.report_id);
  }

  @Mutation(() => PlaceResolutionOutcome, {
    description:
      "Decides what a place reference of the key's own organisation means: one of placeId, position with level, and notAPlace. Every living record that has its place from it follows, in one transaction; past versions keep what they said. `learn`: the name means the same from now on, in imports to come too. BUSY while an import of the organisation runs.",
  })
  async resolvePlace(
    @Ctx() context: RequestContext,
    @Arg('referenceId', () => String) referenceId: string,
    @Arg('expectedState', () => Int, { description: 'The state it was in when it was looked at.' })
    expectedState: number,
    @Arg('placeId', () => String, { nullable: true }) placeId: string | null,
    @Arg('position', () => PositionInput, { nullable: true }) position: PositionInput | null,
    @Arg('level', () => PlaceLevelEnum, {
      nullable: true,
      description: 'How finely the position is known: EXACT, LOCALITY or ADMIN.',
    })
    level: PlaceLevel | null,
    @Arg('notAPlace', () => Boolean, { nullable: true }) notAPlace: boolean | null,
    @Arg('learn', () => Boolean, { defaultValue: true }) learn: boolean,
  ): Promise<typeof PlaceResolutionOutcome> {
    const tools = serviceOf(context, PLACE_REVIEW_TOOLS);
    workingOrganisation(context.reader.viewer);
    const decision = readDecision({ placeId, position, level, notAPlace });
    if (!decision.accepted) return notResolvedOf(decision.reasons);
    const asked = { referenceId, decision: decision.value, expectedState, learn };
    const outcome = await resolvePlaceReference(tools, context.reader.viewer, asked);
    return outcome.accepted ? resolvedOf(outcome.value) : notResolvedOf(outcome.reasons);
  }

  @Mutation(() => PlaceResolutionOutcome, {
    description:
      'Takes the last decision on a reference back, with those of the references decided along with it and the alias learnt from it. BUSY while an import of the organisation runs.',
  })
  async undoPlaceResolution(
    @Ctx() context: RequestContext,
    @Arg('referenceId', () => String) referenceId: string,
    @Arg('expectedState', () => Int) expectedState: number,
  ): Promise<typeof PlaceResolutionOutcome> {
    const tools = serviceOf(context, PLACE_REVIEW_TOOLS);
    const outcome = await undoPlaceResolution(tools, context.reader.viewer, { referenceId, expectedState });
    return outcome.accepted ? resolvedOf(outcome.value) : notResolvedOf(outcome.reasons);
  }
}

@Resolver(() => PlaceAlias)
export class PlaceAliasResolver {
  @Query(() => PlaceAliasConnection, {
    description:
      "What names mean in the words of the key's own organisation, the latest learnt first. For roles that import.",
  })
  async placeAliases(
    @Ctx() { reader }: RequestContext,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    workingOrganisation(reader.viewer);
    const answer = await listPlaceAliases(reader, readPaging(first, after));
    return connection(PlaceAliasConnection, answer.page, placeAliasOf, answer.count);
  }

  @Mutation(() => Boolean, {
    description: 'The name is left to the gazetteer again; what was decided by it stays until it is undone.',
  })
  async forgetPlaceAlias(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
  ): Promise<boolean> {
    await forgetPlaceAlias(serviceOf(context, PLACE_REVIEW_TOOLS), context.reader.viewer, id);
    return true;
  }

  @FieldResolver(() => Place, { nullable: true, description: 'The place of the gazetteer it means.' })
  async place(@Root() root: PlaceAlias, @Ctx() { reader }: RequestContext) {
    const row = root.placeId === null ? null : await placeLoader(reader).load(root.placeId);
    return row === null ? null : placeOf(row);
  }
}
