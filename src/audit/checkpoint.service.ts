/** The checkpoint that everybody is handed with what they receive, and the proof that a later log goes on from an earlier one. */

import { accept, type Outcome, refuse } from '../kernel/errors.ts';
import type { UnrestrictedDatabase } from '../platform/database.ts';
import type { KeyStore } from '../vault/key-store.ts';
import {
  type Checkpoint,
  epochLeaf,
  epochOf,
  publicKeyText,
  readNote,
  signedNote,
  signingKey,
} from './checkpoint.ts';
import { closeEpochs, readEpochs } from './epoch.store.ts';
import { consistencyProof, rootOf } from './merkle.ts';

export interface CheckpointTools {
  readonly database: UnrestrictedDatabase;
  readonly keys: KeyStore;
  readonly now: () => Date;
}

export interface CurrentCheckpoint extends Checkpoint {
  readonly note: string;
  readonly publicKey: string;
}

interface Made {
  readonly epoch: number;
  readonly checkpoint: CurrentCheckpoint;
}

const made = new WeakMap<KeyStore, Made>();
/** Who asks while one is being made waits for that one. */
const making = new WeakMap<KeyStore, Promise<CurrentCheckpoint>>();

/**
 * Of the hours that are over; made once an hour, and the same for everybody. While somebody appends to the log for long, the one before is
 * handed out.
 */
export async function currentCheckpoint(tools: CheckpointTools): Promise<CurrentCheckpoint> {
  const { keys, now } = tools;
  const known = made.get(keys);
  if (known !== undefined && known.epoch === epochOf(now())) return known.checkpoint;
  const under = making.get(keys) ?? makeCheckpoint(tools, known?.checkpoint ?? null);
  making.set(keys, under);
  try {
    return await under;
  } finally {
    making.delete(keys);
  }
}

async function makeCheckpoint(
  { database, keys, now }: CheckpointTools,
  before: CurrentCheckpoint | null,
): Promise<CurrentCheckpoint> {
  const at = now();
  const epochs = await database.unrestricted('close the hours of the audit log', async (connection) =>
    (await closeEpochs(connection, epochOf(at), at, before === null)) ? readEpochs(connection) : null,
  );
  if (epochs === null && before !== null) return before;
  const key = auditKey(keys);
  const checkpoint = {
    size: epochs?.length ?? 0,
    first: epochs?.[0]?.epoch ?? 0,
    root: rootOf((epochs ?? []).map(epochLeaf)),
  };
  const current = { ...checkpoint, note: signedNote(checkpoint, key), publicKey: publicKeyText(key) };
  made.set(keys, { epoch: epochOf(at), checkpoint: current });
  return current;
}

/** Hashes that show whoever keeps `note` that the log of now begins with the log it speaks of. */
export async function proofSince(
  tools: CheckpointTools,
  note: string,
): Promise<Outcome<{ readonly checkpoint: CurrentCheckpoint; readonly hashes: readonly Uint8Array[] }>> {
  let checkpoint = await currentCheckpoint(tools);
  const old = readNote(note, checkpoint.publicKey);
  if (!old.accepted) return old;
  const { size, first } = old.value;
  if (size > checkpoint.size) {
    // Another process of this hub may have closed an hour since.
    made.delete(tools.keys);
    checkpoint = await currentCheckpoint(tools);
  }
  if (size > checkpoint.size || first !== checkpoint.first)
    return refuse({
      where: 'checkpoint',
      found: `${size} hours from hour ${first}`,
      wanted: `at most the ${checkpoint.size} hours from hour ${checkpoint.first} that this log has`,
    });
  const epochs = await tools.database.unrestricted('prove that the audit log only grew', readEpochs);
  const leaves = epochs.slice(0, checkpoint.size).map(epochLeaf);
  return accept({ checkpoint, hashes: consistencyProof(leaves, size) });
}

/** Out of the key by which tokens are made: the same after the master key was rotated, and not in the data folder. */
export function auditKey(keys: KeyStore) {
  return signingKey(keys.token('audit-checkpoint', 'ed25519/1'));
}
