/** Appending to the audit log. */
import type { Queryable } from '../platform/database.ts';
import { type AuditEvent, hashEvent } from './chain.ts';
import { lockChain, readHead } from './chain-head.store.ts';

export type NewAuditEvent = Omit<AuditEvent, 'sequence' | 'at'>;

/** Inside the caller's transaction: an act and its trace stand or fall together. */
export async function recordEvent(connection: Queryable, now: Date, event: NewAuditEvent): Promise<void> {
  await lockChain(connection);
  const { sequence, hash: previousHash } = await readHead(connection);
  const whole: AuditEvent = {
    ...event,
    sequence: sequence + 1,
    at: now.toISOString(),
  };
  await connection.execute(
    `insert into audit_event (sequence, at, organisation_id, key_id, action, object_kind, object_ids, purpose, detail, previous_hash, hash, about_owner_ids)
     values ($1, $2, $3, $4, $5, $6, $7::uuid[], $8, $9::jsonb, $10, $11, $12::uuid[])`,
    [
      whole.sequence,
      whole.at,
      whole.organisationId,
      whole.keyId,
      whole.action,
      whole.objectKind,
      whole.objectIds,
      whole.purpose,
      JSON.stringify(whole.detail),
      previousHash,
      hashEvent(whole, previousHash),
      whole.aboutOwnerIds ?? [],
    ],
  );
}
