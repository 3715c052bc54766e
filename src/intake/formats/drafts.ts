/** From rows to records, or to quarantine: every row that was read ends up in exactly one of the two. */
import type { Reason } from '../../kernel/errors.ts';
import type { RecordDraft } from '../reports/report-draft.ts';
import { compose } from './compose.ts';
import type { MapContext } from './field-reader.ts';
import { identity, type RowIdentity } from './identity.ts';
import { mapRow } from './mapping.ts';
import type { ImportProfile } from './profile.ts';
import type { RowFacts } from './row-facts.ts';
import type { Cells, GoodRow, SourceRow } from './source-rows.ts';
import { spokenRows } from './spoken-rows.ts';

/** A row as received, minus the forbidden columns; `cells` is null where it could not be cut into cells. */
export interface ReceivedRow {
  readonly rowNumber: number;
  readonly line: number;
  readonly cells: Cells | null;
  readonly raw: string | null;
}

interface FromRows {
  /** Null for rows that could not be cut into cells. */
  readonly identity: RowIdentity | null;
  /** 1 for the first record of this identity in the file, 2 for the next: later ones are parts, held for review. */
  readonly part: number;
  readonly rows: readonly ReceivedRow[];
}

export type Drafted =
  | (FromRows & { readonly kind: 'draft'; readonly record: RecordDraft; readonly notes: readonly Reason[] })
  | (FromRows & { readonly kind: 'quarantined'; readonly reasons: readonly Reason[] });

/**
 * With grouping `row` each row is answered as it comes; memory holds the identities seen. With grouping `identity`, and of effort, statistics and weights, the rows
 * of the file are held until its end, because rows of one report need not stand together. One refused row quarantines its whole report: a report
 * without one of its persons would be a changed one.
 */
export async function* readDrafts(
  profile: ImportProfile,
  rows: AsyncIterable<SourceRow>,
  context: MapContext,
): AsyncGenerator<Drafted> {
  const parts = new Map<string, number>();
  const groups = new Map<string, GoodRow[]>();
  for await (const row of spokenRows(profile, rows)) {
    if (row.kind === 'broken') {
      const { rowNumber, line, raw, reasons } = row;
      yield {
        kind: 'quarantined',
        identity: null,
        part: 1,
        rows: [{ rowNumber, line, cells: null, raw }],
        reasons,
      };
      continue;
    }
    const id = identity(profile, row, context);
    if (!isTogether(profile) || id.from === 'digest') {
      const part = (parts.get(id.key) ?? 0) + 1;
      parts.set(id.key, part);
      yield draft(profile, id, part, [row], context);
    } else {
      const group = groups.get(id.key);
      if (group === undefined) groups.set(id.key, [row]);
      else group.push(row);
    }
  }
  for (const [key, group] of groups) yield draft(profile, { key, from: 'columns' }, 1, group, context);
}

/** Rows that share an id are one record: the persons of a report, or one station-month or weight told twice. */
export function isTogether({ grouping, target }: ImportProfile): boolean {
  return grouping === 'identity' || !['report', 'flow', 'interdiction'].includes(target);
}

function draft(
  profile: ImportProfile,
  id: RowIdentity,
  part: number,
  group: readonly GoodRow[],
  context: MapContext,
): Drafted {
  const rows = group.map(({ rowNumber, line, cells }) => ({ rowNumber, line, cells, raw: null }));
  const from = { identity: id, part, rows };
  const facts: RowFacts[] = [];
  const reasons: Reason[] = [];
  for (const row of group) {
    const mapped = mapRow(profile, row, context);
    if (mapped.accepted) facts.push(mapped.value);
    else reasons.push(...mapped.reasons);
  }
  if (reasons.length > 0) return { kind: 'quarantined', ...from, reasons };
  const composed = compose(profile, facts);
  return composed.accepted
    ? { kind: 'draft', ...from, ...composed.value }
    : { kind: 'quarantined', ...from, reasons: composed.reasons };
}
