/** Keys: what they open, and how they stop. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addKey,
  addOrganisation,
  type KeyRequest,
  revokeKey,
  rotateKey,
} from '../../src/access/key.store.ts';
import { seenClasses } from '../../src/access/viewer.ts';
import { readViewer } from '../../src/access/viewer.view.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { makeAsker } from '../property/asker.ts';
import { answer, openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';
import { SURFACES } from './surfaces.ts';

let hub: TestHub;
let organisationId: string;
beforeAll(async () => {
  hub = await openTestHub('demo');
  organisationId = await hub.database.unrestricted('an organisation for a test', async (connection) => {
    const organisation = await addOrganisation(connection, randomIds, {
      slug: 'key-tests',
      name: 'Key tests',
      fictional: true,
    });
    return organisation.id;
  });
});
afterAll(() => hub.close());

const DAY_MS = 86_400_000;

function makeKey(changes: Partial<KeyRequest> = {}): Promise<{ id: string; text: string }> {
  const expiresAt = new Date(TEST_NOW.getTime() + DAY_MS);
  return hub.database.unrestricted('a key for a test', (connection) =>
    addKey(connection, randomIds, {
      organisationId,
      role: 'analyst',
      label: 'test',
      vaultPermission: false,
      expiresAt,
      ...changes,
    }),
  );
}

const refusal = (text: string, now = TEST_NOW): Promise<string> =>
  readViewer(hub.database, text, now).then(
    () => 'opened',
    (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
  );

describe('a key', () => {
  it('opens until the moment it expires', async () => {
    const { id, text } = await makeKey();
    expect((await readViewer(hub.database, text, TEST_NOW)).keyId).toBe(id);
    expect(await refusal(text, new Date(TEST_NOW.getTime() + DAY_MS - 1))).toBe('opened');
    expect(await refusal(text, new Date(TEST_NOW.getTime() + DAY_MS))).toMatch(/^UNAUTHENTICATED/);
  });

  it('is stored nowhere: neither its text nor its secret, only 32 bytes that give neither back', async () => {
    const { id, text } = await makeKey();
    const stored = await hub.database.unrestricted('look at a stored key', (connection) =>
      connection.query<Record<string, unknown>>('select * from api_key where id = $1', [id]),
    );
    const secret = text.slice(text.indexOf('_', 3) + 1);
    expect(secret).toHaveLength(32);
    const row = JSON.stringify(stored, (_name, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    expect(row).not.toContain(secret);
    expect(stored[0]?.secret_sha256).toHaveLength(32);
    const dump = await hub.database.unrestricted('look for a secret', (connection) =>
      connection.query(`select 1 from api_key where api_key::text like '%' || $1 || '%'`, [secret]),
    );
    expect(dump).toEqual([]);
  });

  it('is refused in one sentence, whatever is wrong with it', async () => {
    const { text } = await makeKey();
    const revoked = await makeKey();
    await hub.database.unrestricted('revoke', (connection) => revokeKey(connection, revoked.id));
    const expired = await makeKey({ expiresAt: new Date(TEST_NOW.getTime() - 1) });
    const [, prefix = '', secret = ''] = /^hw_([^_]+)_(.*)$/.exec(text) ?? [];
    const other = `${secret[0] === 'A' ? 'B' : 'A'}${secret.slice(1)}`;
    const wrong = [
      '',
      'hw_',
      'Bearer',
      text.slice(0, -1),
      `${text}A`,
      text.toUpperCase(),
      `hw_${prefix}_${other}`,
      `hw_000000000000_${secret}`,
      revoked.text,
      expired.text,
      `${text}\n`,
    ];
    const said = new Set(await Promise.all(wrong.map((candidate) => refusal(candidate))));
    expect([...said]).toEqual([
      'UNAUTHENTICATED: the key is not known, has expired or was revoked; sign in again, or ask your data officer for a new one',
    ]);
  });

  it('stops on the next request when revoked, and when rotated the new one takes over its rights', async () => {
    const first = await makeKey({ role: 'data_officer', vaultPermission: true });
    expect(await refusal(first.text)).toBe('opened');
    const expiresAt = new Date(TEST_NOW.getTime() + DAY_MS);
    const second = await hub.database.unrestricted('rotate', (connection) =>
      rotateKey(connection, randomIds, first.id, expiresAt),
    );
    expect(await refusal(first.text)).toMatch(/^UNAUTHENTICATED/);
    const viewer = await readViewer(hub.database, second.text, TEST_NOW);
    expect([viewer.role, viewer.organisationId, viewer.vaultPermission]).toEqual([
      'data_officer',
      organisationId,
      true,
    ]);
    const again = hub.database.unrestricted('rotate', (connection) =>
      rotateKey(connection, randomIds, first.id, expiresAt),
    );
    await expect(again).rejects.toThrow(/no living key/);
    expect(await hub.database.unrestricted('revoke', (connection) => revokeKey(connection, second.id))).toBe(
      true,
    );
    expect(await refusal(second.text)).toMatch(/^UNAUTHENTICATED/);
  });

  it('loses a grant on the next request after it was revoked', async () => {
    const { text } = await makeKey();
    const grant = randomIds();
    const granted = async (): Promise<number> =>
      (await readViewer(hub.database, text, TEST_NOW)).partial.length;
    expect(await granted()).toBe(0);
    await hub.database.unrestricted('grant', (connection) =>
      connection.execute(
        `insert into access_grant (id, grantee_id, owner_id, record_class, handling_ceiling, projection, valid_from)
         select $1, $2, id, 'movement', 'amber_strict', 'coarse', '2026-01-01' from organisation where slug = 'terai-watch'`,
        [grant, organisationId],
      ),
    );
    expect(await granted()).toBeGreaterThan(0);
    await hub.database.unrestricted('revoke a grant', (connection) =>
      connection.execute('update access_grant set revoked_at = now() where id = $1', [grant]),
    );
    expect(await granted()).toBe(0);
  });
});

describe('a role', () => {
  it('that reads no records meets none on any surface: operator and partner', async () => {
    const asker = makeAsker(hub);
    for (const viewer of [
      await viewerFor(hub, null, 'operator'),
      await viewerFor(hub, 'terai-watch', 'partner'),
    ]) {
      expect(seenClasses(viewer)).toEqual([]);
      for (const surface of SURFACES.filter(({ compared }) => compared !== 'public')) {
        const said = JSON.stringify(await asker.ask(viewer, surface).catch(() => 'refused'));
        expect(`${surface.root}: ${said}`).not.toMatch(
          /"id":"|"ids":\["|"totalCount":[1-9]|"incidents":[1-9]/,
        );
      }
    }
  });

  it('of a dashboard sees movements and incidents of its own, never statements, entities or reports', async () => {
    const dashboard = await viewerFor(hub, 'terai-watch', 'dashboard');
    const seen = await answer<Record<string, { totalCount: number }>>(
      hub,
      dashboard,
      '{ movements { totalCount } incidents { totalCount nodes { statements { id } entities { id } report { id } } } reports { totalCount } entities { totalCount } }',
    );
    expect(seen.movements?.totalCount).toBeGreaterThan(0);
    expect(seen.incidents?.totalCount).toBeGreaterThan(0);
    expect([seen.reports?.totalCount, seen.entities?.totalCount]).toEqual([0, 0]);
    expect(JSON.stringify(seen)).not.toMatch(/"(statements|entities)":\[\{|"report":\{/);
  });
});
