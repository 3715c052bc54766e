/** From a presented key or session to a viewer, read anew for every request, so that a revoked key, session or grant works on the next one. */
import { HeadwaterError } from '../kernel/errors.ts';
import type { Purpose } from '../kernel/vocabulary.ts';
import type { UnrestrictedDatabase, UnrestrictedReads } from '../platform/database.ts';
import { GENERATION } from './access-generation.sql.ts';
import { type PresentedKey, readKey, sameSecret } from './keys.ts';
import type { LookedUp } from './known-viewers.ts';
import { ROLE_RIGHTS, type Role } from './roles.ts';
import { idleSince, noteUse } from './session.store.ts';
import { join, type PartialSight, readSight, sightKey } from './sight.ts';
import type { BrokenGlass, SeenInPart, Viewer } from './viewer.ts';

interface KeyRow {
  readonly id: string;
  readonly organisation_id: string | null;
  readonly slug: string | null;
  readonly role: Role;
  readonly secret_sha256: Uint8Array;
  readonly vault_permission: boolean;
  readonly purposes: readonly Purpose[] | null;
  readonly session_id: string | null;
  readonly last_used_at: Date | null;
  readonly broken_glass: BrokenGlass | null;
  readonly unreviewed: number;
  readonly own: readonly { id: number; record_class: string }[] | null;
  readonly granted: readonly Granted[] | null;
  readonly generation: string;
  readonly until: Date;
}

interface Granted {
  readonly id: number;
  readonly projection: 'full' | 'coarse';
  readonly sight: Parameters<typeof readSight>[0];
}

/** Handling as a rank, so that a ceiling is one comparison. TLP 2.0, lowest first; red is never granted. */
const RANK = `array['clear', 'green', 'amber', 'amber_strict', 'red']`;

/** When the use of a session is noted again: not later than it would end of being idle. */
const NOTED = `interval '1 minute'`;

/** Under a prefix, at a moment ($2). The id of whoever signed in is the account's. */
const KEYS = `select id, organisation_id, role, secret_sha256, vault_permission, purposes, null::uuid as session_id,
    null::timestamptz as last_used_at, expires_at as ends_at
  from api_key where prefix = $1 and revoked_at is null and expires_at > $2`;
const SESSIONS = `select a.id, a.organisation_id, a.role, s.secret_sha256, a.vault_permission, a.purposes, s.id as session_id, s.last_used_at,
    least(s.expires_at, s.last_used_at + ${NOTED}) as ends_at
  from account_session s join account a on a.id = s.account_id
  where s.prefix = $1 and s.ended_at is null and s.expires_at > $2 and s.last_used_at > $3 and a.disabled_at is null
  union all
  select k.id, k.organisation_id, k.role, s.secret_sha256, k.vault_permission, k.purposes, s.id, s.last_used_at,
    least(s.expires_at, s.last_used_at + ${NOTED}, k.expires_at)
  from account_session s join api_key k on k.id = s.key_id
  where s.prefix = $1 and s.ended_at is null and s.expires_at > $2 and s.last_used_at > $3 and k.revoked_at is null and k.expires_at > $2`;

