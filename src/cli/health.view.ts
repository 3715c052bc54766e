/** What the doctor looks at. */
import type { Database, UnrestrictedDatabase } from '../platform/database.ts';

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

const LOGIN = `
select session_user as login, r.rolsuper as superuser, r.rolbypassrls as bypasses,
  exists (select from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname = 'report'
    and pg_has_role(session_user, c.relowner, 'member')) as owns
from pg_roles r where r.rolname = session_user`;

/**
 * Sentences on a login that row security does not bind; none for the embedded database, which has one user. Each transaction steps down
 * to a weaker role whatever the login is: what is left open is what anybody can do who has its password.
 */
export async function readLoginWarnings(database: Database): Promise<readonly string[]> {
  if (database.mode === 'embedded') return [];
  const [found] = await database.unrestricted('look at the login', (connection) =>
    connection.query<{ login: string; superuser: boolean; bypasses: boolean; owns: boolean }>(LOGIN),
  );
  if (found === undefined) return [];
  const { login, superuser, bypasses, owns } = found;
  const what = superuser
    ? 'is a superuser'
    : bypasses
      ? 'passes over row security'
      : owns
        ? 'owns the tables, or may become their owner'
        : null;
  if (what === null) return [];
  return [
    `DATABASE_URL: the login ${login} ${what}: row security does not bind it, and whoever gets its password reads every row; wanted a login that owns nothing, as docker/database-logins.sh makes it, with the owner in DATABASE_OWNER_URL`,
  ];
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
