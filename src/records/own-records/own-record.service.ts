/** Records that stand alone (interdictions, a station's months, weights of red flags) recorded, corrected and withdrawn by hand, each act once. */

import { RECORD_CLASSES } from '../../access/roles.ts';
import { ownClasses } from '../../access/visibility.store.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import type { InterdictionDraft, StatisticsDraft, WeightDraft } from '../../intake/reports/report-draft.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isLower } from '../../kernel/handling.ts';
import type { Handling } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import { type ActRequest, type DoneOnce, once } from '../acts/once.service.ts';
import { withdrawRecord } from '../composition/revision.service.ts';
import { raiseBefore } from '../markings/markings.service.ts';
import { type ActedOn, changeOnce, leaveTrace, type OwnTarget } from './own-act.service.ts';
import { lockByIdentity, lockOwn, type OwnRow, type OwnTable } from './own-record.store.ts';
import { findSeen } from './referred.service.ts';

export type OwnDraft = InterdictionDraft | StatisticsDraft | WeightDraft;

/** What is said of a record, and how it is known again: null where each recording is a record of its own. */
export interface Said<Draft extends OwnDraft = OwnDraft> {
  readonly draft: Draft;
  readonly handling: Handling | null;
  readonly identity: ((ownerId: string) => Uint8Array) | null;
}

const HANDLING: Handling = 'amber';
const TABLE_OF = {
  interdiction: 'interdiction',
  statistics: 'station_month',
  weight: 'red_flag_weight',
} as const;

/** By which fields a record is known again. */
const KNOWN_BY = {
  interdiction: 'id',
  statistics: 'station, monitoringLocation, month',
  weight: 'form, code, validFrom',
} as const;

/** Refuses what is there already; what was withdrawn is said anew as its next version. */
export async function recordOwn(
  tools: ImportTools,
  request: ActRequest,
  said: Said,
): Promise<Outcome<DoneOnce>> {
  const table = TABLE_OF[said.draft.type];
  return once(tools, request, ['recorded', table, said], async (connection, now, ownerId) => {
    const unknown = await referencesUnseen(connection, request, said.draft);
    if (unknown.length > 0) return refuse(...unknown);
    const identity = said.identity?.(ownerId) ?? null;
    const there = identity === null ? null : await lockByIdentity(connection, table, ownerId, identity);
    if (there !== null && there.retracted_at === null)
      return refuse({
        where: KNOWN_BY[said.draft.type],
        found: 'what is told already',
        wanted: 'a correction of it',
      });
    const recordId = there?.id ?? tools.ids();
    const row = {
      id: recordId,
      version: there?.version ?? 0,
      occurrence: 1,
      identity_digest: identity ?? tools.keys.token(`identity/by-hand/${ownerId}`, recordId),
    };
    const version = await write(tools, connection, now, ownerId, said, said.handling ?? HANDLING, row);
    const by = { now, ownerId, keyId: request.viewer.keyId };
    return accept(await leaveTrace(connection, by, 'recorded', table, version, { id: recordId }));
  });
}

/** All of it is said again; what it said stays as its version before. */
export async function correctOwn(
  tools: ImportTools,
  request: ActRequest,
  target: OwnTarget,
  said: Said,
): Promise<Outcome<DoneOnce>> {
  const table = TABLE_OF[said.draft.type];
  const kind = kindOf(table);
  return changeOnce(tools, request, 'corrected', kind, target, [said], async (acting) => {
    const { connection, now, ownerId, row } = acting;
    const unknown = await referencesUnseen(connection, request, said.draft);
    if (unknown.length > 0) return refuse(...unknown);
    const identity = said.identity?.(ownerId) ?? null;
    if (identity !== null && !Buffer.from(identity).equals(Buffer.from(row.identity_digest)))
      return refuse({
        where: KNOWN_BY[said.draft.type],
        found: 'another',
        wanted: 'the same; withdraw this one and record the other',
      });
    const handling = said.handling ?? row.handling;
    await write(tools, connection, now, ownerId, said, handling, row);
    if (isLower(row.handling, handling)) await raiseBefore(connection, table, row.id, handling);
    return accept({});
  });
}

export async function withdrawOwn(
  tools: ImportTools,
  request: ActRequest,
  target: OwnTarget,
  table: OwnTable,
): Promise<Outcome<DoneOnce>> {
  const kind = kindOf(table);
  return changeOnce(tools, request, 'withdrawn', kind, target, [null], async ({ connection, now, row }) => {
    const version = await withdrawRecord(connection, tools.ids, table, row.id, now);
    return version === null ? refuse(kind.absent) : accept({});
  });
}

/** Whoever writes their rows keeps their versions and tells the outbox. */
function kindOf(table: OwnTable): ActedOn<OwnRow> {
  return {
    name: table,
    absent: { where: 'id', found: 'no such record', wanted: 'a record of your organisation' },
    lock: (connection, ownerId, id) => lockOwn(connection, table, ownerId, id),
  };
}

/** Returns the version that came of it. */
async function write(
  { sink, keys }: ImportTools,
  connection: Queryable,
  now: Date,
  ownerId: string,
  { draft }: Said,
  handling: Handling,
  row: Pick<OwnRow, 'id' | 'version' | 'occurrence' | 'identity_digest'>,
): Promise<number> {
  const classes = await ownClasses(connection, ownerId, handling, RECORD_CLASSES);
  const version = row.version + 1;
  await sink.write(connection, { batchId: null, ownerId, classes, handling, pap: 'clear', now }, [
    {
      recordId: row.id,
      decision: version === 1 ? 'accepted' : 'version',
      version,
      occurrence: row.occurrence,
      identityDigest: row.identity_digest,
      contentDigest: keys.token(`content/${ownerId}`, JSON.stringify(draft)),
      draft,
      notes: [],
    },
  ]);
  return version;
}

/** An incident or entity the viewer cannot see is as absent as one that is not there. */
async function referencesUnseen(
  connection: Queryable,
  { viewer }: ActRequest,
  draft: OwnDraft,
): Promise<readonly Reason[]> {
  if (draft.type !== 'interdiction') return [];
  return findSeen(connection, viewer, [
    ['incident', 'incidentIds', draft.incidentIds],
    ['entity', 'entityIds', draft.entityIds],
  ]);
}
