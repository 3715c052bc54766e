/** Carrying out what the ledger names and this database still holds: after a restore, or when an erasure was cut short. */
import { ERASED } from '../../intake/imports/erased-rows.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { bytesText } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import { destroyDoomedKeys } from './doomed-keys.service.ts';
import { erasePseudonyms } from './erasure.service.ts';
import { deleteSealed, doomKeys, type PartyKind, sealedOf } from './erasure.store.ts';
import { keepErasures, unknownLines } from './erasure-trace.store.ts';
import { livingParties } from './living-party.store.ts';
import { emptyBatch, emptyRows, findRowsOfIdentities, giveBatchKey, keysOfBatches } from './raw-row.store.ts';
import { keyOrNull } from './raw-rows.service.ts';

type ReplayTools = Pick<ImportTools, 'database' | 'keys' | 'ledger' | 'ids' | 'now'>;

/** In one transaction, before the hub serves anybody. Returns how many lines were new to this database. */
export async function replayErasures(tools: ReplayTools): Promise<number> {
  const lines = tools.ledger.entries();
  const unknown = await tools.database.unrestricted(
    'carry out the ledger of erasures',
    async (connection) => {
      const fresh = await unknownLines(connection, lines);
      if (fresh.length === 0) return 0;
      for (const kind of ['subject', 'entity'] as const) {
        const tokens = new Set(
          fresh.filter((line) => line.kind === kind).map(({ token }) => bytesText(token)),
        );
        if (tokens.size > 0) await eraseNamed(tools, connection, kind, tokens);
      }
      const identities = fresh.filter(({ kind }) => kind === 'report').map(({ token }) => token);
      const rows = await findRowsOfIdentities(connection, identities);
      if (rows.length > 0) await emptyRows(connection, rows, ERASED);
      await emptyDeadBatches(tools, connection);
      await keepErasures(connection, fresh, tools.now(), null);
      return fresh.length;
    },
  );
  await destroyDoomedKeys(tools);
  return unknown;
}

async function eraseNamed(
  tools: ReplayTools,
  connection: Queryable,
  kind: PartyKind,
  tokens: ReadonlySet<string>,
): Promise<void> {
  const named = new Map<string, string[]>();
  for (const { id, report_id } of await livingParties(connection, kind)) {
    if (!tokens.has(bytesText(tools.ledger.tokenOf(kind, id)))) continue;
    const ids = named.get(report_id);
    if (ids === undefined) named.set(report_id, [id]);
    else ids.push(id);
  }
  for (const [reportId, ids] of named) {
    await deleteSealed(connection, await sealedOf(connection, ids, reportId));
    await erasePseudonyms(tools, connection, kind, ids, reportId);
  }
}

/** A batch whose key went with an erasure: its rows are sealed for good. What was not read yet comes with the file again. */
async function emptyDeadBatches({ keys }: ReplayTools, connection: Queryable): Promise<void> {
  for (const { id, key_id } of await keysOfBatches(connection)) {
    if (keyOrNull(keys, key_id) !== null) continue;
    await emptyBatch(connection, id, {
      where: 'erased',
      found: 'a row whose key went with an erasure after this backup',
      wanted: 'the file given again, by a new name',
    });
    const [made] = keys.create(1);
    if (made !== undefined) await giveBatchKey(connection, id, made.id);
    await doomKeys(connection, [key_id]);
  }
}
