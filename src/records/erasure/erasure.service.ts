/** Erasing a person for good: in every version, in rows as received, in backups by way of the keys, and against the next import. */
import { demandPurpose } from '../../access/purposes.ts';
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { holdImports } from '../../intake/imports/import-lease.service.ts';
import { accept, HeadwaterError, type Outcome, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { ChangeReason, Purpose } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import type { Erased } from '../../vault/erasure-ledger.ts';
import { unseal } from '../../vault/sealing.ts';
import type { ActTools } from '../acts/act.service.ts';
import { tellRecipients } from '../recipients/tell-recipients.service.ts';
import { countAttached, isAttachedHeld, lockAttached, removeAttached } from './attached.store.ts';
import { destroyDoomedKeys } from './doomed-keys.service.ts';
import {
  countParty,
  deleteSealed,
  eraseEntities,
  eraseSubjects,
  findOwnParty,
  forgetContent,
  lockReport,
  type OwnParty,
  type PartyKind,
  partiesOf,
  type SealedRow,
  sealedOf,
  thingsOf,
} from './erasure.store.ts';
import type { ErasureCounts } from './erasure-counts.ts';
import { findErasure, keepErasures, receiptOf } from './erasure-trace.store.ts';
import { eraseRows, keyOrNull, planRows } from './raw-rows.service.ts';
import { samePartyIn, tellingWords } from './same-party.ts';

export interface ErasureRequest {
  readonly id: string;
  readonly purpose: Purpose;
  /** The organisation's own reference of the case; kept as a keyed digest only. */
  readonly caseReference: string;
  readonly reason: ChangeReason;
  readonly idempotencyKey: string | null;
  readonly dryRun: boolean;
}

export interface Erasure {
  readonly id: string;
  readonly done: boolean;
  readonly counts: ErasureCounts;
}

const LEAST_REFERENCE = 3;
const KEY_LENGTH = { least: 8, most: 200 };

/**
 * The same person a second time answers the same. What is not there, or another organisation's, is refused, and leaves a trace too. Throws
 * FORBIDDEN unless a data officer asks, BUSY while the organisation imports or a key is not in the key folder.
 */
export async function eraseParty(
  tools: ActTools,
  viewer: Viewer,
  kind: PartyKind,
  request: ErasureRequest,
): Promise<Outcome<Erasure>> {
  const ownerId = erasingOrganisation(viewer);
  demandPurpose(viewer, request.purpose);
  const length = request.caseReference.trim().length;
  if (length < LEAST_REFERENCE) {
    const wanted = "your organisation's reference of the case";
    return refuse({ where: 'caseReference', found: `${length} characters`, wanted });
  }
  const keyLength = request.idempotencyKey?.length ?? KEY_LENGTH.least;
  if (keyLength < KEY_LENGTH.least || keyLength > KEY_LENGTH.most) {
    const wanted = '8 to 200 characters of your own, new for each act';
    return refuse({ where: 'idempotencyKey', found: `${keyLength} characters`, wanted });
  }
  const outcome = await tools.database.unrestricted(`erase: ${kind}`, async (connection) => {
    await holdImports(connection, ownerId);
    return inTransaction(tools, connection, viewer, ownerId, kind, request);
  });
  if (outcome.accepted && outcome.value.done) await destroyDoomedKeys(tools);
  return outcome;
}

async function inTransaction(
  tools: ActTools,
  connection: Queryable,
  viewer: Viewer,
  ownerId: string,
  kind: PartyKind,
  request: ErasureRequest,
): Promise<Outcome<Erasure>> {
  const { keys } = tools;
  const { id, dryRun } = request;
  const receipt = receiptOf(keys, ownerId, request.idempotencyKey, [kind, id.toLowerCase(), request.reason]);
  const earlier = await findErasure(connection, ownerId, id, receipt);
  if (earlier === 'another')
    return refuse({
      where: 'idempotencyKey',
      found: 'the key of another act',
      wanted: 'a new key for a new act',
    });
  if (earlier !== null) return accept({ id, done: true, counts: earlier });
  const found = isId(id) ? await findOwnParty(connection, kind, ownerId, id) : null;
  const party = found?.erased_at === null ? found : null;
  const trace = async (objectIds: readonly string[], counts: object): Promise<void> =>
    recordEvent(connection, tools.now(), {
      organisationId: ownerId,
      keyId: viewer.keyId,
      action: dryRun ? 'weigh_erasure' : 'erase',
      objectKind: kind,
      objectIds,
      purpose: request.purpose,
      detail: {
        reason: request.reason,
        case: Buffer.from(keys.token(`case/${ownerId}`, request.caseReference.trim())).toString('hex'),
        ...counts,
      },
    });
  if (party === null) {
    await trace(isId(id) ? [id.toLowerCase()] : [], { found: 0 });
    return refuse({
      where: 'id',
      found: `no such ${kind}`,
      wanted: `a ${kind} of your organisation that was not erased`,
    });
  }
  await lockReport(connection, party.report_id);
  // Asked again under the lock: whoever places a hold takes it too.
  const standing = await findOwnParty(connection, kind, ownerId, id);
  if (standing?.held === true) {
    await trace([id.toLowerCase(), party.report_id], { held: 1 });
    const wanted = 'the hold lifted first: liftLegalHold';
    return refuse({ where: 'id', found: `a ${kind} under a legal hold`, wanted });
  }
  const plan = await planParty(tools, connection, ownerId, kind, party);
  const { ids, sealed, rows, counts } = plan;
  if (await isAttachedHeld(connection, ids, party.report_id)) {
    await trace([id.toLowerCase(), party.report_id], { held: 1 });
    const wanted = 'the hold on the reports of that case lifted first: liftLegalHold';
    return refuse({
      where: 'id',
      found: `a ${kind} whose files, exhibits or comments are kept for a legal case`,
      wanted,
    });
  }
  await trace([id.toLowerCase(), party.report_id], counts);
  if (dryRun) return accept({ id, done: false, counts });
  await tellRecipients(connection, tools.ids, 'erased', [party.report_id], tools.now());
  await eraseRows(tools, connection, rows);
  await deleteSealed(connection, sealed);
  await erasePseudonyms(tools, connection, kind, ids, party.report_id);
  const lines: Erased[] = [
    ...ids.map((each) => ({ kind, token: tools.ledger.tokenOf(kind, each) })),
    { kind: 'report', token: party.identity_digest },
    ...rows.words,
  ];
  await keepErasures(connection, lines, tools.now(), {
    ownerId,
    id,
    receipt,
    counts,
    token: lines[ids.indexOf(id)]?.token,
  });
  // Before the transaction ends: what is in the ledger and not yet gone goes when the hub opens; the other way round it could come back.
  tools.ledger.record(lines);
  return accept({ id, done: true, counts });
}

/** What a party takes with it, locked; changes nothing. */
async function planParty(
  tools: ActTools,
  connection: Queryable,
  ownerId: string,
  kind: PartyKind,
  party: OwnParty,
) {
  const all = await partiesOf(connection, kind, party.report_id, party.id);
  const everybody = all.map(({ id }) => id);
  const held = await sealedOf(connection, everybody, party.report_id);
  const texts = new Map(
    held
      .filter(({ about_kind }) => about_kind === kind)
      .map((item) => [item.about_id, opened(tools, item)] as const),
  );
  const same = samePartyIn(
    all.map((each) => ({ ...each, personal: texts.get(each.id) ?? null })),
    party.id,
  );
  const ids = [
    ...new Set([party.id, ...same, ...(kind === 'entity' ? await thingsOf(connection, same) : [])]),
  ];
  await lockAttached(connection, ids, party.report_id);
  const sealed = await sealedOf(connection, ids, party.report_id);
  const report = { id: party.report_id, identityDigest: party.identity_digest };
  const words = new Set(ids.flatMap((id) => tellingWords(texts.get(id) ?? null)));
  const rows = await planRows(tools, connection, ownerId, report, [...words]);
  const { names, ...attached } = await countAttached(connection, ids, party.report_id);
  const ofParty = await countParty(connection, ids, sealed, party.report_id, kind);
  const counts: ErasureCounts = {
    parties: ids.length,
    ...ofParty,
    ...attached,
    vaultItems: ofParty.vaultItems + names,
    rawRows: rows.going.length,
    rowsSealedAnew: rows.resealed,
  };
  return { ids, sealed, rows, counts };
}

export async function erasePseudonyms(
  { keys, ids: newId, now }: Pick<ActTools, 'keys' | 'ids' | 'now'>,
  connection: Queryable,
  kind: PartyKind,
  ids: readonly string[],
  reportId: string,
): Promise<void> {
  await removeAttached(connection, ids, reportId);
  if (kind === 'subject') await eraseSubjects(connection, ids, reportId, now());
  else await eraseEntities(connection, ids, now());
  await forgetContent(connection, reportId, keys.token('content/erased', newId()));
}

function opened({ keys }: ActTools, item: SealedRow): string | null {
  const key = keyOrNull(keys, item.key_id);
  return key === null ? null : unseal(key, `vault_item/sealed/${item.id}`, item.sealed);
}

function erasingOrganisation({ role, organisationId }: Viewer): string {
  if (role === 'data_officer' && organisationId !== null) return organisationId;
  throw new HeadwaterError(
    'FORBIDDEN',
    `a key of the role ${role} does not erase; ask the data officer of your organisation`,
  );
}
