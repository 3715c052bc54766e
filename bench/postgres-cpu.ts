/** Processor time of a database's backends, where the server runs on this machine and Linux tells of it. */
import { readFileSync } from 'node:fs';
import type pg from 'pg';

/** Of the kernel's clock in /proc, on every Linux that Node runs on. */
const TICK_MS = 10;

/** Milliseconds so far by process; empty where the server is elsewhere. */
export async function backendsCpu(client: pg.Client, database: string): Promise<ReadonlyMap<number, number>> {
  const { rows } = await client.query<{ pid: number }>(
    'select pid from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
    [database],
  );
  return new Map(rows.flatMap(({ pid }) => cpuOf(pid)));
}

/** What was spent since; a backend that came meanwhile counts whole, one that went not at all. */
export function spentSince(before: ReadonlyMap<number, number>, now: ReadonlyMap<number, number>): number {
  return [...now].reduce((sum, [pid, ms]) => sum + ms - (before.get(pid) ?? 0), 0);
}

function cpuOf(pid: number): readonly (readonly [number, number])[] {
  try {
    // Fields 14 and 15, counted from after the name in parentheses, which may hold anything.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    if (!stat.includes('(postgres)')) return [];
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [[pid, (Number(fields[11]) + Number(fields[12])) * TICK_MS]];
  } catch {
    return [];
  }
}
