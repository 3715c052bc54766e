/** Reading legal cases, what happened in them, and what leads to them. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { checkedCountry, oneOfCondition, overlapCondition } from '../../graphql/filter-conditions.sql.ts';
import type { TimeSpanInput } from '../../graphql/filters.input.ts';
import { type ListAnswer, readByIds, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { CaseEventColumns, LegalCaseColumns } from './legal-case.type.ts';

export interface LegalCaseSearch {
  readonly ids?: readonly string[] | undefined;
  readonly countries?: readonly string[] | undefined;
  readonly statuses?: readonly string[] | undefined;
  readonly opened?: TimeSpanInput | undefined;
  readonly ownerIds?: readonly string[] | undefined;
}

/** Withdrawn ones stand as marks. */
const STANDING = 'r.retracted_at is null';

export function listCases(
  reader: ViewerReader,
  search: LegalCaseSearch,
  asKnown: AsKnown,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<LegalCaseColumns>> {
  return readList<LegalCaseColumns>(
    reader,
    {
      table: 'legal_case',
      asKnown,
      sort: { column: 'r.opened_on', type: 'date' },
      conditions: (parameters) => conditionsOf(search, parameters),
    },
    paging,
  );
}

function conditionsOf(search: LegalCaseSearch, parameters: Parameters): string[] {
  const conditions: string[] = [STANDING];
  if (search.ids != null) conditions.push(`r.id = any(${parameters.bind(search.ids)}::uuid[])`);
  if (search.statuses != null) conditions.push(oneOfCondition('r.status', search.statuses, parameters));
  if (search.countries != null) {
    const codes = search.countries.map((code) => checkedCountry('countries', code));
    conditions.push(oneOfCondition('r.country', codes, parameters));
  }
  if (search.opened != null)
    conditions.push(
      overlapCondition(
        `(r.opened_on::timestamp at time zone 'UTC')`,
        `((r.opened_on + 1)::timestamp at time zone 'UTC')`,
        search.opened,
        parameters,
      ),
    );
  if (search.ownerIds != null)
    conditions.push(`r.owner_id = any(${parameters.bind(search.ownerIds)}::uuid[])`);
  return conditions;
}

/** Those that stand. */
export async function casesByIds(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly LegalCaseColumns[]> {
  const rows = await readByIds<LegalCaseColumns & { readonly retracted_at: Date | null }>(
    reader,
    'legal_case',
    'id',
    ids,
    'r.row_id',
    asKnown,
  );
  return rows.filter((row) => row.retracted_at === null);
}

/** By the case's own row, the earliest first. */
export function eventsOfCases(
  reader: ViewerReader,
  rowIds: readonly string[],
): Promise<readonly CaseEventColumns[]> {
  return readByIds<CaseEventColumns>(
    reader,
    'legal_case_event',
    'case_id',
    rowIds,
    'r.occurred_on, r.ordinal',
  );
}

export type CaseOf = LegalCaseColumns & { readonly of_id: string };

/** The cases that name any of the ids, the earliest first. */
export async function casesNaming(
  reader: ViewerReader,
  column: 'defendant_ids' | 'incident_ids' | 'report_ids',
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly CaseOf[]> {
  const parameters = new Parameters();
  const from = projected('legal_case', reader.viewer, parameters, asKnown);
  const text =
    `select r.*, wanted.id as of_id from unnest(${parameters.bind(ids)}::uuid[]) as wanted (id) ` +
    `join ${from} r on r.${column} @> array[wanted.id] where ${STANDING} order by r.opened_on, r.row_id`;
  const rows = await reader.read((connection) => connection.query<CaseOf>(text, parameters.values));
  return asKnown.at === null ? rows : rows.map((row) => ({ ...row, as_known: asKnown }));
}

export interface StageDays {
  readonly country: string;
  readonly has_incident: boolean;
  /** "2024-03-01", the first of its kind; null where there is none or its day is not known. */
  readonly incident: string | null;
  readonly referral: string | null;
  readonly arrest: string | null;
  readonly charge: string | null;
  readonly conviction: string | null;
}

/** One row a case: on which day it first reached each stage, by what the viewer sees of it. */
export function readStageDays(
  reader: ViewerReader,
  search: LegalCaseSearch,
  asKnown: AsKnown,
): Promise<readonly StageDays[]> {
  const parameters = new Parameters();
  const { viewer } = reader;
  const cases = projected('legal_case', viewer, parameters, asKnown);
  const events = projected('legal_case_event', viewer, parameters);
  const incidents = projected('incident', viewer, parameters, asKnown);
  const conditions = conditionsOf(search, parameters);
  const first = (kind: string) => `min(e.occurred_on) filter (where ${kind})::text`;
  // A time that is coarser than a day tells no days between.
  const day = `case when not i.redacted and i.occurred_granularity in ('instant', 'hour', 'day') then (i.occurred_from at time zone 'UTC')::date end`;
  const text =
    `select r.country, i.n > 0 as has_incident, i.day::text as incident, e.* from ${cases} r ` +
    `left join lateral (select count(*) as n, min(${day}) as day from ${incidents} i where i.id = any(r.incident_ids)) i on true ` +
    `left join lateral (select ${first(`e.kind = 'referral'`)} as referral, ${first(`e.kind = 'arrest'`)} as arrest, ` +
    `${first(`e.kind = 'charge'`)} as charge, ${first(`e.verdict = 'convicted'`)} as conviction from ${events} e where e.case_id = r.row_id) e on true ` +
    `where ${conditions.join(' and ')} order by r.country, r.row_id`;
  return reader.read((connection) => connection.query<StageDays>(text, parameters.values));
}
