/** Grants: one organisation's rows of one record class shown to another, up to a handling ceiling, whole or coarsened. */
import type { IdSource } from '../kernel/ids.ts';
import type { Handling, Purpose } from '../kernel/vocabulary.ts';
import type { Queryable } from '../platform/database.ts';
import type { RecordClass } from './roles.ts';
import type { PartialSight } from './sight.ts';

export interface NewGrant {
  readonly ownerId: string;
  readonly granteeId: string;
  /** Effort and personal fields are never granted. */
  readonly recordClass: Exclude<RecordClass, 'effort' | 'personal'>;
  readonly handlingCeiling: Exclude<Handling, 'red'>;
  readonly projection: 'full' | 'coarse';
  /** Of a coarse one; absent: areas, quarters and no details. */
  readonly sight?: PartialSight;
  readonly validFrom: Date;
  /** null: until it is revoked. */
  readonly validTo: Date | null;
  /** What it was written from; absent: made by hand. */
  readonly agreementId?: string;
  /** What it may be used for; absent: anything. */
  readonly purposes?: readonly Purpose[];
  /** Only what is released under that agreement, one record after the other. */
  readonly caseByCase?: boolean;
}

/** Works on the next request. Returns the grant's id. */
export async function addGrant(connection: Queryable, ids: IdSource, grant: NewGrant): Promise<string> {
  const id = ids();
  await connection.execute(
    `insert into access_grant (id, owner_id, grantee_id, record_class, handling_ceiling, projection, valid_from, valid_to, agreement_id, sight, case_by_case, purposes)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, $12::text[])`,
    [
      id,
      grant.ownerId,
      grant.granteeId,
      grant.recordClass,
      grant.handlingCeiling,
      grant.projection,
      grant.validFrom.toISOString(),
      grant.validTo?.toISOString() ?? null,
      grant.agreementId ?? null,
      grant.sight === undefined ? null : JSON.stringify(grant.sight),
      grant.caseByCase ?? false,
      grant.purposes ?? null,
    ],
  );
  return id;
}

/** Ends what an agreement granted; it works on the next request. Returns how many grants stood. */
export async function revokeGrantsOf(connection: Queryable, agreementId: string, now: Date): Promise<number> {
  return connection.execute(
    'update access_grant set revoked_at = $2 where agreement_id = $1 and revoked_at is null and (valid_to is null or valid_to > $2)',
    [agreementId, now.toISOString()],
  );
}

/** Lets what an agreement granted run no longer than to a moment that is to come. */
export async function endGrantsBy(connection: Queryable, agreementId: string, moment: Date): Promise<void> {
  await connection.execute(
    'update access_grant set valid_to = least(valid_to, $2) where agreement_id = $1 and revoked_at is null',
    [agreementId, moment.toISOString()],
  );
}
