/** What another organisation would see of the officer's own rows, read through the very projection that access would give it. */
import { projected } from '../../access/projected.sql.ts';
import { EXACT_COLUMNS, type ProjectedTable } from '../../access/projected-columns.sql.ts';
import { readerFor, type ViewerReader } from '../../access/reader.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { SecuredDatabase } from '../../platform/database.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { SharedClass, Term } from './agreement.ts';

/** The giver's classes that terms would grant. */
export interface SeenClasses {
  readonly full: readonly number[];
  readonly coarse: readonly number[];
}

export interface PreviewedTable {
  readonly table: ProjectedTable;
  readonly recordClass: SharedClass;
  readonly count: number;
  readonly rows: readonly (readonly PreviewedField[])[];
}

export interface PreviewedField {
  readonly name: string;
  /** As the other side would meet it; null where there is nothing. */
  readonly value: string | null;
  /** Whether the owner's own row says something else. */
  readonly redacted: boolean;
}

/** The rows of each class that stand for themselves. What hangs on them is shown and hidden with them. */
const TABLES: Readonly<Record<SharedClass, readonly ProjectedTable[]>> = {
  report: ['report', 'attachment'],
  incident: ['incident', 'indicator'],
  movement: ['movement', 'waypoint', 'crossing', 'party_member'],
  statement: ['statement'],
  entity: ['entity', 'selector', 'entity_link', 'interdiction', 'legal_case', 'exhibit'],
  flow: ['flow_observation'],
};
/** Bookkeeping that no surface shows. */
const UNSHOWN = new Set(['z', 'cell', 'owner_id', 'token', 'person_id', 'occurrence']);

/** `terms`: of the officer's organisation towards one other. Row by row, with the newest first. */
export async function previewTerms(
  database: SecuredDatabase,
  officer: Viewer,
  receiverId: string,
  terms: readonly Term[],
  seen: SeenClasses,
  rows: number,
): Promise<readonly PreviewedTable[]> {
  const giverId = officer.organisationId as string;
  const other: Viewer = {
    keyId: officer.keyId,
    organisationId: receiverId,
    organisationSlug: null,
    role: 'analyst',
    vaultPermission: false,
    fullClasses: seen.full,
    coarseClasses: seen.coarse,
    now: officer.now,
  };
  const theirs = readerFor(database, other);
  const ours = readerFor(database, {
    ...other,
    organisationId: giverId,
    fullClasses: [...seen.full, ...seen.coarse],
    coarseClasses: [],
  });
  const tables = terms.flatMap(({ recordClass }) =>
    TABLES[recordClass].map((table) => ({ table, recordClass })),
  );
  const previews: PreviewedTable[] = [];
  for (const each of tables)
    previews.push({ ...each, ...(await previewTable(theirs, ours, each.table, giverId, rows)) });
  return previews;
}

async function previewTable(
  theirs: ViewerReader,
  ours: ViewerReader,
  table: ProjectedTable,
  giverId: string,
  most: number,
): Promise<{ readonly count: number; readonly rows: PreviewedTable['rows'] }> {
  const id = (EXACT_COLUMNS[table] as readonly string[]).includes('id') || hasIdentity(table) ? 'id' : null;
  const read = (reader: ViewerReader, condition: (parameters: Parameters) => string, limit: string) => {
    const parameters = new Parameters();
    const from = projected(table, reader.viewer, parameters);
    const own = `r.owner_id = ${parameters.bind(giverId)}::uuid`;
    const text = `select r.*, count(*) over () as preview_count from ${from} r where ${own}${condition(parameters)} order by ${id === null ? '1' : 'r.id desc'} ${limit}`;
    return reader.read((connection) => connection.query<Record<string, unknown>>(text, parameters.values));
  };
  const shown = await read(theirs, () => '', `limit ${most}`);
  const count = Number(shown[0]?.preview_count ?? 0);
  const ids = id === null ? [] : shown.map((row) => row.id);
  const kept =
    id === null
      ? []
      : await read(ours, (parameters) => ` and r.id = any(${parameters.bind(ids)}::uuid[])`, '');
  const byId = new Map(kept.map((row) => [row.id, row]));
  return { count, rows: shown.map((row) => fieldsOf(row, byId.get(row.id))) };
}

const hasIdentity = (table: ProjectedTable): boolean => !['party_member', 'entity_link'].includes(table);

function fieldsOf(
  row: Record<string, unknown>,
  kept: Record<string, unknown> | undefined,
): readonly PreviewedField[] {
  return Object.keys(row)
    .filter(
      (name) =>
        !UNSHOWN.has(name) && !['preview_count', 'visibility_class_id', 'redacted', 'row_id'].includes(name),
    )
    .map((name) => {
      const value = textOf(row[name]);
      return { name, value, redacted: kept !== undefined && value !== textOf(kept[name]) };
    });
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string'
    ? value
    : JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each));
}
