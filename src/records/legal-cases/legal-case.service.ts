/** Recording, correcting and withdrawing a legal case: each once, in one transaction with its receipt and its audit event. */

import { RECORD_CLASSES } from '../../access/roles.ts';
import { ownClasses } from '../../access/visibility.store.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isLower } from '../../kernel/handling.ts';
import type { Queryable } from '../../platform/database.ts';
import type { ActTools } from '../acts/act.service.ts';
import type { ActRequest, DoneOnce } from '../acts/once.service.ts';
import { raiseBefore } from '../markings/markings.service.ts';
import {
  correctOnce,
  type OwnKind,
  type OwnTarget,
  recordOnce,
  withdrawOnce,
} from '../own-records/own-act.service.ts';
import { findSeen } from '../own-records/referred.service.ts';
import {
  dropWithCase,
  isHeld,
  lockOwnCase,
  lockReportsOf,
  type OwnCase,
  writeCase,
} from './legal-case.store.ts';
import type { SaidCase } from './said-case.ts';

const CASE: OwnKind<OwnCase> = {
  name: 'legal_case',
  table: 'legal_case',
  absent: { where: 'id', found: 'no such record', wanted: 'a legal case of your organisation' },
  lock: async (connection, ownerId, id, change) => {
    if (change === 'withdrawn') await lockReportsOf(connection, id);
    return lockOwnCase(connection, ownerId, id);
  },
  held: 'a legal case under a legal hold',
  isHeld: (connection, { id }) => isHeld(connection, id),
  drop: dropWithCase,
};

export async function recordCase(
  tools: ActTools,
  request: ActRequest,
  said: SaidCase,
): Promise<Outcome<DoneOnce>> {
  return recordOnce(tools, request, 'legal_case', [said], async (connection, now, ownerId) => {
    const unseen = await unseenOf(connection, request, said);
    if (unseen.length > 0) return refuse(...unseen);
    const classes = await ownClasses(connection, ownerId, said.handling ?? 'amber', RECORD_CLASSES);
    const id = tools.ids();
    await writeCase(connection, tools.ids, {
      id,
      ownerId,
      classId: classes.entity,
      version: 1,
      said,
      knownFrom: now.toISOString(),
    });
    return accept({ id });
  });
}

/** All of it is said again; what it said stays as its version before. */
export function correctCase(
  tools: ActTools,
  request: ActRequest,
  target: OwnTarget,
  said: SaidCase,
): Promise<Outcome<DoneOnce>> {
  return correctOnce(tools, request, CASE, target, said, async ({ connection, ownerId, row }, retire) => {
    const unseen = await unseenOf(connection, request, said);
    if (unseen.length > 0) return refuse(...unseen);
    const handling = said.handling ?? row.handling;
    const classes = await ownClasses(connection, ownerId, handling, RECORD_CLASSES);
    await writeCase(connection, tools.ids, {
      id: row.id,
      ownerId,
      classId: classes.entity,
      version: row.version + 1,
      said,
      knownFrom: await retire(),
    });
    if (isLower(row.handling, handling)) await raiseBefore(connection, 'legal_case', row.id, handling);
    return accept({});
  });
}

export function withdrawCase(
  tools: ActTools,
  request: ActRequest,
  target: OwnTarget,
): Promise<Outcome<DoneOnce>> {
  return withdrawOnce(tools, request, CASE, target);
}

function unseenOf(connection: Queryable, request: ActRequest, said: SaidCase): Promise<readonly Reason[]> {
  return findSeen(connection, request.viewer, [
    ['entity', 'defendantIds', said.defendantIds],
    ['incident', 'incidentIds', said.incidentIds],
    ['report', 'reportIds', said.reportIds],
  ]);
}
