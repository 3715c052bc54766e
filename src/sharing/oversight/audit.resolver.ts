/** `auditEvents`, for data officers; `auditCheckpoint` and `auditProof`, for everybody who holds a key. */
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { currentCheckpoint, proofSince } from '../../audit/checkpoint.service.ts';
import { connection, readPaging } from '../../graphql/connection.type.ts';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { ForPartners } from '../../graphql/for-partners.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { AuditFilter } from './audit.input.ts';
import {
  AuditCheckpoint,
  AuditEvent,
  AuditEventConnection,
  AuditProof,
  checkpointOf,
  eventOf,
} from './audit.type.ts';
import { listTrail } from './audit-trail.store.ts';
import { CHECKPOINT_TOOLS, trailOf } from './oversight.service.ts';

@Resolver(() => AuditEvent)
export class AuditResolver {
  @Query(() => AuditEventConnection, {
    description:
      'Who read, shared and changed what, the latest first: what your own keys did, and what others did about your records. For data officers; FORBIDDEN for other roles. Asking leaves a trace too.',
  })
  async auditEvents(
    @Ctx() context: RequestContext,
    @Arg('filter', () => AuditFilter, { nullable: true }) filter: AuditFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const tools = serviceOf(context, CHECKPOINT_TOOLS);
    const { organisationId, search } = await trailOf(tools, context.reader.viewer, filter);
    const answer = await listTrail(tools.database, organisationId, search, readPaging(first, after));
    return connection(AuditEventConnection, answer.page, eventOf, answer.count);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Slug of the organisation that did it.' })
  async organisation(@Root() event: AuditEvent, @Ctx() context: RequestContext): Promise<string | null> {
    return event.organisationId === null ? null : ((await context.slugs()).get(event.organisationId) ?? null);
  }

  @ForPartners()
  @Query(() => AuditCheckpoint, { description: 'The checkpoint of now: of the hours that are over.' })
  async auditCheckpoint(@Ctx() context: RequestContext): Promise<AuditCheckpoint> {
    return checkpointOf(await currentCheckpoint(serviceOf(context, CHECKPOINT_TOOLS)));
  }

  @ForPartners()
  @Query(() => AuditProof, {
    description:
      'That the audit log of now begins with the log of a checkpoint you kept. BAD_INPUT for what is no checkpoint of this hub.',
  })
  async auditProof(
    @Ctx() context: RequestContext,
    @Arg('since', () => String, { description: 'The line of the checkpoint.' }) since: string,
  ): Promise<AuditProof> {
    const proof = await proofSince(serviceOf(context, CHECKPOINT_TOOLS), since);
    if (!proof.accepted) {
      const [reason] = proof.reasons;
      throw new HeadwaterError('BAD_INPUT', `since: found ${reason?.found}, wanted ${reason?.wanted}`);
    }
    const { checkpoint, hashes } = proof.value;
    return {
      checkpoint: checkpointOf(checkpoint),
      hashes: hashes.map((hash) => Buffer.from(hash).toString('base64url')),
    };
  }
}
