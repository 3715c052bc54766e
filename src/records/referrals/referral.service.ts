/** Recording, correcting and withdrawing a referral: each once, in one transaction with its receipt and its audit event. */
import { RECORD_CLASSES } from '../../access/roles.ts';
import { ownClasses } from '../../access/visibility.store.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { seal } from '../../vault/sealing.ts';
import type { ActTools } from '../acts/act.service.ts';
import { type ActRequest, type DoneOnce, once } from '../acts/once.service.ts';
import { destroyDoomedKeys } from '../erasure/doomed-keys.service.ts';
import type { OwnTarget } from '../own-records/own-record.service.ts';
import {
  insertReferral,
  insertReferralText,
  lockOwnReferral,
  lockReferred,
  markReferralWithdrawn,
  nextAnswers,
  type OwnReferral,
  retireReferral,
  tellReferral,
} from './referral.store.ts';
import {
  answersOf,
  faultsOf,
  type ReferralAnswers,
  type ReferralTexts,
  type SaidReferral,
} from './said-referral.ts';

/** Where sealed texts stand. */
export const placeOfReferral = (id: string): string => `referral_text/sealed/${id}`;

const ABSENT: Reason = { where: 'id', found: 'no such referral', wanted: 'a referral of your organisation' };

/** Before it leaves: refused while a question is open, or when an answer forbids it. */
export async function recordReferral(
  tools: ActTools,
  request: ActRequest,
  said: SaidReferral,
): Promise<Outcome<DoneOnce>> {
  const faults = faultsOf(said);
  if (faults.length > 0) return refuse(...faults);
  const { answers, texts } = answersOf(said);
  return once(tools, request, ['recorded', 'referral', said], async (connection, now, ownerId) => {
    const aboutId = said.aboutId.toLowerCase();
    const reportId = isId(aboutId) ? await lockReferred(connection, ownerId, said.aboutKind, aboutId) : null;
    if (reportId === null)
      return refuse({
        where: 'aboutId',
        found: `no such ${said.aboutKind}`,
        wanted: 'a record of your organisation that stands',
      });
    // The class of what is never granted.
    const classes = await ownClasses(connection, ownerId, 'red', RECORD_CLASSES);
    const id = tools.ids();
    const { keyId } = request.viewer;
    const referral = {
      id,
      ownerId,
      classId: classes.effort,
      reportId,
      about: said.aboutKind,
      aboutId,
      keyId,
      now,
    };
    await insertReferral(connection, referral, answers);
    await keepTexts(tools, connection, { ownerId, classId: classes.personal, referralId: id }, texts);
    const done = { recordId: id, version: 1 };
    await leaveTrace(connection, now, request, ownerId, 'recorded', done, aboutId, detailOf(answers));
    return accept(done);
  });
}

/** All of it is answered again; what was answered stays as its version before. It stays about what it is about. */
export async function correctReferral(
  tools: ActTools,
  request: ActRequest,
  target: OwnTarget,
  said: SaidReferral,
): Promise<Outcome<DoneOnce>> {
  const faults = faultsOf(said);
  if (faults.length > 0) return refuse(...faults);
  const { answers, texts } = answersOf(said);
  return onOwn(
    tools,
    request,
    'corrected',
    target,
    said,
    detailOf(answers),
    async (connection, now, ownerId, row) => {
      if (said.aboutKind !== row.about_kind || said.aboutId.toLowerCase() !== row.about_id)
        return refuse({
          where: 'aboutId',
          found: 'another record',
          wanted: 'the same; withdraw this one and record the other',
        });
      const at = await retireReferral(connection, tools.ids, row.id, now);
      await nextAnswers(connection, row.id, request.viewer.keyId, at, answers);
      const classes = await ownClasses(connection, ownerId, 'red', RECORD_CLASSES);
      await keepTexts(tools, connection, { ownerId, classId: classes.personal, referralId: row.id }, texts);
      return accept(row.version + 1);
    },
  );
}

/** What was written in any version goes for good, with its keys. A legal hold keeps it. */
export async function withdrawReferral(
  tools: ActTools,
  request: ActRequest,
  target: OwnTarget,
): Promise<Outcome<DoneOnce>> {
  const outcome = await onOwn(
    tools,
    request,
    'withdrawn',
    target,
    null,
    {},
    async (connection, now, _owner, row) => {
      if (row.held)
        return refuse({
          where: 'id',
          found: 'a referral under a legal hold',
          wanted: 'the hold lifted first: liftLegalHold',
        });
      const at = await retireReferral(connection, tools.ids, row.id, now);
      await markReferralWithdrawn(connection, row.id, at);
      return accept(row.version + 1);
    },
  );
  if (outcome.accepted) await destroyDoomedKeys(tools);
  return outcome;
}

async function keepTexts(
  { ids, keys }: Pick<ActTools, 'ids' | 'keys'>,
  connection: Queryable,
  of: { readonly ownerId: string; readonly classId: number; readonly referralId: string },
  texts: ReferralTexts,
): Promise<void> {
  const [made] = keys.create(1);
  if (made === undefined) throw new Error('the key store made no key');
  const id = ids();
  const sealed = seal(made.key, placeOfReferral(id), JSON.stringify(texts));
  await insertReferralText(connection, { ...of, id, keyId: made.id, sealed });
}

/** What belongs to another organisation, what was withdrawn and what does not exist look alike. */
async function onOwn(
  tools: ActTools,
  request: ActRequest,
  kind: 'corrected' | 'withdrawn',
  target: OwnTarget,
  said: SaidReferral | null,
  detail: Readonly<Record<string, string>>,
  work: (connection: Queryable, now: Date, ownerId: string, row: OwnReferral) => Promise<Outcome<number>>,
): Promise<Outcome<DoneOnce>> {
  return once(tools, request, [kind, 'referral', target, said], async (connection, now, ownerId) => {
    const row = isId(target.id) ? await lockOwnReferral(connection, ownerId, target.id) : null;
    if (row === null) return refuse(ABSENT);
    if (row.version !== target.version) {
      const wanted = `version ${row.version}, the latest: read it again and repeat`;
      return refuse({ where: 'version', found: `version ${target.version}`, wanted });
    }
    const outcome = await work(connection, now, ownerId, row);
    if (!outcome.accepted) return outcome;
    const done = { recordId: row.id, version: outcome.value };
    await leaveTrace(connection, now, request, ownerId, kind, done, row.about_id, {
      ...detail,
      reason: target.reason,
    });
    return accept(done);
  });
}

async function leaveTrace(
  connection: Queryable,
  now: Date,
  { viewer }: ActRequest,
  ownerId: string,
  kind: 'recorded' | 'corrected' | 'withdrawn',
  { recordId, version }: DoneOnce,
  aboutId: string,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  await tellReferral(connection, `referral.${kind}`, recordId);
  await recordEvent(connection, now, {
    organisationId: ownerId,
    keyId: viewer.keyId,
    action: kind,
    objectKind: 'referral',
    objectIds: [recordId, aboutId],
    purpose: null,
    detail: { version, ...detail },
  });
}

/** Codes, which say what was answered and of nobody. */
function detailOf({ agencyKind, consent, legalBasis, retaliation, agencyCorruption }: ReferralAnswers) {
  return { agency: agencyKind, consent, basis: legalBasis, retaliation, corruption: agencyCorruption };
}
