/** Who may ask the audit log, and what is kept of the asking. */
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import type { CheckpointTools } from '../../audit/checkpoint.service.ts';
import { serviceKey } from '../../graphql/services.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { AuditFilter } from './audit.input.ts';
import type { TrailSearch } from './audit-trail.store.ts';

/** Wired at the start. */
export const CHECKPOINT_TOOLS = serviceKey<CheckpointTools>('audit checkpoints');

/** Throws FORBIDDEN for who is no data officer, BAD_INPUT for what cannot be an id. */
export async function trailOf(
  { database, now }: CheckpointTools,
  { role, organisationId, keyId }: Viewer,
  filter: AuditFilter | null,
): Promise<{ readonly organisationId: string; readonly search: TrailSearch }> {
  if (role !== 'data_officer' || organisationId === null)
    throw new HeadwaterError(
      'FORBIDDEN',
      `auditEvents: the role "${role}" does not ask the audit log; ask your data officer`,
    );
  const { objectId, actions, keyId: ofKey, purposes, at, byOthers } = filter ?? {};
  for (const [name, id] of [
    ['objectId', objectId],
    ['keyId', ofKey],
  ] as const)
    if (id != null && !isId(id))
      throw new HeadwaterError(
        'BAD_INPUT',
        `${name}: found what is no id, wanted an id as the hub writes it`,
      );
  await database.unrestricted('keep that the audit log was asked', (connection) =>
    recordEvent(connection, now(), {
      organisationId,
      keyId,
      action: 'audit_asked',
      objectKind: 'audit_event',
      objectIds: objectId == null ? [] : [objectId.toLowerCase()],
      purpose: null,
      detail: {},
    }),
  );
  return {
    organisationId,
    search: {
      ...(objectId != null && { objectId }),
      ...(actions != null && { actions }),
      ...(ofKey != null && { keyId: ofKey }),
      ...(purposes != null && { purposes }),
      ...(at?.from != null && { from: at.from }),
      ...(at?.to != null && { to: at.to }),
      ...(byOthers != null && { byOthers }),
    },
  };
}
