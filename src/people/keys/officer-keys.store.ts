/** Keys of one organisation, as its data officers see them: never a secret. */
import type { Role } from '../../access/roles.ts';
import type { Purpose } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';

export interface OwnKeyRow {
  readonly id: string;
  readonly role: Role;
  readonly label: string;
  readonly prefix: string;
  readonly vault_permission: boolean;
  readonly purposes: readonly Purpose[] | null;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
}

const COLUMNS =
  'k.id, k.role, k.label, k.prefix, k.vault_permission, k.purposes, k.created_at, k.expires_at, k.revoked_at';
const MOST = 500;

/** Those that work first, then the latest made. */
export async function listOwnKeys(
  connection: Queryable,
  organisationId: string,
  now: Date,
): Promise<readonly OwnKeyRow[]> {
  return connection.query<OwnKeyRow>(
    `select ${COLUMNS} from api_key k where k.organisation_id = $1
     order by (k.revoked_at is null and k.expires_at > $2) desc, k.created_at desc, k.id limit ${MOST}`,
    [organisationId, now.toISOString()],
  );
}

/** Locked until the transaction ends; another organisation's is as absent as one that is not there. */
export async function lockOwnKey(
  connection: Queryable,
  organisationId: string,
  id: string,
): Promise<OwnKeyRow | null> {
  const [row] = await connection.query<OwnKeyRow>(
    `select ${COLUMNS} from api_key k where k.id = $1 and k.organisation_id = $2 for update`,
    [id, organisationId],
  );
  return row ?? null;
}
