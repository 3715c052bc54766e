/** What was told of views at which epoch, as it is kept. */
import type { Queryable } from '../../platform/database.ts';
import type { CountKey } from './count-levels.ts';
import type { LayerFeature } from './layers/layer-feature.ts';

export interface EpochRow {
  readonly number: number;
  readonly published_at: Date;
  readonly until: string;
}

export async function latestEpoch(connection: Queryable): Promise<EpochRow | null> {
  const [row] = await connection.query<EpochRow>(
    'select number, published_at, until from shared_epoch order by number desc limit 1',
  );
  return row ?? null;
}

/** Whoever publishes at the same time waits, and then has nothing to tell. */
export async function insertEpoch(connection: Queryable, epoch: EpochRow): Promise<void> {
  await connection.execute('insert into shared_epoch (number, published_at, until) values ($1, $2, $3)', [
    epoch.number,
    epoch.published_at,
    epoch.until,
  ]);
}

export interface ToldEpoch {
  readonly epoch: number;
  readonly published_at: Date;
  readonly until: string;
  readonly digest: Uint8Array;
}

/** Epochs at which a view was told and whose contributors all still approve it, the latest first. */
export function toldEpochs(connection: Queryable, viewId: string): Promise<readonly ToldEpoch[]> {
  return connection.query<ToldEpoch>(
    `select e.number as epoch, e.published_at, e.until, t.digest from shared_view_epoch t join shared_epoch e on e.number = t.epoch
     where t.view_id = $1 and not exists (
       select 1 from unnest(t.contributors) c where not exists (
         select 1 from shared_view_approval p where p.view_id = t.view_id and p.organisation_id = c and p.revoked_at is null))
     order by e.number desc`,
    [viewId],
  );
}

export interface CellRow {
  readonly cell: string;
  readonly key: CountKey;
  readonly persons: number;
  readonly incidents: number;
}

export function cellsAt(connection: Queryable, viewId: string, epoch: number): Promise<readonly CellRow[]> {
  return connection.query<CellRow>(
    'select cell, key, persons, incidents from shared_view_cell where view_id = $1 and epoch = $2 order by cell',
    [viewId, epoch],
  );
}

export async function insertTold(
  connection: Queryable,
  told: {
    readonly viewId: string;
    readonly epoch: number;
    readonly contributors: readonly string[];
    readonly digest: Uint8Array;
  },
  cells: readonly CellRow[],
): Promise<void> {
  await connection.execute(
    'insert into shared_view_epoch (view_id, epoch, contributors, digest) values ($1, $2, $3::uuid[], $4)',
    [told.viewId, told.epoch, told.contributors, told.digest],
  );
  await connection.execute(
    `insert into shared_view_cell (view_id, epoch, cell, key, persons, incidents)
     select $1, $2, c.cell, c.key::jsonb, c.persons, c.incidents
     from unnest($3::text[], $4::text[], $5::int[], $6::int[]) c (cell, key, persons, incidents)`,
    [
      told.viewId,
      told.epoch,
      cells.map(({ cell }) => cell),
      cells.map(({ key }) => JSON.stringify(key)),
      cells.map(({ persons }) => persons),
      cells.map(({ incidents }) => incidents),
    ],
  );
}

/** By id. */
export async function featuresAt(
  connection: Queryable,
  viewId: string,
  epoch: number,
): Promise<readonly LayerFeature[]> {
  const rows = await connection.query<{ body: LayerFeature }>(
    'select body from shared_view_feature where view_id = $1 and epoch = $2 order by feature',
    [viewId, epoch],
  );
  return rows.map(({ body }) => body);
}

export async function insertFeatures(
  connection: Queryable,
  viewId: string,
  epoch: number,
  features: readonly LayerFeature[],
): Promise<void> {
  await connection.execute(
    `insert into shared_view_feature (view_id, epoch, feature, body)
     select $1, $2, f.feature, f.body::jsonb from unnest($3::text[], $4::text[]) f (feature, body)`,
    [viewId, epoch, features.map(({ id }) => id), features.map((feature) => JSON.stringify(feature))],
  );
}
