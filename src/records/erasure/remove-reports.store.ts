/** Removing reports for good: every version, with everything that hangs on them. Counting and removing ask by the same words. */
import type { Queryable } from '../../platform/database.ts';
import { forgetReferences } from '../composition/references.sql.ts';

/** $1: ids of the records. */
const VERSIONS = 'select id from report where id = any($1::uuid[]) or version_of = any($1::uuid[])';
const INCIDENTS = `select id from incident where report_id in (${VERSIONS})`;
const MOVEMENTS = `select id from movement where report_id in (${VERSIONS})`;
const SUBJECTS = `select id from subject where report_id in (${VERSIONS})`;
const ENTITIES = `select id from entity where report_id in (${VERSIONS})`;

/** $2: place references that nothing but these reports names. Homes of theirs were taught for them alone. */
const HOMES = `select 1 from place_reference p where p.id = any($2::uuid[]) and p.home and p.name_token = a.name_token and p.owner_id = a.owner_id
   and not exists (select 1 from place_reference q where q.owner_id = p.owner_id and q.name_token = p.name_token and q.id <> all($2::uuid[]))`;

interface Part {
  readonly table: string;
  /** Condition on the alias `a`. */
  readonly where: string;
  /** What else happens with the rows that went (`gone`), and the columns it needs of them. */
  readonly also?: { readonly columns: string; readonly statement: string };
}

/** In an order that no foreign key forbids. A table that is to hang on reports, incidents, movements, persons or entities joins here. */
export const REPORT_PARTS: readonly Part[] = [
  { table: 'learned_place_alias', where: `exists (${HOMES})` },
  { table: 'place_resolution', where: 'a.place_reference_id = any($2::uuid[])' },
  { table: 'incident_reading', where: `a.incident_id in (${INCIDENTS})` },
  {
    table: 'waypoint_reading',
    where: `a.waypoint_id in (select id from waypoint where movement_id in (${MOVEMENTS}))`,
  },
  { table: 'movement_reading', where: `a.movement_id in (${MOVEMENTS})` },
  { table: 'crossing_reading', where: `a.incident_id in (${INCIDENTS}) or a.movement_id in (${MOVEMENTS})` },
  { table: 'place_reference_reading', where: 'a.place_reference_id = any($2::uuid[])' },
  { table: 'crossing', where: `a.incident_id in (${INCIDENTS}) or a.movement_id in (${MOVEMENTS})` },
  { table: 'waypoint', where: `a.movement_id in (${MOVEMENTS})` },
  { table: 'party_member', where: `a.movement_id in (${MOVEMENTS})` },
  { table: 'indicator', where: `a.incident_id in (${INCIDENTS})` },
  { table: 'participation', where: `a.incident_id in (${INCIDENTS})` },
  { table: 'outcome', where: `a.incident_id in (${INCIDENTS})` },
  { table: 'verification', where: `a.incident_id in (${INCIDENTS})` },
  {
    // Another organisation's judgement may not keep a report from its end; that it ended is in the outbox.
    table: 'same_incident_link',
    where: `a.incident_a in (${INCIDENTS}) or a.incident_b in (${INCIDENTS})`,
    also: {
      columns: 'a.id, a.known_to',
      statement: `insert into outbox (topic, object_id) select distinct 'same_incident.ended', id from gone where known_to is null`,
    },
  },
  {
    table: 'suspicion',
    where: `a.person_id in (select e.person_id from entity e where e.person_id is not null and e.report_id in (${VERSIONS}))`,
  },
  {
    table: 'vault_item',
    where: `a.about_id in (${VERSIONS} union all ${SUBJECTS} union all ${ENTITIES} union all select id from selector where entity_id in (${ENTITIES}))`,
    also: {
      columns: 'a.key_id',
      statement: 'insert into doomed_key select distinct key_id from gone on conflict do nothing',
    },
  },
  {
    table: 'attachment_content',
    where: `a.attachment_id in (select id from attachment where report_id in (${VERSIONS}))`,
    also: {
      columns: 'a.key_id',
      statement: 'insert into doomed_key select distinct key_id from gone on conflict do nothing',
    },
  },
  {
    table: 'comment_text',
    where: `a.comment_id in (select id from record_comment where report_id in (${VERSIONS}))`,
    also: {
      columns: 'a.key_id',
      statement: 'insert into doomed_key select distinct key_id from gone on conflict do nothing',
    },
  },
  {
    table: 'referral_text',
    where: `a.referral_id in (select id from referral where report_id in (${VERSIONS}))`,
    also: {
      columns: 'a.key_id',
      statement: 'insert into doomed_key select distinct key_id from gone on conflict do nothing',
    },
  },
  { table: 'referral', where: `a.report_id in (${VERSIONS})` },
  { table: 'record_comment', where: `a.report_id in (${VERSIONS})` },
  { table: 'attachment', where: `a.report_id in (${VERSIONS})` },
  {
    table: 'matching_token',
    where: `a.selector_id in (select id from selector where entity_id in (${ENTITIES}))`,
  },
  { table: 'matching_exclusion', where: `a.entity_id in (${ENTITIES})` },
  { table: 'selector', where: `a.entity_id in (${ENTITIES})` },
  {
    table: 'entity_link',
    where: `a.report_id in (${VERSIONS}) or a.from_entity in (${ENTITIES}) or a.to_entity in (${ENTITIES})`,
  },
  { table: 'statement', where: `a.report_id in (${VERSIONS})` },
  { table: 'entity', where: `a.report_id in (${VERSIONS})` },
  { table: 'movement', where: `a.report_id in (${VERSIONS})` },
  { table: 'incident', where: `a.report_id in (${VERSIONS})` },
  { table: 'subject', where: `a.report_id in (${VERSIONS})` },
  { table: 'act', where: `a.report_id in (${VERSIONS})` },
  { table: 'retraction_acknowledgement', where: `a.report_id in (${VERSIONS})` },
  { table: 'retention_decision', where: 'a.object_id = any($1::uuid[])' },
  { table: 'report', where: 'a.id = any($1::uuid[]) or a.version_of = any($1::uuid[])' },
  { table: 'place_reference', where: 'a.id = any($2::uuid[])' },
];

