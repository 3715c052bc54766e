/** Reading targets, and what speaks for each as far as the viewer sees it. */
import { KNOWN_NOW, projected } from '../../access/projected.sql.ts';
import type { ProjectedTable } from '../../access/projected-columns.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { oneOfCondition } from '../../graphql/filter-conditions.sql.ts';
import { type ListAnswer, readByIds, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import { isId } from '../../kernel/ids.ts';
import type { TargetAction, TargetClosing, TargetKind, TargetStage } from '../../kernel/target-words.ts';
import type { EntityKind } from '../../kernel/vocabulary.ts';
import { Parameters } from '../../platform/parameters.ts';
import { unsuspected } from '../entities/unsuspected.sql.ts';
import { sameIncidentJoin } from '../incidents/same-incident.sql.ts';

export interface TargetColumns {
  readonly id: string;
  readonly kind: TargetKind;
  readonly entity_ids: readonly string[];
  readonly stage: TargetStage;
  readonly next_action: TargetAction | null;
  /** "2026-11-30" */
  readonly due_on: string;
  readonly responsible: string;
  readonly closed_for: TargetClosing | null;
  readonly version: number;
  readonly opened_by: string;
  readonly opened_at: Date;
  readonly changed_at: Date;
}

export interface TargetSearch {
  readonly ids?: readonly string[] | null | undefined;
  readonly stages: readonly TargetStage[];
  readonly kinds?: readonly string[] | null | undefined;
  readonly entityIds?: readonly string[] | null | undefined;
  readonly mine?: boolean | null | undefined;
  readonly overdue?: boolean | null | undefined;
  readonly standsWithoutVictim?: boolean | null | undefined;
  /** "2026-11-30" */
  readonly today: string;
}

/** What is due first, first. */
export function listTargets(
  reader: ViewerReader,
  search: TargetSearch,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<TargetColumns>> {
  return readList<TargetColumns>(
    reader,
    {
      table: 'target',
      asKnown: KNOWN_NOW,
      sort: { column: 'r.due_on', type: 'date', ascending: true },
      idColumn: 'r.id',
      conditions: (parameters) => targetConditions(reader, search, parameters),
    },
    paging,
  );
}

function targetConditions(
  reader: ViewerReader,
  { ids, stages, kinds, entityIds, mine, overdue, standsWithoutVictim, today }: TargetSearch,
  parameters: Parameters,
): readonly string[] {
  const { organisationId, keyId } = reader.viewer;
  const late = (): string => `(r.stage <> 'closed' and r.due_on < ${parameters.bind(today)}::date)`;
  const stands = (): string => `exists (${withoutVictim(reader, parameters)})`;
  return [
    `r.owner_id = ${parameters.bind(organisationId)}::uuid`,
    oneOfCondition('r.stage', stages, parameters),
    ...(ids == null ? [] : [oneOfIds('r.id', ids, parameters)]),
    ...(kinds == null ? [] : [oneOfCondition('r.kind', kinds, parameters)]),
    // By what is seen of its records, never by what is written down: that would tell what became of others.
    ...(entityIds == null
      ? []
      : [
          `exists (select 1 from ${projected('entity', reader.viewer, parameters)} e where e.id = any(r.entity_ids) and ${oneOfIds('e.id', entityIds, parameters)})`,
        ]),
    ...(mine == null ? [] : [`${mine ? '' : 'not '}(r.responsible = ${parameters.bind(keyId)}::uuid)`]),
    ...(overdue == null ? [] : [overdue ? late() : `not ${late()}`]),
    ...(standsWithoutVictim == null ? [] : [standsWithoutVictim ? stands() : `not ${stands()}`]),
  ];
}

/** What is no id is nobody's. */
function oneOfIds(column: string, ids: readonly string[], parameters: Parameters): string {
  return `${column} = any(${parameters.bind(ids.filter(isId))}::uuid[])`;
}

/** Who first perceived it is known, is no victim, and it was not drawn from anything: an unknown source may be the victim. */
const BY_OTHERS = `s.origin_kind not in ('victim', 'unknown') and s.derived_from is null and s.derived_report_id is null`;

/** Said by somebody else than a victim of what took part in an incident that counts. */
function withoutVictim(reader: ViewerReader, parameters: Parameters): string {
  const source = (table: ProjectedTable): string => projected(table, reader.viewer, parameters);
  return (
    `select 1 from ${source('entity')} e join ${source('statement')} s on s.about_id = e.row_id ` +
    `join ${source('participation')} p on p.entity_id = e.row_id ` +
    `join ${source('incident')} i on i.row_id = p.incident_id and i.verification <> 'should_not_count' ` +
    `where e.id = any(r.entity_ids) and ${isHeldAgainst(reader, parameters)} and ${BY_OTHERS}`
  );
}

/** Of an entity `e`: not of a person who is held for nothing any more. */
function isHeldAgainst(reader: ViewerReader, parameters: Parameters): string {
  return `not exists (select 1 from (${unsuspected(reader.viewer, parameters, KNOWN_NOW)}) gone where gone.row_id = e.row_id)`;
}

export interface OpenableRow {
  readonly id: string;
  readonly owner_id: string;
  readonly label: string;
  /** Of a person, whichever of its reports. */
  readonly person_id: string | null;
  /** Of its identifiers, as the viewer sees them. */
  readonly tokens: readonly string[];
  readonly kind: EntityKind;
  /** A person who is held for nothing any more. */
  readonly ended: boolean;
}

export async function readOpenable(
  reader: ViewerReader,
  ids: readonly string[],
): Promise<readonly OpenableRow[]> {
  const parameters = new Parameters();
  const text =
    `select e.id, e.owner_id, e.label, e.person_id, e.kind, coalesce((select array_agg(s.kind || '/' || encode(s.token, 'hex')) from ${projected('selector', reader.viewer, parameters)} s where s.entity_id = e.row_id), '{}') as tokens, not (${isHeldAgainst(reader, parameters)}) as ended ` +
    `from ${projected('entity', reader.viewer, parameters)} e where e.id = any(${parameters.bind(ids)}::uuid[])`;
  return reader.read((connection) => connection.query<OpenableRow>(text, parameters.values));
}

/** Ids of the target's records that are there for the viewer, whatever may be held against them. */
export async function readRecordsOf(reader: ViewerReader, targetId: string): Promise<readonly string[]> {
  const parameters = new Parameters();
  const text =
    `select e.id from ${projected('target', reader.viewer, parameters)} g join ${projected('entity', reader.viewer, parameters)} e on e.id = any(g.entity_ids) ` +
    `where g.id = ${parameters.bind(targetId)}::uuid and g.owner_id = ${parameters.bind(reader.viewer.organisationId)}::uuid order by e.id`;
  const rows = await reader.read((connection) =>
    connection.query<{ readonly id: string }>(text, parameters.values),
  );
  return rows.map(({ id }) => id);
}

export interface StandingRow {
  readonly target_id: string;
  /** Of its records, those that are there for the viewer and may be held against somebody. */
  readonly entities: number;
  readonly incidents: number;
  /** About it, of incidents that count. */
  readonly statements: number;
  readonly origins: number;
  readonly owners: number;
  readonly incidents_without_victim: number;
  /** Of what nobody drew from anything. */
  readonly evidence_kinds: readonly string[];
  /** Persons among its records, and whose record each is. */
  readonly person_ids: readonly string[];
  readonly person_owner_ids: readonly string[];
}

/** One row a target. Two organisations' reports of one event count once, when both ends are visible. */
export async function readStandings(
  reader: ViewerReader,
  ids: readonly string[],
): Promise<readonly StandingRow[]> {
  const parameters = new Parameters();
  const source = (table: ProjectedTable): string => projected(table, reader.viewer, parameters);
  const text = `
    with member as (
      select g.id as target_id, e.id, e.row_id, e.owner_id, e.kind
      from ${source('target')} g join ${source('entity')} e on e.id = any(g.entity_ids)
      where g.id = any(${parameters.bind(ids)}::uuid[])
        and ${isHeldAgainst(reader, parameters)}
    ), part as (
      select m.target_id, m.row_id, i.id as incident_id from member m
      join ${source('participation')} p on p.entity_id = m.row_id
      join ${source('incident')} i on i.row_id = p.incident_id and i.verification <> 'should_not_count'
    ), joined as (
      select h.*, coalesce(same.event_id, h.incident_id) as event_id
      from part h ${sameIncidentJoin('h', reader.viewer, parameters, KNOWN_NOW)}
    ), said as (
      select j.target_id, s.origin_id, s.origin_kind, j.event_id, ${BY_OTHERS} as by_others, s.derived_from is not null or s.derived_report_id is not null as derived
      from joined j join ${source('statement')} s on s.about_id = j.row_id
    ), spoken as (
      select target_id, count(*)::int as statements, count(distinct origin_id)::int as origins, count(distinct event_id) filter (where by_others)::int as without_victim,
        coalesce(array_agg(distinct origin_kind order by origin_kind) filter (where not derived), '{}') as kinds
      from said group by target_id
    ), counted as (
      select target_id, count(distinct event_id)::int as incidents from joined group by target_id
    )
    select m.target_id, count(*)::int as entities, count(distinct m.owner_id)::int as owners, coalesce(min(c.incidents), 0) as incidents,
      coalesce(array_agg(m.id) filter (where m.kind = 'individual'), '{}') as person_ids,
      coalesce(array_agg(m.owner_id) filter (where m.kind = 'individual'), '{}') as person_owner_ids,
      coalesce(min(k.statements), 0) as statements, coalesce(min(k.origins), 0) as origins, coalesce(min(k.without_victim), 0) as incidents_without_victim,
      coalesce(min(k.kinds), '{}') as evidence_kinds
    from member m left join spoken k using (target_id) left join counted c using (target_id)
    group by m.target_id`;
  return reader.read((connection) => connection.query<StandingRow>(text, parameters.values));
}

export interface StepRow {
  readonly target_id: string;
  readonly number: number;
  readonly stage: TargetStage;
  readonly next_action: TargetAction | null;
  readonly due_on: string;
  readonly responsible: string;
  readonly closed_for: TargetClosing | null;
  readonly added: number | null;
  readonly done_by: string;
  readonly done_at: Date;
}

export function stepsOfTargets(reader: ViewerReader, ids: readonly string[]): Promise<readonly StepRow[]> {
  return readByIds<StepRow>(reader, 'target_step', 'target_id', ids, 'r.target_id, r.number');
}
