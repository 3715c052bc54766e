/** What every act on an agreement has in common: who may act, the lock, the version and state looked at, and the trace. */
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, HeadwaterError, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { type ActRequest, type DoneOnce, once } from '../../records/acts/once.service.ts';
import { type AgreementRow, appendAct, lockAgreement, partiesOf } from './agreement.store.ts';
import { type AgreementState, stateAt } from './agreement.ts';
import type { AgreementActKind, AgreementReason } from './agreement-words.ts';

export interface AgreementTarget {
  readonly id: string;
  /** The version the caller read. */
  readonly version: number;
}

export interface Held {
  readonly connection: Queryable;
  readonly now: Date;
  readonly ownerId: string;
  readonly row: AgreementRow;
}

export interface Changed {
  readonly digest: Uint8Array;
  readonly version: number;
  /** What came of the act, at once. */
  readonly followedBy?: AgreementActKind;
}

export const ABSENT: Reason = {
  where: 'id',
  found: 'nothing of that id',
  wanted: 'an agreement that your organisation is a party of',
};

/** Throws FORBIDDEN. Returns the organisation. */
export function agreeingOfficer({ role, organisationId }: Viewer): string {
  if (role === 'data_officer' && organisationId !== null) return organisationId;
  throw new HeadwaterError(
    'FORBIDDEN',
    `a key of the role ${role} does not deal with agreements; ask the data officer of your organisation`,
  );
}

/** Under its lock, in one of the states it may be in, at the version that was read. */
export async function onAgreement(
  tools: ImportTools,
  request: ActRequest,
  act: AgreementActKind,
  { id, version }: AgreementTarget,
  said: unknown,
  states: readonly AgreementState[],
  reason: AgreementReason | null,
  work: (held: Held) => Promise<Outcome<Changed>>,
): Promise<Outcome<DoneOnce>> {
  agreeingOfficer(request.viewer);
  return once(tools, request, [`agreement ${act}`, id, version, said], async (connection, now, ownerId) => {
    const row = isId(id) ? await lockAgreement(connection, ownerId, id) : null;
    if (row === null) return refuse(ABSENT);
    if (row.version !== version)
      return refuse({
        where: 'version',
        found: `version ${version}`,
        wanted: `version ${row.version}, the latest: read it again and repeat`,
      });
    const state = stateAt(await standingOf(connection, row), now);
    if (!states.includes(state))
      return refuse({
        where: 'id',
        found: `an agreement that is ${state}`,
        wanted: `one that is ${states.join(' or ')}`,
      });
    const former = (await partiesOf(connection, row.id)).map(({ organisation_id }) => organisation_id);
    const changed = await work({ connection, now, ownerId, row });
    if (!changed.accepted) return changed;
    const { digest, version: next, followedBy } = changed.value;
    await leaveTrace(connection, request, now, act, { id: row.id, digest }, reason, former);
    if (followedBy !== undefined)
      await leaveTrace(connection, request, now, followedBy, { id: row.id, digest }, null);
    return accept({ recordId: row.id, version: next });
  });
}

export async function standingOf(connection: Queryable, row: AgreementRow) {
  const parties = await partiesOf(connection, row.id);
  return {
    signed: parties.every(({ signed_at }) => signed_at !== null),
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    suspendedAt: parties.find(({ suspended_at }) => suspended_at !== null)?.suspended_at ?? null,
    revokedAt: row.revoked_at,
  };
}

export async function leaveTrace(
  connection: Queryable,
  { viewer }: ActRequest,
  now: Date,
  act: AgreementActKind,
  { id, digest }: { readonly id: string; readonly digest: Uint8Array },
  reason: AgreementReason | null,
  formerIds: readonly string[] = [],
): Promise<void> {
  const organisationId = viewer.organisationId as string;
  await appendAct(
    connection,
    { agreement_id: id, at: now, organisation_id: organisationId, key_id: viewer.keyId, act, reason },
    digest,
  );
  const parties = (await partiesOf(connection, id)).map(({ organisation_id }) => organisation_id);
  await recordEvent(connection, now, {
    organisationId,
    keyId: viewer.keyId,
    action: `agreement_${act}`,
    objectKind: 'agreement',
    objectIds: [id],
    purpose: null,
    // Whoever was a party until now may ask the log about it too.
    aboutOwnerIds: [...new Set([...parties, ...formerIds])]
      .filter((party) => party !== organisationId)
      .sort(),
    detail: { digest: Buffer.from(digest).toString('hex'), ...(reason !== null && { reason }) },
  });
}
