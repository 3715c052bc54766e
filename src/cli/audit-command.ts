/** `headwater audit`: verifies the log, against checkpoints that others kept too, and prints the checkpoint of now. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ChainVerdict } from '../audit/chain.ts';
import { auditKey, currentCheckpoint } from '../audit/checkpoint.service.ts';
import { type Checkpoint, publicKeyText, readNote } from '../audit/checkpoint.ts';
import { hourClosedEarly, verifyCheckpoints, verifyLog } from '../audit/verify-log.store.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import type { Command, CommandContext } from './commands.ts';

const SAYS = 'wanted: npx headwater audit verify [--since CHECKPOINT]…, or npx headwater audit checkpoint';

export const AUDIT: Command = {
  usage: 'audit verify [--since CHECKPOINT]… | audit checkpoint',
  summary: 'walks the audit chain and names the first bad event; checkpoints are files or their text',
  run: async ([verb, ...rest], context) => {
    if (verb === 'checkpoint' && rest.length === 0) {
      context.say((await currentCheckpoint(toolsOf(context))).note);
      return 0;
    }
    if (verb !== 'verify') throw new HeadwaterError('BAD_INPUT', SAYS);
    return verifyAgainst(checkpointsIn(rest, context), context);
  },
};

async function verifyAgainst(
  checkpoints: readonly Checkpoint[],
  { hub, say }: CommandContext,
): Promise<number> {
  const verdict = await verifyLog(hub.database);
  if (!verdict.whole) return breaks(verdict, say);
  for (const bad of [
    await hourClosedEarly(hub.database, hub.imports.now()),
    await verifyCheckpoints(hub.database, checkpoints),
  ])
    if (bad !== null && !bad.whole) return breaks(bad, say);
  say(`the chain of ${verdict.events} events is whole; head ${verdict.head}`);
  if (checkpoints.length > 0)
    say(
      `it goes on from ${checkpoints.length === 1 ? 'the checkpoint' : `all ${checkpoints.length} checkpoints`} given`,
    );
  return 0;
}

function breaks(verdict: ChainVerdict & { readonly whole: false }, say: CommandContext['say']): number {
  say(`the chain breaks at event ${verdict.firstBad}: ${verdict.why}`);
  return 1;
}

/** A checkpoint that is none, or that another key signed, says nothing of this log: an error, and no verdict. */
function checkpointsIn(args: readonly string[], { hub, folder }: CommandContext): readonly Checkpoint[] {
  const found: Checkpoint[] = [];
  for (let at = 0; at < args.length; at += 2) {
    const given = args[at + 1];
    if (args[at] !== '--since' || given === undefined) throw new HeadwaterError('BAD_INPUT', SAYS);
    const file = path.resolve(folder, given);
    if (!existsSync(file) && !given.includes('\n') && !given.startsWith('headwater-audit-checkpoint/'))
      throw new HeadwaterError(
        'BAD_INPUT',
        `--since ${given}: found no such file, wanted a file of checkpoints, or one as it was handed over`,
      );
    const before = found.length;
    for (const line of (existsSync(file) ? readFileSync(file, 'utf8') : given).split('\n')) {
      if (line.trim() === '') continue;
      const note = readNote(line, publicKeyText(auditKey(hub.keys)));
      if (!note.accepted) {
        const [reason] = note.reasons;
        throw new HeadwaterError(
          'BAD_INPUT',
          `--since ${given}: found ${reason?.found}, wanted ${reason?.wanted}`,
        );
      }
      found.push(note.value);
    }
    if (found.length === before)
      throw new HeadwaterError(
        'BAD_INPUT',
        `--since ${given}: found no checkpoint in it, wanted one a line: without one nothing is compared`,
      );
  }
  return found;
}

function toolsOf({ hub }: CommandContext) {
  return { database: hub.database, keys: hub.keys, now: hub.imports.now };
}
