/** `notices`, `noticesGiven`, `acknowledgeNotices`, and a report's recipients. */
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { Report } from '../../intake/reports/report.type.ts';
import { ACT_TOOLS } from '../acts/act.service.ts';
import { readNotices, takeNote } from './notice.service.ts';
import type { NoticeRow } from './notice.store.ts';
import { Notice, ReportRecipient } from './notice.type.ts';
import { recipientsOfReport } from './recipient.loader.ts';

const OPEN = 'Only those that wait, or only those that were taken note of; without it, all.';

@Resolver(() => Report)
export class NoticeResolver {
  @Query(() => [Notice], {
    description:
      'What became of records that your organisation was shown: withdrawn, removed, cleared, marked higher, or with somebody in them erased. The latest first.',
  })
  async notices(
    @Ctx() context: RequestContext,
    @Arg('open', () => Boolean, { nullable: true, description: OPEN }) open: boolean | null,
    @Arg('first', () => Int, { defaultValue: 100, description: '1 to 500.' }) first: number,
  ): Promise<readonly Notice[]> {
    return noticesOf(context, 'received', open, first);
  }

  @Query(() => [Notice], {
    description: 'What others were told about your own records, and who took note. For data officers.',
  })
  async noticesGiven(
    @Ctx() context: RequestContext,
    @Arg('open', () => Boolean, { nullable: true, description: OPEN }) open: boolean | null,
    @Arg('first', () => Int, { defaultValue: 100, description: '1 to 500.' }) first: number,
  ): Promise<readonly Notice[]> {
    return noticesOf(context, 'given', open, first);
  }

  @Mutation(() => Int, {
    description: 'Takes note for your organisation. How many were open; a second time, none.',
  })
  acknowledgeNotices(
    @Ctx() context: RequestContext,
    @Arg('ids', () => [String], { description: 'Up to 500.' }) ids: string[],
  ): Promise<number> {
    return takeNote(serviceOf(context, ACT_TOOLS), context.reader.viewer, ids);
  }

  @FieldResolver(() => [ReportRecipient], {
    description:
      'Who could see it or a part of it, since when and until when; empty for reports that are not your own. Whoever could see it is among them, whether they looked or not.',
  })
  async recipients(@Root() report: Report, @Ctx() context: RequestContext): Promise<ReportRecipient[]> {
    const slugs = await context.slugs();
    const rows = await recipientsOfReport(context).load(report.id);
    return rows.map(({ grantee_id, agreement_id, since, until }) => ({
      organisation: slugs.get(grantee_id) ?? '',
      agreementId: agreement_id,
      since,
      until,
    }));
  }
}

async function noticesOf(
  context: RequestContext,
  side: 'received' | 'given',
  open: boolean | null,
  first: number,
): Promise<readonly Notice[]> {
  const slugs = await context.slugs();
  const rows = await readNotices(serviceOf(context, ACT_TOOLS), context.reader.viewer, { side, open }, first);
  return rows.map((row: NoticeRow) => ({
    id: row.id,
    kind: row.kind,
    objectId: row.object_id,
    owner: slugs.get(row.owner_id) ?? '',
    recipient: slugs.get(row.recipient_id) ?? '',
    raisedAt: row.raised_at,
    acknowledgedAt: row.acknowledged_at,
  }));
}
