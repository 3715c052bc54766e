/** The audit log as a data officer reads it, and the checkpoints by which others hold the hub to it. */

import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import type { CurrentCheckpoint } from '../../audit/checkpoint.service.ts';
import { hourText } from '../../audit/checkpoint.ts';
import { connectionOf } from '../../graphql/connection.type.ts';
import { ForPartners } from '../../graphql/for-partners.ts';
import type { TrailRow } from './audit-trail.store.ts';

@ObjectType({ description: 'A code and its value: ids, counts and codes, never a personal value.' })
export class AuditDetail {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

@ObjectType({ description: 'Somebody read, shared, changed or was denied something.' })
export class AuditEvent {
  @Field(() => String)
  id!: string;

  @Field(() => GraphQLISODateTime)
  at!: Date;

  @Field(() => String, {
    nullable: true,
    description: 'The key that did it; null for the hub itself and its command line.',
  })
  keyId!: string | null;

  @Field(() => String)
  action!: string;

  @Field(() => String)
  objectKind!: string;

  @Field(() => [String])
  objectIds!: readonly string[];

  @Field(() => String, { nullable: true, description: 'Why, where a reason had to be given.' })
  purpose!: string | null;

  @Field(() => [AuditDetail], { description: 'What else was kept of it, by name.' })
  detail!: readonly AuditDetail[];

  organisationId!: string | null;
}

export const AuditEventConnection = connectionOf('AuditEvent', () => AuditEvent);

@ForPartners()
@ObjectType({
  description:
    'A signed word on the whole audit log up to an hour. Keep it: `auditProof` shows later that the log of then begins with the log of now. The same line is in the header Headwater-Checkpoint of every answer.',
})
export class AuditCheckpoint {
  @Field(() => String, { description: 'One line: title, hours, first hour, root, public key, signature.' })
  note!: string;

  @Field(() => Int, { description: 'Hours of the log. It tells nothing of how much went on in them.' })
  hours!: number;

  @Field(() => String, { description: 'The last of them, like 2026-11-28T16Z.' })
  until!: string;

  @Field(() => String, { description: 'Of the tree over the hours (RFC 6962), in base64url.' })
  root!: string;

  @Field(() => String, { description: 'Ed25519, 32 bytes in base64url. Pin it when you sign an agreement.' })
  publicKey!: string;
}

@ForPartners()
@ObjectType({ description: 'Shows that the log of `checkpoint` begins with the log of an earlier one.' })
export class AuditProof {
  @Field(() => AuditCheckpoint)
  checkpoint!: AuditCheckpoint;

  @Field(() => [String], { description: 'Hashes of the consistency proof (RFC 6962, 2.1.2), in base64url.' })
  hashes!: readonly string[];
}

export function checkpointOf({ note, size, first, root, publicKey }: CurrentCheckpoint): AuditCheckpoint {
  return {
    note,
    hours: size,
    until: hourText(first + size - 1),
    root: Buffer.from(root).toString('base64url'),
    publicKey,
  };
}

export function eventOf(row: TrailRow): AuditEvent {
  return {
    id: row.id,
    at: row.at,
    organisationId: row.organisation_id,
    keyId: row.key_id,
    action: row.action,
    objectKind: row.object_kind,
    objectIds: row.object_ids,
    purpose: row.purpose,
    detail: Object.entries(row.detail)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => ({ name, value: String(value) })),
  };
}