/** Rows by table; tables without any are left out. */
export type RemovedRows = Readonly<Record<string, number>>;

/** Changes nothing. `ids`: living rows of reports, or their tombstones. */
export function countReports(connection: Queryable, ids: readonly string[]): Promise<RemovedRows> {
  return throughParts(
    connection,
    ids,
    ({ table, where }, bound) => `select count(*)::int as n from ${table} a where ${bound} (${where})`,
  );
}

/** Keys of what was sealed are doomed, not yet destroyed. Rows as received are another's to empty. */
export async function removeReports(connection: Queryable, ids: readonly string[]): Promise<RemovedRows> {
  // Lists of ids that no foreign key knows of: cases and interdictions go on without them.
  for (const [kind, text] of [
    ['report', VERSIONS],
    ['incident', INCIDENTS],
    ['entity', ENTITIES],
  ] as const) {
    const gone = (await connection.query<{ id: string }>(text, [ids])).map(({ id }) => id);
    for (const statement of gone.length === 0 ? [] : forgetReferences(kind))
      await connection.execute(statement, [gone]);
  }
  return throughParts(connection, ids, ({ table, where, also }, bound) => {
    const gone = `with gone as (delete from ${table} a where ${bound} (${where}) returning ${also?.columns ?? '1'})`;
    const more = also === undefined ? '' : `, also as (${also.statement})`;
    return `${gone}${more} select count(*)::int as n from gone`;
  });
}

async function throughParts(
  connection: Queryable,
  ids: readonly string[],
  statement: (part: Part, bound: string) => string,
): Promise<RemovedRows> {
  const removed: Record<string, number> = {};
  if (ids.length === 0) return removed;
  const alone = await placesAlone(connection, ids);
  for (const part of REPORT_PARTS) {
    // Every statement has both parameters, whichever it asks by.
    const bound = '$1::uuid[] is not null and $2::uuid[] is not null and';
    const [row] = await connection.query<{ n: number }>(statement(part, bound), [ids, alone]);
    if (row !== undefined && row.n > 0) removed[part.table] = row.n;
  }
  return removed;
}

async function placesAlone(connection: Queryable, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await connection.query<{ id: string }>(
    `with named as (
       select place_reference_id as id from incident where report_id in (${VERSIONS}) and place_reference_id is not null
       union select w.place_reference_id from waypoint w where w.movement_id in (${MOVEMENTS}) and w.place_reference_id is not null)
     select n.id from named n
     where not exists (select 1 from incident i where i.place_reference_id = n.id and i.report_id not in (${VERSIONS}))
       and not exists (select 1 from waypoint w join movement m on m.id = w.movement_id
         where w.place_reference_id = n.id and m.report_id not in (${VERSIONS}))
       and not exists (select 1 from interdiction t where t.place_reference_id = n.id)
       and not exists (select 1 from flow_observation f where f.origin_reference_id = n.id or f.destination_reference_id = n.id)
     order by n.id`,
    [ids],
  );
  return rows.map(({ id }) => id);
}
