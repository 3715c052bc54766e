/** Releases of reports, one by one, under agreements that share case by case. */
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { KEY_WORDS, RecordOutcome, recordOutcome } from '../../records/own-records/own-record.type.ts';
import { Agreement } from './agreement.type.ts';
import { AGREEMENT_TOOLS } from './read-agreements.service.ts';
import { endReportRelease, readReleases, releaseReport } from './release.service.ts';
import { ReportRelease } from './release.type.ts';

@Resolver(() => Agreement)
export class ReleaseResolver {
  @Mutation(() => RecordOutcome, {
    description:
      'Releases a report of your organisation under an agreement of the template CASE_BY_CASE, with every version and all it tells: its parties see it from the next request on, as far as the terms go. Answers the agreement. For data officers.',
  })
  async releaseReport(
    @Ctx() context: RequestContext,
    @Arg('agreementId', () => String) agreementId: string,
    @Arg('reportId', () => String) reportId: string,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await releaseReport(...asked(context, idempotencyKey), { agreementId, reportId }));
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Takes a release back: nobody sees the report under that agreement from the next request on. Who could until then stays among its recipients, and hears when it is withdrawn.',
  })
  async endReportRelease(
    @Ctx() context: RequestContext,
    @Arg('agreementId', () => String) agreementId: string,
    @Arg('reportId', () => String) reportId: string,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(
      await endReportRelease(...asked(context, idempotencyKey), { agreementId, reportId }),
    );
  }

  @FieldResolver(() => [ReportRelease], {
    description: 'What your organisation released under it, also what it took back; the latest first.',
  })
  async releases(
    @Root() { id }: Agreement,
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 100, description: '1 to 500.' }) first: number,
  ): Promise<readonly ReportRelease[]> {
    const tools = serviceOf(context, AGREEMENT_TOOLS);
    const rows = await readReleases(tools, context.reader.viewer, id, first);
    return rows.map(({ report_id, released_at, released_by, ended_at }) => ({
      reportId: report_id,
      releasedAt: released_at,
      keyId: released_by,
      endedAt: ended_at,
    }));
  }
}

function asked(context: RequestContext, idempotencyKey: string) {
  return [serviceOf(context, AGREEMENT_TOOLS), { viewer: context.reader.viewer, idempotencyKey }] as const;
}
