/** The tokens of one arrangement: kept in step with what may be matched, and evaluated once each. */
import { bytesText, insertRows } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';

export interface TokenRow {
  readonly selector_id: string;
  readonly lookup: Uint8Array;
}

/** Of what may be matched no more nothing stays; what is new is not evaluated yet. */
export async function keepTokens(
  connection: Queryable,
  arrangementId: string,
  wanted: readonly TokenRow[],
): Promise<void> {
  await connection.execute(
    `delete from matching_token t where t.arrangement_id = $1
       and not exists (select 1 from unnest($2::uuid[]) as w (id) where w.id = t.selector_id)`,
    [arrangementId, wanted.map(({ selector_id }) => selector_id)],
  );
  await insertRows(
    connection,
    'matching_token',
    { arrangement_id: 'uuid', selector_id: 'uuid', lookup: 'bytea' },
    wanted.map(({ selector_id, lookup }) => ({
      arrangement_id: arrangementId,
      selector_id,
      lookup: bytesText(lookup),
    })),
    'on conflict do nothing',
  );
}

export interface UnevaluatedRow {
  readonly selector_id: string;
  readonly kind: string;
  readonly token: Uint8Array;
}

/** By id, behind `after`. */
export function listUnevaluated(
  connection: Queryable,
  arrangementId: string,
  after: string | null,
  most: number,
): Promise<readonly UnevaluatedRow[]> {
  return connection.query<UnevaluatedRow>(
    `select t.selector_id, s.kind, s.token from matching_token t join selector s on s.id = t.selector_id
     where t.arrangement_id = $1 and t.output is null and ($2::uuid is null or t.selector_id > $2::uuid) order by t.selector_id limit ${most}`,
    [arrangementId, after],
  );
}

export interface EvaluatedRow {
  readonly selector_id: string;
  readonly output: Uint8Array;
  readonly contact: Uint8Array;
}

/** Of selectors that went meanwhile, nothing. */
export async function keepOutputs(
  connection: Queryable,
  arrangementId: string,
  rows: readonly EvaluatedRow[],
): Promise<void> {
  await connection.execute(
    `update matching_token t set output = decode(g.output, 'hex'), contact = decode(g.contact, 'hex')
     from unnest($2::uuid[], $3::text[], $4::text[]) as g (selector_id, output, contact)
     where t.arrangement_id = $1 and t.selector_id = g.selector_id`,
    [
      arrangementId,
      rows.map(({ selector_id }) => selector_id),
      rows.map(({ output }) => Buffer.from(output).toString('hex')),
      rows.map(({ contact }) => Buffer.from(contact).toString('hex')),
    ],
  );
}

export async function listOutputs(
  connection: Queryable,
  arrangementId: string,
): Promise<readonly Uint8Array[]> {
  const rows = await connection.query<{ output: Uint8Array }>(
    'select output from matching_token where arrangement_id = $1 and output is not null order by selector_id',
    [arrangementId],
  );
  return rows.map(({ output }) => output);
}

/** How many of the tokens are the arrangement's. Asked of no arrangement it takes the same statement. */
export async function countKnown(
  connection: Queryable,
  arrangementId: string,
  column: 'lookup' | 'contact',
  tokens: readonly Uint8Array[],
): Promise<number> {
  const [row] = await connection.query<{ known: number }>(
    `select count(*)::int as known from matching_token where arrangement_id = $1
       and ${column === 'lookup' ? 'lookup' : 'contact'} = any(array(select decode(t.hex, 'hex') from unnest($2::text[]) as t (hex)))`,
    [arrangementId, tokens.map((token) => Buffer.from(token).toString('hex'))],
  );
  return row?.known ?? 0;
}
