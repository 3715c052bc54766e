/** From staged rows to decided drafts, a few hundred ids in one transaction: a stop in between loses and repeats nothing. */
import { createHash } from 'node:crypto';
import { accept, type Outcome, type Reason } from '../../kernel/errors.ts';
import type { Queryable } from '../../platform/database.ts';
import { unseal } from '../../vault/sealing.ts';
import { type Composed, compose } from '../formats/compose.ts';
import { isTogether } from '../formats/drafts.ts';
import type { MapContext } from '../formats/field-reader.ts';
import { mapRow } from '../formats/mapping.ts';
import type { ImportProfile } from '../formats/profile.ts';
import type { RowFacts } from '../formats/row-facts.ts';
import type { Cells } from '../formats/source-rows.ts';
import { type Decision, decide } from './decide.ts';
import { findKnown, type KnownRecord } from './import.store.ts';
import {
  countOpenRows,
  finishBatch,
  markRows,
  type OpenRow,
  preferIndexes,
  readOpenRows,
} from './import-row.store.ts';
import type { ImportTools } from './import-tools.service.ts';
import type { BatchContext, DecidedDraft, ImportRequest, RowOutcome } from './import-types.ts';

const ROWS_A_TRANSACTION = 1_000;

const TABLE_OF = { report: 'report', flow: 'flow_observation', effort: 'effort' } as const;

interface Candidate {
  readonly rows: readonly OpenRow[];
  readonly composed: Outcome<Composed>;
  readonly contentDigest: string;
}

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
    const chunk = await tools.database.unrestricted('compose an import', async (connection) => {
      await preferIndexes(connection);
      const rows = await readOpenRows(connection, batch.batchId, after, ROWS_A_TRANSACTION);
      if (rows.length > 0) await composeRows(tools, request, batch, connection, rows);
      else await finishBatch(connection, batch.batchId, tools.now());
      return rows;
    });
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

async function composeRows(
  tools: ImportTools,
  request: ImportRequest,
  batch: BatchContext,
  connection: Queryable,
  rows: readonly OpenRow[],
): Promise<void> {
  const key = tools.keys.read(batch.keyId);
  const context: MapContext = {
    now: batch.now,
    ...(request.lookups === undefined ? {} : { lookups: request.lookups }),
    ...(request.dates === undefined ? {} : { dates: request.dates }),
  };
  const cellsOf = (row: OpenRow): Cells =>
    JSON.parse(unseal(key, `import_row/raw/${batch.batchId}/${row.row_number}`, row.raw)) as Cells;
  const groups = groupBy(rows, (row) => hex(row.group_digest));
  const wanted = [...groups.values()].flatMap((group) => {
    const [first] = group as [OpenRow];
    if (!first.by_digest) return [{ identityDigest: first.group_digest, occurrence: null }];
    return group.map((row) => ({ identityDigest: row.group_digest, occurrence: row.occurrence }));
  });
  const known = await findKnown(connection, TABLE_OF[request.profile.target], batch.ownerId, wanted);
  const knownByIdentity = groupBy(known, (record) => hex(record.identity_digest));
  const marks: {
    row_number: number;
    outcome: RowOutcome;
    reasons: readonly Reason[];
    record_id: string | null;
  }[] = [];
  const drafts: DecidedDraft[] = [];
  for (const [identity, group] of groups) {
    const candidates = candidatesOf(request.profile, group, cellsOf, context);
    const decisions = decisionsFor(candidates, knownByIdentity.get(identity) ?? []);
    candidates.forEach((candidate, index) => {
      const decision = decisions.get(index);
      if (!candidate.composed.accepted || decision === undefined) {
        const reasons = candidate.composed.accepted ? [] : candidate.composed.reasons;
        for (const row of candidate.rows)
          marks.push({ row_number: row.row_number, outcome: 'quarantined', reasons, record_id: null });
        return;
      }
      const { record, notes } = candidate.composed.value;
      const recordId = 'id' in decision ? decision.id : tools.ids();
      for (const row of candidate.rows) {
        marks.push({
          row_number: row.row_number,
          outcome: decision.outcome,
          reasons: notes,
          record_id: recordId,
        });
      }
      if (decision.outcome === 'unchanged') return;
      drafts.push({
        recordId,
        decision: decision.outcome,
        occurrence: decision.occurrence,
        identityDigest: Buffer.from(identity, 'hex'),
        contentDigest: Buffer.from(candidate.contentDigest, 'hex'),
        draft: record,
        notes,
      });
    });
  }
  await tools.sink.write(connection, batch, drafts);
  await markRows(connection, batch.batchId, marks);
}

/** One candidate a record: all rows of the id where rows share a report, else one a row. */
function candidatesOf(
  profile: ImportProfile,
  group: readonly OpenRow[],
  cellsOf: (row: OpenRow) => Cells,
  context: MapContext,
): readonly Candidate[] {
  const [first] = group;
  const together = isTogether(profile) && first !== undefined && !first.by_digest;
  const parts = together ? [group] : group.map((row) => [row]);
  return parts.map((rows) => ({
    rows,
    composed: composeOf(profile, rows, cellsOf, context),
    contentDigest: rows.length === 1 ? hex((rows[0] as OpenRow).content_digest) : digestTogether(rows),
  }));
}

function composeOf(
  profile: ImportProfile,
  rows: readonly OpenRow[],
  cellsOf: (row: OpenRow) => Cells,
  context: MapContext,
): Outcome<Composed> {
  const facts: RowFacts[] = [];
  const reasons: Reason[] = [];
  for (const row of rows) {
    const mapped = mapRow(
      profile,
      { kind: 'row', rowNumber: row.row_number, line: row.line, cells: cellsOf(row) },
      context,
    );
    if (mapped.accepted) facts.push(mapped.value);
    else reasons.push(...mapped.reasons);
  }
  if (reasons.length > 0) return { accepted: false, reasons };
  const composed = compose(profile, facts);
  return composed.accepted ? accept(composed.value) : composed;
}

/** Refused candidates take no part: their id stays free for the corrected row. */
function decisionsFor(
  candidates: readonly Candidate[],
  known: readonly KnownRecord[],
): ReadonlyMap<number, Decision> {
  const existing = known.map((record) => ({
    id: record.id,
    occurrence: record.occurrence,
    contentDigest: hex(record.content_digest),
  }));
  const byDigest = candidates[0]?.rows[0]?.by_digest === true;
  if (byDigest) {
    return new Map(
      candidates.flatMap((candidate, index): [number, Decision][] => {
        if (!candidate.composed.accepted) return [];
        const occurrence = candidate.rows[0]?.occurrence ?? 1;
        const same = existing.find((record) => record.occurrence === occurrence);
        return [
          [
            index,
            same === undefined ? { outcome: 'accepted', occurrence } : { outcome: 'unchanged', id: same.id },
          ],
        ];
      }),
    );
  }
  const incoming = candidates.flatMap((candidate, key) =>
    candidate.composed.accepted ? [{ key, contentDigest: candidate.contentDigest }] : [],
  );
  return decide(incoming, existing);
}

/** Order of rows in the file does not change what a report says. */
function digestTogether(rows: readonly OpenRow[]): string {
  const hash = createHash('sha256');
  for (const digest of rows.map((row) => hex(row.content_digest)).sort()) hash.update(digest);
  return hash.digest('hex');
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

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
