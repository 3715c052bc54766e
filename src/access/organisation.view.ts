/** Names of organisations: an id a viewer has met on a visible row may be named. */
import type { UnrestrictedDatabase } from '../platform/database.ts';

/** Slug by id. Slugs are few and public inside the hub; rows are what is protected. */
export async function readSlugs(database: UnrestrictedDatabase): Promise<ReadonlyMap<string, string>> {
  const rows = await database.unrestricted('name the owners of visible rows', (connection) =>
    connection.query<{ id: string; slug: string }>('select id, slug from organisation order by slug'),
  );
  return new Map(rows.map((row) => [row.id, row.slug]));
}

/** How many organisations there are; with `fictionalOnly`, how many are the demo's. */
export async function readOrganisationCount(
  database: UnrestrictedDatabase,
  fictionalOnly = false,
): Promise<number> {
  const rows = await database.unrestricted('count organisations', (connection) =>
    connection.query<{ n: number }>(
      'select count(*)::int as n from organisation where fictional or not $1::boolean',
      [fictionalOnly],
    ),
  );
  return rows[0]?.n ?? 0;
}
