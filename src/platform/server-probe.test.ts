import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probeServer } from './server-probe.ts';

const SECRET = 'never-shown-4711';

async function told(url: string, ownerUrl = url): Promise<string> {
  try {
    await probeServer({ url, ownerUrl });
    return 'fine';
  } catch (error) {
    const { message, code } = error as { message: string; code: string };
    expect(code).toBe('BAD_CONFIGURATION');
    expect(message).not.toContain(SECRET);
    return message;
  }
}

describe('a server that is not there', () => {
  it('is told by its host and port, and by the setting that names it', async () => {
    expect(await told(`postgres://someone:${SECRET}@127.0.0.1:1/headwater`)).toBe(
      'DATABASE_URL: found no server that listens at 127.0.0.1:1, wanted the host and port of a running PostgreSQL',
    );
    expect(await told(`postgres://someone:${SECRET}@no-such-machine.invalid/headwater`)).toContain(
      'DATABASE_URL: found no machine named no-such-machine.invalid',
    );
    expect(await told(`postgres://someone:${SECRET}@127.0.0.1:99999/headwater`)).toContain(
      'DATABASE_URL: found',
    );
    expect(await told(`postgres://someone:${SECRET}@[nowhere/headwater`)).toContain(
      'an address that cannot be read',
    );
  });
});

const server = process.env['TEST_DATABASE_URL'] ?? '';

describe.skipIf(server === '')('a server that is there', () => {
  const tag = randomBytes(4).toString('hex');
  const weak = `headwater_weak_${tag}`;
  const bare = `headwater_bare_${tag}`;
  const url = (change: (address: URL) => void): string => {
    const address = new URL(server);
    change(address);
    return address.href;
  };
  const asSuperuser = async (...statements: readonly string[]): Promise<void> => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  beforeAll(() => asSuperuser(`create database ${bare}`, `create role ${weak} login password '${SECRET}'`));
  afterAll(() => asSuperuser(`drop database ${bare} with (force)`, `drop role ${weak}`));

  it('is fine for a login that has all it needs', async () => {
    expect(await told(server)).toBe('fine');
  });

  it('names the wrong part of the address, and the setting it stands in', async () => {
    const login = new URL(server).username;
    const wrongPassword = url((address) => {
      address.password = SECRET;
    });
    expect(await told(wrongPassword)).toContain(`for the login ${login}, wanted the password of ${login}`);
    expect(await told(server, wrongPassword)).toMatch(/^DATABASE_OWNER_URL: found a password/);
    const noDatabase = url((address) => {
      address.pathname = '/no_such_database';
    });
    expect(await told(noDatabase)).toMatch(/^DATABASE_URL: found no database "no_such_database"/);
    const another = url((address) => {
      address.pathname = `/${bare}`;
    });
    expect(await told(server, another)).toContain(`DATABASE_OWNER_URL: found the database ${bare}`);
  });

  it('names the extensions and rights that a login lacks', async () => {
    const asWeak = url((address) => {
      address.username = weak;
      address.password = SECRET;
      address.pathname = `/${bare}`;
    });
    expect(await told(asWeak)).toContain(
      `DATABASE_URL: found the database ${bare} without the extension postgis and pg_trgm, which this login may not make`,
    );
    const asOwner = url((address) => {
      address.pathname = `/${bare}`;
    });
    expect(await told(asWeak, asOwner)).toMatch(
      /^(DATABASE_URL: found the login headwater_weak_\w+, which may not step into headwater_app)/,
    );
  });
});
