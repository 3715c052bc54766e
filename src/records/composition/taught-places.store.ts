/** What an organisation has decided and taught about its own places: references known already, and aliases, both found by keyed tokens. */
import { bytesText, insertRows } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import type { DecisionColumns, NewDecision } from './place-decision.ts';

export interface KnownReference extends DecisionColumns {
  readonly id: string;
  /** As `bytesText` writes it. */
  readonly digest: string;
  readonly said_country: string | null;
  readonly home: boolean;
  readonly named: boolean;
}

interface KnownRow extends Omit<KnownReference, 'digest' | 'decided'> {
  readonly digest: Uint8Array;
  readonly decided: DecisionColumns['decided'] | null;
}

/** References the owner has, with the decision that stands of each: `decided` null where the gazetteer alone has judged. */
export async function findKnownReferences(
  connection: Queryable,
  ownerId: string,
  digests: readonly string[],
): Promise<readonly (Omit<KnownReference, 'decided'> & Pick<KnownRow, 'decided'>)[]> {
  const rows = await connection.query<KnownRow>(
    `select r.id, r.digest, r.said_country, r.home, r.name_token is not null as named, r.decided, d.place_id, d.longitude, d.latitude, d.level
     from place_reference r
     left join lateral (select * from place_resolution p where r.decided is not null and p.place_reference_id = r.id and p.undone_at is null
       order by p.state desc limit 1) d on true
     where r.owner_id = $1 and r.digest = any(array(select decode(t, 'hex') from unnest($2::text[]) t))`,
    [ownerId, digests.map((digest) => digest.slice(2))],
  );
  return rows.map((row) => ({ ...row, digest: bytesText(row.digest) }));
}

export interface AliasColumns extends DecisionColumns {
  /** As `bytesText` writes it. */
  readonly name_token: string;
  /** Empty: none. */
  readonly said_country: string;
  readonly act_id: string;
  readonly learned_by: string;
}

export async function findAliases(
  connection: Queryable,
  ownerId: string,
  tokens: readonly string[],
): Promise<readonly AliasColumns[]> {
  if (tokens.length === 0) return [];
  const rows = await connection.query<Omit<AliasColumns, 'name_token'> & { name_token: Uint8Array }>(
    `select name_token, said_country, decided, place_id, longitude, latitude, level, act_id, learned_by from learned_place_alias
     where owner_id = $1 and name_token = any(array(select decode(t, 'hex') from unnest($2::text[]) t))`,
    [ownerId, tokens.map((token) => token.slice(2))],
  );
  return rows.map((row) => ({ ...row, name_token: bytesText(row.name_token) }));
}

/** For references written before names were kept. */
export async function nameReferences(
  connection: Queryable,
  names: readonly {
    readonly id: string;
    readonly name_token: string;
    readonly said_country: string | null;
  }[],
): Promise<void> {
  if (names.length === 0) return;
  await connection.execute(
    `update place_reference r set name_token = g.name_token, said_country = g.said_country
     from json_to_recordset($1::json) as g (id uuid, name_token bytea, said_country text) where r.id = g.id and r.name_token is null`,
    [JSON.stringify(names)],
  );
}

export async function insertDecisions(
  connection: Queryable,
  ownerId: string,
  visibilityClass: number,
  now: Date,
  decisions: readonly NewDecision[],
): Promise<void> {
  await insertRows(
    connection,
    'place_resolution',
    {
      id: 'uuid',
      owner_id: 'uuid',
      visibility_class_id: 'integer',
      place_reference_id: 'uuid',
      act_id: 'uuid',
      decided: 'text',
      place_id: 'uuid',
      longitude: 'float8',
      latitude: 'float8',
      level: 'text',
      before: 'jsonb',
      state: 'integer',
      decided_by: 'uuid',
      decided_at: 'timestamptz',
    },
    decisions.map((decision) => ({
      ...decision,
      owner_id: ownerId,
      visibility_class_id: visibilityClass,
      decided_at: now.toISOString(),
    })),
  );
}
