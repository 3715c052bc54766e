/** `headwater seed`: loads the fictional demo. */
import { type Command, wantNothing } from './commands.ts';
import { loadDemo, makeDemoKeys } from './demo.service.ts';
import { summaryLines } from './import-summary.ts';

export const SEED: Command = {
  usage: 'seed',
  summary: 'loads the fictional demo and prints its keys',
  run: async (args, { hub, say, progress }) => {
    wantNothing(args, SEED);
    for (const summary of await loadDemo(hub, progress))
      say(summaryLines(summary, 0, 0).slice(0, 2).join('\n'));
    for (const { organisation, role, key } of await makeDemoKeys(hub, new Date()))
      say(`${(organisation ?? '-').padEnd(14)} ${role.padEnd(13)} ${key}`);
    return 0;
  },
};
