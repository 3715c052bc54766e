/** Deconfliction: two organisations that plan something near the same place and time are told to talk, and not what. */
import type { Role } from '../../access/roles.ts';
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, HeadwaterError, type Outcome, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { type ActRequest, type DoneOnce, once } from '../../records/acts/once.service.ts';
import { destroyDoomedKeys } from '../../records/erasure/doomed-keys.service.ts';
import { seal, unseal } from '../../vault/sealing.ts';
import { runningAgreement } from '../agreements/agreement-standing.service.ts';
import { lockOpen } from './arrangement.store.ts';
import { livingKey } from './arrangement-key.ts';
import { startOfDay } from './ask.service.ts';
import { contactOf } from './match.service.ts';
import { areNear, type PlannedSpan } from './near.ts';
import {
  countPlanned,
  forgetPlans,
  insertPlan,
  listNotices,
  listPlans,
  lockPlan,
  lockPlanning,
  mutuallyOpen,
  noteTalk,
  type PlanRow,
  withdrawPlan,
} from './plan.store.ts';
import { type PlanSaid, placedPlan } from './plan-terms.ts';

const PLANNERS: readonly Role[] = ['analyst', 'investigator', 'data_officer'];
/** More would be asking where others are. */
const MOST_A_DAY = 20;
const KEPT_DAYS = 30;

/** Throws FORBIDDEN. */
export async function planEvent(
  tools: ImportTools,
  request: ActRequest,
  said: PlanSaid,
): Promise<Outcome<DoneOnce>> {
  planningOrganisation(request.viewer);
  const outcome = await once(tools, request, ['event planned', said], async (connection, now, ownerId) => {
    const placed = placedPlan(said, now);
    if (!placed.accepted) return placed;
    await lockPlanning(connection);
    await forgetPlans(connection, ownerId, KEPT_DAYS, now);
    if ((await countPlanned(connection, ownerId, startOfDay(now))) >= MOST_A_DAY)
      return refuse({ where: 'plan', found: `${MOST_A_DAY} plans today`, wanted: 'fewer: go on tomorrow' });
    const id = tools.ids();
    const sealed = sealedReference(tools, id, said.reference);
    const { position, radiusKm } = placed.value;
    const row = {
      id,
      owner_id: ownerId,
      kind: said.kind,
      longitude: position[0],
      latitude: position[1],
      radius_km: radiusKm,
      starts_at: said.from,
      ends_at: said.to,
      ...sealed,
    };
    await insertPlan(connection, row, request.viewer.keyId, now);
    await leaveTrace(connection, request.viewer, 'event_planned', id, [], now);
    await tellWhoIsNear(tools, connection, request.viewer, { ...row, version: 1 }, now);
    return accept({ recordId: id, version: 1 });
  });
  if (outcome.accepted) await destroyDoomedKeys(tools);
  return outcome;
}

/** Throws FORBIDDEN. */
export async function withdrawEvent(
  tools: ImportTools,
  request: ActRequest,
  id: string,
  version: number,
): Promise<Outcome<DoneOnce>> {
  planningOrganisation(request.viewer);
  const outcome = await once(
    tools,
    request,
    ['event withdrawn', id, version],
    async (connection, now, ownerId) => {
      const plan = isId(id) ? await lockPlan(connection, ownerId, id) : null;
      if (plan === null)
        return refuse({ where: 'id', found: 'nothing of that id', wanted: 'a plan of your organisation' });
      if (plan.version !== version)
        return refuse({ where: 'version', found: `version ${version}`, wanted: `version ${plan.version}` });
      await withdrawPlan(connection, plan, now);
      await leaveTrace(connection, request.viewer, 'event_withdrawn', id, [], now);
      return accept({ recordId: id, version: version + 1 });
    },
  );
  if (outcome.accepted) await destroyDoomedKeys(tools);
  return outcome;
}

