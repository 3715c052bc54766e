/** `attachments`, their edges, attaching and withdrawing a file, and `attachmentContent`: the one door to what it shows. */
import {
  Arg,
  Args,
  Ctx,
  Extensions,
  FieldResolver,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { searchOwned } from '../../graphql/owned-record.type.ts';
import type { FieldCost } from '../../graphql/query-cost.ts';
import { reportLoader } from '../../intake/reports/report.loader.ts';
import { Report, reportOf } from '../../intake/reports/report.type.ts';
import { caseById } from '../legal-cases/legal-case.loader.ts';
import { LegalCase, legalCaseOf } from '../legal-cases/legal-case.type.ts';
import { ActAsked, askedBy, ChangeAsked, changedBy, VersionRead } from '../own-records/own-act.input.ts';
import { RecordOutcome, recordOutcome } from '../own-records/own-record.type.ts';
import { OpeningAsked } from '../personal/personal.input.ts';
import { VAULT_TOOLS } from '../personal/personal.service.ts';
import { AttachmentFilter, AttachmentInput } from './attachment.input.ts';
import { attachmentsOfCase, attachmentsOfReport } from './attachment.loader.ts';
import { attach, withdrawAttachment } from './attachment.service.ts';
import { Attachment, AttachmentContent, attachmentOf } from './attachment.type.ts';
import { listAttachments } from './attachment.view.ts';
import { openFile } from './open-file.service.ts';
import { saidOfAttachment } from './said-attachment.ts';

/** Megabytes an answer: two in one query. */
const COST: FieldCost = { records: () => 20_000 };

export const AttachmentConnection = connectionOf('Attachment', () => Attachment);

@Resolver(() => Attachment)
export class AttachmentResolver {
  @Query(() => AttachmentConnection, { description: 'Attached files, the latest attached first.' })
  async attachments(
    @Ctx() context: RequestContext,
    @Arg('filter', () => AttachmentFilter, { nullable: true }) filter: AttachmentFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const { search, asKnown } = await searchOwned(context, filter);
    const answer = await listAttachments(context.reader, search, asKnown, readPaging(first, after));
    return connection(AttachmentConnection, answer.page, attachmentOf, answer.count);
  }

  @Query(() => AttachmentContent, {
    nullable: true,
    description:
      "Opens a file of the key's own organisation: wants the vault permission, a purpose and a case reference, and is logged before it is answered. Null when there is none.",
  })
  @Extensions({ cost: COST })
  async attachmentContent(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Args(() => OpeningAsked) { purpose, caseReference }: OpeningAsked,
  ): Promise<AttachmentContent | null> {
    const asked = { id, purpose, caseReference };
    const file = await openFile(serviceOf(context, VAULT_TOOLS), context.reader.viewer, asked);
    if (file === null) return null;
    const { bytes, ...rest } = file;
    return Object.assign(new AttachmentContent(), { ...rest, contentBase64: bytes.toString('base64') });
  }

  @FieldResolver(() => Report, {
    nullable: true,
    description: 'What it is attached to, where it is a report.',
  })
  async report(@Root() { reportId, asKnown }: Attachment, @Ctx() { reader }: RequestContext) {
    const row = reportId === null ? null : await reportLoader(reader, asKnown).load(reportId);
    return row === null ? null : reportOf(row);
  }

  @FieldResolver(() => LegalCase, { nullable: true, description: 'The same, where it is a legal case.' })
  async legalCase(@Root() { legalCaseId, asKnown }: Attachment, @Ctx() { reader }: RequestContext) {
    const row = legalCaseId === null ? null : await caseById(reader, asKnown).load(legalCaseId);
    return row === null ? null : legalCaseOf(row);
  }

  @Mutation(() => RecordOutcome, {
    description:
      "Attaches a file to a report, a legal case or an exhibit of the key's own organisation: PDF, PNG, JPEG, WebP, TIFF, plain text, CSV, MP3, WAV, M4A or MP4, that nothing in it runs. 10 MB a request unless the operator says otherwise.",
  })
  async attachFile(
    @Ctx() context: RequestContext,
    @Arg('attachment', () => AttachmentInput) input: AttachmentInput,
    @Args(() => ActAsked) asked: ActAsked,
  ): Promise<typeof RecordOutcome> {
    const said = saidOfAttachment(input);
    return recordOutcome(said.accepted ? await attach(...askedBy(context, asked), said.value) : said);
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Withdraws a file of your own: no list has it any more, and its name and bytes go for good. Refused under a legal hold.',
  })
  async withdrawAttachment(
    @Ctx() context: RequestContext,
    @Args(() => VersionRead) read: VersionRead,
    @Args(() => ChangeAsked) asked: ChangeAsked,
  ): Promise<typeof RecordOutcome> {
    return recordOutcome(await withdrawAttachment(...changedBy(context, read, asked)));
  }
}

@Resolver(() => Report)
export class ReportAttachmentsResolver {
  @FieldResolver(() => [Attachment], { description: 'Files attached to it; none where it is seen coarsely.' })
  async attachments(@Root() { id, asKnown }: Report, @Ctx() { reader }: RequestContext) {
    return (await attachmentsOfReport(reader, asKnown).load(id)).map(attachmentOf);
  }
}

@Resolver(() => LegalCase)
export class CaseAttachmentsResolver {
  @FieldResolver(() => [Attachment], { description: 'Files attached to it.' })
  async attachments(@Root() { id, asKnown }: LegalCase, @Ctx() { reader }: RequestContext) {
    return (await attachmentsOfCase(reader, asKnown).load(id)).map(attachmentOf);
  }
}
