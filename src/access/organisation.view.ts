/** Names of organisations: an id a viewer has met on a visible row may be named. */
import type { UnrestrictedDatabase } from '../platform/database.ts';

/** Slug by id. Slugs are few and public inside the hub; rows are what is protected. */
export async function readSlugs(database: UnrestrictedDatabase): Promise<ReadonlyMap<string, string>> {
  const rows = await database.unrestricted('name the owners of visible rows', (connection) =>
    connection.query<{ id: string; slug: string }>('select id, slug from organisation order by slug'),
  );
  return new Map(rows.map((row) => [row.id, row.slug]));
}
