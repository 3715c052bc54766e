/** What an owner does by hand is done once for its idempotency key, in one transaction with its receipt. */
import { ROLE_RIGHTS } from '../../access/roles.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, HeadwaterError, type Outcome, refuse } from '../../kernel/errors.ts';
import type { Queryable } from '../../platform/database.ts';
import { findReceipt, keepReceipt } from './act.store.ts';

/** Who asks, and the key by which the same request is known again. */
export interface ActRequest {
  readonly viewer: Viewer;
  readonly idempotencyKey: string;
}

/** The record an act was done to, and the version that came of it. */
export interface DoneOnce {
  readonly recordId: string;
  readonly version: number;
}

/**
 * `said` is all that makes the request the same request. Throws FORBIDDEN when the role never records. A refusal writes nothing, so the same
 * key may be used again.
 */
export function once(
  tools: ImportTools,
  request: ActRequest,
  said: readonly unknown[],
  work: (connection: Queryable, now: Date, ownerId: string) => Promise<Outcome<DoneOnce>>,
): Promise<Outcome<DoneOnce>> {
  return onceFor(tools, recordingOrganisation(request.viewer), request.idempotencyKey, said, work);
}

/** The same for an organisation whose key's role the caller has looked at. */
export async function onceFor(
  { database, keys, now: clock }: ImportTools,
  ownerId: string,
  idempotencyKey: string,
  said: readonly unknown[],
  work: (connection: Queryable, now: Date, ownerId: string) => Promise<Outcome<DoneOnce>>,
): Promise<Outcome<DoneOnce>> {
  if (idempotencyKey.length < 8 || idempotencyKey.length > 200) {
    const found = `${idempotencyKey.length} characters`;
    return refuse({
      where: 'idempotencyKey',
      found,
      wanted: '8 to 200 characters of your own, new for each act',
    });
  }
  const token = keys.token(`receipt/${ownerId}`, idempotencyKey);
  const asked = keys.token(`request/${ownerId}`, JSON.stringify(said));
  return database.unrestricted(`an act by hand: ${String(said[0])}`, async (connection) => {
    const receipt = await findReceipt(connection, ownerId, token);
    if (receipt !== null) {
      if (!Buffer.from(receipt.request).equals(Buffer.from(asked)))
        return refuse({
          where: 'idempotencyKey',
          found: 'the key of another act',
          wanted: 'a new key for a new act',
        });
      return accept({ recordId: receipt.report_id, version: receipt.version });
    }
    const now = clock();
    const outcome = await work(connection, now, ownerId);
    if (!outcome.accepted) return outcome;
    const { recordId, version } = outcome.value;
    await keepReceipt(connection, ownerId, token, { request: asked, report_id: recordId, version }, now);
    return outcome;
  });
}

/** Throws FORBIDDEN. */
export function recordingOrganisation({ role, organisationId }: Viewer): string {
  if (!ROLE_RIGHTS[role].mayImport || organisationId === null) {
    throw new HeadwaterError(
      'FORBIDDEN',
      `a key of the role ${role} does not record; ask your data officer for one that does`,
    );
  }
  return organisationId;
}
