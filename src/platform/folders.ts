/** Folders that settings name: there, writable and ours, or a sentence that names the setting. */
import { accessSync, constants, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { HeadwaterError } from '../kernel/errors.ts';

/** The PostgreSQL that the embedded database is, as its folders say it. */
export const EMBEDDED_MAJOR = '18';

/**
 * Makes the folder and those above it that are missing. Throws BAD_CONFIGURATION. Node's own recursive mkdir would never come back
 * from places that answer "no such file" to everything, as /proc does.
 */
export function makeFolder(variable: string, folder: string): void {
  const wanted = 'a folder that this login may write to, or may make';
  const missing: string[] = [];
  let at = path.resolve(folder);
  for (;;) {
    const there = statSync(at, { throwIfNoEntry: false });
    if (there?.isDirectory() === true) break;
    if (there !== undefined)
      throw complaint(variable, folder, at === path.resolve(folder) ? 'a file' : `${at} is a file`, wanted);
    missing.unshift(at);
    at = path.dirname(at);
  }
  try {
    for (const each of missing) mkdirSync(each, { mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    if (code === 'EEXIST') return makeFolder(variable, folder);
    throw complaint(variable, folder, `cannot be made or written to: ${code}`, wanted);
  }
}

/** Throws BAD_CONFIGURATION for a folder that holds something else than an embedded database. */
export function checkDataFolder(variable: string, folder: string): void {
  const files = readdirSync(folder).filter((file) => file !== 'lost+found');
  if (files.length === 0) return;
  const wanted = "an empty folder, one that is not there yet, or one of Headwater's own";
  if (!files.includes('PG_VERSION')) {
    const shown = files.slice(0, 3).join(', ') + (files.length > 3 ? ', …' : '');
    throw complaint(variable, folder, `it holds other files: ${shown}`, wanted);
  }
  const major = readFileSync(path.join(folder, 'PG_VERSION'), 'utf8').trim();
  if (major !== EMBEDDED_MAJOR)
    throw complaint(variable, folder, `it holds a database of PostgreSQL ${major}`, wanted);
}

/** Whether the folder is there and holds anything. */
export function isFilled(folder: string): boolean {
  const there = statSync(folder, { throwIfNoEntry: false });
  return there?.isDirectory() === true && readdirSync(folder).length > 0;
}

function complaint(variable: string, folder: string, found: string, wanted: string): HeadwaterError {
  return new HeadwaterError(
    'BAD_CONFIGURATION',
    `${variable}: found ${JSON.stringify(folder)} (${found}), wanted ${wanted}`,
  );
}
