/** `headwater witness`: run at a partner, keeps a hub's checkpoints and shows each time that its audit log only grew since the last. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { hourText, readNote } from '../audit/checkpoint.ts';
import { provesConsistency } from '../audit/merkle.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import type { FreeCommand } from './commands.ts';
import { partnerClient } from './partner-client.ts';

/** What no other ending has: neither a hub that cannot be reached nor a mistake in what was typed. */
const REWRITTEN = 3;

const CURRENT = '{ auditCheckpoint { note publicKey } }';
const SINCE = 'query ($since: String!) { auditProof(since: $since) { hashes checkpoint { note } } }';

export const WITNESS: FreeCommand = {
  usage: 'witness ADDRESS --key-file FILE --notes FILE [--public-key KEY]',
  summary:
    'at a partner, without the hub: keeps its checkpoints, and exits with 3 when its audit log was rewritten since the last',
  details: [
    '--key-file    a file with a key of that hub and nothing else',
    '--notes       the file of checkpoints, one a line; each run adds the one of now',
    "--public-key  the hub's, as the agreement names it; without it the first run trusts the one it meets",
  ],
  run: async (args, say) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'key-file': { type: 'string' },
        notes: { type: 'string' },
        'public-key': { type: 'string' },
      },
    });
    const { 'key-file': keyFile, notes, 'public-key': pinned } = values;
    const [address, ...others] = positionals;
    if (address === undefined || others.length > 0 || keyFile === undefined || notes === undefined)
      throw new HeadwaterError('BAD_INPUT', `wanted: npx headwater ${WITNESS.usage}`);
    const hub = partnerClient(address, keyFile);
    const kept = existsSync(notes)
      ? readFileSync(notes, 'utf8').split('\n').filter(Boolean).at(-1)
      : undefined;
    if (kept === undefined) {
      const { note, publicKey } = (await hub.ask<{ auditCheckpoint: Told }>(CURRENT)).auditCheckpoint;
      const { first, size } = noteOf(note, pinned ?? publicKey);
      appendFileSync(notes, `${note}\n`);
      say(
        `kept the first checkpoint, up to ${hourText(first + size - 1)}; the hub's public key is ${publicKey}`,
      );
      return 0;
    }
    const publicKey = pinned ?? kept.split(' ')[4] ?? '';
    const old = noteOf(kept, publicKey);
    // A hub that says that it never signed what it signed has been rewritten too.
    const proof = await hub.ask<{ auditProof: Proof }>(SINCE, { since: kept }).catch((error: unknown) => {
      if (error instanceof HeadwaterError && error.code === 'BAD_INPUT') return error;
      throw error;
    });
    if (proof instanceof Error) {
      say(`the hub cannot show that its log goes on from the checkpoint kept: ${proof.message}`);
      return REWRITTEN;
    }
    const { hashes, checkpoint } = proof.auditProof;
    const read = readNote(checkpoint.note, publicKey);
    if (!read.accepted) {
      say(`the hub signs with another key than before: ${read.reasons[0]?.found}`);
      return REWRITTEN;
    }
    const current = read.value;
    const bytes = hashes.map((hash) => Buffer.from(hash, 'base64url'));
    if (
      current.first !== old.first ||
      !provesConsistency(old.size, old.root, current.size, current.root, bytes)
    ) {
      say(
        `the log was rewritten: up to ${hourText(old.first + old.size - 1)} it is not the one that was signed`,
      );
      return REWRITTEN;
    }
    if (checkpoint.note !== kept) appendFileSync(notes, `${checkpoint.note}\n`);
    say(
      `the log only grew since ${hourText(old.first + old.size - 1)}; kept up to ${hourText(current.first + current.size - 1)}`,
    );
    return 0;
  },
};

interface Told {
  readonly note: string;
  readonly publicKey: string;
}

interface Proof {
  readonly hashes: readonly string[];
  readonly checkpoint: { readonly note: string };
}

function noteOf(text: string, publicKey: string) {
  const note = readNote(text, publicKey);
  if (note.accepted) return note.value;
  const [reason] = note.reasons;
  throw new HeadwaterError('BAD_INPUT', `checkpoint: found ${reason?.found}, wanted ${reason?.wanted}`);
}
