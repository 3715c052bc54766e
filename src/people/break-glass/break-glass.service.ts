/** Breaking the glass: a permission taken for a while and one case, with a second person told, a trace at both ends and a review. */
import type { Viewer } from '../../access/viewer.ts';
import { serviceKey } from '../../graphql/services.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { type ActRequest, type DoneOnce, once } from '../../records/acts/once.service.ts';
import { caseTokenOf } from '../../records/personal/personal.service.ts';
import { findSecondPerson } from '../accounts/colleague.service.ts';
import {
  countSince,
  endGlass,
  type GlassRow,
  insertGlass,
  listGlasses,
  lockActor,
  lockGlass,
  setReview,
} from './break-glass.store.ts';
import type { BreakGlassNotice } from './break-glass.type.ts';
import { leaveTrace, writeLapsed } from './glass-trace.service.ts';
import { type GlassReason, MOST_A_DAY, MOST_MINUTES, MOST_OF_ALL } from './glass-words.ts';

export interface SaidGlass {
  readonly reason: GlassReason;
  readonly caseReference: string;
  readonly minutes: number;
  /** Id of an account or key of a second person. */
  readonly tell: string;
}

/** Wired at the start. */
export const GLASS_TOOLS = serviceKey<ImportTools>('break glass');

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ABSENT: Reason = {
  where: 'id',
  found: 'nothing of that id',
  wanted: 'one that you broke or were told of',
};

/** Throws FORBIDDEN for roles that never record, BAD_INPUT without a case reference. */
export async function breakGlass(
  tools: ImportTools,
  request: ActRequest,
  said: SaidGlass,
): Promise<Outcome<DoneOnce>> {
  const { viewer } = request;
  return once(tools, request, ['glass broken', said], async (connection, now, organisationId) => {
    const case_token = caseTokenOf(tools.keys, organisationId, said.caseReference);
    await writeLapsed(connection, organisationId, now);
    const faults = await faultsOf(connection, viewer, said, organisationId, now);
    if (faults.length > 0) return refuse(...faults);
    const glass = {
      id: tools.ids(),
      organisation_id: organisationId,
      actor_id: viewer.keyId,
      told_id: said.tell.toLowerCase(),
      reason: said.reason,
      case_token,
      began_at: now,
      ends_at: new Date(now.getTime() + said.minutes * MINUTE_MS),
    };
    await insertGlass(connection, glass);
    await leaveTrace(connection, now, glass, viewer.keyId, 'begun', {
      reason: said.reason,
      minutes: said.minutes,
      told: glass.told_id,
      case: Buffer.from(case_token).toString('hex'),
    });
    return accept({ recordId: glass.id, version: 1 });
  });
}

/** Early, by whoever broke it, was told of it, or is data officer. */
export async function endBreakGlass(
  tools: ImportTools,
  request: ActRequest,
  id: string,
  version: number,
): Promise<Outcome<DoneOnce>> {
  return onGlass(tools, request, ['glass ended', id, version], id, version, async (connection, now, row) => {
    if (row.ended_at !== null)
      return refuse({ where: 'id', found: 'one that ended', wanted: 'one that is open' });
    const next = await endGlass(connection, row.id, now, request.viewer.keyId);
    const by = request.viewer.keyId === row.actor_id ? 'actor' : 'other';
    await leaveTrace(connection, now, row, request.viewer.keyId, 'ended', { by });
    return accept(next);
  });
}

/** Afterwards, by whoever was told, or a data officer who did not break it. */
export async function reviewBreakGlass(
  tools: ImportTools,
  request: ActRequest,
  id: string,
  version: number,
  justified: boolean,
): Promise<Outcome<DoneOnce>> {
  const said = ['glass reviewed', id, version, justified];
  return onGlass(tools, request, said, id, version, async (connection, now, row) => {
    if (row.actor_id === request.viewer.keyId)
      return refuse({
        where: 'id',
        found: 'one that you broke yourself',
        wanted: 'the one you told to review it',
      });
    if (row.ended_at === null)
      return refuse({ where: 'id', found: 'one that is open', wanted: 'one that ended: endBreakGlass' });
    if (row.reviewed_at !== null)
      return refuse({ where: 'id', found: 'one that was reviewed', wanted: 'one that was not' });
    const next = await setReview(connection, row.id, now, request.viewer.keyId, justified);
    await leaveTrace(connection, now, row, request.viewer.keyId, 'reviewed', { justified });
    return accept(next);
  });
}

