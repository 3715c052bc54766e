/** What the doctor looks at. */
import type { UnrestrictedDatabase } from '../platform/database.ts';

export interface Health {
  readonly postgres: string;
  readonly postgis: string;
  readonly organisations: number;
  readonly reports: number;
  readonly movements: number;
  readonly places: number;
  readonly openImports: number;
  readonly unprotectedTables: readonly string[];
}

/** Tables with a visibility class must have row security enabled and forced. */
const UNPROTECTED = `
select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'visibility_class_id'
where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`;

export async function readHealth(database: UnrestrictedDatabase): Promise<Health> {
  return database.unrestricted('examine the hub', async (connection) => {
    const [numbers] = await connection.query<Omit<Health, 'unprotectedTables'>>(
      `select split_part(version(), ' ', 1) || ' ' || split_part(version(), ' ', 2) as postgres, postgis_lib_version() as postgis,
         (select count(*)::int from organisation) as organisations, (select count(*)::int from report where known_to is null) as reports,
         (select count(*)::int from movement where known_to is null) as movements, (select count(*)::int from place) as places,
         (select count(*)::int from import_batch where state in ('reading', 'composing')
           and (importer is null or importer_until <= clock_timestamp())) as "openImports"`,
    );
    const tables = await connection.query<{ name: string }>(UNPROTECTED);
    return {
      ...(numbers as Omit<Health, 'unprotectedTables'>),
      unprotectedTables: tables.map(({ name }) => name),
    };
  });
}
