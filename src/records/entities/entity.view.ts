/** Reading entities, their selectors and statements, and what recurs across independent incidents. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { ProjectedTable } from '../../access/projected-columns.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { type ListAnswer, readByIds, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import type { EntityKind } from '../../kernel/vocabulary.ts';
import { Parameters } from '../../platform/parameters.ts';
import { sameIncidentJoin } from '../incidents/same-incident.sql.ts';
import type { EntityColumns, StatementColumns } from './entity.type.ts';
import { type EntitySearch, entityConditions } from './entity-conditions.sql.ts';
import { unsuspected } from './unsuspected.sql.ts';

export function listEntities(
  reader: ViewerReader,
  search: EntitySearch,
  asKnown: AsKnown,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<EntityColumns>> {
  return readList<EntityColumns>(
    reader,
    {
      table: 'entity',
      asKnown,
      sort: { column: 'r.known_from', type: 'timestamptz' },
      conditions: (parameters) => entityConditions(reader.viewer, search, asKnown, parameters),
    },
    paging,
  );
}

export interface SelectorRow {
  readonly entity_id: string;
  readonly kind: string;
  readonly hint: string;
}

export function selectorsByEntities(
  reader: ViewerReader,
  ids: readonly string[],
): Promise<readonly SelectorRow[]> {
  return readByIds<SelectorRow>(reader, 'selector', 'entity_id', ids, 'r.entity_id, r.kind, r.hint');
}

export function statementsAbout(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly StatementColumns[]> {
  return readByIds<StatementColumns>(
    reader,
    'statement',
    'about_id',
    ids,
    'r.about_id, r.claim, r.id',
    asKnown,
  );
}

export interface ParticipationRow {
  readonly incident_id: string;
  readonly entity_id: string;
  readonly role: string;
}

export function participationsByEntities(
  reader: ViewerReader,
  ids: readonly string[],
): Promise<readonly ParticipationRow[]> {
  return readByIds<ParticipationRow>(reader, 'participation', 'entity_id', ids, 'r.entity_id, r.incident_id');
}

export function participationsByIncidents(
  reader: ViewerReader,
  ids: readonly string[],
): Promise<readonly ParticipationRow[]> {
  return readByIds<ParticipationRow>(
    reader,
    'participation',
    'incident_id',
    ids,
    'r.incident_id, r.role, r.entity_id',
  );
}

export interface RecurrenceRow {
  readonly kind: EntityKind;
  readonly selector_kind: string;
  readonly hint: string;
  readonly incidents: number;
  readonly owners: number;
  readonly origins: number;
  readonly incidents_without_victim: number;
  readonly evidence_kinds: readonly string[];
  readonly entity_ids: readonly string[];
  readonly incident_ids: readonly string[];
  /** All incidents in which an identifier of this kind occurs, and how many distinct identifiers there are. */
  readonly kind_incidents: number;
  readonly kind_tokens: number;
}

/** Of the same identifier as several records show it to this viewer: what is shown whole, before what is cut to its end. */
const FULLEST_HINT = `coalesce(min(j.hint collate "C") filter (where left(j.hint, 1) <> '…'), min(j.hint collate "C"))`;

/** Individuals are left out: persons are proposed for review elsewhere, never ranked here; nor is what is theirs who are suspected no more. */
export async function readRecurrences(
  reader: ViewerReader,
  asKnown: AsKnown,
  kinds: readonly string[],
  leastIncidents: number,
  leastOwners: number,
  limit: number,
): Promise<readonly RecurrenceRow[]> {
  const parameters = new Parameters();
  const source = (table: ProjectedTable): string => projected(table, reader.viewer, parameters, asKnown);
  const text = `
    with held as (
      select s.token, s.kind as selector_kind, e.kind, s.hint, e.id as entity_id, e.row_id, e.owner_id, i.id as incident_id
      from ${source('selector')} s
      join ${source('entity')} e on e.row_id = s.entity_id
      join ${source('participation')} p on p.entity_id = e.row_id
      join ${source('incident')} i on i.row_id = p.incident_id and i.verification <> 'should_not_count'
      where e.kind = any(${parameters.bind(kinds)}::text[]) and e.kind <> 'individual'
        and not exists (select 1 from (${unsuspected(reader.viewer, parameters, asKnown)}) gone where gone.row_id = e.row_id)
    ), joined as (
      -- Two organisations' reports of one event count once, when both ends are visible.
      select h.*, coalesce(same.event_id, h.incident_id) as event_id
      from held h ${sameIncidentJoin('h', reader.viewer, parameters, asKnown)}
    ), evidence as (
      select j.token, j.selector_kind,
        count(distinct s.origin_id)::int as origins,
        count(distinct j.event_id) filter (where s.origin_kind not in ('victim', 'unknown') and s.derived_from is null and s.derived_report_id is null)::int as incidents_without_victim,
        array_agg(distinct s.origin_kind) as evidence_kinds
      from joined j join ${source('statement')} s on s.about_id = j.row_id
      group by j.token, j.selector_kind
    ), totals as (
      select selector_kind, count(distinct event_id)::int as kind_incidents, count(distinct token)::int as kind_tokens
      from joined group by selector_kind
    )
    select min(j.kind) as kind, j.selector_kind, ${FULLEST_HINT} as hint, count(distinct j.event_id)::int as incidents,
      count(distinct j.owner_id)::int as owners, coalesce(min(e.origins), 0)::int as origins,
      coalesce(min(e.incidents_without_victim), 0)::int as incidents_without_victim,
      coalesce(min(e.evidence_kinds), '{}') as evidence_kinds,
      array_agg(distinct j.entity_id) as entity_ids, array_agg(distinct j.incident_id) as incident_ids,
      min(t.kind_incidents)::int as kind_incidents, min(t.kind_tokens)::int as kind_tokens
    from joined j
    join totals t on t.selector_kind = j.selector_kind
    left join evidence e on e.token = j.token and e.selector_kind = j.selector_kind
    group by j.token, j.selector_kind
    having count(distinct j.event_id) >= ${parameters.bind(leastIncidents)} and count(distinct j.owner_id) >= ${parameters.bind(leastOwners)}
    order by count(distinct j.event_id) desc, hint, j.token
    limit ${parameters.bind(limit)}`;
  return reader.read((connection) => connection.query<RecurrenceRow>(text, parameters.values));
}
