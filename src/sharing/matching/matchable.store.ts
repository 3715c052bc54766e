/** Which selectors of an owner may be matched, and what has to be opened for it: all that a possible victim has is left out before. */

import { KNOWN_NOW } from '../../access/projected.sql.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { Queryable } from '../../platform/database.ts';
import { Parameters } from '../../platform/parameters.ts';
import { unsuspected } from '../../records/entities/unsuspected.sql.ts';
import { heldSelectors } from '../../records/same-incident/held-selectors.sql.ts';
import { PROTECTED_ROLE } from '../../records/same-incident/protected-roles.ts';
import type { MatchKind } from './match-words.ts';

export interface MatchableRow {
  /** One of the rows that hold it. */
  readonly selector_id: string;
  readonly kind: MatchKind;
  /** The hub's own keyed token of it. */
  readonly token: Uint8Array;
}

/** Above TLP:AMBER nothing leaves the organisation, not even that it is known. */
const TOO_HIGH = ['amber_strict', 'red'];

/**
 * The road that compares two reports (`heldSelectors`), over everything the owner holds, and then by the identifier itself: one that stands
 * anywhere, in any version, on whoever a report protects, on who is suspected no more, on what is marked too high, or on what its owner
 * excluded, is left out wherever else it stands. `among`: of these of the hub's tokens alone; null: of all.
 */
export async function listMatchable(
  connection: Queryable,
  ownerId: string,
  kinds: readonly MatchKind[],
  among: readonly Uint8Array[] | null,
  now: Date,
): Promise<readonly MatchableRow[]> {
  const viewer = await ownerAsViewer(connection, ownerId, now);
  const parameters = new Parameters();
  const held = heldSelectors(viewer, parameters);
  const gone = unsuspected(viewer, parameters, KNOWN_NOW);
  const [owner, role, high, wanted] = [ownerId, PROTECTED_ROLE, TOO_HIGH, kinds].map((value) =>
    parameters.bind(value),
  );
  const hexes = among === null ? '' : parameters.bind(hexOf(among));
  const asked =
    among === null
      ? () => ''
      : (token: string) =>
          ` and ${token} = any(array(select decode(a.hex, 'hex') from unnest(${hexes}::text[]) as a (hex)))`;
  return connection.query<MatchableRow>(
    `with held as materialized (
       select distinct h.kind, h.token from (${held}) h where h.kind = any(${wanted}::text[])${asked('h.token')}
     ), blocked as materialized (
       select distinct s.kind, s.token from selector s where s.owner_id = ${owner}::uuid${asked('s.token')} and (
         s.entity_id in (select p.entity_id from participation p where p.owner_id = ${owner}::uuid and p.entity_id is not null and p.role ~* ${role}::text)
         or s.entity_id in (select g.row_id from (${gone}) g)
         or s.entity_id in (select x.entity_id from matching_exclusion x where x.owner_id = ${owner}::uuid)
         or s.visibility_class_id in (select c.id from visibility_class c
           where c.owner_id = ${owner}::uuid and (c.handling = any(${high}::text[]) or c.sensitivity <> 'routine')))
     )
     select distinct on (s.kind, s.token) s.id as selector_id, s.kind, s.token
     from selector s join held h on h.kind = s.kind and h.token = s.token
     where s.owner_id = ${owner}::uuid
       and not exists (select 1 from blocked b where b.kind = s.kind and b.token = s.token)
     order by s.kind, s.token, s.id`,
    parameters.values,
  );
}

export interface SealedRow {
  readonly id: string;
  readonly key_id: string;
  readonly sealed: Uint8Array;
}

/**
 * Ids of what is sealed of moved persons, whatever their status, of whoever a report protects, and of who is suspected no more: a telephone
 * number may stand there alone, and be no selector of theirs.
 */
export async function protectedItems(
  connection: Queryable,
  ownerId: string,
  now: Date,
): Promise<readonly string[]> {
  const viewer = await ownerAsViewer(connection, ownerId, now);
  const parameters = new Parameters();
  const gone = unsuspected(viewer, parameters, KNOWN_NOW);
  const [owner, role] = [parameters.bind(ownerId), parameters.bind(PROTECTED_ROLE)];
  const rows = await connection.query<{ id: string }>(
    `select v.id from vault_item v where v.owner_id = ${owner}::uuid and v.field = 'personal' and (
       v.about_kind = 'subject' or (v.about_kind = 'entity' and (
         v.about_id in (select p.entity_id from participation p where p.owner_id = ${owner}::uuid and p.entity_id is not null and p.role ~* ${role}::text)
         or v.about_id in (select g.row_id from (${gone}) g)))) order by v.id`,
    parameters.values,
  );
  return rows.map(({ id }) => id);
}

export function sealedItems(connection: Queryable, ids: readonly string[]): Promise<readonly SealedRow[]> {
  return connection.query<SealedRow>(
    'select v.id, v.key_id, v.sealed from vault_item v where v.id = any($1::uuid[]) order by v.id',
    [ids],
  );
}

/** Where the identifiers of these tokens stand as they were written: with whoever has them. */
export function sealedOfTokens(
  connection: Queryable,
  ownerId: string,
  tokens: readonly Uint8Array[],
): Promise<readonly SealedRow[]> {
  return connection.query<SealedRow>(
    `select v.id, v.key_id, v.sealed from vault_item v
     where v.owner_id = $1 and v.about_kind = 'entity' and v.field = 'personal' and v.about_id in (
       select s.entity_id from selector s where s.owner_id = $1
         and s.token in (select decode(t.hex, 'hex') from unnest($2::text[]) as t (hex)))
     order by v.id`,
    [ownerId, hexOf(tokens)],
  );
}

/** An owner as it sees its own records of entities, whole. */
async function ownerAsViewer(connection: Queryable, ownerId: string, now: Date): Promise<Viewer> {
  const classes = await connection.query<{ id: number }>(
    `select id from visibility_class where owner_id = $1 and record_class = 'entity' order by id`,
    [ownerId],
  );
  return {
    keyId: '',
    organisationId: ownerId,
    organisationSlug: null,
    role: 'data_officer',
    vaultPermission: false,
    fullClasses: classes.map(({ id }) => id),
    partial: [],
    now,
  };
}

const hexOf = (tokens: readonly Uint8Array[]): readonly string[] =>
  tokens.map((token) => Buffer.from(token).toString('hex'));