/** Of the organisation's own. Throws FORBIDDEN. */
export async function readPlans({ database, keys }: ImportTools, viewer: Viewer) {
  const ownerId = planningOrganisation(viewer);
  const rows = await database.unrestricted('show an organisation its plans', (connection) =>
    listPlans(connection, [ownerId]),
  );
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    kind: row.kind,
    position: { longitude: row.longitude, latitude: row.latitude },
    radiusKm: row.radius_km,
    from: row.starts_at,
    to: row.ends_at,
    reference: referenceOf(keys, row),
  }));
}

/** Whom to call is read anew: nobody's contact outlives what was agreed. Throws FORBIDDEN. */
export function readNotices({ database, keys, now }: ImportTools, viewer: Viewer) {
  const ownerId = planningOrganisation(viewer);
  return database.unrestricted('show an organisation whom to talk to', async (connection) => {
    const notices = [];
    for (const { plan_id, other_id, other, agreement_id, noticed_at } of await listNotices(
      connection,
      ownerId,
    )) {
      const agreement = await runningAgreement(connection, ownerId, agreement_id, now());
      const open = agreement === null ? null : await lockOpen(connection, agreement_id, other_id, ownerId);
      const contact = open === null || livingKey(keys, open.key_id) === null ? null : contactOf(keys, open);
      notices.push({ planId: plan_id, organisation: other, contact, noticedAt: noticed_at });
    }
    return notices;
  });
}

/** Both are told at once, and in one transaction with the plan: nobody learns of the other alone. */
async function tellWhoIsNear(
  { keys }: ImportTools,
  connection: Queryable,
  viewer: Viewer,
  plan: PlanRow,
  now: Date,
): Promise<void> {
  for (const { other_id, agreement_id, key_ids } of await mutuallyOpen(connection, plan.owner_id)) {
    if (key_ids.some((id) => livingKey(keys, id) === null)) continue;
    if ((await runningAgreement(connection, plan.owner_id, agreement_id, now)) === null) continue;
    const near = (await listPlans(connection, [other_id])).filter((theirs) =>
      areNear(spanOf(plan), spanOf(theirs)),
    );
    if (near.length === 0) continue;
    await noteTalk(connection, plan.id, other_id, agreement_id, now);
    for (const theirs of near) await noteTalk(connection, theirs.id, plan.owner_id, agreement_id, now);
    // Once: how many of theirs are near is told in no log.
    await leaveTrace(connection, viewer, 'event_near', plan.id, [other_id], now);
  }
}

const spanOf = ({ longitude, latitude, radius_km, starts_at, ends_at }: PlanRow): PlannedSpan => ({
  position: [longitude, latitude],
  radiusKm: radius_km,
  from: starts_at,
  to: ends_at,
});

const referencePlace = (id: string): string => `planned_event/reference/${id}`;

/** Null too when its key was destroyed. */
function referenceOf(keys: ImportTools['keys'], { id, reference, reference_key }: PlanRow): string | null {
  const key = reference_key === null ? null : livingKey(keys, reference_key);
  return reference === null || key === null ? null : unseal(key, referencePlace(id), reference);
}

function sealedReference({ keys }: ImportTools, id: string, reference: string | null) {
  const text = reference?.trim() ?? '';
  const [made] = text === '' ? [] : keys.create(1);
  if (made === undefined) return { reference: null, reference_key: null };
  return { reference: seal(made.key, referencePlace(id), text), reference_key: made.id };
}

function planningOrganisation({ role, organisationId }: Viewer): string {
  if (PLANNERS.includes(role) && organisationId !== null) return organisationId;
  throw new HeadwaterError(
    'FORBIDDEN',
    `a key of the role ${role} does not plan events; ask your data officer for one that does`,
  );
}

function leaveTrace(
  connection: Queryable,
  { organisationId, keyId }: Viewer,
  action: string,
  id: string,
  others: readonly string[],
  now: Date,
): Promise<void> {
  return recordEvent(connection, now, {
    organisationId,
    keyId,
    action,
    objectKind: 'planned_event',
    // The other organisation reads the event too: not which plan.
    objectIds: others.length > 0 ? [] : [id],
    purpose: null,
    aboutOwnerIds: [...others],
    detail: {},
  });
}
