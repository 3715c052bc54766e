/** Notices as both sides read them, and the taking note of them. */
import type { Queryable } from '../../platform/database.ts';
import type { NoticeKind, NoticeSearch } from './notice.ts';

export interface NoticeRow {
  readonly id: string;
  readonly owner_id: string;
  readonly recipient_id: string;
  readonly kind: NoticeKind;
  readonly object_kind: 'report' | 'entity';
  readonly object_id: string;
  readonly raised_at: Date;
  readonly acknowledged_at: Date | null;
}

const SIDES = { received: 'recipient_id', given: 'owner_id' } as const;

/** The latest first. */
export function listNotices(
  connection: Queryable,
  organisationId: string,
  { side, open }: NoticeSearch,
  most: number,
): Promise<readonly NoticeRow[]> {
  return connection.query<NoticeRow>(
    `select id, owner_id, recipient_id, kind, object_kind, object_id, raised_at, acknowledged_at from recipient_notice
     where ${SIDES[side]} = $1 and ($2::boolean is null or (acknowledged_at is null) = $2) order by raised_at desc, id desc limit $3`,
    [organisationId, open, most],
  );
}

export interface Acknowledged {
  readonly id: string;
  readonly owner_id: string;
  readonly kind: NoticeKind;
  readonly object_id: string;
}

/** Of the organisation's own open ones; ids of others change nothing. */
export function acknowledgeNotices(
  connection: Queryable,
  organisationId: string,
  by: { readonly ids: readonly string[] } | { readonly objectId: string; readonly kind: NoticeKind },
  keyId: string,
  now: Date,
): Promise<readonly Acknowledged[]> {
  const [which, ...values] =
    'ids' in by
      ? ['id = any($4::uuid[])', by.ids]
      : ['object_id = $4::uuid and kind = $5', by.objectId, by.kind];
  return connection.query<Acknowledged>(
    `update recipient_notice set acknowledged_at = $2, acknowledged_by = $3
     where recipient_id = $1 and acknowledged_at is null and ${which} returning id, owner_id, kind, object_id`,
    [organisationId, now.toISOString(), keyId, ...values],
  );
}

/** As the tombstone shows it to its owner; nothing where it was removed. */
export async function markTombstones(
  connection: Queryable,
  reportIds: readonly string[],
  organisationId: string,
  keyId: string,
  now: Date,
): Promise<void> {
  await connection.execute(
    `insert into retraction_acknowledgement (report_id, organisation_id, owner_id, visibility_class_id, key_id, acknowledged_at)
     select id, $2, owner_id, visibility_class_id, $3, $4 from report
     where id = any($1::uuid[]) and known_to is null and retracted_at is not null order by id on conflict do nothing`,
    [reportIds, organisationId, keyId, now.toISOString()],
  );
}
