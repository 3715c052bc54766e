/** `publicReleases` and `releasePublicCounts`: noisy counts for everybody, out of a budget. */
import { Arg, Ctx, Field, InputType, Int, Mutation, Query, Resolver } from 'type-graphql';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { ForPartners } from '../../graphql/for-partners.ts';
import {
  KEY_WORDS,
  RecordOutcome,
  recordOutcome,
  VERSION_WORDS,
} from '../../records/own-records/own-record.type.ts';
import { readReleases, releaseCounts } from './public-release.service.ts';
import { PublicRelease } from './public-release.type.ts';
import { SHARED_VIEW_TOOLS } from './read-shared-view.service.ts';

@InputType({ description: 'What is to be told to everybody.' })
export class PublicReleaseInput {
  @Field(() => String)
  viewId!: string;

  @Field(() => Int, { description: VERSION_WORDS })
  version!: number;

  @Field(() => String)
  title!: string;

  @Field(() => Int, { description: 'One that ended 90 days ago or earlier.' })
  year!: number;

  @Field(() => Int, { description: 'Thousandths, taken from the 1000 of the year.' })
  epsilon!: number;

  @Field(() => Int, { description: 'Of one event so many persons count at most: the noise grows with it.' })
  bound!: number;

  @Field(() => [String], {
    defaultValue: [],
    description: 'Alpha-3. Of each there is a count, found or not.',
  })
  origins!: string[];

  @Field(() => [String], { defaultValue: [], description: 'Alpha-3.' })
  destinations!: string[];
}

@Resolver()
export class PublicReleaseResolver {
  @ForPartners()
  @Query(() => [PublicRelease], {
    description: 'All of them, the latest first. Reading costs nothing of any budget.',
  })
  async publicReleases(@Ctx() context: RequestContext): Promise<PublicRelease[]> {
    const rows = await readReleases(serviceOf(context, SHARED_VIEW_TOOLS));
    return rows.map(({ released_at, cells, ...row }) =>
      Object.assign(new PublicRelease(), { ...row, releasedAt: released_at, cells: [...cells] }),
    );
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Tells counts of a view of yours to everybody, with exact discrete Laplace noise, out of the budget of the year. For data officers.',
  })
  async releasePublicCounts(
    @Ctx() context: RequestContext,
    @Arg('release', () => PublicReleaseInput) release: PublicReleaseInput,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    const request = { viewer: context.reader.viewer, idempotencyKey };
    return recordOutcome(await releaseCounts(serviceOf(context, SHARED_VIEW_TOOLS), request, release));
  }
}
