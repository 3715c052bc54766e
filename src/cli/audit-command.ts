/** `headwater audit verify`: walks the chain and names the first event that does not fit. */
import { verifyLog } from '../audit/audit.store.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import type { Command } from './commands.ts';

export const AUDIT: Command = {
  usage: 'audit verify',
  summary: 'walks the audit chain; exits with 1 and names the first bad event',
  run: async ([verb, ...rest], { hub, say }) => {
    if (verb !== 'verify' || rest.length > 0)
      throw new HeadwaterError('BAD_INPUT', 'wanted: npx headwater audit verify');
    const verdict = await verifyLog(hub.database);
    if (verdict.whole) {
      say(`the chain of ${verdict.events} events is whole; head ${verdict.head}`);
      return 0;
    }
    say(`the chain breaks at event ${verdict.firstBad}: ${verdict.why}`);
    return 1;
  },
};
