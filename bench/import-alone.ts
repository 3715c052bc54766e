/** One import in a process of its own, since peak memory is of a process. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What it printed; what it complained of too when it failed. */
export function importAlone(profile: string, files: readonly string[]): string {
  const bench = fileURLToPath(new URL('./import.ts', import.meta.url));
  const run = spawnSync(process.execPath, [bench, 'one', profile, ...files], { encoding: 'utf8' });
  return run.status === 0 ? run.stdout.trimEnd() : `${run.stdout}${run.stderr}`.trimEnd();
}
