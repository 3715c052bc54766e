/** Reading policies, holds and what falls due: of the viewer's own organisation only. */
import { everyVersion, projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { type ListAnswer, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import { bytesText } from '../../platform/bulk.ts';
import { countRows, readPage } from '../../platform/keyset.ts';
import { Parameters } from '../../platform/parameters.ts';
import { type DueColumns, type DueSources, dueItems } from './due.sql.ts';
import type { RetentionAction, RetentionClass, RetentionReason } from './retention-words.ts';

export interface PolicyColumns {
  readonly record_class: RetentionClass;
  readonly months: number;
  readonly action: RetentionAction;
  readonly reason: RetentionReason;
  readonly key_id: string;
  readonly version: number;
  readonly known_from: Date;
}

/** As they stand, or stood at a moment. */
export async function readPolicies(reader: ViewerReader, at: Date | null): Promise<readonly PolicyColumns[]> {
  const parameters = new Parameters();
  const from = projected('retention_policy', reader.viewer, parameters);
  const own = parameters.bind(reader.viewer.organisationId);
  const moment = at === null ? null : parameters.bind(at.toISOString());
  const known =
    moment === null
      ? 'r.known_to is null'
      : `r.known_from <= ${moment}::timestamptz and (r.known_to is null or r.known_to > ${moment}::timestamptz)`;
  const text = `select r.record_class, r.months, r.action, r.reason, r.key_id, r.version, r.known_from from ${from} r
    where r.owner_id = ${own}::uuid and ${known} order by r.record_class`;
  return reader.read((connection) => connection.query<PolicyColumns>(text, parameters.values));
}

export interface ReviewSearch {
  /** Up to and with that day. */
  readonly until: string;
  readonly classes: readonly string[] | null;
  readonly held: boolean | null;
}

export interface ReviewColumns extends DueColumns {
  readonly record_class: RetentionClass;
  readonly external_reference: string | null;
  readonly file_name: string | null;
}

/** What falls due first comes first. */
export async function listDue(
  reader: ViewerReader,
  search: ReviewSearch,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<ReviewColumns>> {
  const { viewer } = reader;
  const prepare = () => {
    const parameters = new Parameters();
    const own = parameters.bind(viewer.organisationId);
    const versions = everyVersion('report', viewer, parameters, REPORT_CLOCK);
    const sources: DueSources = {
      report: `(select * from ${versions} v where v.id = v.row_id)`,
      importBatch: projected('import_batch', viewer, parameters),
      importRow: projected('import_row', viewer, parameters),
      policy: `(select * from ${projected('retention_policy', viewer, parameters)} s where s.known_to is null)`,
      decision: projected('retention_decision', viewer, parameters),
      hold: projected('legal_hold', viewer, parameters),
    };
    const names = `left join ${projected('report', viewer, parameters)} n on n.id = q.id
      left join ${projected('import_batch', viewer, parameters)} f on f.id = q.id`;
    const conditions = [`q.due_on <= ${parameters.bind(search.until)}::date`];
    if (search.classes !== null)
      conditions.push(`q.record_class = any(${parameters.bind(search.classes)}::text[])`);
    if (search.held !== null) conditions.push(`q.held = ${parameters.bind(search.held)}::boolean`);
    return { parameters, from: `${dueItems(sources, own)} q ${names}`, conditions };
  };
  const { parameters, from, conditions } = prepare();
  const query = {
    select: 'q.*, n.external_reference, f.file_name',
    from,
    conditions,
    sort: { column: 'q.due_on', type: 'date', ascending: true },
    idColumn: 'q.id',
  } as const;
  const page = await reader.read((connection) =>
    readPage<ReviewColumns>(connection, parameters, query, paging.first, paging.after),
  );
  return {
    page,
    count: (upTo) => {
      const again = prepare();
      return reader.read((connection) => countRows(connection, again.parameters, again, upTo));
    },
  };
}

const REPORT_CLOCK = ['owner_id', 'kind', 'reported_to', 'observed_to', 'recorded_at', 'retain_until'];

export interface HoldColumns {
  readonly id: string;
  readonly object_kind: 'report' | 'import';
  readonly object_id: string;
  readonly reason: RetentionReason;
  readonly placed_by: string;
  readonly placed_at: Date;
  readonly lifted_by: string | null;
  readonly lifted_at: Date | null;
}

/** The latest first; `caseToken`: of one case. */
export function listHolds(
  reader: ViewerReader,
  search: { readonly caseToken: Uint8Array | null; readonly lifted: boolean | null },
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<HoldColumns>> {
  const { caseToken, lifted } = search;
  return readList<HoldColumns>(
    reader,
    {
      table: 'legal_hold',
      asKnown: { at: null },
      sort: { column: 'r.placed_at', type: 'timestamptz' },
      idColumn: 'r.id',
      conditions: (parameters) => [
        `r.owner_id = ${parameters.bind(reader.viewer.organisationId)}::uuid`,
        ...(caseToken === null
          ? []
          : [`r.case_token = decode(${parameters.bind(bytesText(caseToken).slice(2))}, 'hex')`]),
        ...(lifted === null ? [] : [`(r.lifted_at is not null) = ${parameters.bind(lifted)}::boolean`]),
      ],
    },
    paging,
  );
}
