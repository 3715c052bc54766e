/** Adding to the custody log of an exhibit: after what was read, in order of time, from whoever keeps it by the log. */
import { RECORD_CLASSES } from '../../access/roles.ts';
import { ownClasses } from '../../access/visibility.store.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { seal } from '../../vault/sealing.ts';
import type { ActTools } from '../acts/act.service.ts';
import { type ActRequest, type DoneOnce, once } from '../acts/once.service.ts';
import { type ChainedEntry, entryHash, headOf, NOTHING_BEFORE } from './custody-chain.ts';
import {
  appendEntry,
  insertNames,
  lockOwnExhibit,
  type OwnExhibit,
  readLog,
  setHead,
  tellExhibit,
} from './exhibit.store.ts';
import type { Custodian, SaidCustody } from './said-exhibit.ts';

/** `after`: the number of the last entry that was read. The outcome's version is the number of the new one. */
export async function addCustodyEntry(
  tools: ActTools,
  request: ActRequest,
  target: { readonly exhibitId: string; readonly after: number },
  said: SaidCustody,
): Promise<Outcome<DoneOnce>> {
  const { exhibitId, after } = target;
  return once(tools, request, ['custody', target, said], async (connection, now, ownerId) => {
    const row = isId(exhibitId) ? await lockOwnExhibit(connection, ownerId, exhibitId) : null;
    if (row === null) {
      const wanted = 'an exhibit of your organisation that stands';
      return refuse({ where: 'exhibitId', found: 'no such exhibit', wanted });
    }
    const { length } = await readLog(connection, row.id);
    if (length !== after) {
      const wanted = `entry ${length}, the last: read the log again and repeat`;
      return refuse({ where: 'after', found: `entry ${after}`, wanted });
    }
    const { keyId } = request.viewer;
    const added = await addEntry(tools, connection, { ownerId, now, keyId }, row, said);
    if (!added.accepted) return added;
    await tellExhibit(connection, 'exhibit.custody', row.id);
    await recordEvent(connection, now, {
      organisationId: ownerId,
      keyId,
      action: 'custody',
      objectKind: 'exhibit',
      objectIds: [row.id],
      purpose: null,
      detail: { entry: added.value, kind: said.kind },
    });
    return accept({ recordId: row.id, version: added.value });
  });
}

/** Inside the caller's transaction, which holds the exhibit. Returns the entry's number. */
export async function addEntry(
  { ids, keys }: Pick<ActTools, 'ids' | 'keys'>,
  connection: Queryable,
  by: { readonly ownerId: string; readonly now: Date; readonly keyId: string },
  exhibit: Pick<OwnExhibit, 'id' | 'visibility_class_id'>,
  said: SaidCustody,
): Promise<Outcome<number>> {
  const log = await readLog(connection, exhibit.id);
  const last = log.at(-1) ?? null;
  const from = giverOf(log, said);
  if (!from.accepted) return from;
  if (last === null && said.kind !== 'received')
    return refuse({ where: 'received.kind', found: said.kind, wanted: 'received' });
  if (last?.kind === 'destroyed')
    return refuse({
      where: 'exhibitId',
      found: 'an exhibit that was destroyed',
      wanted: 'one that is there',
    });
  if (last !== null && said.occurredAt.getTime() < last.occurred_at.getTime()) {
    const wanted = `${last.occurred_at.toISOString()} or later, as the entry before it`;
    return refuse({ where: 'occurredAt', found: said.occurredAt.toISOString(), wanted });
  }
  const entry: ChainedEntry = {
    ordinal: log.length + 1,
    kind: said.kind,
    occurred_at: said.occurredAt,
    from_role: from.value?.role ?? null,
    from_reference: from.value?.reference ?? null,
    to_role: said.to?.role ?? null,
    to_reference: said.to?.reference ?? null,
    sha256: said.sha256 === null ? null : Buffer.from(said.sha256, 'hex'),
    recorded_by: by.keyId,
    recorded_at: by.now,
  };
  const previous = last?.hash ?? NOTHING_BEFORE;
  const hash = entryHash(keys, by.ownerId, exhibit.id, entry, previous);
  const place = { ownerId: by.ownerId, classId: exhibit.visibility_class_id, exhibitId: exhibit.id };
  await appendEntry(connection, { ...place, id: ids() }, { ...entry, previous_hash: previous, hash });
  await setHead(connection, exhibit.id, headOf(keys, by.ownerId, exhibit.id, entry.ordinal, hash));
  if (said.names !== null) {
    const classes = await ownClasses(connection, by.ownerId, 'red', RECORD_CLASSES);
    const [made] = keys.create(1);
    if (made === undefined) throw new Error('the key store made no key');
    const id = ids();
    await insertNames(connection, {
      ...place,
      id,
      classId: classes.personal,
      field: `custody/${entry.ordinal}`,
      keyId: made.id,
      sealed: seal(made.key, `vault_item/sealed/${id}`, said.names),
    });
  }
  return accept(entry.ordinal);
}

/** Whoever keeps it by the log, unless it is received: that may be from anybody. */
function giverOf(log: readonly ChainedEntry[], { kind, from }: SaidCustody): Outcome<Custodian | null> {
  if (kind === 'received') return accept(from);
  const keeper = keeperOf(log);
  if (from === null || keeper === null) return accept(from ?? keeper);
  return from.role === keeper.role && from.reference === keeper.reference
    ? accept(from)
    : refuse({
        where: 'from',
        found: 'somebody else than keeps it by the log',
        wanted: 'its keeper, or an entry first by which it was received',
      });
}

/** Null where nobody has it yet, or nobody any more. */
export function keeperOf(log: readonly ChainedEntry[]): Custodian | null {
  if (log.at(-1)?.kind === 'destroyed') return null;
  const last = log.findLast(({ to_role }) => to_role !== null);
  return last?.to_role == null ? null : { role: last.to_role, reference: last.to_reference };
}
