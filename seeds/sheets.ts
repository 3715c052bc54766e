/** Rows to files: what each organisation would press "export" on, and where in its file each planted mess came to lie. */
import { csvText } from './csv-text.ts';
import { interceptHeader } from './intercept-header.ts';
import { INVESTIGATION_HEADER } from './investigation-header.ts';
import type { Investigation } from './investigations.ts';
import type { WrittenRow } from './mess.ts';
import type { DemoOrganisation } from './organisations.ts';
import { type Staffing, staffingText } from './staffing.ts';
import type { DemoFile, MessTruth } from './truth.ts';

/** An organisation's staffing, as a file; none where it has no stations. */
export function staffingSheet(organisation: string, plan: readonly Staffing[]): readonly DemoFile[] {
  const own = plan.filter(({ station }) => station.organisation === organisation);
  if (own.length === 0) return [];
  return [
    { organisation, profile: 'staffing', name: `${organisation}-staffing.csv`, text: staffingText(own) },
  ];
}

/** An organisation's intercepts, repeated ids last in the file, far from the rows they repeat. */
export function interceptSheet(
  { slug, exportsCaseNotes }: DemoOrganisation,
  rows: readonly WrittenRow[],
): { readonly files: readonly DemoFile[]; readonly mess: readonly MessTruth[] } {
  if (rows.length === 0) return { files: [], mess: [] };
  const name = `${slug}-intercepts.csv`;
  const repeated = rows.filter(isRepeated);
  const ordered = [...rows.filter((row) => !isRepeated(row)), ...repeated];
  const text = csvText(
    interceptHeader(exportsCaseNotes),
    ordered.map(({ cells }) => cells),
  );
  const mess = ordered.flatMap(({ cells, reference, mess: done }, index) =>
    done.map(({ kind, column }) => ({
      kind,
      organisation: slug,
      file: name,
      // The header is line 1, and no cell of the demo holds a line break.
      line: index + 2,
      reference,
      column,
      written: cells[column] ?? '',
    })),
  );
  return { files: [{ organisation: slug, profile: 'border-intercept', name, text }], mess };
}

/** A desk's investigations, as a file. */
export function investigationSheet(organisation: string, found: readonly Investigation[]): DemoFile {
  const text = csvText(
    INVESTIGATION_HEADER,
    found.map(({ cells }) => cells),
  );
  return { organisation, profile: 'demo-investigation', name: `${organisation}-investigations.csv`, text };
}

function isRepeated({ mess }: WrittenRow): boolean {
  return mess.some(({ kind }) => kind === 'repeated_id');
}
