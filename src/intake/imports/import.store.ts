/** Import batches, and the records that the rows of a new one may already be known by. */
import { bytesText } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import type { ImportOptions } from './import-options.ts';

export interface BatchRow {
  readonly id: string;
  readonly owner_id: string;
  readonly state: 'reading' | 'composing' | 'done' | 'undone';
  readonly options: ImportOptions;
  readonly key_id: string;
  readonly row_count: number;
  readonly encoding: string;
  readonly started_at: Date;
  readonly dropped_columns: readonly string[];
  readonly unknown_columns: readonly string[];
}

/** Imports of that very file by that profile which were not undone: an unfinished one first, then the latest. */
export async function findBatches(
  connection: Queryable,
  ownerId: string,
  profile: string,
  fileSha256: Uint8Array,
): Promise<readonly BatchRow[]> {
  return connection.query<BatchRow>(
    `select * from import_batch where owner_id = $1 and profile = $2 and file_sha256 = $3 and state <> 'undone'
     order by state = 'done', started_at desc, id`,
    [ownerId, profile, fileSha256],
  );
}

export async function addBatch(
  connection: Queryable,
  batch: {
    readonly id: string;
    readonly ownerId: string;
    readonly visibilityClass: number;
    readonly profile: string;
    readonly profileVersion: string;
    readonly fileName: string;
    readonly fileSha256: Uint8Array;
    readonly keyId: string;
    readonly encoding: string;
    readonly options: ImportOptions;
    readonly dropped: readonly string[];
    readonly unknown: readonly string[];
    readonly now: Date;
  },
): Promise<void> {
  await connection.execute(
    `insert into import_batch (id, owner_id, visibility_class_id, profile, profile_version, file_name, file_sha256, key_id, state,
       dropped_columns, unknown_columns, started_at, encoding, options)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'reading', $9::text[], $10::text[], $11, $12, $13::jsonb)`,
    [
      batch.id,
      batch.ownerId,
      batch.visibilityClass,
      batch.profile,
      batch.profileVersion,
      batch.fileName,
      batch.fileSha256,
      batch.keyId,
      batch.dropped,
      batch.unknown,
      batch.now.toISOString(),
      batch.encoding,
      JSON.stringify(batch.options),
    ],
  );
}

/** Living records of the given identities, for one kind of record. */
export interface KnownRecord {
  readonly id: string;
  readonly identity_digest: Uint8Array;
  readonly occurrence: number;
  readonly version: number;
  readonly content_digest: Uint8Array;
  /** By its owner: no import takes that back. */
  readonly withdrawn: boolean;
}

/** `occurrence` null asks for every living record of that id; a row known by its digest asks for its own occurrence only. */
export interface WantedRecord {
  readonly identityDigest: Uint8Array;
  readonly occurrence: number | null;
}

type KnownTable =
  | 'report'
  | 'flow_observation'
  | 'effort'
  | 'station_month'
  | 'interdiction'
  | 'red_flag_weight';
/** Known by what they are about, which no file has twice. */
const ONE_EACH: ReadonlySet<KnownTable> = new Set(['effort', 'station_month', 'red_flag_weight']);
const WITHDRAWABLE: ReadonlySet<KnownTable> = new Set([
  'report',
  'station_month',
  'interdiction',
  'red_flag_weight',
]);

/**
 * One look-up an id. A digest may have ten thousand equal rows: reading all of them for each chunk would make the import's cost grow
 * with the square of its rows.
 */
export async function findKnown(
  connection: Queryable,
  table: KnownTable,
  ownerId: string,
  wanted: readonly WantedRecord[],
): Promise<readonly KnownRecord[]> {
  const occurrence = ONE_EACH.has(table) ? '1' : 'occurrence';
  const withdrawn = WITHDRAWABLE.has(table) ? 'retracted_at is not null' : 'false';
  const known: KnownRecord[] = [];
  // Asked apart: with one condition for both, the index finds every equal row first and then leaves out all but one.
  for (const [nth, condition] of [
    [true, `and ${occurrence} = wanted.nth`],
    [false, ''],
  ] as const) {
    const asked = wanted.filter((each) => (each.occurrence !== null) === nth);
    if (asked.length === 0) continue;
    const found = await connection.query<KnownRecord>(
      `select found.* from unnest($2::text[], $3::integer[]) as wanted (digest, nth) cross join lateral (
         select id, identity_digest, ${occurrence} as occurrence, version, content_digest, ${withdrawn} as withdrawn from ${table}
         where owner_id = $1 and known_to is null and identity_digest = decode(wanted.digest, 'hex') ${condition} offset 0) found
       order by found.identity_digest, found.occurrence`,
      [
        ownerId,
        asked.map(({ identityDigest }) => bytesText(identityDigest).slice(2)),
        asked.map((each) => each.occurrence),
      ],
    );
    known.push(...found);
  }
  return known;
}

/** Locked until the transaction ends. */
export async function readBatch(
  connection: Queryable,
  ownerId: string,
  batchId: string,
): Promise<BatchRow | null> {
  const rows = await connection.query<BatchRow>(
    'select * from import_batch where id = $1 and owner_id = $2 for update',
    [batchId, ownerId],
  );
  return rows[0] ?? null;
}

export async function fileNamesOf(
  connection: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await connection.query<{ id: string; file_name: string }>(
    'select id, file_name from import_batch where id = any($1::uuid[])',
    [ids],
  );
  return new Map(rows.map(({ id, file_name }) => [id, file_name]));
}

export async function markUndone(connection: Queryable, batchId: string, now: Date): Promise<void> {
  await connection.execute(`update import_batch set state = 'undone', undone_at = $2 where id = $1`, [
    batchId,
    now.toISOString(),
  ]);
}
