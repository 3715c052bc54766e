/** Acting on targets: opened, planned, taken over and closed, each once and with its trace. No target leaves its organisation from here. */
import type { ViewerReader } from '../../access/reader.ts';
import { ownClasses } from '../../access/visibility.store.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { serviceKey } from '../../graphql/services.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, HeadwaterError, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { OpenStage, TargetAction, TargetClosing } from '../../kernel/target-words.ts';
import type { Queryable } from '../../platform/database.ts';
import { type ActRequest, type DoneOnce, once } from '../acts/once.service.ts';
import { dayFaults, goneFaults, kindOf, unheldFaults } from './openable.service.ts';
import {
  changeTarget,
  insertTarget,
  lockTarget,
  openOnes,
  type StandingTarget,
  type TargetState,
  whoMadeReady,
} from './target.store.ts';

/** Wired at the start. */
export const TARGET_TOOLS = serviceKey<ImportTools>('targets');

/** The target as the caller read it. */
export interface TargetRead {
  readonly id: string;
  readonly version: number;
}

const MOST_OPEN = 1_000;
/** Who reports at a border has no business with whom an investigation is after. */
const READERS: ReadonlySet<string> = new Set(['analyst', 'investigator', 'data_officer']);
const ABSENT: Reason = { where: 'id', found: 'no such target', wanted: 'a target of your organisation' };

/** Throws FORBIDDEN. */
export function checkReadsTargets({ role }: ActRequest['viewer']): void {
  if (READERS.has(role)) return;
  throw new HeadwaterError(
    'FORBIDDEN',
    `targets are for analysts, investigators and data officers; found a key of the role ${role}`,
  );
}

export async function openTarget(
  tools: ImportTools,
  request: ActRequest,
  reader: ViewerReader,
  said: { readonly entityIds: readonly string[]; readonly action: TargetAction; readonly dueOn: string },
): Promise<Outcome<DoneOnce>> {
  checkReadsTargets(request.viewer);
  const entityIds = [...new Set(said.entityIds.map((id) => id.toLowerCase()))];
  const faults = dayFaults(tools.now(), said.dueOn);
  const kind = await kindOf(reader, said.entityIds);
  return once(
    tools,
    request,
    ['target opened', request.viewer.keyId, said],
    async (connection, now, ownerId) => {
      if (!kind.accepted || faults.length > 0)
        return refuse(...faults, ...(kind.accepted ? [] : kind.reasons));
      const gone = await goneFaults(connection, entityIds);
      if (gone.length > 0) return refuse(...gone);
      const { open, held } = await openOnes(connection, ownerId, entityIds);
      if (held !== null)
        return refuse({
          where: 'entityIds',
          found: `the open target ${held}`,
          wanted: 'what no open target has',
        });
      if (open >= MOST_OPEN)
        return refuse({
          where: 'entityIds',
          found: `${open} open targets`,
          wanted: `${MOST_OPEN} at most: close what is not followed any more`,
        });
      // Withheld: no grant ever reaches it.
      const classes = await ownClasses(connection, ownerId, 'red', ['entity'], true);
      const id = tools.ids();
      const { keyId } = request.viewer;
      const target = { id, ownerId, visibilityClassId: classes.entity, kind: kind.value, entityIds };
      const state = {
        stage: 'lead',
        nextAction: said.action,
        dueOn: said.dueOn,
        responsible: keyId,
        closedFor: null,
      } as const;
      await insertTarget(connection, target, state, { keyId, now });
      await leaveTrace(connection, now, ownerId, request, 'open_target', id, state);
      return accept({ recordId: id, version: 1 });
    },
  );
}

