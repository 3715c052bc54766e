/** What organisations were asked about passing on what was made from their reports, and what they answered. */
import type { IdSource } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';

export const ONWARD_STATES = ['open', 'consented', 'refused', 'withdrawn'] as const;
export type OnwardState = (typeof ONWARD_STATES)[number];

export interface OnwardRow {
  readonly id: string;
  readonly agreement_id: string;
  readonly report_id: string;
  readonly asker_id: string;
  readonly originator_id: string;
  readonly state: OnwardState;
  /** Of the originator's own that the report was made from when it was asked, or answered last. */
  readonly source_ids: readonly string[];
  readonly version: number;
  readonly asked_at: Date;
  readonly answered_at: Date | null;
}

/** An organisation, and which of its reports another was made from. */
export interface Originator {
  readonly id: string;
  readonly sources: readonly string[];
}

export interface ListedRow extends OnwardRow {
  /** Of the report as it is now. */
  readonly handling: string;
  /** Slugs of the other parties of the agreement. */
  readonly receivers: readonly string[];
}

const COLUMNS = `q.id, q.agreement_id, q.report_id, q.asker_id, q.originator_id, q.state, q.source_ids, q.version, q.asked_at, q.answered_at`;

/**
 * Of those that were asked before, nothing is asked again, since each may answer anew by itself; but for who consented to less than it is made from
 * now. Returns who was asked, with the request.
 */
export async function insertRequests(
  connection: Queryable,
  ids: IdSource,
  asked: Pick<OnwardRow, 'agreement_id' | 'report_id' | 'asker_id'>,
  originators: readonly Originator[],
  keyId: string,
  now: Date,
): Promise<readonly Pick<OnwardRow, 'id' | 'originator_id'>[]> {
  return connection.query(
    `insert into onward_request as q (id, agreement_id, report_id, asker_id, originator_id, source_ids, state, version, asked_at, asked_by)
     select n.id, $3, $4, $5, n.originator_id, string_to_array(n.sources, ',')::uuid[], 'open', 1, $6, $7
     from unnest($1::uuid[], $2::uuid[], $8::text[]) as n (id, originator_id, sources)
     order by n.originator_id on conflict (agreement_id, report_id, originator_id) do update
     set state = 'open', source_ids = excluded.source_ids, version = q.version + 1, asked_at = greatest(q.answered_at, excluded.asked_at),
       asked_by = excluded.asked_by, answered_at = null, answered_by = null
     where q.state = 'consented' and not excluded.source_ids <@ q.source_ids returning id, originator_id`,
    [
      originators.map(() => ids()),
      originators.map(({ id }) => id),
      asked.agreement_id,
      asked.report_id,
      asked.asker_id,
      now.toISOString(),
      keyId,
      originators.map(({ sources }) => sources.join(',')),
    ],
  );
}

/** Of and to one organisation, the latest first. `open`: those that wait, those that do not, or null: all. */
export function listRequests(
  connection: Queryable,
  organisationId: string,
  open: boolean | null,
  most: number,
): Promise<readonly ListedRow[]> {
  return connection.query<ListedRow>(
    `select ${COLUMNS}, r.handling, array(select o.slug from agreement_party p join organisation o on o.id = p.organisation_id
         where p.agreement_id = q.agreement_id and p.organisation_id <> q.asker_id order by o.slug) as receivers
     from onward_request q join report r on r.id = q.report_id
     where $1 in (q.originator_id, q.asker_id) and ($2::boolean is null or (q.state = 'open') = $2)
     order by q.asked_at desc, q.id desc limit $3`,
    [organisationId, open, most],
  );
}

/** Locked until the transaction ends, after the report it is about, as a release and a correction lock it. Null for whoever was not asked. */
export async function lockRequest(
  connection: Queryable,
  originatorId: string,
  id: string,
): Promise<OnwardRow | null> {
  const values = [id, originatorId];
  await connection.query(
    `select r.id from report r where r.id = (select q.report_id from onward_request q where q.id = $1 and q.originator_id = $2) for update`,
    values,
  );
  const [row] = await connection.query<OnwardRow>(
    `select ${COLUMNS} from onward_request q where q.id = $1 and q.originator_id = $2 for update`,
    values,
  );
  return row ?? null;
}

export async function answerRequest(
  connection: Queryable,
  id: string,
  { state, sources }: { readonly state: OnwardState; readonly sources: readonly string[] },
  keyId: string,
  now: Date,
): Promise<void> {
  await connection.execute(
    `update onward_request set state = $2, source_ids = case when cardinality($5::uuid[]) > 0 then $5::uuid[] else source_ids end, version = version + 1,
       answered_at = greatest($4, asked_at), answered_by = $3 where id = $1`,
    [id, state, keyId, now.toISOString(), sources],
  );
}
