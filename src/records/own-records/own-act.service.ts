/** Acts on an own record that no file brings: each once, on the version that was read, in one transaction with its receipt and its trace. */
import { recordEvent } from '../../audit/audit.store.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { ChangeReason } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import type { ActTools } from '../acts/act.service.ts';
import { type ActRequest, type DoneOnce, once } from '../acts/once.service.ts';
import { destroyDoomedKeys } from '../erasure/doomed-keys.service.ts';
import { markWithdrawn, retireVersion, tellOutbox, type VersionedTable } from './own-version.store.ts';

/** The record as the caller last saw it. */
export interface OwnTarget {
  readonly id: string;
  readonly version: number;
  readonly reason: ChangeReason;
}

export interface Standing {
  readonly id: string;
  readonly version: number;
}

type Change = 'corrected' | 'withdrawn';

/** For the audit log: codes and ids, never what somebody wrote. */
export type Detail = Readonly<Record<string, string | number>>;

/** What acts on one kind of record have of their own. */
export interface OwnKind<Row extends Standing> {
  /** In the audit log and in the outbox. */
  readonly name: string;
  readonly table: VersionedTable;
  readonly absent: Reason;
  /** One that stands, locked until the transaction ends with what a hold on it would lock; null for another organisation's too. */
  readonly lock: (connection: Queryable, ownerId: string, id: string, change: Change) => Promise<Row | null>;
  /** Ids its trace names besides its own. */
  readonly alsoNames?: (row: Row) => readonly string[];
  /** As a record that a legal hold keeps is called. */
  readonly held: string;
  readonly isHeld: (connection: Queryable, row: Row) => Promise<boolean>;
  /** What goes for good with a withdrawal, in every version; its keys are doomed. */
  readonly drop: (connection: Queryable, id: string, at: string) => Promise<void>;
}

interface Acting<Row> {
  readonly connection: Queryable;
  readonly ownerId: string;
  readonly row: Row;
  /** What it says becomes a version of the past. Returns when the next one begins. */
  readonly retire: () => Promise<string>;
}

/** `said`: all that makes the request the same request. */
export function recordOnce(
  tools: ActTools,
  request: ActRequest,
  name: string,
  said: readonly unknown[],
  work: (
    connection: Queryable,
    now: Date,
    ownerId: string,
  ) => Promise<
    Outcome<{ readonly id: string; readonly alsoNames?: readonly string[]; readonly detail?: Detail }>
  >,
): Promise<Outcome<DoneOnce>> {
  return once(tools, request, ['recorded', name, ...said], async (connection, now, ownerId) => {
    const outcome = await work(connection, now, ownerId);
    if (!outcome.accepted) return outcome;
    const { id, alsoNames = [], detail = {} } = outcome.value;
    const done = { recordId: id, version: 1 };
    await leaveTrace(connection, now, request, ownerId, 'recorded', name, done, alsoNames, detail);
    return accept(done);
  });
}

/** It is said anew; what it said stays as its version before. */
export function correctOnce<Row extends Standing>(
  tools: ActTools,
  request: ActRequest,
  kind: OwnKind<Row>,
  target: OwnTarget,
  said: unknown,
  work: (acting: Acting<Row>) => Promise<Outcome<Detail>>,
): Promise<Outcome<DoneOnce>> {
  return changeOnce(tools, request, 'corrected', kind, target, [said], work);
}

/** Unless a legal hold keeps it: what goes with it goes for good, with its keys. */
export async function withdrawOnce<Row extends Standing>(
  tools: ActTools,
  request: ActRequest,
  kind: OwnKind<Row>,
  target: OwnTarget,
  said: readonly unknown[] = [null],
): Promise<Outcome<DoneOnce>> {
  const outcome = await changeOnce(
    tools,
    request,
    'withdrawn',
    kind,
    target,
    said,
    async ({ connection, row, retire }) => {
      if (await kind.isHeld(connection, row))
        return refuse({ where: 'id', found: kind.held, wanted: 'the hold lifted first: liftLegalHold' });
      const at = await retire();
      await kind.drop(connection, row.id, at);
      await markWithdrawn(connection, kind.table, row.id, at);
      return accept({});
    },
  );
  if (outcome.accepted) await destroyDoomedKeys(tools);
  return outcome;
}

/** What belongs to another organisation, what was withdrawn and what does not exist look alike. */
function changeOnce<Row extends Standing>(
  tools: ActTools,
  request: ActRequest,
  change: Change,
  kind: OwnKind<Row>,
  target: OwnTarget,
  said: readonly unknown[],
  work: (acting: Acting<Row>) => Promise<Outcome<Detail>>,
): Promise<Outcome<DoneOnce>> {
  const { name, table, absent } = kind;
  return once(tools, request, [change, name, target, ...said], async (connection, now, ownerId) => {
    const row = isId(target.id) ? await kind.lock(connection, ownerId, target.id, change) : null;
    if (row === null) return refuse(absent);
    if (row.version !== target.version) {
      const wanted = `version ${row.version}, the latest: read it again and repeat`;
      return refuse({ where: 'version', found: `version ${target.version}`, wanted });
    }
    const retire = () => retireVersion(connection, tools.ids, table, row.id, now);
    const outcome = await work({ connection, ownerId, row, retire });
    if (!outcome.accepted) return outcome;
    const done = { recordId: row.id, version: row.version + 1 };
    const detail = { ...outcome.value, reason: target.reason };
    const alsoNames = kind.alsoNames?.(row) ?? [];
    await leaveTrace(connection, now, request, ownerId, change, name, done, alsoNames, detail);
    return accept(done);
  });
}

async function leaveTrace(
  connection: Queryable,
  now: Date,
  { viewer }: ActRequest,
  ownerId: string,
  act: 'recorded' | Change,
  name: string,
  { recordId, version }: DoneOnce,
  alsoNames: readonly string[],
  detail: Detail,
): Promise<void> {
  await tellOutbox(connection, `${name}.${act}`, recordId);
  await recordEvent(connection, now, {
    organisationId: ownerId,
    keyId: viewer.keyId,
    action: act,
    objectKind: name,
    objectIds: [recordId, ...alsoNames],
    purpose: null,
    detail: { version, ...detail },
  });
}
