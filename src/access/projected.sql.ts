/** The one road from a record table to a viewer: the rows of the viewer's classes, each as that viewer may see it. */
import type { Parameters } from '../platform/parameters.ts';
import { decayed } from './decay.sql.ts';
import { beginning, partialColumns } from './partial-columns.sql.ts';
import { EXACT_COLUMNS, OWNERS_ONLY, type ProjectedTable } from './projected-columns.sql.ts';
import { asRead } from './readings.sql.ts';
import type { SharedTime } from './sight.ts';
import type { Viewer } from './viewer.ts';

/** Which state of knowledge is asked for: what the hub holds now, or what it held at a moment. */
export type AsKnown = { readonly at: Date | null };

export const KNOWN_NOW: AsKnown = { at: null };

const VERSIONED: ReadonlySet<ProjectedTable> = new Set([
  'report',
  'incident',
  'movement',
  'crossing',
  'statement',
  'entity',
  'flow_observation',
  'effort',
  'interdiction',
  'same_incident_link',
  'station_month',
  'red_flag_weight',
  'suspicion',
  'legal_case',
  'attachment',
  'exhibit',
  'record_comment',
  'referral',
]);

/** A version may share the parts of another: what hangs on it hangs on that one's row. */
const SHARING: ReadonlySet<ProjectedTable> = new Set(['report', 'incident', 'movement']);

/** Past versions point at the versions of their own time; who reads them names records, as filters and links between reports do. */
const PARENTS: ReadonlyMap<string, ProjectedTable> = new Map([
  ['report_id', 'report'],
  ['incident_id', 'incident'],
  ['movement_id', 'movement'],
]);

/**
 * A parenthesised sub-select to stand in a `from`. Filters, sorts, groups and cursors written against its alias read the
 * projection and never the stored value. Rows seen whole and rows under each partial sight are branches, so that the first
 * keeps its indexes. Versioned tables expose `row_id` (this version) beside `id` (the record).
 */
export function projected(
  table: ProjectedTable,
  viewer: Viewer,
  parameters: Parameters,
  asKnown: AsKnown = KNOWN_NOW,
): string {
  const versioned = VERSIONED.has(table);
  const identity = versioned ? identityColumns(table, asKnown) : '';
  const { at } = asKnown;
  const rows = (time: SharedTime): string =>
    at === null ? table : asRead(table, () => momentOf(at, parameters, time));
  const branch = (
    columns: readonly string[],
    classes: readonly number[],
    redacted: boolean,
    time: SharedTime,
  ): string =>
    `select ${identity}${columns.join(', ')}, t.visibility_class_id, ${redacted} as redacted from ${rows(time)} t ` +
    `where t.visibility_class_id = any(${parameters.bind(classes)}::integer[])` +
    (versioned ? ` and ${knownCondition(asKnown, parameters, time)}` : '');
  const exact = EXACT_COLUMNS[table];
  const stored = (column: string): string => {
    const parent = versioned && asKnown.at !== null ? PARENTS.get(column) : undefined;
    return parent === undefined
      ? `t.${column}`
      : `coalesce((select h.version_of from ${parent} h where h.id = t.${column}), t.${column}) as ${column}`;
  };
  const whole = branch(
    exact.map((column) => {
      const standing = standingColumns(table, viewer, asKnown, parameters, 'exact')[column];
      if (standing !== undefined) return `${standing} as ${column}`;
      return OWNERS_ONLY[table]?.includes(column)
        ? `case when t.owner_id = ${parameters.bind(viewer.organisationId)}::uuid then t.${column} end as ${column}`
        : stored(column);
    }),
    viewer.fullClasses,
    false,
    'exact',
  );
  const inPart = viewer.partial.flatMap(({ sight, classes }) => {
    const columns = partialColumns(table, sight);
    if (columns === null) return [];
    const shown = { ...columns, ...standingColumns(table, viewer, asKnown, parameters, sight.time) };
    return branch(
      exact.map((column) => (column in shown ? `${shown[column]} as ${column}` : stored(column))),
      classes,
      true,
      sight.time,
    );
  });
  return `(${[whole, ...inPart].join(' union all ')})`;
}

/** Every version of the viewer's own organisation's records: others see the one that stands, or stood at a moment. */
export function everyVersion(
  table: ProjectedTable,
  viewer: Viewer,
  parameters: Parameters,
  columns: readonly string[] = [],
): string {
  const more = columns.map((column) => `, t.${column}`).join('');
  return (
    `(select coalesce(t.version_of, t.id) as id, t.id as row_id, t.version, t.known_from, t.known_to, t.batch_id${more} from ${table} t ` +
    `where t.visibility_class_id = any(${parameters.bind(viewer.fullClasses)}::integer[]) ` +
    `and t.owner_id = ${parameters.bind(viewer.organisationId)}::uuid)`
  );
}

/** A living row is its own record, so that looking one up by id uses the primary key; only history points elsewhere. */
function identityColumns(table: ProjectedTable, asKnown: AsKnown): string {
  if (asKnown.at === null) return 't.id as id, t.id as row_id, ';
  const row = SHARING.has(table) ? 'coalesce(t.content_id, t.id)' : 't.id';
  return `coalesce(t.version_of, t.id) as id, ${row} as row_id, `;
}

/** A suspicion is read as it stands at the moment asked for, or now; what is stored of it is read by nobody. */
function standingColumns(
  table: ProjectedTable,
  viewer: Viewer,
  asKnown: AsKnown,
  parameters: Parameters,
  time: SharedTime,
): Readonly<Record<string, string>> {
  if (table !== 'suspicion') return {};
  const at = asKnown.at === null ? timeOf(viewer.now, parameters) : momentOf(asKnown.at, parameters, time);
  return decayed(at, time);
}

function knownCondition(asKnown: AsKnown, parameters: Parameters, time: SharedTime): string {
  if (asKnown.at === null) return 't.known_to is null';
  const at = momentOf(asKnown.at, parameters, time);
  return `t.known_from <= ${at} and (t.known_to is null or t.known_to > ${at})`;
}

/** Who is shown quarters learns no finer when a row came in, so the moment asked for is rounded down likewise. */
function momentOf(at: Date, parameters: Parameters, time: SharedTime): string {
  return beginning(time, timeOf(at, parameters));
}

function timeOf(at: Date, parameters: Parameters): string {
  return `${parameters.bind(at.toISOString())}::timestamptz`;
}
