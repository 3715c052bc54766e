/** A new master key for a key folder that other processes go on using: every key wrapped anew, the old master key destroyed last. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { HeadwaterError } from '../kernel/errors.ts';
import { type FolderLock, takeFolder } from '../platform/folder-lock.ts';
import { KeyRing, type RingLine, syncFolder } from './key-ring.ts';
import {
  type MasterKey,
  masterFileOf,
  masterText,
  newKey,
  newRingName,
  readMaster,
  unwrapKey,
  wrapKey,
} from './master-key.ts';

/** Where a rotation is: a process may end between any two of them, and the store opens. */
export type RotationStep = 'begun' | 'copied' | 'drafted' | 'switched' | 'carried' | 'ring removed';

export interface Rotation {
  /** Keys that the new master key wraps. */
  readonly keys: number;
}

const AT_ONCE = 1_000;

/** Beside the rings while a rotation is under way: the name of the new ring, the next master file, the old one under another name. */
const placesIn = (folder: string) => {
  const work = path.join(folder, 'rotation');
  return {
    work,
    draft: path.join(work, 'draft'),
    next: path.join(work, 'next.key'),
    retired: path.join(work, 'retired.key'),
  };
};

/**
 * Gives the other work of the process its turn while it goes on. Throws BUSY while another rotates. `onStep` is told each step that is on
 * disk.
 */
export async function rotateMasterKey(
  folder: string,
  onStep: (step: RotationStep) => void = () => undefined,
): Promise<Rotation> {
  const { work, draft, next, retired } = placesIn(folder);
  const lock = takeRotation(folder);
  try {
    cleanUp(folder);
    const old = readMaster(masterFileOf(folder));
    const fresh: MasterKey = { key: newKey(), tokenKey: old.tokenKey, ring: newRingName() };
    writeDurably(draft, fresh.ring);
    // There before the first key is copied: who destroys one from now on looks here too.
    writeDurably(path.join(folder, fresh.ring), '');
    onStep('begun');
    for (const _ of bringing(folder, old, fresh)) await turn();
    const keys = countOpening(folder, fresh);
    onStep('copied');
    linkSync(masterFileOf(folder), retired);
    writeDurably(next, masterText(fresh));
    onStep('drafted');
    renameSync(next, masterFileOf(folder));
    syncFolder(folder);
    onStep('switched');
    for (const _ of bringing(folder, old, fresh)) await turn();
    onStep('carried');
    retire(folder, old, () => onStep('ring removed'));
    rmSync(draft);
    return { keys };
  } catch (error) {
    cleanUp(folder);
    throw error;
  } finally {
    finish(work, lock);
  }
}

/** Finishes or forgets what a rotation that was cut short has left; nothing while one is under way. */
export function settleRotation(folder: string): void {
  const { work } = placesIn(folder);
  if (!existsSync(work)) return;
  let lock: FolderLock;
  try {
    lock = takeRotation(folder);
  } catch (error) {
    if (error instanceof HeadwaterError && error.code === 'BUSY') return;
    throw error;
  }
  try {
    cleanUp(folder);
  } finally {
    finish(work, lock);
  }
}

/** The master key before this one while some of its keys may not have been brought along; null at all other times. */
export function retiredMaster(folder: string): MasterKey | null {
  const { retired } = placesIn(folder);
  try {
    return readMaster(retired);
  } catch {
    // It is not there, or was being destroyed.
    return null;
  }
}

function takeRotation(folder: string): FolderLock {
  try {
    return takeFolder(placesIn(folder).work, 'a rotation of the master key');
  } catch (cause) {
    if (!(cause instanceof HeadwaterError && cause.code === 'BUSY')) throw cause;
    throw new HeadwaterError(
      'BUSY',
      'the master key is being rotated by another process; wait until it is done',
      {
        cause,
      },
    );
  }
}

/** The folder stays where something is left in it, and tells the next opening. */
function finish(work: string, lock: FolderLock): void {
  try {
    rmdirSync(work);
  } catch {
    // Cut short: something is left in it.
  }
  lock.release();
}

/** The caller holds the rotation. */
function cleanUp(folder: string): void {
  const { draft, next, retired } = placesIn(folder);
  if (!existsSync(masterFileOf(folder))) return;
  const current = readMaster(masterFileOf(folder));
  const old = retiredMaster(folder);
  if (old !== null && old.ring !== current.ring) {
    for (const _ of bringing(folder, old, current));
    retire(folder, old, () => undefined);
  }
  // Before the switch it is another name of the file that is in use.
  rmSync(retired, { force: true });
  if (existsSync(next)) overwrite(next);
  const name = existsSync(draft) ? readFileSync(draft, 'utf8') : '';
  if (/^ring-[0-9a-f]{8}\.log$/.test(name) && name !== current.ring)
    rmSync(path.join(folder, name), { force: true });
  rmSync(draft, { force: true });
}

/**
 * Copies what the new ring lacks, and pauses now and then. What is destroyed in the old ring by the end is destroyed in the new one: keys
 * that were destroyed while their copies were being written.
 */
function* bringing(folder: string, old: MasterKey, fresh: MasterKey): Generator<void> {
  const [from, to] = [old, fresh].map(({ ring }) => new KeyRing(path.join(folder, ring))) as [
    KeyRing,
    KeyRing,
  ];
  const there = new Set([...to.all()].map(({ id }) => id));
  let lines: RingLine[] = [];
  for (const { id, wrapped } of from.all()) {
    if (there.has(id)) continue;
    there.add(id);
    lines.push({
      id,
      wrapped: wrapped === null ? null : wrapKey(fresh.key, id, unwrapKey(old.key, id, wrapped)),
    });
    if (lines.length < AT_ONCE) continue;
    to.append(lines);
    lines = [];
    yield;
  }
  to.append(lines);
  to.destroy([...from.all()].flatMap(({ id, wrapped }) => (wrapped === null ? [id] : [])));
}

/** Throws CONFLICT when a key does not open: then the old master key stays what it is. */
function countOpening(folder: string, { key, ring }: MasterKey): number {
  let count = 0;
  for (const { id, wrapped } of new KeyRing(path.join(folder, ring)).lines()) {
    unwrapKey(key, id, wrapped);
    count += 1;
  }
  return count;
}

/** The ring first, since only the master key says its name. */
function retire(folder: string, old: MasterKey, onRingRemoved: () => void): void {
  rmSync(path.join(folder, old.ring), { force: true });
  syncFolder(folder);
  onRingRemoved();
  overwrite(placesIn(folder).retired);
}

/** Where it stands, and then the name. */
function overwrite(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    // One longer than it was, so that it is no key of any format.
    writeSync(descriptor, '-'.repeat(statSync(file).size + 1), 0, 'latin1');
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  rmSync(file);
  syncFolder(path.dirname(file));
}

function writeDurably(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600, flag: 'wx', flush: true });
  syncFolder(path.dirname(file));
}
