/** `headwater keys rotate`: a new master key for the key folder, while the hub goes on. */
import { recordEvent } from '../audit/audit.store.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import { rotateMasterKey } from '../vault/key-rotation.ts';
import type { Command, CommandContext } from './commands.ts';

export const KEYS: Command = {
  usage: 'keys rotate',
  summary:
    'gives the key folder a new master key; the old one is gone when it is done, and opens no copy made from then on',
  details: [
    'Every key in HEADWATER_KEYS_DIR is wrapped anew; nothing in the database changes. Whatever uses the folder goes on meanwhile.',
    'A copy of the folder made before still opens with the old master key in it: replace the copy when it is done, and make none meanwhile.',
  ],
  run: async (args, context) => {
    if (args.length !== 1 || args[0] !== 'rotate')
      throw new HeadwaterError(
        'BAD_INPUT',
        `keys: found ${args.length === 0 ? 'no verb' : `"${args.join(' ')}"`}, wanted: npx headwater ${KEYS.usage}`,
      );
    return rotate(context);
  },
};

/** Told before it begins too: a rotation that is cut short may have taken place. */
async function rotate({ hub, say }: CommandContext): Promise<number> {
  await trace(hub, 'begin_master_key_rotation', {});
  const { keys } = await rotateMasterKey(hub.keysFolder);
  await trace(hub, 'rotate_master_key', { keys });
  say(`the key folder has a new master key, which wraps ${keys} keys; the old one is gone`);
  say('copy the key folder elsewhere again, and destroy older copies: each holds a master key that opens it');
  return 0;
}

async function trace(
  { database, imports }: CommandContext['hub'],
  action: string,
  detail: Readonly<Record<string, number>>,
): Promise<void> {
  await database.unrestricted('record a rotation of the master key', (connection) =>
    recordEvent(connection, imports.now(), {
      organisationId: null,
      keyId: null,
      action,
      objectKind: 'key_folder',
      objectIds: [],
      purpose: null,
      detail,
    }),
  );
}
