/** Appending to the audit log, and walking it from the start. */
import type { Queryable, UnrestrictedDatabase } from '../platform/database.ts';
import {
  type AuditEvent,
  CHAIN_START,
  type ChainedEvent,
  type ChainVerdict,
  hashEvent,
  verifyChain,
} from './chain.ts';

export type NewAuditEvent = Omit<AuditEvent, 'sequence' | 'at'>;

interface EventRow {
  readonly sequence: bigint;
  /** With microseconds: a Date would round away what somebody changed in them. */
  readonly at_text: string;
  readonly organisation_id: string | null;
  readonly key_id: string | null;
  readonly action: string;
  readonly object_kind: string;
  readonly object_ids: readonly string[];
  readonly purpose: string | null;
  readonly detail: AuditEvent['detail'];
  readonly previous_hash: Uint8Array;
  readonly hash: Uint8Array;
}

/** One writer at a time: the lock is of the transaction, so that the chain has no forks. The number is arbitrary. */
const CHAIN_LOCK = 'select pg_advisory_xact_lock(4827116)';

const PAGE = 5_000;

/** Inside the caller's transaction: an act and its trace stand or fall together. */
export async function recordEvent(connection: Queryable, now: Date, event: NewAuditEvent): Promise<void> {
  await connection.query(CHAIN_LOCK);
  const last = await connection.query<{ sequence: bigint; hash: Uint8Array }>(
    'select sequence, hash from audit_event order by sequence desc limit 1',
  );
  const previousHash = last[0]?.hash ?? CHAIN_START;
  const whole: AuditEvent = {
    ...event,
    sequence: Number(last[0]?.sequence ?? 0n) + 1,
    at: now.toISOString(),
  };
  await connection.execute(
    `insert into audit_event (sequence, at, organisation_id, key_id, action, object_kind, object_ids, purpose, detail, previous_hash, hash)
     values ($1, $2, $3, $4, $5, $6, $7::uuid[], $8, $9::jsonb, $10, $11)`,
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
    ],
  );
}

/** Walks the whole log in pages; memory does not grow with it. */
export async function verifyLog(database: UnrestrictedDatabase): Promise<ChainVerdict> {
  let after = { sequence: 0, hash: CHAIN_START };
  for (;;) {
    const rows = await database.unrestricted('verify the audit log', (connection) =>
      connection.query<EventRow>(
        `select *, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as at_text from audit_event where sequence > $1 order by sequence limit $2`,
        [after.sequence, PAGE],
      ),
    );
    const events = rows.map(eventOf);
    const verdict = verifyChain(events, after);
    const last = events.at(-1);
    if (!verdict.whole || last === undefined) return verdict;
    after = { sequence: last.sequence, hash: last.hash };
  }
}

function eventOf(row: EventRow): ChainedEvent {
  return {
    sequence: Number(row.sequence),
    at: `${row.at_text.replace(/000$/, '')}Z`,
    organisationId: row.organisation_id,
    keyId: row.key_id,
    action: row.action,
    objectKind: row.object_kind,
    objectIds: row.object_ids,
    purpose: row.purpose,
    detail: row.detail,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
