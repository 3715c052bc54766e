/** Mending a row that waits: with other words in some of its cells it is imported anew, as a file of its own, by the profile that read it. */
import { createHash } from 'node:crypto';
import type { Viewer } from '../../access/viewer.ts';
import { accept, type Outcome, type Reason, refuse, saidOnce } from '../../kernel/errors.ts';
import { columnKey, nameColumns } from '../formats/column-names.ts';
import { isTogether } from '../formats/drafts.ts';
import type { MapContext } from '../formats/field-reader.ts';
import { forbiddenTopic } from '../formats/forbidden.ts';
import type { ImportProfile } from '../formats/profile.ts';
import type { Cells, GoodRow, RowTable } from '../formats/source-rows.ts';
import { candidatesOf } from './candidates.ts';
import { importFile, undoImport } from './import.service.ts';
import type { ImportOptions } from './import-options.ts';
import type { ImportTools } from './import-tools.service.ts';
import type { ImportSummary } from './import-types.ts';
import { type FoundRow, settleRow, type WaitingRow } from './settled-row.store.ts';
import { importingOrganisation } from './small-file.service.ts';
import { cellsOf, NO_ROW, profileOfBatch, waitingRow } from './waiting-row.service.ts';

export interface MendedCell {
  readonly column: string;
  readonly value: string;
}

const LONGEST_VALUE = 10_000;

/** Nothing of what was said about the rows of one report stands then. */
class SettledMeanwhile extends Error {}

interface MendedRow {
  readonly row: WaitingRow;
  readonly cells: Cells;
}

/**
 * Nothing is written while a cell is wrong still. What it makes is taken back like any import, and then the row waits again. Throws FORBIDDEN
 * where the role never imports, BUSY while another import of the organisation runs.
 */
export async function mendRow(
  tools: ImportTools,
  viewer: Viewer,
  target: { readonly batchId: string; readonly line: number; readonly profileJson: string | null },
  changed: readonly MendedCell[],
): Promise<Outcome<ImportSummary>> {
  const organisation = importingOrganisation(viewer);
  const { database } = tools;
  const found = await database.unrestricted('read a row that waits', (connection) =>
    waitingRow(connection, organisation.id, target.batchId, target.line),
  );
  if (found === null) return refuse(NO_ROW);
  if (found.row.left_out !== null)
    return refuse({
      where: `line ${target.line}`,
      found: 'a row that was left out',
      wanted: 'one that waits: let it wait again first',
    });
  const profile = profileOfBatch(found.batch, target.profileJson);
  if (!profile.accepted) return profile;
  const mended = mendedRows(tools, profile.value, found, changed);
  if (!mended.accepted) return mended;
  const dates = datesOf(found.batch.options);
  const faults = faultsOf(profile.value, { now: tools.now(), dates }, mended.value);
  if (faults.length > 0) return refuse(...faults);
  const summary = await importFile(tools, {
    organisation,
    keyId: viewer.keyId,
    profile: profile.value,
    fileName: `${found.batch.file_name}, line ${target.line}, mended`,
    fileSha256: digestOf(found, mended.value),
    open: async () => tableOf(profile.value, mended.value),
    dates,
    sheet: null,
  });
  if (summary.counts.quarantined > 0) {
    // What no cell tells: it was withdrawn, or its time was over.
    if (!summary.repeated) await undoImport(tools, organisation.id, viewer.keyId, summary.batchId);
    return refuse(...saidOnce(summary.quarantine.flatMap(({ reasons }) => reasons)));
  }
  const settled = {
    batchId: found.batch.id,
    ownerId: organisation.id,
    keyId: viewer.keyId,
    now: tools.now(),
  };
  const isFirst = await database
    .unrestricted('say that rows are mended', async (connection) => {
      for (const { row } of mended.value)
        if (!(await settleRow(connection, settled, row, { mendedBy: summary.batchId, reason: null })))
          throw new SettledMeanwhile();
      return true;
    })
    .catch((error: Error) => {
      if (error instanceof SettledMeanwhile) return false;
      throw error;
    });
  if (isFirst) return accept(summary);
  await undoImport(tools, organisation.id, viewer.keyId, summary.batchId);
  return refuse(NO_ROW);
}

