/** Arrangements as they are kept: at most one open between an owner and an asker under one agreement. */
import type { Queryable } from '../../platform/database.ts';
import type { MatchKind } from './match-words.ts';

export interface ArrangementRow {
  readonly id: string;
  readonly agreement_id: string;
  readonly owner_id: string;
  readonly asker_id: string;
  readonly kinds: readonly MatchKind[];
  readonly minimum_batch: number;
  readonly daily_quota: number;
  readonly daily_single: number;
  readonly contact: Uint8Array;
  readonly key_id: string;
  readonly public_key: Uint8Array;
  readonly version: number;
  readonly opened_at: Date;
}

const COLUMNS = `a.id, a.agreement_id, a.owner_id, a.asker_id, a.kinds, a.minimum_batch, a.daily_quota, a.daily_single,
  a.contact, a.key_id, a.public_key, a.version, a.opened_at`;

/** Locked until the transaction ends. */
export async function lockOpen(
  connection: Queryable,
  agreementId: string,
  ownerId: string,
  askerId: string,
): Promise<ArrangementRow | null> {
  const [row] = await connection.query<ArrangementRow>(
    `select ${COLUMNS} from matching_arrangement a
     where a.agreement_id = $1 and a.owner_id = $2 and a.asker_id = $3 and a.closed_at is null for update`,
    [agreementId, ownerId, askerId],
  );
  return row ?? null;
}

/** Of its owner. Locked until the transaction ends. */
export async function lockOwn(
  connection: Queryable,
  ownerId: string,
  id: string,
): Promise<ArrangementRow | null> {
  const [row] = await connection.query<ArrangementRow>(
    `select ${COLUMNS} from matching_arrangement a where a.id = $2 and a.owner_id = $1 and a.closed_at is null for update`,
    [ownerId, id],
  );
  return row ?? null;
}

/** Open ones in which an organisation lets others ask, or may ask. */
export function listOpen(connection: Queryable, organisationId: string): Promise<readonly ArrangementRow[]> {
  return connection.query<ArrangementRow>(
    `select ${COLUMNS} from matching_arrangement a
     where (a.owner_id = $1 or a.asker_id = $1) and a.closed_at is null order by a.opened_at desc, a.id`,
    [organisationId],
  );
}

export async function insertArrangement(
  connection: Queryable,
  row: Omit<ArrangementRow, 'version' | 'opened_at'>,
  now: Date,
): Promise<void> {
  await connection.execute(
    `insert into matching_arrangement (id, agreement_id, owner_id, asker_id, kinds, minimum_batch, daily_quota, daily_single,
       contact, key_id, public_key, version, opened_at)
     values ($1, $2, $3, $4, $5::text[], $6, $7, $8, $9, $10, $11, 1, $12)`,
    [
      row.id,
      row.agreement_id,
      row.owner_id,
      row.asker_id,
      row.kinds,
      row.minimum_batch,
      row.daily_quota,
      row.daily_single,
      row.contact,
      row.key_id,
      row.public_key,
      now.toISOString(),
    ],
  );
}

export async function changeArrangement(
  connection: Queryable,
  row: Pick<
    ArrangementRow,
    'id' | 'kinds' | 'minimum_batch' | 'daily_quota' | 'daily_single' | 'contact' | 'version'
  >,
): Promise<void> {
  await connection.execute(
    `update matching_arrangement set kinds = $2::text[], minimum_batch = $3, daily_quota = $4, daily_single = $5, contact = $6, version = $7
     where id = $1`,
    [row.id, row.kinds, row.minimum_batch, row.daily_quota, row.daily_single, row.contact, row.version],
  );
}

/** Its tokens go at once, and its key is doomed: what was evaluated under it can be evaluated no more. */
export async function closeArrangement(
  connection: Queryable,
  { id, key_id, version }: ArrangementRow,
  now: Date,
): Promise<void> {
  await connection.execute('update matching_arrangement set closed_at = $2, version = $3 where id = $1', [
    id,
    now.toISOString(),
    version + 1,
  ]);
  await connection.execute('delete from matching_token where arrangement_id = $1', [id]);
  await connection.execute('insert into doomed_key (key_id) values ($1) on conflict do nothing', [key_id]);
}

/** Id of an organisation by its slug. */
export async function organisationId(connection: Queryable, slug: string): Promise<string | null> {
  const [row] = await connection.query<{ id: string }>('select id from organisation where slug = $1', [slug]);
  return row?.id ?? null;
}
