/** Recording, correcting and withdrawing a legal case: each once, in one transaction with its receipt and its audit event. */
import { RECORD_CLASSES } from '../../access/roles.ts';
import { ownClasses } from '../../access/visibility.store.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { ActKind, ChangeReason } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import type { ActTools } from '../acts/act.service.ts';
import { type ActRequest, type DoneOnce, once } from '../acts/once.service.ts';
import { destroyDoomedKeys } from '../erasure/doomed-keys.service.ts';
import type { OwnTarget } from '../own-records/own-record.service.ts';
import { findSeen } from '../own-records/referred.service.ts';
import {
  isHeld,
  lockOwnCase,
  lockReportsOf,
  markWithdrawn,
  type OwnCase,
  retireCase,
  tellCase,
  writeCase,
} from './legal-case.store.ts';
import type { SaidCase } from './said-case.ts';

const ABSENT: Reason = { where: 'id', found: 'no such record', wanted: 'a legal case of your organisation' };

export async function recordCase(
  tools: ActTools,
  request: ActRequest,
  said: SaidCase,
): Promise<Outcome<DoneOnce>> {
  return once(tools, request, ['recorded', 'legal_case', said], async (connection, now, ownerId) => {
    const unseen = await unseenOf(connection, request, said);
    if (unseen.length > 0) return refuse(...unseen);
    const classes = await ownClasses(connection, ownerId, said.handling ?? 'amber', RECORD_CLASSES);
    const done = { recordId: tools.ids(), version: 1 };
    await writeCase(connection, tools.ids, {
      id: done.recordId,
      ownerId,
      classId: classes.entity,
      version: 1,
      said,
      knownFrom: now.toISOString(),
    });
    await leaveTrace(connection, now, request, ownerId, 'recorded', done, null);
    return accept(done);
  });
}

/** All of it is said again; what it said stays as its version before. */
export async function correctCase(
  tools: ActTools,
  request: ActRequest,
  target: OwnTarget,
  said: SaidCase,
): Promise<Outcome<DoneOnce>> {
  return onOwn(tools, request, 'corrected', target, said, async (connection, now, ownerId, row) => {
    const unseen = await unseenOf(connection, request, said);
    if (unseen.length > 0) return refuse(...unseen);
    const classes = await ownClasses(connection, ownerId, said.handling ?? row.handling, RECORD_CLASSES);
    const version = row.version + 1;
    const knownFrom = await retireCase(connection, row.id, tools.ids(), now);
    const whole = { id: row.id, ownerId, classId: classes.entity, version, said, knownFrom };
    await writeCase(connection, tools.ids, whole);
    return accept(version);
  });
}

export async function withdrawCase(
  tools: ActTools,
  request: ActRequest,
  target: OwnTarget,
): Promise<Outcome<DoneOnce>> {
  const work = async (connection: Queryable, now: Date, _owner: string, row: OwnCase) => {
    if (await isHeld(connection, row.id))
      return refuse({
        where: 'id',
        found: 'a legal case under a legal hold',
        wanted: 'the hold lifted first: liftLegalHold',
      });
    const at = await retireCase(connection, row.id, tools.ids(), now);
    await markWithdrawn(connection, row.id, at);
    return accept(row.version + 1);
  };
  const outcome = await onOwn(tools, request, 'withdrawn', target, null, work);
  if (outcome.accepted) await destroyDoomedKeys(tools);
  return outcome;
}

/** What belongs to another organisation, what was withdrawn and what does not exist look alike. */
async function onOwn(
  tools: ActTools,
  request: ActRequest,
  kind: ActKind,
  target: OwnTarget,
  said: SaidCase | null,
  work: (connection: Queryable, now: Date, ownerId: string, row: OwnCase) => Promise<Outcome<number>>,
): Promise<Outcome<DoneOnce>> {
  return once(tools, request, [kind, 'legal_case', target, said], async (connection, now, ownerId) => {
    if (kind === 'withdrawn' && isId(target.id)) await lockReportsOf(connection, target.id);
    const row = isId(target.id) ? await lockOwnCase(connection, ownerId, target.id) : null;
    if (row === null || row.retracted_at !== null) return refuse(ABSENT);
    if (row.version !== target.version) {
      const wanted = `version ${row.version}, the latest: read it again and repeat`;
      return refuse({ where: 'version', found: `version ${target.version}`, wanted });
    }
    const outcome = await work(connection, now, ownerId, row);
    if (!outcome.accepted) return outcome;
    const done = { recordId: row.id, version: outcome.value };
    await leaveTrace(connection, now, request, ownerId, kind, done, target.reason);
    return accept(done);
  });
}

function unseenOf(connection: Queryable, request: ActRequest, said: SaidCase): Promise<readonly Reason[]> {
  return findSeen(connection, request.viewer, [
    ['entity', 'defendantIds', said.defendantIds],
    ['incident', 'incidentIds', said.incidentIds],
    ['report', 'reportIds', said.reportIds],
  ]);
}

async function leaveTrace(
  connection: Queryable,
  now: Date,
  { viewer }: ActRequest,
  ownerId: string,
  kind: ActKind,
  { recordId, version }: DoneOnce,
  reason: ChangeReason | null,
): Promise<void> {
  await tellCase(connection, `legal_case.${kind}`, recordId);
  await recordEvent(connection, now, {
    organisationId: ownerId,
    keyId: viewer.keyId,
    action: kind,
    objectKind: 'legal_case',
    objectIds: [recordId],
    purpose: null,
    detail: reason === null ? { version } : { version, reason },
  });
}
