/** Purging what is due: reports whole and rows that waited, in steps that each stand alone, so that one cut short is gone on with. */
import { recordEvent } from '../../audit/audit.store.ts';
import { holdImports } from '../../intake/imports/import-lease.service.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import type { Queryable } from '../../platform/database.ts';
import {
  purgeReports,
  purgeWaiting,
  type RemovedRows,
  recordPurge,
  weighPurge,
} from '../erasure/purge-reports.service.ts';
import { sealStaleBatches } from '../erasure/stale-batches.service.ts';
import { dayOf } from './decide.service.ts';
import {
  countDue,
  type DueCount,
  type DueItem,
  findPurgeable,
  lockItems,
  tellPurged,
} from './retention.store.ts';
import type { RetentionClass } from './retention-words.ts';

export interface PurgeResult {
  /** Reports, and imports whose waiting rows went, by class. */
  readonly items: Readonly<Partial<Record<RetentionClass, number>>>;
  /** Rows by table. */
  readonly rows: RemovedRows;
  /** What is due to be purged and still there. */
  readonly remaining: number;
  /** What would be purged but for a legal hold. */
  readonly held: number;
  /** What is due and waits for a person. */
  readonly toReview: number;
}

export interface PurgeAsk {
  readonly ownerId: string;
  /** Null: a command of the operator. */
  readonly keyId: string | null;
  readonly dryRun: boolean;
  /** At most so many reports and imports; null: all of them. */
  readonly atMost: number | null;
}

/** In one transaction; more would keep imports of the organisation waiting. */
const ITEMS_AT_ONCE = 200;

/** Throws BUSY while the organisation imports. Nothing that is held, or that a person has to look at, is touched. */
export async function purgeDue(tools: ImportTools, ask: PurgeAsk): Promise<PurgeResult> {
  const today = dayOf(tools.now());
  if (ask.dryRun) return weigh(tools, ask, today);
  const items: Partial<Record<RetentionClass, number>> = {};
  const rows: Record<string, number> = {};
  for (let left = ask.atMost ?? Number.POSITIVE_INFINITY; left > 0; ) {
    const step = await purgeStep(tools, ask, today, Math.min(left, ITEMS_AT_ONCE));
    if (step.taken.length === 0) break;
    left -= step.taken.length;
    for (const { record_class } of step.taken) items[record_class] = (items[record_class] ?? 0) + 1;
    for (const [table, n] of Object.entries(step.removed)) rows[table] = (rows[table] ?? 0) + n;
  }
  await sealStaleBatches(tools);
  const due = await tools.database.unrestricted('count what is due', (connection) =>
    countDue(connection, ask.ownerId, today),
  );
  return { items, rows, ...restOf(due) };
}

async function weigh(
  tools: ImportTools,
  { ownerId, keyId, atMost }: PurgeAsk,
  today: string,
): Promise<PurgeResult> {
  return tools.database.unrestricted('weigh a purge', async (connection) => {
    const among = { atMost, among: null };
    const due = await findPurgeable(connection, ownerId, today, among);
    const rows = await weighPurge(connection, ofKind(due, 'report'), ofKind(due, 'import'));
    const items: Partial<Record<RetentionClass, number>> = {};
    for (const { record_class } of due) items[record_class] = (items[record_class] ?? 0) + 1;
    await trace(connection, tools.now(), { ownerId, keyId }, 'weigh_purge', [], { items: due.length });
    return { items, rows, ...restOf(await countDue(connection, ownerId, today)) };
  });
}

interface Step {
  readonly taken: readonly DueItem[];
  readonly removed: RemovedRows;
}

async function purgeStep(
  tools: ImportTools,
  { ownerId, keyId }: PurgeAsk,
  today: string,
  atMost: number,
): Promise<Step> {
  return tools.database.unrestricted('purge what is due', async (connection): Promise<Step> => {
    await holdImports(connection, ownerId);
    const due = await findPurgeable(connection, ownerId, today, { atMost, among: null });
    if (due.length === 0) return { taken: [], removed: {} };
    await lockItems(connection, due);
    // Asked again under the locks: whoever places a hold or extends takes them too.
    const among = due.map(({ id }) => id);
    const taken = await findPurgeable(connection, ownerId, today, { atMost: null, among });
    const reportIds = ofKind(taken, 'report');
    const reports = await purgeReports(tools, connection, ownerId, reportIds);
    const waiting = await purgeWaiting(tools, connection, ownerId, ofKind(taken, 'import'));
    const removed = sum(reports.removed, waiting.removed);
    await tellPurged(connection, reportIds);
    const at = tools.now();
    await trace(
      connection,
      at,
      { ownerId, keyId },
      'purge',
      taken.map(({ id }) => id),
      removed,
    );
    await recordPurge(tools, connection, [...reports.lines, ...waiting.lines]);
    return { taken, removed };
  });
}

const ofKind = (items: readonly DueItem[], kind: DueItem['object_kind']): readonly string[] =>
  items.filter(({ object_kind }) => object_kind === kind).map(({ id }) => id);

function sum(one: RemovedRows, other: RemovedRows): RemovedRows {
  const all: Record<string, number> = { ...one };
  for (const [table, n] of Object.entries(other)) all[table] = (all[table] ?? 0) + n;
  return all;
}

function restOf(due: readonly DueCount[]): Pick<PurgeResult, 'remaining' | 'held' | 'toReview'> {
  const count = (which: (each: DueCount) => boolean): number =>
    due.filter(which).reduce((total, { n }) => total + n, 0);
  return {
    remaining: count(({ action, held }) => action === 'purge' && !held),
    held: count(({ action, held }) => action === 'purge' && held),
    toReview: count(({ action }) => action === 'review'),
  };
}

async function trace(
  connection: Queryable,
  now: Date,
  { ownerId, keyId }: Pick<PurgeAsk, 'ownerId' | 'keyId'>,
  action: string,
  objectIds: readonly string[],
  detail: Readonly<Record<string, number>>,
): Promise<void> {
  await recordEvent(connection, now, {
    organisationId: ownerId,
    keyId,
    action,
    objectKind: 'record',
    objectIds,
    purpose: null,
    detail,
  });
}
