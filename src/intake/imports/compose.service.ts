/** From staged rows to decided drafts, a few hundred ids in one transaction: a stop in between loses and repeats nothing. */
import { recordEvent } from '../../audit/audit.store.ts';
import type { Reason } from '../../kernel/errors.ts';
import type { Queryable } from '../../platform/database.ts';
import { decisionsFor, hex } from './candidates.ts';
import type { Decision } from './decide.ts';
import { findKnown, type KnownRecord } from './import.store.ts';
import { inBatch } from './import-lease.service.ts';
import {
  commitLater,
  commitNow,
  countOpenRows,
  findRepeatedIds,
  finishBatch,
  markRows,
  type OpenRow,
  type OpenRows,
  preferIndexes,
  type RepeatedIds,
  type RowMark,
  readOpenRows,
} from './import-row.store.ts';
import type { ImportTools } from './import-tools.service.ts';
import type { BatchContext, DecidedDraft, ImportRequest } from './import-types.ts';
import { groupBy, type Prepared, prepareAhead, prepareRows, readingOf } from './prepared-rows.ts';

/** So many rows in one transaction, and fewer of long ones: memory holds two such lots, sealed, read and composed. */
const MOST_ROWS = 2_000;
const LEAST_ROWS = 100;
const BYTES_A_TRANSACTION = 2 ** 20;

const TABLE_OF = {
  report: 'report',
  flow: 'flow_observation',
  effort: 'effort',
  statistics: 'station_month',
  interdiction: 'interdiction',
  weight: 'red_flag_weight',
} as const;

export async function composeBatch(
  tools: ImportTools,
  request: ImportRequest,
  batch: BatchContext,
): Promise<void> {
  let after = 0;
  let done = 0;
  let ahead: Promise<Prepared> | null = null;
  const reading = readingOf(tools, request, batch);
  const { open, repeated } = await tools.database.unrestricted(
    'count what is left of an import',
    async (connection) => ({
      open: await countOpenRows(connection, batch.batchId),
      repeated: await findRepeatedIds(connection, batch.batchId),
    }),
  );
  const openAfter = (connection: Queryable, row: number, inHand: readonly OpenRow[]): Promise<OpenRows> =>
    openRowsAfter(connection, batch, row, lot, inHand, repeated);
  const lot = Math.round(Math.min(MOST_ROWS, Math.max(LEAST_ROWS, BYTES_A_TRANSACTION / open.bytesARow)));
  for (;;) {
    const prepared: Prepared | null = await ahead;
    const composed: Composing = await inBatch(
      tools.database,
      'compose an import',
      batch,
      'composing',
      async (connection): Promise<Composing> => {
        await preferIndexes(connection);
        await commitLater(connection);
        const here = prepared ?? (await prepareRows(reading, await openAfter(connection, after, [])));
        // What a chunk brings is known from its own time on: a long import, or one gone on with days later, is no single moment.
        const now = tools.now();
        if (here.rows.length === 0) {
          await commitNow(connection);
          await finish(request, { ...batch, now }, connection);
          return { here, next: null };
        }
        const next = prepareAhead(reading, await openAfter(connection, here.last ?? after, here.rows));
        await composeRows(tools, request, { ...batch, now }, connection, here);
        return { here, next };
      },
    );
    if (composed.here.rows.length === 0) return;
    ahead = composed.next;
    done += composed.here.rows.length;
    after = composed.here.last ?? after;
    request.onProgress?.({ stage: 'composing', rows: done, share: done / open.rows });
  }
}

interface Composing {
  readonly here: OpenRows;
  readonly next: Promise<Prepared> | null;
}

/** Open rows behind one, but for those in hand: rows of ids met earlier are answered with them. */
async function openRowsAfter(
  connection: Queryable,
  batch: BatchContext,
  after: number,
  lot: number,
  inHand: readonly OpenRow[],
  repeated: RepeatedIds,
): Promise<OpenRows> {
  const { rows, last } = await readOpenRows(connection, batch.batchId, after, lot, repeated);
  const held = new Set(inHand.map(({ row_number }) => row_number));
  return { rows: rows.filter(({ row_number }) => !held.has(row_number)), last };
}

