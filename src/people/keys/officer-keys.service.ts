/** What data officers do about the keys of their organisation's machines: list, make and revoke them, never beyond what they hold. */
import { addKey, revokeKey } from '../../access/key.store.ts';
import type { Role } from '../../access/roles.ts';
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { serviceKey } from '../../graphql/services.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Purpose } from '../../kernel/vocabulary.ts';
import { type ActRequest, type DoneOnce, once } from '../../records/acts/once.service.ts';
import { accountsOfficer, rightsFaults } from '../accounts/officer-acts.service.ts';
import { listOwnKeys, lockOwnKey, type OwnKeyRow } from './officer-keys.store.ts';

/** Wired at the start. */
export const KEY_TOOLS = serviceKey<ImportTools>('keys');

export interface SaidKey {
  readonly role: Role;
  readonly vaultPermission: boolean;
  /** Null: as whoever makes it. */
  readonly purposes: readonly Purpose[] | null;
  readonly days: number;
}

export interface KeyDone extends DoneOnce {
  /** Shown once: null when the same request comes again. */
  readonly key: string | null;
}

const DAY_MS = 86_400_000;
const MOST_DAYS = 366;
const LONGEST_LABEL = 60;
/** It is kept as it is: no number that somebody could be reached or known by, no address of mail, no line break. */
const NO_LABEL = /\d{5,}|@|\p{Cc}/u;
const ABSENT: Reason = {
  where: 'id',
  found: 'nothing of that id',
  wanted: 'a key of your organisation that works',
};

/** Throws FORBIDDEN. */
export async function readKeys(
  { database, now }: ImportTools,
  viewer: Viewer,
): Promise<readonly OwnKeyRow[]> {
  const organisationId = accountsOfficer(viewer);
  return database.unrestricted('show keys to their data officer', (connection) =>
    listOwnKeys(connection, organisationId, now()),
  );
}

/** Throws FORBIDDEN. */
export async function makeKey(
  tools: ImportTools,
  request: ActRequest,
  said: SaidKey,
  label: string,
): Promise<Outcome<KeyDone>> {
  accountsOfficer(request.viewer);
  const faults = [...rightsFaults(request.viewer, said), ...keyFaults(said, label)];
  if (faults.length > 0) return refuse(...faults);
  let text: string | null = null;
  const outcome = await once(
    tools,
    request,
    ['key made', said, label],
    async (connection, now, organisationId) => {
      const { role, vaultPermission } = said;
      const made = await addKey(connection, tools.ids, {
        organisationId,
        role,
        vaultPermission,
        label: label.trim(),
        purposes: said.purposes ?? request.viewer.purposes ?? null,
        expiresAt: new Date(now.getTime() + said.days * DAY_MS),
      });
      text = made.text;
      await recordEvent(connection, now, {
        organisationId,
        keyId: request.viewer.keyId,
        action: 'create_key',
        objectKind: 'api_key',
        objectIds: [made.id],
        purpose: null,
        detail: { role, days: said.days, vault: vaultPermission },
      });
      return accept({ recordId: made.id, version: 1 });
    },
  );
  return outcome.accepted ? accept({ ...outcome.value, key: text }) : outcome;
}

/** On the next request, with every session that was begun with it; never the key that asks. Throws FORBIDDEN. */
export async function revokeOwnKey(
  tools: ImportTools,
  request: ActRequest,
  id: string,
): Promise<Outcome<DoneOnce>> {
  accountsOfficer(request.viewer);
  return once(tools, request, ['key revoked', id], async (connection, now, organisationId) => {
    const row = isId(id) ? await lockOwnKey(connection, organisationId, id) : null;
    if (row === null || row.revoked_at !== null) return refuse(ABSENT);
    if (row.id === request.viewer.keyId)
      return refuse({ where: 'id', found: 'the key that asks', wanted: 'another data officer to do it' });
    await revokeKey(connection, row.id);
    await recordEvent(connection, now, {
      organisationId,
      keyId: request.viewer.keyId,
      action: 'revoke_key',
      objectKind: 'api_key',
      objectIds: [row.id],
      purpose: null,
      detail: {},
    });
    return accept({ recordId: row.id, version: 2 });
  });
}

function keyFaults({ days }: SaidKey, label: string): readonly Reason[] {
  const faults: Reason[] = [];
  if (!(Number.isInteger(days) && days >= 1 && days <= MOST_DAYS))
    faults.push({ where: 'days', found: String(days), wanted: `1 to ${MOST_DAYS}` });
  const { length } = label.trim();
  if (length < 1 || length > LONGEST_LABEL)
    faults.push({ where: 'label', found: `${length} characters`, wanted: `1 to ${LONGEST_LABEL}` });
  else if (NO_LABEL.test(label.trim()))
    faults.push({
      where: 'label',
      found: 'a long number, an address or a line break',
      wanted: 'words for what uses the key, which name nobody',
    });
  return faults;
}
