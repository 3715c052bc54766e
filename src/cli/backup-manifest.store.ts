/** What a backup says of itself, so that a restore can tell whether it is whole. */
import type { Queryable } from '../platform/database.ts';

export interface BackupManifest {
  readonly format: 1;
  readonly tables: Readonly<Record<string, number>>;
  /** Hash of the last event of the audit log, in hexadecimal; empty when there is none. */
  readonly auditHead: string;
  /** By which the database knows its key folder, in hexadecimal. */
  readonly keyMark: string;
}

/** `only`: tables that a later version may have added to are left out. */
export async function manifestOf(connection: Queryable, only?: readonly string[]): Promise<BackupManifest> {
  const found = await connection.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'schema_migration%' order by 1`,
  );
  const tables: Record<string, number> = {};
  for (const { name } of found) {
    if (only !== undefined && !only.includes(name)) continue;
    const [row] = await connection.query<{ n: number }>(`select count(*)::int as n from "${name}"`);
    tables[name] = row?.n ?? 0;
  }
  const [event] = await connection.query<{ hash: Uint8Array }>(
    'select hash from audit_event order by sequence desc limit 1',
  );
  const [folder] = await connection.query<{ mark: Uint8Array }>('select mark from key_folder');
  const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');
  return { format: 1, tables, auditHead: hex(event?.hash), keyMark: hex(folder?.mark) };
}
