/** Looks at a PostgreSQL server before anything is opened on it, so that what is wrong is said in one sentence, with the setting's name. */
import pg from 'pg';
import { HeadwaterError } from '../kernel/errors.ts';

const PATIENCE_MS = 10_000;
const LEAST_POSTGRES = 15;
const LEAST_POSTGIS = 3.3;

interface Found {
  readonly version: string;
  readonly number: number;
  readonly database: string;
  readonly login: string;
  readonly postgis: string | null;
  readonly trigrams: string | null;
  /** Versions that the server could install; null when it has none. */
  readonly postgisThere: string | null;
  readonly superuser: boolean;
  readonly makesRoles: boolean;
  readonly rolesThere: boolean;
  readonly stepsDown: boolean;
}

const LOOK = `
select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
  current_database() as database, current_user as login,
  (select extversion from pg_extension where extname = 'postgis') as postgis,
  (select extversion from pg_extension where extname = 'pg_trgm') as trigrams,
  (select default_version from pg_available_extensions where name = 'postgis') as "postgisThere",
  r.rolsuper as superuser, r.rolsuper or r.rolcreaterole as "makesRoles",
  to_regrole('headwater_app') is not null and to_regrole('headwater_system') is not null as "rolesThere",
  coalesce((select bool_and(pg_has_role(current_user, oid, 'member')) from pg_roles
    where rolname in ('headwater_app', 'headwater_system')), false) as "stepsDown"
from pg_roles r where r.rolname = current_user`;

/** Throws BAD_CONFIGURATION naming the variable, what was found and what was wanted; no password is ever part of it. */
export async function probeServer({
  url,
  ownerUrl,
}: {
  readonly url: string;
  readonly ownerUrl: string;
}): Promise<void> {
  const one = url === ownerUrl;
  const application = await lookAt('DATABASE_URL', url);
  const owner = one ? application : await lookAt('DATABASE_OWNER_URL', ownerUrl);
  const variable = one ? 'DATABASE_URL' : 'DATABASE_OWNER_URL';
  if (owner.database !== application.database)
    throw complaint(
      variable,
      `the database ${owner.database}`,
      `${application.database}, the database of DATABASE_URL`,
    );
  if (owner.number < LEAST_POSTGRES * 10_000)
    throw complaint(variable, `PostgreSQL ${owner.version}`, `PostgreSQL ${LEAST_POSTGRES} or later`);
  checkExtensions(variable, owner);
  if (!owner.rolesThere && !owner.makesRoles) {
    throw complaint(
      variable,
      `the login ${owner.login}, which may not make the roles headwater_app and headwater_system`,
      'the roles made by a superuser (docker/database-logins.sh does it)',
    );
  }
  if (application.rolesThere && !application.stepsDown) {
    throw complaint(
      'DATABASE_URL',
      `the login ${application.login}, which may not step into headwater_app and headwater_system`,
      'a login to which both roles are granted (docker/database-logins.sh does it)',
    );
  }
}

function checkExtensions(
  variable: string,
  { postgis, postgisThere, trigrams, superuser, database }: Found,
): void {
  const wanted = `PostGIS ${LEAST_POSTGIS} or later`;
  if (postgis === null && postgisThere === null)
    throw complaint(variable, 'a server without the extension postgis', `${wanted} installed on it`);
  const version = postgis ?? postgisThere ?? '';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major + minor / 10 < LEAST_POSTGIS) throw complaint(variable, `PostGIS ${version}`, wanted);
  const missing = [...(postgis === null ? ['postgis'] : []), ...(trigrams === null ? ['pg_trgm'] : [])];
  if (missing.length > 0 && !superuser) {
    throw complaint(
      variable,
      `the database ${database} without the extension ${missing.join(' and ')}, which this login may not make`,
      'them made by a superuser (docker/database-logins.sh does it)',
    );
  }
}

async function lookAt(variable: string, url: string): Promise<Found> {
  let client: pg.Client;
  try {
    client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: PATIENCE_MS,
      application_name: 'headwater',
    });
  } catch {
    throw complaint(
      variable,
      'an address that cannot be read',
      'postgres://user:password@host:port/database, special signs in the password written as %40 and the like',
    );
  }
  // A connection that the server ends is told by the statement under way; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<Found>(LOOK);
    return rows[0] as Found;
  } catch (error) {
    throw unreachable(variable, client, error as Error & { code?: string });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Which of the address's parts is wrong, by the class of the error. */
function unreachable(variable: string, client: pg.Client, error: Error & { code?: string }): HeadwaterError {
  const { host, port, user = '', database = '' } = client;
  const at = `${host}:${port}`;
  const say: Say = (found, wanted) => complaint(variable, found, wanted, error);
  switch (error.code ?? '') {
    case '28P01':
      return say(
        `a password that the server at ${at} refuses for the login ${user}`,
        `the password of ${user}`,
      );
    case '28000':
      return say(
        `the login ${user}, which the server at ${at} does not let in`,
        'a login that is there and that pg_hba.conf lets in from this machine',
      );
    case '3D000':
      return say(
        `no database "${database}" on the server at ${at}`,
        `one that is there (createdb ${database} makes it)`,
      );
    case '42501':
      return say(`the login ${user}, which may not connect to the database ${database}`, 'one that may');
    case '53300':
      return say(
        `no free connection on the server at ${at}`,
        'a server with room for DATABASE_POOL and three more',
      );
    case '57P03':
      return say(`a server at ${at} that is starting or stopping`, 'one that is up; try again');
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return say(`no machine named ${host}`, 'the name or address of the machine that PostgreSQL runs on');
    case 'ECONNREFUSED':
    case 'ENOENT':
      return say(`no server that listens at ${at}`, 'the host and port of a running PostgreSQL');
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return say(`no answer from ${at}`, 'the host and port of a running PostgreSQL');
    default:
      return unnamed(error, say, client);
  }
}

type Say = (found: string, wanted: string) => HeadwaterError;

/** Errors without a code of their own: known by their words. */
function unnamed(
  error: Error,
  say: Say,
  { host, port, user = '', database = '' }: pg.Client,
): HeadwaterError {
  const at = `${host}:${port}`;
  if (/timeout/i.test(error.message))
    return say(
      `no answer from ${at} within ${PATIENCE_MS / 1000} s`,
      'the host and port of a running PostgreSQL',
    );
  if (/password must be a string/i.test(error.message))
    return say(`no password for the login ${user}`, `postgres://${user}:password@${at}/${database}`);
  const told = error.message.replace(/postgres(ql)?:\/\/\S+/g, 'the address');
  return say(`a server at ${at} that cannot be used (${told})`, 'a PostgreSQL that this login can use');
}

function complaint(variable: string, found: string, wanted: string, cause?: Error): HeadwaterError {
  const message = `${variable}: found ${found}, wanted ${wanted}`;
  return new HeadwaterError('BAD_CONFIGURATION', message, cause === undefined ? {} : { cause });
}
