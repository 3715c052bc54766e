/** Making, rotating and revoking keys, and the organisations they belong to. */
import { HeadwaterError } from '../kernel/errors.ts';
import type { IdSource } from '../kernel/ids.ts';
import type { Purpose } from '../kernel/vocabulary.ts';
import type { Queryable } from '../platform/database.ts';
import { newKey } from './keys.ts';
import type { Role } from './roles.ts';

export interface OrganisationRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

export interface KeyRequest {
  /** null for the operator, who belongs to no organisation. */
  readonly organisationId: string | null;
  readonly role: Role;
  readonly label: string;
  readonly vaultPermission: boolean;
  /** What its holder works for; absent or null: anything. */
  readonly purposes?: readonly Purpose[] | null;
  readonly expiresAt: Date;
  readonly rotatedFrom?: string;
}

export async function addOrganisation(
  connection: Queryable,
  ids: IdSource,
  organisation: { readonly slug: string; readonly name: string; readonly fictional: boolean },
): Promise<OrganisationRow> {
  const rows = await connection.query<OrganisationRow>(
    `insert into organisation (id, slug, name, fictional) values ($1, $2, $3, $4)
     on conflict (slug) do update set name = excluded.name returning id, slug, name`,
    [ids(), organisation.slug, organisation.name, organisation.fictional],
  );
  return rows[0] as OrganisationRow;
}

/** Throws NOT_FOUND. */
export async function readOrganisation(connection: Queryable, slug: string): Promise<OrganisationRow> {
  const rows = await connection.query<OrganisationRow>(
    'select id, slug, name from organisation where slug = $1',
    [slug],
  );
  const row = rows[0];
  if (row === undefined)
    throw new HeadwaterError(
      'NOT_FOUND',
      `found no organisation "${slug}", wanted the slug of one (npx headwater key list)`,
    );
  return row;
}

/** Returns the key's text, which is stored nowhere. */
export async function addKey(
  connection: Queryable,
  ids: IdSource,
  request: KeyRequest,
): Promise<{ id: string; text: string }> {
  const key = newKey();
  const id = ids();
  await connection.execute(
    `insert into api_key (id, organisation_id, role, label, prefix, secret_sha256, vault_permission, expires_at, rotated_from, purposes)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text[])`,
    [
      id,
      request.organisationId,
      request.role,
      request.label,
      key.prefix,
      key.secretSha256,
      request.vaultPermission,
      request.expiresAt.toISOString(),
      request.rotatedFrom ?? null,
      request.purposes ?? null,
    ],
  );
  return { id, text: key.text };
}

/** The old key stops at once; the new one has the same rights. Throws NOT_FOUND. */
export async function rotateKey(
  connection: Queryable,
  ids: IdSource,
  keyId: string,
  expiresAt: Date,
): Promise<{ id: string; text: string }> {
  const rows = await connection.query<{
    organisation_id: string | null;
    role: Role;
    label: string;
    vault_permission: boolean;
    purposes: readonly Purpose[] | null;
  }>(
    `update api_key set revoked_at = now() where id = $1 and revoked_at is null
     returning organisation_id, role, label, vault_permission, purposes`,
    [keyId],
  );
  const old = rows[0];
  if (old === undefined) throw new HeadwaterError('NOT_FOUND', 'found no living key with that id');
  return addKey(connection, ids, {
    organisationId: old.organisation_id,
    role: old.role,
    label: old.label,
    vaultPermission: old.vault_permission,
    purposes: old.purposes,
    expiresAt,
    rotatedFrom: keyId,
  });
}

export async function revokeKey(connection: Queryable, keyId: string): Promise<boolean> {
  return (
    (await connection.execute('update api_key set revoked_at = now() where id = $1 and revoked_at is null', [
      keyId,
    ])) > 0
  );
}

export interface KeyListing {
  readonly id: string;
  readonly slug: string | null;
  readonly role: Role;
  readonly label: string;
  readonly purposes: readonly Purpose[] | null;
  readonly prefix: string;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
}

export async function listKeys(connection: Queryable): Promise<readonly KeyListing[]> {
  return connection.query<KeyListing>(
    `select k.id, o.slug, k.role, k.label, k.purposes, k.prefix, k.expires_at, k.revoked_at
     from api_key k left join organisation o on o.id = k.organisation_id order by o.slug nulls first, k.role, k.created_at`,
  );
}
