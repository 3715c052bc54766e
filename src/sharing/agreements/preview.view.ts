/** What another organisation would see of the officer's own rows, read through the very projection that access would give it. */
import { projected } from '../../access/projected.sql.ts';
import { EXACT_COLUMNS, type ProjectedTable } from '../../access/projected-columns.sql.ts';
import { readerFor, type ViewerReader } from '../../access/reader.ts';
import { type SeenInPart, seenClasses, type Viewer } from '../../access/viewer.ts';
import type { SecuredDatabase } from '../../platform/database.ts';
import { Parameters } from '../../platform/parameters.ts';

/** The giver's classes that terms would grant. */
export interface SeenClasses {
  readonly full: readonly number[];
  readonly partial: readonly SeenInPart[];
}

export interface PreviewedTable {
  readonly table: ProjectedTable;
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

/** Never granted, whatever an agreement says, shown with both of what they join only, or sums of what is shown. */
const NOT_SHARED: ReadonlySet<ProjectedTable> = new Set<ProjectedTable>([
  'effort',
  'station',
  'station_month',
  'retention_policy',
  'retention_decision',
  'legal_hold',
  'saved_view',
  'target',
  'target_step',
  'settled_row',
  'import_batch',
  'import_row',
  'learned_place_alias',
  'record_comment',
  'referral',
  'same_incident_link',
  'flow_rollup',
  'movement_apart',
  'stop_rollup',
  'movement_stops_apart',
  'map_rollup',
]);
/** Every other table: one that is added is previewed without being named here. */
export const PREVIEWED: readonly ProjectedTable[] = (Object.keys(EXACT_COLUMNS) as ProjectedTable[]).filter(
  // What has no owner of its own is shown with what it belongs to.
  (table) => !NOT_SHARED.has(table) && has(table, 'owner_id'),
);
/** Bookkeeping that no surface shows. */
const UNSHOWN = new Set(['z', 'owner_id', 'token', 'person_id', 'occurrence']);

/** `seen`: what one other would see of the officer's organisation. Row by row, with the newest first. */
export async function previewTerms(
  database: SecuredDatabase,
  officer: Viewer,
  receiverId: string,
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
    partial: seen.partial,
    now: officer.now,
  };
  const theirs = readerFor(database, other);
  const ours = readerFor(database, {
    ...other,
    organisationId: giverId,
    fullClasses: seenClasses(other),
    partial: [],
  });
  const previews: PreviewedTable[] = [];
  if (seenClasses(other).length === 0) return previews;
  for (const table of PREVIEWED)
    previews.push({ table, ...(await previewTable(theirs, ours, table, giverId, rows)) });
  return previews;
}

async function previewTable(
  theirs: ViewerReader,
  ours: ViewerReader,
  table: ProjectedTable,
  giverId: string,
  most: number,
): Promise<{ readonly count: number; readonly rows: PreviewedTable['rows'] }> {
  const read = <Row>(reader: ViewerReader, select: string, rest: (parameters: Parameters) => string) => {
    const parameters = new Parameters();
    const from = projected(table, reader.viewer, parameters);
    const standing = has(table, 'retracted_at') ? ' and r.retracted_at is null' : '';
    const own = `r.owner_id = ${parameters.bind(giverId)}::uuid${standing}`;
    const text = `select ${select} from ${from} r where ${own}${rest(parameters)}`;
    return reader.read((connection) => connection.query<Row>(text, parameters.values));
  };
  const [counted] = await read<{ n: number }>(theirs, 'count(*)::int as n', () => '');
  const isKnown = !WITHOUT_ID.has(table);
  const newest = has(table, 'known_from') ? 'r.known_from desc, ' : '';
  const order = isKnown ? ` order by ${newest}r.id desc` : ' order by 1';
  type Shown = Record<string, unknown>;
  const shown = await read<Shown>(theirs, 'r.*', () => `${order} limit ${most}`);
  const ids = isKnown ? shown.map((row) => row.id) : [];
  const kept = isKnown
    ? await read<Shown>(ours, 'r.*', (parameters) => ` and r.id = any(${parameters.bind(ids)}::uuid[])`)
    : [];
  const byId = new Map(kept.map((row) => [row.id, row]));
  return { count: counted?.n ?? 0, rows: shown.map((row) => fieldsOf(row, byId.get(row.id))) };
}

/** Their rows are told apart by what they join. */
const WITHOUT_ID: ReadonlySet<ProjectedTable> = new Set<ProjectedTable>(['party_member', 'entity_link']);

function has(table: ProjectedTable, column: string): boolean {
  return (EXACT_COLUMNS[table] as readonly string[]).includes(column);
}

function fieldsOf(
  row: Record<string, unknown>,
  kept: Record<string, unknown> | undefined,
): readonly PreviewedField[] {
  return Object.keys(row)
    .filter((name) => !UNSHOWN.has(name) && !['visibility_class_id', 'redacted', 'row_id'].includes(name))
    .map((name) => {
      const value = textOf(row[name], name);
      return { name, value, redacted: kept !== undefined && value !== textOf(kept[name], name) };
    });
}

function textOf(value: unknown, name: string): string | null {
  if (value === null || value === undefined) return null;
  // As every other surface writes an H3 index.
  if (name === 'cell') return BigInt(value as string).toString(16);
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string'
    ? value
    : JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each));
}
