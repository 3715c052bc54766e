/** One process per data folder: two would both acknowledge writes, and rows would vanish. */
import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { HeadwaterError } from '../kernel/errors.ts';

export interface LockHolder {
  readonly pid: number;
  /** When that process began, as the operating system says it: a reused process number is not the same holder. */
  readonly began: string | null;
  readonly what: string;
}

export interface FolderLock {
  readonly file: string;
  release(): void;
}

/** Takes the folder or throws BUSY naming the holder. A lock whose process is gone is taken over. */
export function takeFolder(folder: string, what: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = lockFile(folder);
  const mine = JSON.stringify({ pid: process.pid, began: beganAt(process.pid), what } satisfies LockHolder);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (create(file, mine)) return { file, release: () => release(file, mine) };
    const holder = holderOf(folder);
    if (holder !== null) throw heldBy(folder, holder);
    removeStale(file);
  }
  throw new HeadwaterError('BUSY', `the data folder ${folder} is being taken by another process; try again`);
}

export function heldBy(folder: string, holder: LockHolder): HeadwaterError {
  return new HeadwaterError(
    'BUSY',
    `the data folder ${folder} is held by process ${holder.pid} (${holder.what}); stop it first`,
  );
}

/** Who holds the folder now; null when nobody living does. */
export function holderOf(folder: string): LockHolder | null {
  let holder: LockHolder;
  try {
    holder = JSON.parse(readFileSync(lockFile(folder), 'utf8')) as LockHolder;
  } catch {
    return null;
  }
  return isAlive(holder) ? holder : null;
}

function lockFile(folder: string): string {
  return `${path.resolve(folder)}.lock`;
}

/** Written whole under another name first: a lock file is never seen half written. */
function create(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}`;
  const descriptor = openSync(draft, 'w', 0o600);
  writeSync(descriptor, text);
  closeSync(descriptor);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Renaming takes the file from every rival at once; whoever loses the race finds it gone and tries again. */
function removeStale(file: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const taken = JSON.parse(readFileSync(aside, 'utf8')) as LockHolder;
  if (isAlive(taken)) {
    try {
      linkSync(aside, file);
    } catch {
      // A rival made a lock in between; it holds now.
    }
  }
  rmSync(aside, { force: true });
}

function release(file: string, mine: string): void {
  try {
    if (readFileSync(file, 'utf8') === mine) rmSync(file, { force: true });
  } catch {
    // Already gone.
  }
}

function isAlive(holder: LockHolder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const began = beganAt(holder.pid);
  if (began === 'ended') return false;
  return began === null || holder.began === null || began === holder.began;
}

/** Field 22 of Linux's /proc/PID/stat (start time in ticks); `ended` for one that is dead and not yet reaped; null on other systems. */
function beganAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : (fields[19] ?? null);
  } catch {
    return null;
  }
}
