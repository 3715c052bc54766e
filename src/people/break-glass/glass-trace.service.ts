/** What the log has of a broken glass. */
import { recordEvent } from '../../audit/audit.store.ts';
import type { Queryable } from '../../platform/database.ts';
import { endGlass, type GlassRow, lockLapsed } from './break-glass.store.ts';

/** It ended by its own time; that is written down by whoever looks first. */
export async function writeLapsed(connection: Queryable, organisationId: string, now: Date): Promise<void> {
  for (const row of await lockLapsed(connection, organisationId, now)) {
    await endGlass(connection, row.id, row.ends_at, null);
    await leaveTrace(connection, now, row, null, 'ended', { by: 'time', at: row.ends_at.toISOString() });
  }
}

/** Inside the transaction of what it tells. */
export async function leaveTrace(
  connection: Queryable,
  now: Date,
  glass: Pick<GlassRow, 'id' | 'organisation_id' | 'actor_id' | 'told_id'>,
  keyId: string | null,
  what: 'begun' | 'ended' | 'reviewed',
  detail: Readonly<Record<string, string | number | boolean>>,
): Promise<void> {
  await recordEvent(connection, now, {
    organisationId: glass.organisation_id,
    keyId,
    action: `break_glass_${what}`,
    objectKind: 'break_glass',
    objectIds: [glass.id, glass.actor_id, glass.told_id],
    purpose: null,
    detail,
  });
}
