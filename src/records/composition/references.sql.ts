/** What was written down by hand about records, to go with them: what refers to a record by its id alone, and no foreign key knows of. */

/** Lists of ids: [table, column, what the ids are of]. */
const LISTS = [
  ['legal_case', 'defendant_ids', 'entity'],
  ['legal_case', 'incident_ids', 'incident'],
  ['legal_case', 'report_ids', 'report'],
  ['interdiction', 'entity_ids', 'entity'],
  ['interdiction', 'incident_ids', 'incident'],
  ['target', 'entity_ids', 'entity'],
] as const;

export type Referred = (typeof LISTS)[number][2];

/** Statements, each bound to `$1`: ids of records that are not there any more, in whichever version they were named. */
export function forgetReferences(of: Referred): readonly string[] {
  const lists = LISTS.filter(([, , target]) => target === of).map(
    ([table, column]) =>
      `update ${table} set ${column} = array(select id from unnest(${column}) with ordinality as kept (id, at) where id <> all($1::uuid[]) order by at) ` +
      `where ${column} && $1::uuid[]`,
  );
  return of === 'entity'
    ? [...lists, 'update legal_case_event set defendant_id = null where defendant_id = any($1::uuid[])']
    : lists;
}

/** Bound to `$1`, ids of entities that are erased: the court's file number leads whoever has it to their names. What another organisation wrote of its own case is its own to erase. */
export const FORGET_DEFENDANTS = [
  'update legal_case set reference = null where defendant_ids && $1::uuid[] and owner_id in (select owner_id from entity where id = any($1::uuid[]))',
  ...forgetReferences('entity').filter((text) => !text.startsWith('update interdiction')),
] as const;