/** The row with its new cells and, where rows of an id are one report, the others that wait with it: none that was left out. */
function mendedRows(
  tools: ImportTools,
  profile: ImportProfile,
  found: FoundRow,
  changed: readonly MendedCell[],
): Outcome<readonly MendedRow[]> {
  const group =
    isTogether(profile) && !found.row.by_digest
      ? found.group.filter((row) => row === found.row || row.left_out === null)
      : [found.row];
  const rows: MendedRow[] = [];
  for (const row of group) {
    const cells = cellsOf(tools, found, row);
    if (cells === null)
      return refuse({
        where: `line ${row.line}`,
        found: 'a row that could not be cut into its cells',
        wanted: 'the mended file',
      });
    rows.push({ row, cells });
  }
  const { required, optional = [] } = profile.columns;
  const own = rows.find(({ row }) => row === found.row)?.cells ?? {};
  const known = new Set([...Object.keys(own), ...[...required, ...optional].map(columnKey)]);
  const faults = changed.flatMap(({ column, value }): readonly Reason[] => {
    if (forbiddenTopic(column) !== null || !known.has(columnKey(column)))
      return [{ where: 'cells', found: 'a column that the row does not have', wanted: 'one of its own' }];
    return value.length > LONGEST_VALUE
      ? [{ where: 'cells', found: `${value.length} characters`, wanted: `${LONGEST_VALUE} at most` }]
      : [];
  });
  if (faults.length > 0) return refuse(...faults);
  const given = Object.fromEntries(changed.map(({ column, value }) => [columnKey(column), value]));
  return accept(
    rows.map((one) => (one.row === found.row ? { ...one, cells: { ...one.cells, ...given } } : one)),
  );
}

/** As the importer will find them, before anything is written. */
function faultsOf(
  profile: ImportProfile,
  context: MapContext,
  rows: readonly MendedRow[],
): readonly Reason[] {
  const cells = new Map(rows.map((one) => [one.row.row_number, one.cells]));
  const reading = {
    profile,
    context,
    cellsOf: ({ row_number }: { readonly row_number: number }) => cells.get(row_number) ?? {},
    digest: (text: string) => text,
  };
  const open = rows.map(({ row }) => ({ ...row, raw: row.raw ?? new Uint8Array() }));
  const reasons = candidatesOf(reading, open).flatMap(({ composed }) =>
    composed.accepted ? [] : composed.reasons,
  );
  return saidOnce(reasons);
}

function tableOf(profile: ImportProfile, rows: readonly MendedRow[]): RowTable {
  const names = new Set([
    ...profile.columns.required.map(columnKey),
    ...rows.flatMap(({ cells }) => Object.keys(cells)),
  ]);
  return {
    format: 'csv',
    encoding: 'utf-8',
    columns: nameColumns([...names]),
    dropped: [],
    rows: sourceRows(rows),
    blankLines: () => 0,
  };
}

async function* sourceRows(rows: readonly MendedRow[]): AsyncGenerator<GoodRow> {
  for (const [index, { row, cells }] of rows.entries())
    yield { kind: 'row', rowNumber: index + 1, line: row.line, cells };
}

/** The same words for the same row are the same file: sent twice, it is imported once. */
function digestOf({ batch, row }: FoundRow, rows: readonly MendedRow[]): Uint8Array {
  const said = [batch.id, row.line, rows.map(({ cells }) => Object.entries(cells).sort())];
  return createHash('sha256').update(JSON.stringify(said)).digest();
}

function datesOf({ zone, order, calendar, serial }: ImportOptions): NonNullable<MapContext['dates']> {
  const said = Object.entries({ zone, order, calendar, serial }).filter(([, value]) => value !== null);
  return Object.fromEntries(said) as NonNullable<MapContext['dates']>;
}
