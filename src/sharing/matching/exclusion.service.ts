/** Taking an entity's identifiers out of matching, and letting them in again: at the next request, whoever asks. */
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import { type ActRequest, type DoneOnce, once } from '../../records/acts/once.service.ts';
import { matchingOfficer } from './arrangement.service.ts';
import { excludeEntity, includeEntity, listExclusions, ownsEntity } from './exclusion.store.ts';

const ABSENT: Reason = {
  where: 'entityId',
  found: 'nothing of that id',
  wanted: 'an entity of your organisation',
};

/** Excluded already: nothing changes. */
export function excludeFromMatching(
  tools: ImportTools,
  request: ActRequest,
  entityId: string,
): Promise<Outcome<DoneOnce>> {
  return change(tools, request, entityId, 'excluded');
}

export function includeInMatching(
  tools: ImportTools,
  request: ActRequest,
  entityId: string,
): Promise<Outcome<DoneOnce>> {
  return change(tools, request, entityId, 'included');
}

export async function readExclusions({ database }: ImportTools, viewer: Viewer) {
  const ownerId = matchingOfficer(viewer);
  const rows = await database.unrestricted('show a data officer what it excluded', (connection) =>
    listExclusions(connection, ownerId),
  );
  return rows.map(({ entity_id, excluded_at, key_id }) => ({
    entityId: entity_id,
    excludedAt: excluded_at,
    keyId: key_id,
  }));
}

async function change(
  tools: ImportTools,
  request: ActRequest,
  entityId: string,
  act: 'excluded' | 'included',
): Promise<Outcome<DoneOnce>> {
  const { viewer } = request;
  matchingOfficer(viewer);
  return once(tools, request, [`matching ${act}`, entityId], async (connection, now, ownerId) => {
    const id = entityId.toLowerCase();
    if (!isId(id) || !(await ownsEntity(connection, ownerId, id))) return refuse(ABSENT);
    if (act === 'excluded') await excludeEntity(connection, ownerId, id, viewer.keyId, now);
    else if (!(await includeEntity(connection, ownerId, id)))
      return refuse({ where: 'entityId', found: 'an entity that is not excluded', wanted: 'one that is' });
    await recordEvent(connection, now, {
      organisationId: ownerId,
      keyId: viewer.keyId,
      action: `matching_${act}`,
      objectKind: 'entity',
      objectIds: [id],
      purpose: null,
      detail: {},
    });
    return accept({ recordId: id, version: 1 });
  });
}
