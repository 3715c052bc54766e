/** `onwardRequests`, `askOnward`, `answerOnward`: passing on what was made from others' reports, with their consent. */
import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import type { Handling } from '../../kernel/vocabulary.ts';
import {
  KEY_WORDS,
  RecordOutcome,
  recordOutcome,
  VERSION_WORDS,
} from '../../records/own-records/own-record.type.ts';
import { answerOnward, askOnward, readOnwardRequests } from './onward.service.ts';
import { OnwardRequest } from './onward.type.ts';
import { AGREEMENT_TOOLS } from './read-agreements.service.ts';

@Resolver()
export class OnwardResolver {
  @Query(() => [OnwardRequest], {
    description:
      'What your organisation is asked, and asks, about passing on what was made from others’ reports; the latest first. For data officers.',
  })
  async onwardRequests(
    @Ctx() context: RequestContext,
    @Arg('open', () => Boolean, {
      nullable: true,
      description: 'Only those that wait, or only those that were answered; without it, all.',
    })
    open: boolean | null,
    @Arg('first', () => Int, { defaultValue: 100, description: '1 to 500.' }) first: number,
  ): Promise<readonly OnwardRequest[]> {
    const { viewer } = context.reader;
    const slugs = await context.slugs();
    const rows = await readOnwardRequests(serviceOf(context, AGREEMENT_TOOLS), viewer, open, first);
    return rows.map((row) => {
      const asks = row.asker_id === viewer.organisationId;
      return {
        id: row.id,
        version: row.version,
        state: row.state,
        asker: slugs.get(row.asker_id) ?? '',
        originator: slugs.get(row.originator_id) ?? '',
        receivers: row.receivers,
        handling: row.handling as Handling,
        sourceReportIds: row.source_ids,
        reportId: asks ? row.report_id : null,
        agreementId: asks ? row.agreement_id : null,
        askedAt: row.asked_at,
        answeredAt: row.answered_at,
      };
    });
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Asks every organisation from whose reports a report of yours was made, along whatever chain, whether it may be released under an agreement of the template CASE_BY_CASE that runs. Needs a running agreement with each of them that says WITH_ORIGINATORS_CONSENT. Answers the agreement; `onwardRequests` has what was asked. For data officers.',
  })
  async askOnward(
    @Ctx() context: RequestContext,
    @Arg('agreementId', () => String) agreementId: string,
    @Arg('reportId', () => String) reportId: string,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await askOnward(...asked(context, idempotencyKey), { agreementId, reportId }));
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Consents, refuses, or takes consent back, for your organisation. Consent lets the one who asks release the report; taking it back ends the release at the next request. For data officers.',
  })
  async answerOnward(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('consent', () => Boolean) consent: boolean,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await answerOnward(...asked(context, idempotencyKey), { id, version }, consent));
  }
}

function asked(context: RequestContext, idempotencyKey: string) {
  return [serviceOf(context, AGREEMENT_TOOLS), { viewer: context.reader.viewer, idempotencyKey }] as const;
}
