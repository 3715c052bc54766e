/** Sealed personal fields of one organisation, found by what they are about. Opening them is the service's, which leaves a trace. */
import type { Queryable } from '../../platform/database.ts';

export interface VaultRow {
  readonly id: string;
  readonly about_kind: string;
  readonly about_id: string;
  readonly field: string;
  readonly key_id: string;
  readonly sealed: Uint8Array;
}

/** About the record itself; about a report: about the moved persons it speaks of too, whose own ids are shown nowhere. */
export async function findVaultItems(
  connection: Queryable,
  ownerId: string,
  aboutId: string,
): Promise<readonly VaultRow[]> {
  return connection.query<VaultRow>(
    `select v.id, v.about_kind, v.about_id, v.field, v.key_id, v.sealed from vault_item v
     where v.owner_id = $1 and (v.about_id = $2
       or v.about_id = any(array(select s.id from subject s where s.owner_id = $1 and s.report_id = $2))
       or v.about_id = any(array(select s.id from selector s where s.owner_id = $1 and s.entity_id = $2)))
     order by v.about_kind, v.about_id, v.field, v.id`,
    [ownerId, aboutId],
  );
}
