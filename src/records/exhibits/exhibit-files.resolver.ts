/** The edges between exhibits and attached files. */
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../graphql/context.ts';
import { attachmentById, attachmentsOfExhibit } from '../attachments/attachment.loader.ts';
import { Attachment, attachmentOf } from '../attachments/attachment.type.ts';
import { exhibitById } from './exhibit.loader.ts';
import { Exhibit, exhibitOf } from './exhibit.type.ts';

@Resolver(() => Exhibit)
export class ExhibitFilesResolver {
  @FieldResolver(() => Attachment, {
    nullable: true,
    description: 'The attached file whose digest it has, where there is one and the viewer sees it.',
  })
  async file(@Root() { attachmentId, asKnown }: Exhibit, @Ctx() { reader }: RequestContext) {
    const row = attachmentId === null ? null : await attachmentById(reader, asKnown).load(attachmentId);
    return row === null ? null : attachmentOf(row);
  }

  @FieldResolver(() => [Attachment], { description: 'Files attached to it.' })
  async attachments(@Root() { id, asKnown }: Exhibit, @Ctx() { reader }: RequestContext) {
    return (await attachmentsOfExhibit(reader, asKnown).load(id)).map(attachmentOf);
  }
}

@Resolver(() => Attachment)
export class AttachmentExhibitResolver {
  @FieldResolver(() => Exhibit, {
    nullable: true,
    description: 'What it is attached to, where it is an exhibit.',
  })
  async exhibit(@Root() { exhibitId, asKnown }: Attachment, @Ctx() { reader }: RequestContext) {
    const row = exhibitId === null ? null : await exhibitById(reader, asKnown).load(exhibitId);
    return row === null ? null : exhibitOf(row);
  }
}
