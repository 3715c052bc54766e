/** Public releases and the ledger of what they may still tell. */
import type { Queryable } from '../../platform/database.ts';

/** Thousandths of ε that a year's events may give away in all. */
export const YEARLY_BUDGET = 1_000;

export interface ReleasedCell {
  readonly originCountry: string | null;
  readonly destinationCountry: string | null;
  readonly period: string | null;
  /** May be below 0: it is noise as well. */
  readonly persons: number;
}

export interface PublicReleaseRow {
  readonly id: string;
  readonly title: string;
  readonly query: string;
  readonly epsilon: number;
  readonly bound: number;
  readonly year: number;
  readonly released_at: Date;
  readonly cells: readonly ReleasedCell[];
}

/** Takes from the year's budget; false where less is left, and nothing is taken then. Others who take wait for the end of the transaction. */
export async function spend(connection: Queryable, year: number, epsilon: number): Promise<boolean> {
  await connection.execute(
    'insert into public_budget (year, granted) values ($1, $2) on conflict (year) do nothing',
    [year, YEARLY_BUDGET],
  );
  const taken = await connection.execute(
    'update public_budget set spent = spent + $2 where year = $1 and spent + $2 <= granted',
    [year, epsilon],
  );
  return taken === 1;
}

export async function budgetLeft(connection: Queryable, year: number): Promise<number> {
  const [row] = await connection.query<{ left: number }>(
    'select granted - spent as left from public_budget where year = $1',
    [year],
  );
  return row?.left ?? YEARLY_BUDGET;
}

export async function insertRelease(
  connection: Queryable,
  release: Omit<PublicReleaseRow, 'query'> & { readonly viewId: string; readonly releasedBy: string },
): Promise<void> {
  await connection.execute(
    `insert into public_release (id, view_id, title, epsilon, bound, year, released_by, released_at, cells)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb)`,
    [
      release.id,
      release.viewId,
      release.title,
      release.epsilon,
      release.bound,
      release.year,
      release.releasedBy,
      release.released_at,
      JSON.stringify(release.cells),
    ],
  );
}

/** The latest first. */
export function listReleases(connection: Queryable): Promise<readonly PublicReleaseRow[]> {
  return connection.query<PublicReleaseRow>(
    `select r.id, r.title, v.query, r.epsilon, r.bound, r.year, r.released_at, r.cells
     from public_release r join shared_view v on v.id = r.view_id order by r.released_at desc, r.id`,
  );
}
