/** Reading where establishments are named, what else took part there, and who was brought: a few long texts of lines. */
import { projected } from '../../access/projected.sql.ts';
import type { ProjectedTable } from '../../access/projected-columns.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { cellAtMost } from '../../graphql/cell.sql.ts';
import { oneOfCondition, overlapCondition } from '../../graphql/filter-conditions.sql.ts';
import { Parameters } from '../../platform/parameters.ts';
import { unsuspected } from '../../records/entities/unsuspected.sql.ts';
import { sameIncidentReach } from '../../records/incidents/same-incident.sql.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { movementSource } from '../../records/movements/movement-source.sql.ts';
import { PROTECTED_ROLE } from '../../records/same-incident/protected-roles.ts';

/** What establishments are named as where people are brought to them; an agency's office is not such a place. */
export const ARRIVAL_ROLES = ['place_of_exploitation', 'location', 'employer', 'host', 'master'] as const;

/** Of homes, at the finest: a town with what is around it. */
export const ORIGIN_RESOLUTION = 4;

/** What happens at the house itself; where somebody was intercepted on the way to it says nothing of where it is. */
const AT_THE_HOUSE = ['recovery', 'arrest', 'exploitation'];

const LINES_A_BLOCK = 20_000;

/**
 * Lines of the kinds that read-lines.ts reads, their first field says which. Journeys are those that `asked` means, returns left out unless `purposes` are given; events
 * are found by the links that the viewer sees. Persons are never among what took part, nor what is theirs who are suspected no more or whom a report protects, nor
 * whatever has an identifier or a name in common with one of these.
 */
