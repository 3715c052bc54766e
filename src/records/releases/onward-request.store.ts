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
  readonly version: number;
  readonly asked_at: Date;
  readonly answered_at: Date | null;
}

export interface ListedRow extends OnwardRow {
  /** Of the report as it is now. */
  readonly handling: string;
  /** Slugs of the other parties of the agreement. */
  readonly receivers: readonly string[];
}

const COLUMNS = `q.id, q.agreement_id, q.report_id, q.asker_id, q.originator_id, q.state, q.version, q.asked_at, q.answered_at`;

/** Of those that were asked before, nothing is asked again: each may answer anew by itself. Returns who was asked, with the request. */
export async function insertRequests(
  connection: Queryable,
  ids: IdSource,
  asked: Pick<OnwardRow, 'agreement_id' | 'report_id' | 'asker_id'>,
  originatorIds: readonly string[],
  keyId: string,
  now: Date,
): Promise<readonly Pick<OnwardRow, 'id' | 'originator_id'>[]> {
  return connection.query(
    `insert into onward_request (id, agreement_id, report_id, asker_id, originator_id, state, version, asked_at, asked_by)
     select n.id, $3, $4, $5, n.originator_id, 'open', 1, $6, $7 from unnest($1::uuid[], $2::uuid[]) as n (id, originator_id)
     order by n.originator_id on conflict (agreement_id, report_id, originator_id) do nothing returning id, originator_id`,
    [
      originatorIds.map(() => ids()),
      originatorIds,
      asked.agreement_id,
      asked.report_id,
      asked.asker_id,
      now.toISOString(),
      keyId,
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
  state: OnwardState,
  keyId: string,
  now: Date,
): Promise<void> {
  await connection.execute(
    `update onward_request set state = $2, version = version + 1, answered_at = greatest($4, asked_at), answered_by = $3 where id = $1`,
    [id, state, keyId, now.toISOString()],
  );
}