/** How far it is, what is next and by when. */
export async function planTarget(
  tools: ImportTools,
  request: ActRequest,
  reader: ViewerReader,
  target: TargetRead,
  said: { readonly stage: OpenStage; readonly action: TargetAction; readonly dueOn: string },
): Promise<Outcome<DoneOnce>> {
  checkReadsTargets(request.viewer);
  const faults = [
    ...dayFaults(tools.now(), said.dueOn),
    ...(await unheldFaults(reader, target.id, said.stage)),
  ];
  return onTarget(
    tools,
    request,
    ['target planned', request.viewer.keyId, target, said],
    target,
    async (connection, row) => {
      if (faults.length > 0) return refuse(...faults);
      if (said.stage === 'referred' && row.stage !== 'referred') {
        const maker = row.stage === 'ready' ? await whoMadeReady(connection, row.id) : null;
        if (maker === null)
          return refuse({
            where: 'stage',
            found: `a target that is ${row.stage}`,
            wanted: 'one that is ready',
          });
        if (maker === request.viewer.keyId)
          return refuse({
            where: 'stage',
            found: 'whoever called it ready',
            wanted: 'a second person: four eyes before a target is referred',
          });
      }
      const { stage, action, dueOn } = said;
      return accept({ ...row, stage, nextAction: action, dueOn, closedFor: null, act: 'plan_target' });
    },
  );
}

/** From now on whoever asks answers for it. */
export function takeTarget(
  tools: ImportTools,
  request: ActRequest,
  target: TargetRead,
): Promise<Outcome<DoneOnce>> {
  const { keyId } = request.viewer;
  return onTarget(tools, request, ['target taken', keyId, target], target, async (_connection, row) =>
    row.responsible === keyId
      ? refuse({ where: 'id', found: 'a target that is yours', wanted: "a colleague's" })
      : accept({ ...row, responsible: keyId, act: 'take_target' }),
  );
}

export function closeTarget(
  tools: ImportTools,
  request: ActRequest,
  target: TargetRead,
  reason: TargetClosing,
): Promise<Outcome<DoneOnce>> {
  return onTarget(
    tools,
    request,
    ['target closed', request.viewer.keyId, target, reason],
    target,
    async (_connection, row) =>
      accept({ ...row, stage: 'closed', nextAction: null, closedFor: reason, act: 'close_target' }),
  );
}

type Decided = TargetState & { readonly act: string; readonly added?: readonly string[] };

/** One act on a target as the caller read it: decided under its lock, and told. */
export async function onTarget(
  tools: ImportTools,
  request: ActRequest,
  said: readonly unknown[],
  { id, version }: TargetRead,
  decide: (
    connection: Queryable,
    row: StandingTarget & TargetState,
    ownerId: string,
  ) => Promise<Outcome<Decided>>,
): Promise<Outcome<DoneOnce>> {
  checkReadsTargets(request.viewer);
  return once(tools, request, said, async (connection, now, ownerId) => {
    const row = isId(id) ? await lockTarget(connection, ownerId, id) : null;
    if (row === null) return refuse(ABSENT);
    if (row.version !== version)
      return refuse({
        where: 'version',
        found: `version ${version}`,
        wanted: `version ${row.version}, the latest: read it again and repeat`,
      });
    if (row.stage === 'closed')
      return refuse({ where: 'id', found: 'a target that is closed', wanted: 'an open one' });
    const outcome = await decide(connection, row, ownerId);
    if (!outcome.accepted) return outcome;
    const { act, added, ...state } = outcome.value;
    await changeTarget(connection, row.id, state, { keyId: request.viewer.keyId, now }, added);
    await leaveTrace(connection, now, ownerId, request, act, row.id, state);
    return accept({ recordId: row.id, version: row.version + 1 });
  });
}

async function leaveTrace(
  connection: Queryable,
  now: Date,
  organisationId: string,
  { viewer }: ActRequest,
  action: string,
  id: string,
  { stage, nextAction, closedFor }: TargetState,
): Promise<void> {
  await recordEvent(connection, now, {
    organisationId,
    keyId: viewer.keyId,
    action,
    objectKind: 'target',
    objectIds: [id],
    purpose: null,
    detail: {
      stage,
      ...(nextAction === null ? {} : { nextAction }),
      ...(closedFor === null ? {} : { closedFor }),
    },
  });
}
