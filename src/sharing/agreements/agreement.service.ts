/** Signing, suspending and ending agreements: the last signature writes the grants that access reads, and what ends one ends them. */
import { addGrant, revokeGrantsOf } from '../../access/grant.store.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import type { Queryable } from '../../platform/database.ts';
import type { ActRequest, DoneOnce } from '../../records/acts/once.service.ts';
import {
  type AgreementRow,
  lockAgreement,
  partiesOf,
  setReview,
  setStanding,
  signParty,
  suspendedBy,
} from './agreement.store.ts';
import type { AgreementState } from './agreement.ts';
import type { AgreementReason } from './agreement-words.ts';
import { type AgreementTarget, leaveTrace, onAgreement } from './on-agreement.service.ts';

/** `digest`: of the terms that were read, in hexadecimal. The last signature writes the grants. */
export async function signAgreement(
  tools: ImportTools,
  request: ActRequest,
  target: AgreementTarget,
  digest: string,
): Promise<Outcome<DoneOnce>> {
  return onAgreement(tools, request, 'signed', target, digest, ['drafted'], null, async (held) => {
    const { connection, now, row, ownerId } = held;
    if (digest.toLowerCase() !== Buffer.from(row.digest).toString('hex'))
      return refuse({
        where: 'digest',
        found: 'the digest of other terms',
        wanted: 'the digest of the terms as they are now: read them again',
      });
    await signParty(connection, row.id, ownerId, request.viewer.keyId, row.digest, now);
    const parties = await partiesOf(connection, row.id);
    if (parties.every(({ signed_at }) => signed_at !== null)) {
      await endReplaced(connection, request, now, row);
      await writeGrants(tools, connection, row, now);
      await leaveTrace(connection, request, now, 'activated', row, null);
    }
    return accept({ digest: row.digest, version: row.version });
  });
}

export async function suspendAgreement(
  tools: ImportTools,
  request: ActRequest,
  target: AgreementTarget,
  reason: AgreementReason,
): Promise<Outcome<DoneOnce>> {
  return onAgreement(
    tools,
    request,
    'suspended',
    target,
    reason,
    ['active', 'signed'],
    reason,
    async (held) => {
      const { connection, now, row } = held;
      await revokeGrantsOf(connection, row.id, now);
      await setStanding(connection, row.id, { suspendedAt: now, revokedAt: null });
      return accept({ digest: row.digest, version: row.version + 1 });
    },
  );
}

/** By the party that suspended it: what one stopped the other cannot start again. */
export async function resumeAgreement(
  tools: ImportTools,
  request: ActRequest,
  target: AgreementTarget,
  reason: AgreementReason,
): Promise<Outcome<DoneOnce>> {
  return onAgreement(tools, request, 'resumed', target, reason, ['suspended'], reason, async (held) => {
    const { connection, now, row, ownerId } = held;
    if ((await suspendedBy(connection, row.id)) !== ownerId)
      return refuse({
        where: 'id',
        found: 'an agreement that another party suspended',
        wanted: 'that party to resume it',
      });
    await setStanding(connection, row.id, { suspendedAt: null, revokedAt: null });
    await writeGrants(tools, connection, row, now);
    return accept({ digest: row.digest, version: row.version + 1 });
  });
}

/** For good; a draft is withdrawn so. */
export async function revokeAgreement(
  tools: ImportTools,
  request: ActRequest,
  target: AgreementTarget,
  reason: AgreementReason,
): Promise<Outcome<DoneOnce>> {
  const states: readonly AgreementState[] = ['drafted', 'signed', 'active', 'suspended'];
  return onAgreement(tools, request, 'revoked', target, reason, states, reason, async (held) => {
    const { connection, now, row } = held;
    await revokeGrantsOf(connection, row.id, now);
    await setStanding(connection, row.id, { suspendedAt: row.suspended_at, revokedAt: now });
    return accept({ digest: row.digest, version: row.version + 1 });
  });
}

/** It was looked at and goes on as it is; `nextOn`: the day by which it is to be looked at again. */
export async function reviewAgreement(
  tools: ImportTools,
  request: ActRequest,
  target: AgreementTarget,
  nextOn: string,
): Promise<Outcome<DoneOnce>> {
  const states: readonly AgreementState[] = ['signed', 'active', 'suspended'];
  return onAgreement(tools, request, 'reviewed', target, nextOn, states, null, async (held) => {
    const { connection, now, row } = held;
    const day = Date.parse(`${nextOn}T00:00:00Z`);
    if (!(/^\d{4}-\d\d-\d\d$/.test(nextOn) && day > now.getTime() && day <= row.ends_at.getTime()))
      return refuse({
        where: 'nextOn',
        found: nextOn.slice(0, 40),
        wanted: `a day after today and up to ${row.ends_at.toISOString().slice(0, 10)}`,
      });
    await setReview(connection, row.id, nextOn);
    return accept({ digest: row.digest, version: row.version + 1 });
  });
}

/** What it takes the place of ends with the signature that makes it whole. */
async function endReplaced(
  connection: Queryable,
  request: ActRequest,
  now: Date,
  { replaces }: AgreementRow,
): Promise<void> {
  if (replaces === null) return;
  const row = await lockAgreement(connection, request.viewer.organisationId ?? '', replaces);
  if (row === null || row.revoked_at !== null) return;
  await revokeGrantsOf(connection, row.id, now);
  await setStanding(connection, row.id, { suspendedAt: row.suspended_at, revokedAt: now });
  await leaveTrace(connection, request, now, 'revoked', row, 'terms_changed');
}

async function writeGrants(
  tools: ImportTools,
  connection: Queryable,
  { id, terms, starts_at, ends_at }: AgreementRow,
  now: Date,
): Promise<void> {
  const ids = new Map((await partiesOf(connection, id)).map((party) => [party.slug, party.organisation_id]));
  for (const { giver, receiver, recordClass, sight, handlingCeiling } of terms.terms)
    await addGrant(connection, tools.ids, {
      ownerId: ids.get(giver) as string,
      granteeId: ids.get(receiver) as string,
      recordClass,
      handlingCeiling,
      projection: sight,
      validFrom: starts_at > now ? starts_at : now,
      validTo: ends_at,
      agreementId: id,
    });
}
