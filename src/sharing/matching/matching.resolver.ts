/** Opening and closing matching, exclusions, and what an owner is told: for data officers, and the last for whom an asker names. */
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import {
  KEY_WORDS,
  RecordOutcome,
  recordOutcome,
  VERSION_WORDS,
} from '../../records/own-records/own-record.type.ts';
import { closeMatching, MATCHING_TOOLS, openMatching } from './arrangement.service.ts';
import { excludeFromMatching, includeInMatching, readExclusions } from './exclusion.service.ts';
import { OpenMatchingInput } from './matching.input.ts';
import { MatchingAlert, MatchingArrangement, MatchingExclusion } from './matching.type.ts';
import { readAlerts, readArrangements } from './read-matching.service.ts';

@Resolver(() => MatchingArrangement)
export class MatchingResolver {
  @Query(() => [MatchingArrangement], {
    description: 'What may be matched now: by others with your organisation, and by yours with others.',
  })
  matchingArrangements(@Ctx() context: RequestContext) {
    return readArrangements(serviceOf(context, MATCHING_TOOLS), context.reader.viewer);
  }

  @Query(() => [MatchingExclusion], {
    description: 'What your organisation lets nobody match. For data officers.',
  })
  matchingExclusions(@Ctx() context: RequestContext) {
    return readExclusions(serviceOf(context, MATCHING_TOOLS), context.reader.viewer);
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Lets another party of a running agreement ask for hit or no hit, or changes how much it may.',
  })
  async openMatching(
    @Ctx() context: RequestContext,
    @Arg('matching', () => OpenMatchingInput) matching: OpenMatchingInput,
    @Arg('version', () => Int, {
      nullable: true,
      description: 'Of what is to be changed; none where nothing is open.',
    })
    version: number | null | undefined,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await openMatching(...asked(context, idempotencyKey), matching, version ?? null));
  }

  @Mutation(() => RecordOutcome, { description: 'Ends it at the next request, and destroys its key.' })
  async closeMatching(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await closeMatching(...asked(context, idempotencyKey), id, version));
  }

  @Mutation(() => RecordOutcome, {
    description: 'Lets nobody match the identifiers of an entity of yours, wherever else they stand.',
  })
  async excludeFromMatching(
    @Ctx() context: RequestContext,
    @Arg('entityId', () => String) entityId: string,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await excludeFromMatching(...asked(context, idempotencyKey), entityId));
  }

  @Mutation(() => RecordOutcome, { description: 'Takes an exclusion back.' })
  async includeInMatching(
    @Ctx() context: RequestContext,
    @Arg('entityId', () => String) entityId: string,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await includeInMatching(...asked(context, idempotencyKey), entityId));
  }

  @FieldResolver(() => String, { description: 'Slug of whose records are asked after.' })
  async owner(@Root() row: MatchingArrangement, @Ctx() context: RequestContext): Promise<string> {
    return (await context.slugs()).get(row.ownerId) ?? '';
  }

  @FieldResolver(() => String, { description: 'Slug of who may ask.' })
  async asker(@Root() row: MatchingArrangement, @Ctx() context: RequestContext): Promise<string> {
    return (await context.slugs()).get(row.askerId) ?? '';
  }
}

@Resolver(() => MatchingAlert)
export class MatchingAlertResolver {
  @Query(() => [MatchingAlert], {
    description:
      'Who hit and who seems to probe, the latest first; for other roles than data officers, what they were named for.',
  })
  matchingAlerts(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
  ) {
    return readAlerts(serviceOf(context, MATCHING_TOOLS), context.reader.viewer, first);
  }

  @FieldResolver(() => String, { description: 'Slug of who asked.' })
  async asker(@Root() row: MatchingAlert, @Ctx() context: RequestContext): Promise<string> {
    return (await context.slugs()).get(row.askerId) ?? '';
  }
}

function asked(context: RequestContext, idempotencyKey: string) {
  return [serviceOf(context, MATCHING_TOOLS), { viewer: context.reader.viewer, idempotencyKey }] as const;
}
