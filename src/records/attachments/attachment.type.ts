/** An attached file, as GraphQL shows it: that it is there, and never what it shows but to its owner. */
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { AttachmentKindEnum } from '../../graphql/enums.ts';
import { type OwnedColumns, OwnedRecord, owned } from '../../graphql/owned-record.type.ts';
import type { AttachmentKind } from '../../kernel/attachment-words.ts';

@ObjectType({
  description:
    'A file attached to a report, a legal case or an exhibit: seen by who sees that whole, and opened by its owner alone (`attachmentContent`).',
})
export class Attachment extends OwnedRecord {
  @Field(() => AttachmentKindEnum)
  kind!: AttachmentKind;

  @Field(() => String, { description: 'By its content, like application/pdf.' })
  mediaType!: string;

  @Field(() => Int, { description: 'Size in bytes.' })
  bytes!: number;

  @Field(() => String, { description: 'Of its bytes as they were given; 64 hexadecimal figures.' })
  sha256!: string;

  @Field(() => GraphQLISODateTime)
  attachedAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: 'Id of the key that attached it; null for everybody but the owner.',
  })
  attachedBy!: string | null;

  reportId!: string | null;
  legalCaseId!: string | null;
  exhibitId!: string | null;
}

export interface AttachmentColumns extends OwnedColumns {
  readonly report_id: string | null;
  readonly legal_case_id: string | null;
  readonly exhibit_id: string | null;
  readonly kind: AttachmentKind;
  readonly media_type: string;
  readonly byte_size: number;
  readonly sha256: Uint8Array;
  readonly attached_by: string | null;
  readonly attached_at: Date;
}

export function attachmentOf(row: AttachmentColumns): Attachment {
  return Object.assign(new Attachment(), {
    ...owned(row),
    kind: row.kind,
    mediaType: row.media_type,
    bytes: row.byte_size,
    sha256: Buffer.from(row.sha256).toString('hex'),
    attachedAt: row.attached_at,
    attachedBy: row.attached_by,
    reportId: row.report_id,
    legalCaseId: row.legal_case_id,
    exhibitId: row.exhibit_id,
  });
}

@ObjectType({ description: 'An opened file. Opening it left a trace in the audit log.' })
export class AttachmentContent {
  @Field(() => String)
  id!: string;

  @Field(() => String, { description: 'As it was given.' })
  fileName!: string;

  @Field(() => String)
  mediaType!: string;

  @Field(() => String, { description: 'The very bytes that were given, in base64.' })
  contentBase64!: string;
}
