/** `headwater profiles`: the profiles that come along, their columns, and a file to start from. */
import { parseArgs } from 'node:util';
import { columnLines, templateLines } from '../intake/formats/profile-columns.ts';
import { findProfile, NAMED_PROFILES } from '../intake/formats/profiles/named.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import { suggestion } from '../kernel/nearest.ts';
import type { FreeCommand } from './commands.ts';

export const PROFILES: FreeCommand = {
  usage: 'profiles [NAME] [--template]',
  summary:
    'lists the import profiles that come along, or the columns of one; --template prints a CSV file to start from',
  details: ['--template  a header line and one row, all of it invented'],
  run: (args, say) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { template: { type: 'boolean', default: false } },
    });
    const [name, ...others] = positionals;
    if (others.length > 0 || (values.template && name === undefined))
      throw new HeadwaterError('BAD_INPUT', `wanted: npx headwater ${PROFILES.usage}`);
    if (name === undefined) {
      for (const profile of NAMED_PROFILES) say(`${profile.name}\n    ${profile.description}`);
      say('The columns of one: npx headwater profiles NAME. A profile of your own: docs/import-profiles.md.');
      return 0;
    }
    const profile = findProfile(name);
    const names = NAMED_PROFILES.map((each) => each.name);
    if (profile === null)
      throw new HeadwaterError(
        'BAD_INPUT',
        `found no profile "${name}"${suggestion(name, names)}, wanted one of ${names.join(', ')}`,
      );
    for (const line of values.template ? templateLines(profile) : columnLines(profile)) say(line);
    return 0;
  },
};
