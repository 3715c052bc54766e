/** What an import came to, in lines a person reads and a script can count. */
import type { ImportSummary } from '../intake/imports/import-types.ts';
import { saidOnce } from '../kernel/errors.ts';

/** The five counts sum to the rows. */
export function summaryLines(
  summary: ImportSummary,
  seconds: number,
  residentBytes: number,
  warnings: readonly string[] = [],
): readonly string[] {
  const { counts } = summary;
  const n = (value: number): string => value.toLocaleString('en');
  const lines = [
    `${summary.fileName}: ${n(summary.rows)} rows as ${summary.profile}, read as ${summary.encoding}`,
    `  accepted ${n(counts.accepted)} + parts ${n(counts.part)} + versions ${n(counts.version)} + unchanged ${n(counts.unchanged)} + quarantined ${n(counts.quarantined)} = ${n(sum(summary))} rows`,
  ];
  if (summary.repeated) lines.push('  this very file was imported before: nothing was written');
  else if (summary.resumed) lines.push('  went on where an earlier import of this file stopped');
  if (summary.repeatedIds > 0)
    lines.push(
      `  ${n(summary.repeatedIds)} ids occur more than once: kept as parts, held for review (lines ${told(summary)})`,
    );
  if (summary.droppedColumns.length > 0)
    lines.push(`  dropped before storage, as always: ${summary.droppedColumns.join(', ')}`);
  if (summary.unknownColumns.length > 0)
    lines.push(
      `  columns the profile does not name (kept in the sealed raw record): ${summary.unknownColumns.join(', ')}`,
    );
  for (const { line, reasons } of summary.quarantine.slice(0, 5)) {
    const told = saidOnce(reasons).map(
      ({ where, found, wanted }) => `${where}: found ${found}, wanted ${wanted}`,
    );
    lines.push(`  quarantined line ${line}: ${told.slice(0, 2).join('; ')}`);
  }
  if (counts.quarantined > 5) lines.push(`  … and ${n(counts.quarantined - 5)} more rows in quarantine`);
  if (summary.notedRows > 0)
    lines.push(`  notes on ${rowsOf(summary.notedRows)}: something was left out of each`);
  if (counts.quarantined > 5 || summary.notedRows > 0)
    lines.push(`  all of them: npx headwater quarantine ${summary.batchId}`);
  for (const warning of warnings) lines.push(`  warning: ${warning}`);
  lines.push(
    `  batch ${summary.batchId}, ${seconds.toFixed(1)} s, ${n(Math.round(summary.rows / Math.max(seconds, 0.001)))} rows/s, peak memory ${n(Math.round(residentBytes / 1_048_576))} MB`,
  );
  return lines;
}

/** 1 row, 2,000 rows. */
export function rowsOf(rows: number): string {
  return `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`;
}

function sum({ counts }: ImportSummary): number {
  return counts.accepted + counts.part + counts.version + counts.unchanged + counts.quarantined;
}

function told({ repeatedLines, repeatedIds }: ImportSummary): string {
  const named = repeatedLines.map((lines) => lines.join(' and ')).join('; ');
  return repeatedIds > repeatedLines.length ? `${named}; …` : named;
}
