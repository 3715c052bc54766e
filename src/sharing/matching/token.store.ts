/** The tokens of one arrangement: kept in step with what may be matched, and evaluated once each. */
import { bytesText, insertRows } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';

export interface TokenRow {
  readonly selector_id: string;
  readonly lookup: Uint8Array;
}

/** Of what may be matched no more nothing stays; what is new is not evaluated yet. `among`: no others are looked at. */
export async function keepTokens(
  connection: Queryable,
  arrangementId: string,
  wanted: readonly TokenRow[],
  among: readonly Uint8Array[] | null,
): Promise<void> {
  const there = await connection.query<TokenRow>(
    `select t.selector_id, t.lookup from matching_token t join selector s on s.id = t.selector_id where t.arrangement_id = $1
       and ($2::text[] is null or s.token = any(array(select decode(a.hex, 'hex') from unnest($2::text[]) as a (hex))))`,
    [arrangementId, among === null ? null : hexOf(among)],
  );
  // One identifier may stand in many rows: which of them was taken first, stays.
  const [known, stays] = [there, wanted].map((rows) => new Set(rows.map(nameOf)));
  const gone = there.filter((row) => stays?.has(nameOf(row)) !== true);
  if (gone.length > 0)
    await connection.execute(
      'delete from matching_token where arrangement_id = $1 and selector_id = any($2::uuid[])',
      [arrangementId, gone.map(({ selector_id }) => selector_id)],
    );
  await insertRows(
    connection,
    'matching_token',
    { arrangement_id: 'uuid', selector_id: 'uuid', lookup: 'bytea' },
    wanted
      .filter((row) => known?.has(nameOf(row)) !== true)
      .map(({ selector_id, lookup }) => ({
        arrangement_id: arrangementId,
        selector_id,
        lookup: bytesText(lookup),
      })),
    'on conflict do nothing',
  );
}

/** The hub's own tokens of what these contact tokens are of. */
export async function contactsOf(
  connection: Queryable,
  arrangementId: string,
  contacts: readonly Uint8Array[],
): Promise<readonly Uint8Array[]> {
  const rows = await connection.query<{ token: Uint8Array }>(
    `select s.token from matching_token t join selector s on s.id = t.selector_id where t.arrangement_id = $1
       and t.contact = any(array(select decode(a.hex, 'hex') from unnest($2::text[]) as a (hex))) order by s.token`,
    [arrangementId, hexOf(contacts)],
  );
  return rows.map(({ token }) => token);
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
      hexOf(rows.map(({ output }) => output)),
      hexOf(rows.map(({ contact }) => contact)),
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
    [arrangementId, hexOf(tokens)],
  );
  return row?.known ?? 0;
}

const nameOf = ({ lookup }: TokenRow): string => Buffer.from(lookup).toString('base64');

const hexOf = (list: readonly Uint8Array[]): readonly string[] =>
  list.map((bytes) => Buffer.from(bytes).toString('hex'));
