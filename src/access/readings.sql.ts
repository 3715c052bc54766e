/** Rows as they were read at a moment: what a place means is decided in living rows, and what stood there before is kept beside them. */
import { EXACT_COLUMNS, type ProjectedTable } from './projected-columns.sql.ts';
import { PLACE } from './work-columns.sql.ts';

const READ_PLACE = PLACE.filter((column) => column !== 'place_reference_id');

/** What a decision about a place changes of a row; everything else is what the source said. */
export const READ_COLUMNS = {
  incident: READ_PLACE,
  waypoint: ['level', 'uncertainty_km', ...READ_PLACE],
  movement: ['origin_country', 'destination_country', 'countries', 'roles'],
  flow_observation: ['origin', 'destination'].flatMap((end) =>
    ['country', 'longitude', 'latitude'].map((what) => `${end}_${what}`),
  ),
  place_reference: [
    'level',
    'resolution',
    'place_id',
    'country',
    'uncertainty_km',
    'reason',
    'decided',
    'state',
  ],
} as const satisfies Partial<Record<ProjectedTable, readonly string[]>>;

export type ReadTable = keyof typeof READ_COLUMNS;

/** A crossing may be there in one reading and not in the next, so all of a movement's are kept whole. */
export const CROSSING_COLUMNS = [
  'id',
  'visibility_class_id',
  'version_of',
  'known_to',
  ...EXACT_COLUMNS.crossing,
] as const;

/** What the projection needs beside what is shown. A version that shares the parts of another (`content_id`) is read as that one is. */
const OWN_COLUMNS: Readonly<Record<ReadTable, readonly string[]>> = {
  incident: ['id', 'version_of', 'known_to', 'content_id'],
  movement: ['id', 'version_of', 'known_to', 'content_id'],
  waypoint: [],
  flow_observation: ['id', 'version_of', 'known_to'],
  place_reference: [],
};

/** A `from` item: the table's rows as they were read at a moment, which is bound only where it is asked for. The table itself where no decision changes its rows. */
export function asRead(table: ProjectedTable, moment: () => string): string {
  if (table === 'crossing') return crossingsAsRead(moment());
  if (!(table in READ_COLUMNS)) return table;
  const read: readonly string[] = READ_COLUMNS[table as ReadTable];
  const own = OWN_COLUMNS[table as ReadTable];
  const columns = [...own, 'visibility_class_id', ...EXACT_COLUMNS[table]].map((column) =>
    read.includes(column)
      ? `case when p.until is null then w.${column} else p.${column} end as ${column}`
      : `w.${column}`,
  );
  const parts = own.includes('content_id') ? 'coalesce(w.content_id, w.id)' : 'w.id';
  return (
    `(select ${columns.join(', ')} from ${table} w left join lateral (select * from ${table}_reading p ` +
    `where p.${table}_id = ${parts} and p.until > ${moment()} order by p.until limit 1) p on true)`
  );
}

function crossingsAsRead(at: string): string {
  const columns = CROSSING_COLUMNS.map((column) => `w.${column}`).join(', ');
  const later = `from movement_reading p where p.movement_id = w.movement_id and p.until > ${at}`;
  return (
    `(select ${columns} from crossing w where not exists (select 1 ${later}) union all ` +
    `select ${columns} from crossing_reading w where w.until = (select min(p.until) ${later}))`
  );
}