/** In one transaction with its trace in the audit log. */
async function finish(request: ImportRequest, batch: BatchContext, connection: Queryable): Promise<void> {
  await finishBatch(connection, batch.batchId, batch.now);
  await recordEvent(connection, batch.now, {
    organisationId: request.organisation.id,
    keyId: request.keyId,
    action: 'import',
    objectKind: 'import_batch',
    objectIds: [batch.batchId],
    purpose: null,
    detail: { profile: request.profile.name },
  });
}

async function composeRows(
  tools: ImportTools,
  request: ImportRequest,
  batch: BatchContext,
  connection: Queryable,
  { groups }: Prepared,
): Promise<void> {
  const { profile } = request;
  const wanted = [...groups.values()].flatMap(({ rows }) => {
    const [first] = rows as readonly [OpenRow];
    if (!first.by_digest) return [{ identityDigest: first.group_digest, occurrence: null }];
    return rows.map((row) => ({ identityDigest: row.group_digest, occurrence: row.occurrence }));
  });
  const known = await findKnown(connection, TABLE_OF[profile.target], batch.ownerId, wanted);
  const knownByIdentity = groupBy(known, (record) => hex(record.identity_digest));
  const marks: RowMark[] = [];
  const drafts: DecidedDraft[] = [];
  for (const [identity, { candidates }] of groups) {
    const existing = knownByIdentity.get(identity) ?? [];
    const decisions = decisionsFor(candidates, existing);
    candidates.forEach(({ composed, rows: own, contentDigest }, index) => {
      const decision = decisions.get(index);
      const mark = (of: (row: OpenRow) => Omit<RowMark, 'row_number'>): void =>
        own.forEach((row) => void marks.push({ row_number: row.row_number, ...of(row) }));
      if (!composed.accepted || decision === undefined) {
        const reasons = composed.accepted ? [] : composed.reasons;
        mark(() => ({ outcome: 'quarantined', reasons, record_id: null, record_version: null }));
        return;
      }
      if (decision.outcome === 'version' && isWithdrawn(decision.id, existing)) {
        mark(() => ({ outcome: 'quarantined', reasons: [WITHDRAWN], record_id: null, record_version: null }));
        return;
      }
      const { record, notes } = composed.value;
      const recordId = 'id' in decision ? decision.id : tools.ids();
      const version = versionOf(decision, existing);
      const { outcome } = decision;
      mark((row) => ({
        outcome,
        reasons: notesOn(row, own, notes),
        record_id: recordId,
        record_version: version,
      }));
      if (decision.outcome === 'unchanged') return;
      drafts.push({
        recordId,
        decision: decision.outcome,
        version,
        occurrence: decision.occurrence,
        identityDigest: Buffer.from(identity, 'hex'),
        contentDigest: Buffer.from(contentDigest, 'hex'),
        draft: record,
        notes,
      });
    });
  }
  await tools.sink.write(connection, batch, drafts);
  await markRows(connection, batch.batchId, marks);
}

/** A file that still says something of a withdrawn report is no word of its owner's that it stands again. */
const WITHDRAWN: Reason = {
  where: 'the id',
  found: 'a report that was withdrawn',
  wanted: 'a row of a report that stands, or the report recorded anew by hand',
};

function isWithdrawn(id: string, existing: readonly KnownRecord[]): boolean {
  return existing.some((record) => record.id === id && record.withdrawn);
}

/** A note names the line it speaks of, and stands with that row; one that names none stands with the record's first. */
function notesOn(row: OpenRow, rows: readonly OpenRow[], notes: readonly Reason[]): readonly Reason[] {
  if (rows.length === 1) return notes;
  const lineOf = ({ where }: Reason): number => Number(/^line (\d+)\b/.exec(where)?.[1] ?? Number.NaN);
  const own = notes.filter((note) => lineOf(note) === row.line);
  if (row !== rows[0]) return own;
  const lines = new Set(rows.map(({ line }) => line));
  return [...own, ...notes.filter((note) => !lines.has(lineOf(note)))];
}

function versionOf(decision: Decision, existing: readonly KnownRecord[]): number {
  if (!('id' in decision)) return 1;
  const version = existing.find(({ id }) => id === decision.id)?.version ?? 1;
  return decision.outcome === 'version' ? version + 1 : version;
}
