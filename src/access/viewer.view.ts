/** From a presented key to a viewer, read anew for every request, so that a revoked key or grant works on the next one. */
import { HeadwaterError } from '../kernel/errors.ts';
import type { UnrestrictedDatabase } from '../platform/database.ts';
import { readKey, sameSecret } from './keys.ts';
import { ROLE_RIGHTS, type Role } from './roles.ts';
import { join, type PartialSight, readSight, sightKey } from './sight.ts';
import type { SeenInPart, Viewer } from './viewer.ts';

interface KeyRow {
  readonly id: string;
  readonly organisation_id: string | null;
  readonly slug: string | null;
  readonly role: Role;
  readonly secret_sha256: Uint8Array;
  readonly vault_permission: boolean;
  readonly own: readonly { id: number; record_class: string }[] | null;
  readonly granted: readonly Granted[] | null;
}

interface Granted {
  readonly id: number;
  readonly projection: 'full' | 'coarse';
  readonly sight: Parameters<typeof readSight>[0];
}

/** Handling as a rank, so that a ceiling is one comparison. TLP 2.0, lowest first; red is never granted. */
const RANK = `array['clear', 'green', 'amber', 'amber_strict', 'red']`;

const FIND_KEY = `
select k.id, k.organisation_id, o.slug, k.role, k.secret_sha256, k.vault_permission,
  (select json_agg(json_build_object('id', c.id, 'record_class', c.record_class) order by c.id)
     from visibility_class c where c.owner_id = k.organisation_id) as own,
  (select json_agg(json_build_object('id', c.id, 'projection', g.projection, 'sight', g.sight) order by c.id)
     from access_grant g
     join visibility_class c on c.owner_id = g.owner_id and c.record_class = g.record_class and c.sensitivity = 'routine'
      and array_position(${RANK}, c.handling) <= array_position(${RANK}, g.handling_ceiling)
    where g.grantee_id = k.organisation_id and g.revoked_at is null
      and g.valid_from <= $2 and (g.valid_to is null or g.valid_to > $2)) as granted
from api_key k left join organisation o on o.id = k.organisation_id
where k.prefix = $1 and k.revoked_at is null and k.expires_at > $2`;

/** Throws UNAUTHENTICATED, with one sentence for every cause, when the key is malformed, unknown, expired or revoked. */
export async function readViewer(
  database: UnrestrictedDatabase,
  keyText: string,
  now: Date,
): Promise<Viewer> {
  const presented = readKey(keyText);
  const rows =
    presented === null
      ? []
      : await database.unrestricted('look up an API key', (connection) =>
          connection.query<KeyRow>(FIND_KEY, [presented.prefix, now.toISOString()]),
        );
  const row = rows[0];
  if (presented === null || row === undefined || !sameSecret(row.secret_sha256, presented.secretSha256)) {
    throw new HeadwaterError(
      'UNAUTHENTICATED',
      'the key is not known, has expired or was revoked; ask your data officer for a new one',
    );
  }
  return viewerOf(row, now);
}

function viewerOf(row: KeyRow, now: Date): Viewer {
  const rights = ROLE_RIGHTS[row.role];
  const own = (row.own ?? [])
    .filter((entry) => (rights.own as readonly string[]).includes(entry.record_class))
    .map(({ id }) => id);
  const granted = rights.grants ? (row.granted ?? []) : [];
  const full = new Set([
    ...own,
    ...granted.filter((entry) => entry.projection === 'full').map(({ id }) => id),
  ]);
  return {
    keyId: row.id,
    organisationId: row.organisation_id,
    organisationSlug: row.slug,
    role: row.role,
    vaultPermission: row.vault_permission,
    fullClasses: [...full],
    partial: seenInPart(granted.filter(({ id, projection }) => projection === 'coarse' && !full.has(id))),
    now,
  };
}

/** A class that two grants show in part is seen as both together let see it. */
function seenInPart(granted: readonly Granted[]): readonly SeenInPart[] {
  const sights = new Map<number, PartialSight>();
  for (const { id, sight } of granted) {
    const other = sights.get(id);
    sights.set(id, other === undefined ? readSight(sight) : join(readSight(sight), other));
  }
  const bySight = new Map<string, { sight: PartialSight; classes: number[] }>();
  for (const [id, sight] of [...sights].sort(([one], [other]) => one - other)) {
    const key = sightKey(sight);
    const same = bySight.get(key) ?? { sight, classes: [] };
    bySight.set(key, same);
    same.classes.push(id);
  }
  return [...bySight.values()];
}
