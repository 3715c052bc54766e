/** Signing, suspending and ending agreements: the last signature writes the grants that access reads, and what ends one ends them. */
import { addGrant, endGrantsBy, revokeGrantsOf } from '../../access/grant.store.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import type { Queryable } from '../../platform/database.ts';
import type { ActRequest, DoneOnce } from '../../records/acts/once.service.ts';
import {
  type AgreementRow,
  endBy,
  lockAgreement,
  partiesOf,
  setReview,
  setRevoked,
  setSuspended,
  signParty,
} from './agreement.store.ts';
import { type AgreementState, partialSight } from './agreement.ts';
import { isDayWithin } from './agreement-mistakes.ts';
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
    const parties = await partiesOf(connection, row.id);
    const isLast = parties.every(
      ({ signed_at, organisation_id }) => signed_at !== null || organisation_id === ownerId,
    );
    const replaced =
      isLast && row.replaces !== null ? await lockAgreement(connection, ownerId, row.replaces) : null;
    if (isLast && row.replaces !== null && !sameParties(replaced, row))
      return refuse({
        where: 'id',
        found: 'terms that take the place of an agreement which is not there, or is between others by now',
        wanted: 'an amendment: amendAgreement',
      });
    await signParty(connection, row.id, ownerId, request.viewer.keyId, row.digest, now);
    if (isLast) {
      if (replaced !== null) await endReplaced(connection, request, now, replaced, row.starts_at);
      await writeGrants(tools, connection, row, now);
    }
    return accept({ digest: row.digest, version: row.version, ...(isLast && { followedBy: 'activated' }) });
  });
}

export async function suspendAgreement(
  tools: ImportTools,
  request: ActRequest,
  target: AgreementTarget,
  reason: AgreementReason,
): Promise<Outcome<DoneOnce>> {
  const states: readonly AgreementState[] = ['active', 'signed', 'suspended'];
  return onAgreement(tools, request, 'suspended', target, reason, states, reason, async (held) => {
    const { connection, now, row, ownerId } = held;
    const own = (await partiesOf(connection, row.id)).find(
      ({ organisation_id }) => organisation_id === ownerId,
    );
    if (own?.suspended_at != null)
      return refuse({
        where: 'id',
        found: 'an agreement that you suspended',
        wanted: 'one that you did not',
      });
    await revokeGrantsOf(connection, row.id, now);
    await setSuspended(connection, row.id, ownerId, now);
    return accept({ digest: row.digest, version: row.version + 1 });
  });
}

/** Takes back one's own suspension; it runs again once no party holds it suspended. */
export async function resumeAgreement(
  tools: ImportTools,
  request: ActRequest,
  target: AgreementTarget,
  reason: AgreementReason,
): Promise<Outcome<DoneOnce>> {
  return onAgreement(tools, request, 'resumed', target, reason, ['suspended'], reason, async (held) => {
    const { connection, now, row, ownerId } = held;
    const holding = (await partiesOf(connection, row.id)).filter(({ suspended_at }) => suspended_at !== null);
    if (!holding.some(({ organisation_id }) => organisation_id === ownerId))
      return refuse({
        where: 'id',
        found: 'an agreement that another party suspended',
        wanted: 'that party to resume it',
      });
    await setSuspended(connection, row.id, ownerId, null);
    if (holding.length === 1) await writeGrants(tools, connection, row, now);
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
    await setRevoked(connection, row.id, now);
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
    if (!isDayWithin(nextOn, now.getTime(), row.ends_at.getTime()))
      return refuse({
        where: 'nextOn',
        found: nextOn.slice(0, 40),
        wanted: `a day after today and up to ${row.ends_at.toISOString().slice(0, 10)}`,
      });
    await setReview(connection, row.id, nextOn);
    return accept({ digest: row.digest, version: row.version + 1 });
  });
}

/** What it takes the place of ends when it begins, or with the signature that makes it whole where that is later. */
async function endReplaced(
  connection: Queryable,
  request: ActRequest,
  now: Date,
  replaced: AgreementRow,
  startsAt: Date,
): Promise<void> {
  if (replaced.revoked_at !== null) return;
  if (startsAt > now && replaced.starts_at < startsAt) {
    await endGrantsBy(connection, replaced.id, startsAt);
    await endBy(connection, replaced.id, startsAt);
  } else {
    await revokeGrantsOf(connection, replaced.id, now);
    await setRevoked(connection, replaced.id, now);
  }
  await leaveTrace(connection, request, now, 'revoked', replaced, 'terms_changed');
}

function sameParties(one: AgreementRow | null, other: AgreementRow): boolean {
  return one !== null && one.terms.parties.join() === other.terms.parties.join();
}

async function writeGrants(
  tools: ImportTools,
  connection: Queryable,
  { id, terms, starts_at, ends_at }: AgreementRow,
  now: Date,
): Promise<void> {
  const ids = new Map((await partiesOf(connection, id)).map((party) => [party.slug, party.organisation_id]));
  for (const term of terms.terms) {
    const { giver, receiver, recordClass, sight, handlingCeiling } = term;
    await addGrant(connection, tools.ids, {
      ownerId: ids.get(giver) as string,
      granteeId: ids.get(receiver) as string,
      recordClass,
      handlingCeiling,
      projection: sight,
      validFrom: starts_at > now ? starts_at : now,
      validTo: ends_at,
      agreementId: id,
      purposes: terms.purposes,
      caseByCase: terms.template === 'case_by_case',
      ...(sight === 'coarse' && { sight: partialSight(term) }),
    });
  }
}