/** `purpose`: the parameter that says what this request is for; null, whatever the key or account is for. */
const findAmong = (credentials: string, purpose: string): string => `
select k.id, k.organisation_id, o.slug, k.role, k.secret_sha256, k.vault_permission, k.purposes, k.session_id, k.last_used_at,
  (select json_build_object('id', b.id, 'caseToken', encode(b.case_token, 'hex')) from break_glass b
     where b.actor_id = k.id and b.organisation_id = k.organisation_id and b.ended_at is null and b.began_at <= $2 and b.ends_at > $2
     order by b.began_at desc limit 1) as broken_glass,
  (select count(*)::int from break_glass b
     where b.told_id = k.id and b.organisation_id = k.organisation_id and b.reviewed_at is null) as unreviewed,
  (select json_agg(json_build_object('id', c.id, 'record_class', c.record_class) order by c.id)
     from visibility_class c where c.owner_id = k.organisation_id) as own,
  (select json_agg(json_build_object('id', c.id, 'projection', g.projection, 'sight', g.sight) order by c.id)
     from access_grant g
     join visibility_class c on c.owner_id = g.owner_id and c.record_class = g.record_class
      and (c.sensitivity = 'routine' or (g.case_by_case and c.sensitivity = 'consented'))
      and array_position(${RANK}, c.handling) <= array_position(${RANK}, g.handling_ceiling)
      and (not g.case_by_case or g.agreement_id = any(c.released_under))
    where g.grantee_id = k.organisation_id and g.revoked_at is null
      and (g.purposes is null or ((k.purposes is null or g.purposes && k.purposes) and (${purpose}::text is null or ${purpose} = any(g.purposes))))
      and g.valid_from <= $2 and (g.valid_to is null or g.valid_to > $2)) as granted,
  least(k.ends_at,
    (select min(moment) from break_glass b cross join lateral (values (b.began_at), (b.ends_at)) of_it (moment)
       where b.actor_id = k.id and b.ended_at is null and moment > $2),
    (select min(moment) from access_grant g cross join lateral (values (g.valid_from), (g.valid_to)) of_it (moment)
       where g.grantee_id = k.organisation_id and g.revoked_at is null and moment > $2)) as until,
  ${GENERATION} as generation
from (${credentials}) k left join organisation o on o.id = k.organisation_id`;

/**
 * `purpose`: what this request is for. Throws UNAUTHENTICATED, with one sentence for every cause, when the key or session is malformed, unknown,
 * expired, idle, ended or revoked; FORBIDDEN for a purpose that it is not for.
 */
export async function readViewer(
  database: UnrestrictedDatabase & UnrestrictedReads,
  keyText: string,
  now: Date,
  purpose: Purpose | null = null,
): Promise<Viewer> {
  return (await lookUpViewer(database, keyText, now, purpose)).viewer;
}

/** The same, with how long it is good for. */
export async function lookUpViewer(
  database: UnrestrictedDatabase & UnrestrictedReads,
  keyText: string,
  now: Date,
  purpose: Purpose | null = null,
): Promise<LookedUp> {
  const presented = readKey(keyText);
  const row = presented === null ? undefined : await findRow(database, presented, now, purpose);
  if (presented === null || row === undefined || !sameSecret(row.secret_sha256, presented.secretSha256)) {
    throw new HeadwaterError(
      'UNAUTHENTICATED',
      'the key is not known, has expired or was revoked; sign in again, or ask your data officer for a new one',
    );
  }
  if (purpose !== null && row.purposes !== null && !row.purposes.includes(purpose)) {
    throw new HeadwaterError(
      'FORBIDDEN',
      `this key or account is for ${row.purposes.join(', ')}; ask your data officer for one that is for ${purpose}`,
    );
  }
  if (row.session_id !== null) await noteUse(database, row.session_id, row.last_used_at, now);
  return { viewer: viewerOf(row, now, purpose), generation: row.generation, until: row.until };
}

async function findRow(
  database: UnrestrictedReads,
  { kind, prefix }: PresentedKey,
  now: Date,
  purpose: Purpose | null,
): Promise<KeyRow | undefined> {
  if (kind === 'invitation') return undefined;
  const at = now.toISOString();
  const [text, values] =
    kind === 'key'
      ? [findAmong(KEYS, '$3'), [prefix, at, purpose]]
      : [findAmong(SESSIONS, '$4'), [prefix, at, idleSince(now).toISOString(), purpose]];
  const [rows] = await database.unrestrictedAtOnce<KeyRow>('look up a key or session', [
    { text, values, keepsPlan: true },
  ]);
  return rows?.[0];
}

function viewerOf(row: KeyRow, now: Date, purpose: Purpose | null): Viewer {
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
    sessionId: row.session_id,
    organisationId: row.organisation_id,
    organisationSlug: row.slug,
    role: row.role,
    vaultPermission: row.vault_permission,
    purposes: purpose === null ? row.purposes : [purpose],
    brokenGlass: rights.mayImport ? row.broken_glass : null,
    unreviewedNotices: row.unreviewed,
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
