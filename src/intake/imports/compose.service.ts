/** From staged rows to decided drafts, a few hundred ids in one transaction: a stop in between loses and repeats nothing. */
import { recordEvent } from '../../audit/audit.store.ts';
import type { Reason } from '../../kernel/errors.ts';
import type { Queryable } from '../../platform/database.ts';
import { unseal } from '../../vault/sealing.ts';
import type { Cells } from '../formats/source-rows.ts';
import { candidatesOf, decisionsFor, hex, type Reading } from './candidates.ts';
import type { Decision } from './decide.ts';
import { findKnown, type KnownRecord } from './import.store.ts';
import { inBatch } from './import-lease.service.ts';
import {
  countOpenRows,
  finishBatch,
  markRows,
  type OpenRow,
  preferIndexes,
  type RowMark,
  readOpenRows,
} from './import-row.store.ts';
import type { ImportTools } from './import-tools.service.ts';
import type { BatchContext, DecidedDraft, ImportRequest } from './import-types.ts';

const ROWS_A_TRANSACTION = 1_000;

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
  const open = await tools.database.unrestricted('count what is left of an import', (connection) =>
    countOpenRows(connection, batch.batchId),
  );
  for (;;) {
    const chunk = await inBatch(
      tools.database,
      'compose an import',
      batch,
      'composing',
      async (connection) => {
        await preferIndexes(connection);
        const rows = await readOpenRows(connection, batch.batchId, after, ROWS_A_TRANSACTION);
        // What a chunk brings is known from its own time on: a long import, or one gone on with days later, is no single moment.
        const now = tools.now();
        if (rows.length > 0) await composeRows(tools, request, { ...batch, now }, connection, rows);
        else await finish(request, { ...batch, now }, connection);
        return rows;
      },
    );
    if (chunk.length === 0) return;
    done += chunk.length;
    // Rows of ids met earlier were answered with them; the cursor follows the rows asked for, not the ones that came along.
    after =
      [...chunk].map((row) => row.row_number).sort((a, b) => a - b)[
        Math.min(chunk.length, ROWS_A_TRANSACTION) - 1
      ] ?? after;
    request.onProgress?.({ stage: 'composing', rows: done, share: done / open });
  }
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
  rows: readonly OpenRow[],
): Promise<void> {
  const { profile } = request;
  const reading = readingOf(tools, request, batch);
  const groups = groupBy(rows, (row) => hex(row.group_digest));
  const wanted = [...groups.values()].flatMap((group) => {
    const [first] = group as [OpenRow];
    if (!first.by_digest) return [{ identityDigest: first.group_digest, occurrence: null }];
    return group.map((row) => ({ identityDigest: row.group_digest, occurrence: row.occurrence }));
  });
  const known = await findKnown(connection, TABLE_OF[profile.target], batch.ownerId, wanted);
  const knownByIdentity = groupBy(known, (record) => hex(record.identity_digest));
  const marks: RowMark[] = [];
  const drafts: DecidedDraft[] = [];
  for (const [identity, group] of groups) {
    const existing = knownByIdentity.get(identity) ?? [];
    const candidates = candidatesOf(reading, group);
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

function readingOf(tools: ImportTools, request: ImportRequest, batch: BatchContext): Reading {
  const key = tools.keys.read(batch.keyId);
  return {
    profile: request.profile,
    context: {
      now: batch.startedAt,
      ...(request.lookups === undefined ? {} : { lookups: request.lookups }),
      ...(request.dates === undefined ? {} : { dates: request.dates }),
    },
    cellsOf: (row) =>
      JSON.parse(unseal(key, `import_row/raw/${batch.batchId}/${row.row_number}`, row.raw)) as Cells,
    digest: (text) => hex(tools.keys.token(`content/${batch.ownerId}`, text)),
  };
}

function versionOf(decision: Decision, existing: readonly KnownRecord[]): number {
  if (!('id' in decision)) return 1;
  const version = existing.find(({ id }) => id === decision.id)?.version ?? 1;
  return decision.outcome === 'version' ? version + 1 : version;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
