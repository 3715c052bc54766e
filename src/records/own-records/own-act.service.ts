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
export interface ActedOn<Row extends Standing> {
  /** In the audit log and in the outbox. */
  readonly name: string;
  readonly absent: Reason;
  /** One that stands, locked until the transaction ends with what a hold on it would lock; null for another organisation's too. */
  readonly lock: (connection: Queryable, ownerId: string, id: string, change: Change) => Promise<Row | null>;
  /** Ids its trace names besides its own. */
  readonly alsoNames?: (row: Row) => readonly string[];
}

/** And, where its versions are kept here. */
export interface OwnKind<Row extends Standing> extends ActedOn<Row> {
  readonly table: VersionedTable;
  /** As a record that a legal hold keeps is called. */
  readonly held: string;
  readonly isHeld: (connection: Queryable, row: Row) => Promise<boolean>;
  /** What goes for good with a withdrawal, in every version; its keys are doomed. */
  readonly drop: (connection: Queryable, id: string, at: string) => Promise<void>;
}

interface Acting<Row> {
  readonly connection: Queryable;
  readonly now: Date;
  readonly ownerId: string;
  readonly row: Row;
}

/** What came of an act, for its trace. */
export interface Told {
  readonly id: string;
  readonly alsoNames?: readonly string[];
  readonly detail?: Detail;
}

/** `said`: all that makes the request the same request. */
export function recordOnce(
  tools: ActTools,
  request: ActRequest,
  name: string,
  said: readonly unknown[],
  work: (connection: Queryable, now: Date, ownerId: string) => Promise<Outcome<Told>>,
): Promise<Outcome<DoneOnce>> {
  return once(tools, request, ['recorded', name, ...said], async (connection, now, ownerId) => {
    const outcome = await work(connection, now, ownerId);
    if (!outcome.accepted) return outcome;
    await tellOutbox(connection, `${name}.recorded`, outcome.value.id);
    const by = { now, ownerId, keyId: request.viewer.keyId };
    return accept(await leaveTrace(connection, by, 'recorded', name, 1, outcome.value));
  });
}

/** It is said anew; `retire` makes what it said a version of the past, and answers when the next one begins. */
export function correctOnce<Row extends Standing>(
  tools: ActTools,
  request: ActRequest,
  kind: OwnKind<Row>,
  target: OwnTarget,
  said: unknown,
  work: (acting: Acting<Row>, retire: () => Promise<string>) => Promise<Outcome<Detail>>,
): Promise<Outcome<DoneOnce>> {
  return changeOnce(tools, request, 'corrected', kind, target, [said], async (acting) => {
    const { connection, row, now } = acting;
    const retire = () => retireVersion(connection, tools.ids, kind.table, row.id, now);
    const outcome = await work(acting, retire);
    if (outcome.accepted) await tellOutbox(connection, `${kind.name}.corrected`, row.id);
    return outcome;
  });
}

/** What goes with it goes for good, with its keys; a legal hold keeps it. */
export async function withdrawOnce<Row extends Standing>(
  tools: ActTools,
  request: ActRequest,
  kind: OwnKind<Row>,
  target: OwnTarget,
  said: readonly unknown[] = [null],
): Promise<Outcome<DoneOnce>> {
  const withdraw = async ({ connection, row, now }: Acting<Row>): Promise<Outcome<Detail>> => {
    if (await kind.isHeld(connection, row))
      return refuse({ where: 'id', found: kind.held, wanted: 'the hold lifted first: liftLegalHold' });
    const at = await retireVersion(connection, tools.ids, kind.table, row.id, now);
    await kind.drop(connection, row.id, at);
    await markWithdrawn(connection, kind.table, row.id, at);
    await tellOutbox(connection, `${kind.name}.withdrawn`, row.id);
    return accept({});
  };
  const outcome = await changeOnce(tools, request, 'withdrawn', kind, target, said, withdraw);
  if (outcome.accepted) await destroyDoomedKeys(tools);
  return outcome;
}

/** What belongs to another organisation, what was withdrawn and what does not exist look alike. */
export function changeOnce<Row extends Standing>(
  tools: ActTools,
  request: ActRequest,
  change: Change,
  kind: ActedOn<Row>,
  target: OwnTarget,
  said: readonly unknown[],
  work: (acting: Acting<Row>) => Promise<Outcome<Detail>>,
): Promise<Outcome<DoneOnce>> {
  const { name, absent } = kind;
  return once(tools, request, [change, name, target, ...said], async (connection, now, ownerId) => {
    const row = isId(target.id) ? await kind.lock(connection, ownerId, target.id, change) : null;
    if (row === null) return refuse(absent);
    if (row.version !== target.version) {
      const wanted = `version ${row.version}, the latest: read it again and repeat`;
      return refuse({ where: 'version', found: `version ${target.version}`, wanted });
    }
    const outcome = await work({ connection, now, ownerId, row });
    if (!outcome.accepted) return outcome;
    const detail = { ...outcome.value, reason: target.reason };
    const told = { id: row.id, alsoNames: kind.alsoNames?.(row) ?? [], detail };
    const by = { now, ownerId, keyId: request.viewer.keyId };
    return accept(await leaveTrace(connection, by, change, name, row.version + 1, told));
  });
}

export async function leaveTrace(
  connection: Queryable,
  by: { readonly now: Date; readonly ownerId: string; readonly keyId: string },
  act: 'recorded' | Change,
  name: string,
  version: number,
  { id, alsoNames = [], detail = {} }: Told,
): Promise<DoneOnce> {
  await recordEvent(connection, by.now, {
    organisationId: by.ownerId,
    keyId: by.keyId,
    action: act,
    objectKind: name,
    objectIds: [id, ...alsoNames],
    purpose: null,
    detail: { version, ...detail },
  });
  return { recordId: id, version };
}
