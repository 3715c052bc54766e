/** `recordReport`, `correctReport`, `regradeReport`, `withdrawReport`, `verifyIncident`, `acknowledgeRetraction`, and a report's history. */
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { ChangeReasonEnum, ReliabilityEnum } from '../../graphql/enums.ts';
import { Report } from '../../intake/reports/report.type.ts';
import type { ChangeReason, Reliability } from '../../kernel/vocabulary.ts';
import { acknowledge } from './acknowledge.service.ts';
import { acknowledgementsOfReport, historyOfReport } from './act.loader.ts';
import { ACT_TOOLS, correctReport, recordReport, regradeReport, withdrawOwnReport } from './act.service.ts';
import {
  Acknowledgement,
  ActOutcome,
  AnswerEnum,
  actOutcome,
  ReportVersion,
  VerificationOutcome,
  verificationOutcome,
} from './act.type.ts';
import { HandReportInput } from './hand-report.input.ts';
import type { ActRequest } from './once.service.ts';
import type { Answer } from './verification.ts';
import { verifyIncident } from './verify.service.ts';

const KEY =
  'Of your own, 8 to 200 characters, new for each act: the same request with the same key changes nothing more.';
const VERSION = 'The version you read. When it is not the latest any more, nothing is changed.';

@Resolver(() => Report)
export class ActResolver {
  @Mutation(() => ActOutcome, {
    description: "Records a report by hand, for the key's own organisation. Names and notes go to the vault.",
  })
  async recordReport(
    @Ctx() context: RequestContext,
    @Arg('report', () => HandReportInput) report: HandReportInput,
    @Arg('idempotencyKey', () => String, { description: KEY }) idempotencyKey: string,
  ): Promise<typeof ActOutcome> {
    const tools = serviceOf(context, ACT_TOOLS);
    return actOutcome(await recordReport(tools, requestOf(context, idempotencyKey), report));
  }

  @Mutation(() => ActOutcome, {
    description: 'Says anew what a report of your own says; what it said stays as its version before.',
  })
  async correctReport(
    @Ctx() context: RequestContext,
    @Arg('reportId', () => String) reportId: string,
    @Arg('version', () => Int, { description: VERSION }) version: number,
    @Arg('report', () => HandReportInput) report: HandReportInput,
    @Arg('reason', () => ChangeReasonEnum) reason: ChangeReason,
    @Arg('idempotencyKey', () => String, { description: KEY }) idempotencyKey: string,
  ): Promise<typeof ActOutcome> {
    const tools = serviceOf(context, ACT_TOOLS);
    const target = { reportId, version, reason };
    return actOutcome(await correctReport(tools, requestOf(context, idempotencyKey), target, report));
  }

  @Mutation(() => ActOutcome, { description: 'Grades the source of a report of your own anew.' })
  async regradeReport(
    @Ctx() context: RequestContext,
    @Arg('reportId', () => String) reportId: string,
    @Arg('version', () => Int, { description: VERSION }) version: number,
    @Arg('reliability', () => ReliabilityEnum) reliability: Reliability,
    @Arg('credibility', () => Int, { description: '1 (confirmed) to 6 (cannot be judged).' })
    credibility: number,
    @Arg('reason', () => ChangeReasonEnum) reason: ChangeReason,
    @Arg('idempotencyKey', () => String, { description: KEY }) idempotencyKey: string,
  ): Promise<typeof ActOutcome> {
    const tools = serviceOf(context, ACT_TOOLS);
    const target = { reportId, version, reason };
    const grade = { reliability, credibility };
    return actOutcome(await regradeReport(tools, requestOf(context, idempotencyKey), target, grade));
  }

  @Mutation(() => ActOutcome, {
    description:
      'Withdraws a report of your own: what it told of leaves every list and count, a tombstone stays for everybody who could see it.',
  })
  async withdrawReport(
    @Ctx() context: RequestContext,
    @Arg('reportId', () => String) reportId: string,
    @Arg('version', () => Int, { description: VERSION }) version: number,
    @Arg('reason', () => ChangeReasonEnum) reason: ChangeReason,
    @Arg('idempotencyKey', () => String, { description: KEY }) idempotencyKey: string,
  ): Promise<typeof ActOutcome> {
    const tools = serviceOf(context, ACT_TOOLS);
    const target = { reportId, version, reason };
    return actOutcome(await withdrawOwnReport(tools, requestOf(context, idempotencyKey), target));
  }

  @Mutation(() => VerificationOutcome, {
    description:
      'Your answer about an incident of your organisation, unseen by other verifiers until two agree or a third breaks the tie. SHOULD_NOT_COUNT leaves every count.',
  })
  async verifyIncident(
    @Ctx() context: RequestContext,
    @Arg('incidentId', () => String) incidentId: string,
    @Arg('answer', () => AnswerEnum) answer: Answer,
  ): Promise<typeof VerificationOutcome> {
    const tools = serviceOf(context, ACT_TOOLS);
    return verificationOutcome(await verifyIncident(tools, context.reader.viewer, incidentId, answer));
  }

  @Mutation(() => Boolean, {
    description:
      'Takes note, for your organisation, that a report you could see was withdrawn. False when there is no such tombstone.',
  })
  acknowledgeRetraction(
    @Ctx() context: RequestContext,
    @Arg('reportId', () => String) reportId: string,
  ): Promise<boolean> {
    return acknowledge(serviceOf(context, ACT_TOOLS), context.reader.viewer, reportId);
  }

  @FieldResolver(() => [ReportVersion], {
    description: "Its versions, the first first; empty for reports that are not your organisation's own.",
  })
  async history(@Root() report: Report, @Ctx() { reader }: RequestContext): Promise<ReportVersion[]> {
    const rows = await historyOfReport(reader).load(report.id);
    return rows.map((row) => ({
      version: row.version,
      knownFrom: row.known_from,
      knownTo: row.known_to,
      act: row.kind,
      reason: row.reason,
      keyId: row.key_id,
      fileName: row.file_name,
    }));
  }

  @FieldResolver(() => [Acknowledgement], {
    description: "Who took note of its withdrawal: the owner sees everybody's, others their own.",
  })
  async acknowledgements(@Root() report: Report, @Ctx() context: RequestContext): Promise<Acknowledgement[]> {
    const slugs = await context.slugs();
    const rows = await acknowledgementsOfReport(context.reader).load(report.id);
    return rows.map((row) => ({
      organisation: slugs.get(row.organisation_id) ?? '',
      at: row.acknowledged_at,
    }));
  }
}

function requestOf({ reader }: RequestContext, idempotencyKey: string): ActRequest {
  return { viewer: reader.viewer, idempotencyKey };
}