export async function readResupplyBlocks(
  reader: ViewerReader,
  asked: AskedMovements,
): Promise<readonly string[]> {
  const parameters = new Parameters();
  const { viewer } = reader;
  const { search, asKnown } = asked;
  const from = (table: ProjectedTable): string => projected(table, viewer, parameters, asKnown);
  const source = movementSource(viewer, search, asKnown, parameters);
  const journeys = [...source.conditions, ...(search.purposes ? [] : [`r.purpose <> 'return'`])].join(
    ' and ',
  );
  const counted = [
    `i.population = 'trafficking'`,
    search.verifications
      ? oneOfCondition('i.verification', search.verifications, parameters)
      : `i.verification <> 'should_not_count'`,
    ...(search.ownerIds ? [`i.owner_id = any(${parameters.bind(search.ownerIds)}::uuid[])`] : []),
  ].join(' and ');
  const isAsked = search.occurred
    ? overlapCondition('i.occurred_from', 'i.occurred_to', search.occurred, parameters)
    : 'i.occurred_from is not null';
  // Of one source: a country of the one and a cell of the other would be a place where nobody said it is.
  const ofHouse = (column: string): string =>
    `case when w.incident_id is not null then w.${column} when m.kind = any(${parameters.bind(AT_THE_HOUSE)}::text[]) then m.${column} end`;
  const text = `
with same as materialized (
  ${sameIncidentReach(viewer, parameters, asKnown)} select one, least(one, min(other::text)::uuid) as event_id from reach group by one),
gone as materialized (
  select row_id from (${unsuspected(viewer, parameters, asKnown)}) unsuspected where row_id is not null
  union select p.entity_id from ${from('participation')} p where p.entity_id is not null and p.role ~* ${parameters.bind(PROTECTED_ROLE)}::text),
gone_token as materialized (select distinct s.kind, s.token from ${from('selector')} s join gone g on g.row_id = s.entity_id),
gone_name as materialized (select distinct lower(e.label) as name from ${from('entity')} e join gone g on g.row_id = e.row_id where e.kind <> 'individual' and ${isName('e')}),
moved as materialized (
  select r.id, r.row_id, r.incident_id, r.owner_id, r.status, r.origin_country, r.occurred_from, r.occurred_to, r.occurred_zone
  from ${source.from} where ${journeys}),
told as materialized (
  select i.id, i.row_id, i.owner_id, i.kind, i.country, i.cell, i.cell_resolution, i.occurred_from, i.occurred_to, i.occurred_zone,
    coalesce(same.event_id, i.id) as event_id
  from ${from('incident')} i left join same on same.one = i.id where ${counted}),
mention as materialized (
  select i.id as incident_id, i.event_id, i.kind, i.owner_id, i.country, i.cell, i.cell_resolution, e.id as entity_id, e.row_id as entity_row, e.label,
    ${isAsked} as is_asked, ${spanOf('i')} as span
  from ${from('entity')} e join ${from('participation')} p on p.entity_id = e.row_id join told i on i.row_id = p.incident_id
  where e.kind = 'establishment' and p.role = any(${parameters.bind(ARRIVAL_ROLES)}::text[])),
inside as materialized (select i.* from told i where i.event_id in (select event_id from mention)),
arrival as materialized (
  select r.id, r.row_id, r.incident_id, i.event_id, r.owner_id, r.status, r.origin_country, ${spanOf('r')} as span
  from moved r join inside i on i.id = r.incident_id),
token as (
  select s.entity_id, string_agg(distinct s.kind || encode(s.token, 'hex'), ' ') as tokens from ${from('selector')} s
  where s.entity_id in (select entity_row from mention union select p.entity_id from ${from('participation')} p join inside i on i.row_id = p.incident_id)
  group by s.entity_id),
ending as (
  select a.incident_id, w.country, w.cell, w.cell_resolution, row_number() over (partition by a.incident_id
    order by w.cell_resolution desc nulls last, w.ordinal desc, w.cell, w.country, a.id) as nth
  from arrival a join ${from('waypoint')} w on w.movement_id = a.row_id where w.basis in ('destination', 'exploitation')),
line as (
  select ${fields("'mention'", 'm.entity_id', 'm.incident_id', 'm.event_id', 'm.kind', 'm.owner_id', 'm.is_asked::int', 'm.span', ofHouse('country'), ofHouse('cell'), 't.tokens', plain('m.label'))} as text
  from mention m left join token t on t.entity_id = m.entity_row left join ending w on w.incident_id = m.incident_id and w.nth = 1
  union all
  select ${fields("'arrival'", 'a.incident_id', 'a.event_id', 'a.owner_id', 'a.status', 'a.span', 'coalesce(o.country, a.origin_country)', `(${cellAtMost('o', ORIGIN_RESOLUTION)})`)}
  from arrival a left join ${from('waypoint')} o on o.movement_id = a.row_id and o.ordinal = 0 and o.basis in ('residence', 'departure', 'citizenship')
  union all
  select ${fields("'thing'", 'i.event_id', 'i.id', 'e.id', 'e.kind', 'p.role', spanOf('i'), 't.tokens', plain('e.label'))}
  from inside i join ${from('participation')} p on p.incident_id = i.row_id join ${from('entity')} e on e.row_id = p.entity_id
  join token t on t.entity_id = e.row_id
  where e.kind <> 'individual' and e.row_id not in (select row_id from gone)
    and not exists (select 1 from ${from('selector')} s join gone_token g on g.kind = s.kind and g.token = s.token where s.entity_id = e.row_id)
    and not (${isName('e')} and lower(e.label) in (select name from gone_name))
  union all
  select distinct ${fields("'origin'", 'i.event_id', 's.origin_id')}
  from inside i join ${from('statement')} s on s.incident_id = i.id
  where s.origin_id is not null and s.derived_from is null and s.derived_report_id is null
  union all
  select distinct ${fields("'arrest'", 't.id', 'm.entity_id', 't.owner_id', 't.occurred_on')}
  from ${from('interdiction')} t join mention m on m.entity_id = any(t.entity_ids)
  where t.kind = 'arrest' and t.retracted_at is null${search.ownerIds ? ` and t.owner_id = any(${parameters.bind(search.ownerIds)}::uuid[])` : ''}
  union all
  select ${fields("'window'", 'floor(extract(epoch from min(r.occurred_from)) * 1000)::bigint', 'floor(extract(epoch from max(r.occurred_from)) * 1000)::bigint', 'max(r.occurred_zone)')} from moved r)
select string_agg(text, e'\\n') as block from (select text, (row_number() over ())::int as number from line) numbered group by number / ${LINES_A_BLOCK}`;
  const rows = await reader.read((connection) =>
    connection.query<{ readonly block: string }>(text, parameters.values),
  );
  return rows.map(({ block }) => block);
}

/** Fields between tabs; nothing where there is nothing. */
function fields(...columns: readonly string[]): string {
  return columns.map((column) => `coalesce((${column})::text, '')`).join(` || e'\\t' || `);
}

/** Milliseconds since 1970 and the calendar, between blanks; empty without a time. */
function spanOf(alias: string): string {
  const milliseconds = (end: string): string => `floor(extract(epoch from ${alias}.${end}) * 1000)::bigint`;
  return `case when ${alias}.occurred_from is not null then ${milliseconds('occurred_from')} || ' ' || ${milliseconds('occurred_to')} || ' ' || coalesce(${alias}.occurred_zone, '') end`;
}

/** Not its kind, which stands for a name that is not shown, nor the end of a number, which many share. */
function isName(alias: string): string {
  return `${alias}.label <> ${alias}.kind and strpos(${alias}.label, '…') = 0`;
}

function plain(text: string): string {
  return `translate(${text}, e'\\t\\n\\r', '   ')`;
}