/** Those one broke or was told of; for data officers all of the organisation. Nothing for whoever belongs to none. */
export async function readNotices(
  { database, now: clock }: ImportTools,
  viewer: Viewer,
): Promise<readonly BreakGlassNotice[]> {
  const { organisationId } = viewer;
  if (organisationId === null) return [];
  const now = clock();
  return database.unrestricted('show who broke the glass', async (connection) => {
    await writeLapsed(connection, organisationId, now);
    const rows = await listGlasses(
      connection,
      organisationId,
      viewer.role === 'data_officer' ? null : viewer.keyId,
    );
    return rows.map((row) => ({
      id: row.id,
      version: row.version,
      state: row.reviewed_at !== null ? 'reviewed' : row.ended_at !== null ? 'ended' : 'open',
      reason: row.reason,
      by: row.actor_id,
      told: row.told_id,
      caseDigest: Buffer.from(row.case_token).toString('hex'),
      beganAt: row.began_at,
      endsAt: row.ends_at,
      endedAt: row.ended_at,
      endedBy: row.ended_by,
      openings: row.openings,
      reviewedAt: row.reviewed_at,
      reviewedBy: row.reviewed_by,
      justified: row.justified,
    }));
  });
}

async function faultsOf(
  connection: Queryable,
  { vaultPermission, keyId }: Viewer,
  { minutes, tell }: SaidGlass,
  organisationId: string,
  now: Date,
): Promise<readonly Reason[]> {
  const faults: Reason[] = [];
  if (vaultPermission)
    faults.push({
      where: 'permission',
      found: 'a vault permission',
      wanted: 'none: personal fields open with it',
    });
  if (!(Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES))
    faults.push({ where: 'minutes', found: String(minutes), wanted: `1 to ${MOST_MINUTES}` });
  if (!isId(tell) || !(await findSecondPerson(connection, organisationId, tell, keyId, now)))
    faults.push({
      where: 'tell',
      found: 'no second person of that id',
      wanted:
        'an account of your organisation that somebody else took up and that you did not invite; where there is none, a key of a data officer that is not yours',
    });
  const before = await lockActor(connection, keyId, new Date(now.getTime() - DAY_MS));
  if (before.some(({ ended_at }) => ended_at === null))
    faults.push({
      where: 'permission',
      found: 'a glass that is broken already',
      wanted: 'that one ended first: endBreakGlass',
    });
  if (before.length >= MOST_A_DAY)
    faults.push({
      where: 'permission',
      found: `${before.length} in the last 24 hours`,
      wanted: `${MOST_A_DAY} at most; ask a data officer`,
    });
  // Whoever holds several keys is several, for all the hub knows.
  const all = await countSince(connection, organisationId, new Date(now.getTime() - DAY_MS));
  if (all >= MOST_OF_ALL)
    faults.push({
      where: 'permission',
      found: `${all} of your organisation in the last 24 hours`,
      wanted: `${MOST_OF_ALL} at most; ask somebody who has the vault permission`,
    });
  return faults;
}

async function onGlass(
  tools: ImportTools,
  request: ActRequest,
  said: readonly unknown[],
  id: string,
  version: number,
  work: (connection: Queryable, now: Date, row: GlassRow) => Promise<Outcome<number>>,
): Promise<Outcome<DoneOnce>> {
  return once(tools, request, said, async (connection, now, organisationId) => {
    await writeLapsed(connection, organisationId, now);
    const row = isId(id) ? await lockGlass(connection, organisationId, id) : null;
    const { keyId, role } = request.viewer;
    if (row === null || !(role === 'data_officer' || keyId === row.actor_id || keyId === row.told_id))
      return refuse(ABSENT);
    if (row.version !== version)
      return refuse({
        where: 'version',
        found: `version ${version}`,
        wanted: `version ${row.version}, the latest: read it again and repeat`,
      });
    const outcome = await work(connection, now, row);
    return outcome.accepted ? accept({ recordId: row.id, version: outcome.value }) : outcome;
  });
}
