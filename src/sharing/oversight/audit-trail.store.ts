/** Events of the audit log that one organisation may ask about: those of its own keys, and those about its own records. */
import type { Cursor } from '../../kernel/cursor.ts';
import type { Queryable, UnrestrictedDatabase } from '../../platform/database.ts';
import { countRows, type KeysetPage, readPage } from '../../platform/keyset.ts';
import { Parameters } from '../../platform/parameters.ts';

export interface TrailSearch {
  readonly objectId?: string;
  readonly actions?: readonly string[];
  readonly keyId?: string;
  readonly purposes?: readonly string[];
  /** Half-open. */
  readonly from?: Date;
  readonly to?: Date;
  /** What others did about the organisation's records, and nothing of its own. */
  readonly byOthers?: boolean;
}

export interface TrailRow {
  readonly id: string;
  readonly at: Date;
  readonly organisation_id: string | null;
  readonly key_id: string | null;
  readonly action: string;
  readonly object_kind: string;
  readonly object_ids: readonly string[];
  readonly purpose: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

export interface TrailAnswer {
  readonly page: KeysetPage<TrailRow>;
  readonly count: (upTo: number | null) => Promise<number>;
}

/** The number of an event would tell how much others do: its id is drawn from its hash. */
const ID = `encode(substring(e.hash from 1 for 16), 'hex')::uuid`;

/** The latest first. */
export async function listTrail(
  database: UnrestrictedDatabase,
  organisationId: string,
  search: TrailSearch,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<TrailAnswer> {
  const prepare = () => {
    const parameters = new Parameters();
    return {
      parameters,
      from: 'audit_event e',
      conditions: conditionsOf(search, organisationId, parameters),
    };
  };
  const read = <T>(work: (connection: Queryable) => Promise<T>): Promise<T> =>
    database.unrestricted('show a data officer who saw and changed what', work);
  const { parameters, ...query } = prepare();
  const page = await read((connection) =>
    readPage<TrailRow>(
      connection,
      parameters,
      {
        ...query,
        select: `${ID} as id, e.at, e.organisation_id, e.key_id, e.action, e.object_kind, e.object_ids, e.purpose, e.detail`,
        sort: { column: 'e.at', type: 'timestamptz' },
        idColumn: ID,
      },
      paging.first,
      paging.after,
    ),
  );
  return {
    page,
    count: (upTo) => {
      const again = prepare();
      return read((connection) => countRows(connection, again.parameters, again, upTo));
    },
  };
}

function conditionsOf(
  search: TrailSearch,
  organisationId: string,
  parameters: Parameters,
): readonly string[] {
  const own = `${parameters.bind(organisationId)}::uuid`;
  const mine = `e.organisation_id = ${own}`;
  const about = `e.about_owner_ids @> array[${own}]`;
  const all = [
    search.byOthers === true
      ? `${about} and e.organisation_id is distinct from ${own}`
      : `(${mine} or ${about})`,
  ];
  if (search.objectId !== undefined)
    all.push(`e.object_ids @> array[${parameters.bind(search.objectId)}::uuid]`);
  if (search.actions !== undefined) all.push(`e.action = any(${parameters.bind(search.actions)}::text[])`);
  if (search.keyId !== undefined) all.push(`e.key_id = ${parameters.bind(search.keyId)}::uuid`);
  if (search.purposes !== undefined) all.push(`e.purpose = any(${parameters.bind(search.purposes)}::text[])`);
  if (search.from !== undefined)
    all.push(`e.at >= ${parameters.bind(search.from.toISOString())}::timestamptz`);
  if (search.to !== undefined) all.push(`e.at < ${parameters.bind(search.to.toISOString())}::timestamptz`);
  return all;
}
