/** `headwater key`: organisations and their keys. The text of a key is shown once. */
import { parseArgs } from 'node:util';
import {
  addKey,
  addOrganisation,
  listKeys,
  readOrganisation,
  revokeKey,
  rotateKey,
} from '../access/key.store.ts';
import { ROLES, type Role } from '../access/roles.ts';
import { recordEvent } from '../audit/audit.store.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import { randomIds } from '../kernel/ids.ts';
import { PURPOSES } from '../kernel/vocabulary.ts';
import type { Queryable } from '../platform/database.ts';
import type { Command, CommandContext } from './commands.ts';
import { purposesIn } from './purpose-list.ts';

export const KEY: Command = {
  usage:
    'key create --org SLUG --role ROLE [--days N] [--vault] [--purposes LIST] [--name NAME] | key list | key rotate ID | key revoke ID',
  summary: `makes, lists, rotates and revokes keys; a new --org is made with --name; roles: ${ROLES.join(', ')}`,
  details: [
    '--days N  how long the key is good, 1 to 366; usual: 90',
    '--vault   the key may open sealed names for a stated purpose',
    `--purposes  what its holder works for, of ${PURPOSES.join(',')}; usual: all of them`,
    '--name    makes the organisation when it is new',
    '--label   a word by which `key list` tells keys apart',
  ],
  run: async (args, context) => {
    const [verb, ...rest] = args;
    if (verb === 'create') return create(rest, context);
    if (verb === 'list') return list(context);
    if (verb === 'rotate') return rotate(rest, context);
    if (verb === 'revoke') return revoke(rest, context);
    throw new HeadwaterError(
      'BAD_INPUT',
      `key: found ${verb === undefined ? 'no verb' : `"${verb}"`}, wanted: npx headwater ${KEY.usage}`,
    );
  },
};

const DAY_MS = 86_400_000;
const USUAL_DAYS = 90;

async function create(args: readonly string[], { hub, say }: CommandContext): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      org: { type: 'string' },
      role: { type: 'string' },
      days: { type: 'string', default: String(USUAL_DAYS) },
      vault: { type: 'boolean', default: false },
      purposes: { type: 'string' },
      name: { type: 'string' },
      label: { type: 'string', default: 'command line' },
    },
  });
  const role = ROLES.find((known) => known === values.role);
  const days = Number(values.days);
  if (role === undefined)
    throw new HeadwaterError(
      'BAD_INPUT',
      `--role: found ${values.role ?? 'nothing'}, wanted one of ${ROLES.join(', ')}`,
    );
  if (!(days >= 1 && days <= 366))
    throw new HeadwaterError('BAD_INPUT', `--days: found ${values.days}, wanted 1 to 366`);
  if (values.org === undefined && role !== 'operator')
    throw new HeadwaterError('BAD_INPUT', '--org: found nothing, wanted the slug of an organisation');
  const text = await hub.database.unrestricted('make a key', async (connection) => {
    const organisation =
      role === 'operator' ? null : await organisationFor(connection, values.org as string, values.name);
    const key = await addKey(connection, randomIds, {
      organisationId: organisation?.id ?? null,
      role,
      label: values.label,
      vaultPermission: values.vault,
      purposes: purposesIn(values.purposes),
      expiresAt: new Date(Date.now() + days * DAY_MS),
    });
    await trace(connection, 'create_key', key.id, organisation?.id ?? null, role);
    return key.text;
  });
  say(
    `key for ${role}${values.org === undefined ? '' : ` of ${values.org}`}, valid ${days} days, shown once:`,
  );
  say(text);
  return 0;
}

async function organisationFor(connection: Queryable, slug: string, name: string | undefined) {
  if (name === undefined) return readOrganisation(connection, slug);
  return addOrganisation(connection, randomIds, { slug, name, fictional: false });
}

async function list({ hub, say }: CommandContext): Promise<number> {
  const keys = await hub.database.unrestricted('list keys', listKeys);
  for (const key of keys) {
    const state =
      key.revoked_at !== null
        ? 'revoked'
        : key.expires_at.getTime() < Date.now()
          ? 'expired'
          : `until ${key.expires_at.toISOString().slice(0, 10)}`;
    say(
      `${key.id}  ${(key.slug ?? '-').padEnd(20)} ${key.role.padEnd(13)} hw_${key.prefix}_…  ${state}  ${key.label}${key.purposes === null ? '' : `  for ${key.purposes.join(', ')}`}`,
    );
  }
  return 0;
}

async function rotate([id]: readonly string[], { hub, say }: CommandContext): Promise<number> {
  const keyId = checkedId(id);
  const text = await hub.database.unrestricted('rotate a key', async (connection) => {
    const key = await rotateKey(connection, randomIds, keyId, new Date(Date.now() + USUAL_DAYS * DAY_MS));
    await trace(connection, 'rotate_key', key.id, null, 'rotated');
    return key.text;
  });
  say('the old key stopped working; the new one, shown once:');
  say(text);
  return 0;
}

async function revoke([id]: readonly string[], { hub, say }: CommandContext): Promise<number> {
  const keyId = checkedId(id);
  const done = await hub.database.unrestricted('revoke a key', async (connection) => {
    const revoked = await revokeKey(connection, keyId);
    if (revoked) await trace(connection, 'revoke_key', keyId, null, 'revoked');
    return revoked;
  });
  if (!done) throw new HeadwaterError('NOT_FOUND', 'found no living key with that id');
  say('revoked: it stops working with the next request');
  return 0;
}

function checkedId(id: string | undefined): string {
  if (id === undefined || !/^[0-9a-f-]{36}$/.test(id))
    throw new HeadwaterError('BAD_INPUT', 'wanted the id of a key, as `key list` shows it');
  return id;
}

async function trace(
  connection: Queryable,
  action: string,
  keyId: string,
  organisationId: string | null,
  role: Role | 'rotated' | 'revoked',
): Promise<void> {
  await recordEvent(connection, new Date(), {
    organisationId,
    keyId: null,
    action,
    objectKind: 'api_key',
    objectIds: [keyId],
    purpose: null,
    detail: { role },
  });
}
