/** `headwater account`: people's accounts. An invitation is shown once; the person takes it up at /auth/ of the hub. */
import { parseArgs } from 'node:util';
import { readOrganisation } from '../access/key.store.ts';
import { ROLES, type Role } from '../access/roles.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import { PURPOSES } from '../kernel/vocabulary.ts';
import {
  type AccountAct,
  changeRights,
  forget,
  INVITED_DAYS,
  invite,
  openAccount,
  setDisabled,
  stopSessions,
  VAULT_ROLES,
} from '../people/accounts/account.service.ts';
import { type HubAccount, listHubAccounts, onHubAccount } from '../people/accounts/hub-accounts.service.ts';
import type { Queryable } from '../platform/database.ts';
import { destroyDoomedKeys } from '../records/erasure/doomed-keys.service.ts';
import type { Command, CommandContext } from './commands.ts';
import { purposesIn } from './purpose-list.ts';

export const ACCOUNT: Command = {
  usage:
    'account make --org SLUG --role ROLE [--vault] [--purposes LIST] [--name NAME] | account list | account change ID --role ROLE [--vault] [--purposes LIST] [--org SLUG] | account invite ID | account disable ID | account enable ID | account end ID | account forget ID',
  summary: "makes people's accounts, changes, disables and forgets them, and ends their sessions",
  details: [
    '--vault  the person may open sealed names for a stated purpose: investigators and data officers only',
    `--purposes  what the person works for, of ${PURPOSES.join(',')}; usual: all of them, in a change as before`,
    '--name   by which data officers tell accounts apart; it is kept sealed',
    'invite   shows a new invitation; what the person signs in with goes when it is taken up',
    'end      ends every session of the account',
    'forget   for good: the name and whatever the person signs in with go',
  ],
  run: async (args, context) => {
    const [verb = '', ...rest] = args;
    const work = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
    if (work !== undefined) return work(rest, context);
    throw new HeadwaterError(
      'BAD_INPUT',
      `account: found ${verb === '' ? 'no verb' : `"${verb}"`}, wanted: npx headwater ${ACCOUNT.usage}`,
    );
  },
};

const VERBS: Readonly<Record<string, (args: readonly string[], context: CommandContext) => Promise<number>>> =
  {
    make,
    list,
    change,
    invite: (args, context) =>
      onOne(args, context, 'invited', async (act, row) => {
        if (row.disabled_at !== null)
          throw new HeadwaterError(
            'CONFLICT',
            'found a disabled account, wanted one that is not: account enable',
          );
        sayInvitation(context, await invite(act, row.id, row.organisation_id));
      }),
    disable: (args, context) => onOne(args, context, 'disabled', (act, row) => setDisabled(act, row, true)),
    enable: (args, context) => onOne(args, context, 'enabled', (act, row) => setDisabled(act, row, false)),
    end: (args, context) =>
      onOne(args, context, 'its sessions ended', (act, row) => stopSessions(act, row, null)),
    forget: async (args, context) => {
      const done = await onOne(args, context, 'forgotten', forget);
      await destroyDoomedKeys(context.hub.imports);
      return done;
    },
  };

async function make(args: readonly string[], context: CommandContext): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { ...RIGHTS, name: { type: 'string' } } });
  const role = checkedRole(values.role, values.vault);
  const { hub, say } = context;
  const made = await hub.database.unrestricted('make an account', async (connection) => {
    const organisationId = await organisationOf(connection, role, values.org);
    const purposes = purposesIn(values.purposes);
    const rights = { organisationId, role, vaultPermission: values.vault, purposes };
    return openAccount(actIn(context, connection), rights, values.name?.trim() ?? null);
  });
  say(`account ${made.id} for ${role}${values.org === undefined ? '' : ` of ${values.org}`}`);
  sayInvitation(context, made.invitation);
  return 0;
}

async function list(_args: readonly string[], { hub, say }: CommandContext): Promise<number> {
  for (const { row, slug, sessions } of await listHubAccounts(hub.imports)) {
    const state =
      row.forgotten_at !== null
        ? 'forgotten'
        : row.disabled_at !== null
          ? 'disabled'
          : row.way !== null
            ? `signs in: ${row.way}`
            : row.invited_until !== null
              ? 'invited'
              : 'not taken up';
    const vault = row.vault_permission ? 'vault' : '-';
    say(
      `${row.id}  ${slug.padEnd(20)} ${row.role.padEnd(13)} ${vault.padEnd(6)} ${row.sign_in_name}  ${state}  sessions: ${sessions}`,
    );
  }
  return 0;
}

async function change(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: RIGHTS, allowPositionals: true });
  const role = checkedRole(values.role, values.vault);
  return onOne(positionals, context, 'changed', async (act, row) => {
    const organisationId =
      values.org === undefined && role !== 'operator' && row.organisation_id !== null
        ? row.organisation_id
        : await organisationOf(act.connection, role, values.org);
    const purposes = purposesIn(values.purposes) ?? row.purposes;
    await changeRights(act, row, { organisationId, role, vaultPermission: values.vault, purposes });
  });
}

const RIGHTS = {
  org: { type: 'string' },
  role: { type: 'string' },
  vault: { type: 'boolean', default: false },
  purposes: { type: 'string' },
} as const;

async function onOne(
  [id]: readonly string[],
  context: CommandContext,
  what: string,
  work: (act: AccountAct, row: HubAccount) => Promise<unknown>,
): Promise<number> {
  await onHubAccount(context.hub.imports, id ?? '', (connection, row) =>
    work(actIn(context, connection), row),
  );
  context.say(`${what}: it works from the next request on`);
  return 0;
}

function actIn({ hub }: CommandContext, connection: Queryable): AccountAct {
  return { tools: hub.imports, connection, now: hub.imports.now(), keyId: null };
}

async function organisationOf(
  connection: Queryable,
  role: Role,
  slug: string | undefined,
): Promise<string | null> {
  if (role === 'operator') return null;
  if (slug === undefined)
    throw new HeadwaterError('BAD_INPUT', '--org: found nothing, wanted the slug of an organisation');
  return (await readOrganisation(connection, slug)).id;
}

function checkedRole(text: string | undefined, vault: boolean): Role {
  const role = ROLES.find((known) => known === text);
  if (role === undefined)
    throw new HeadwaterError(
      'BAD_INPUT',
      `--role: found ${text ?? 'nothing'}, wanted one of ${ROLES.join(', ')}`,
    );
  if (vault && !VAULT_ROLES.includes(role))
    throw new HeadwaterError(
      'BAD_INPUT',
      `--vault: found it for ${role}, wanted ${VAULT_ROLES.join(' or ')}`,
    );
  return role;
}

function sayInvitation({ say }: CommandContext, invitation: string): void {
  say(`invitation, good once and for ${INVITED_DAYS} days, to be taken up at /auth/ of the hub; shown once:`);
  say(invitation);
}
