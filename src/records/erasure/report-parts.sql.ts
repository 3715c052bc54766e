/** SQL for all that hangs on reports: every version, and the tables that go with them. */

/** $1: ids of the records. */
export const VERSIONS = 'select id from report where id = any($1::uuid[]) or version_of = any($1::uuid[])';
export const INCIDENTS = `select id from incident where report_id in (${VERSIONS})`;
export const MOVEMENTS = `select id from movement where report_id in (${VERSIONS})`;
const SUBJECTS = `select id from subject where report_id in (${VERSIONS})`;
export const ENTITIES = `select id from entity where report_id in (${VERSIONS})`;

/** $2: place references that nothing but these reports names. Homes of theirs were taught for them alone. */
const HOMES = `select 1 from place_reference p where p.id = any($2::uuid[]) and p.home and p.name_token = a.name_token and p.owner_id = a.owner_id
   and not exists (select 1 from place_reference q where q.owner_id = p.owner_id and q.name_token = p.name_token and q.id <> all($2::uuid[]))`;

export interface Part {
  readonly table: string;
  /** Condition on the alias `a`. */
  readonly where: string;
  /** What of it the report itself tells, where other reports may tell of the same. */
  readonly told?: string;
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
  // What was counted with it stands as it was told, and tells of nobody.
  { table: 'shared_atom_member', where: `a.incident_id in (${INCIDENTS})` },
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
    told: `a.report_id in (${VERSIONS})`,
  },
  { table: 'statement', where: `a.report_id in (${VERSIONS})` },
  { table: 'entity', where: `a.report_id in (${VERSIONS})` },
  { table: 'movement', where: `a.report_id in (${VERSIONS})` },
  { table: 'incident', where: `a.report_id in (${VERSIONS})` },
  { table: 'subject', where: `a.report_id in (${VERSIONS})` },
  { table: 'act', where: `a.report_id in (${VERSIONS})` },
  { table: 'recipient_before', where: 'a.report_id = any($1::uuid[])' },
  { table: 'case_release', where: 'a.report_id = any($1::uuid[])' },
  { table: 'onward_request', where: 'a.report_id = any($1::uuid[])' },
  { table: 'retraction_acknowledgement', where: `a.report_id in (${VERSIONS})` },
  { table: 'retention_decision', where: 'a.object_id = any($1::uuid[])' },
  { table: 'report', where: 'a.id = any($1::uuid[]) or a.version_of = any($1::uuid[])' },
  { table: 'place_reference', where: 'a.id = any($2::uuid[])' },
];
