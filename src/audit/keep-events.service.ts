/** Events of what was no act of its own: in one transaction, and the caller waits for it. */
import type { UnrestrictedDatabase } from '../platform/database.ts';
import { type NewAuditEvent, recordEvent } from './audit.store.ts';

/** Throws when they cannot be kept: then nothing may be answered either. */
export async function keepEvents(
  database: UnrestrictedDatabase,
  events: readonly NewAuditEvent[],
  now: Date,
): Promise<void> {
  await database.unrestricted('keep what a request read', async (connection) => {
    for (const event of events) await recordEvent(connection, now, event);
  });
}
