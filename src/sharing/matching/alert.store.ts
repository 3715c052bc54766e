/** What owners are told of askers. */
import type { IdSource } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import type { AskRow } from './ask.store.ts';
import type { AlertKind } from './match-words.ts';

export interface AlertRow {
  readonly id: string;
  readonly asker_id: string;
  readonly arrangement_id: string | null;
  readonly kind: AlertKind;
  readonly at: Date;
  readonly purpose: string;
  readonly tell: string;
}

/** Of probing once a day and kind; of hits each. */
export async function raiseAlerts(
  connection: Queryable,
  ids: IdSource,
  ask: AskRow,
  ownerId: string,
  kinds: readonly AlertKind[],
  now: Date,
): Promise<void> {
  for (const kind of kinds)
    await connection.execute(
      `insert into matching_alert (id, owner_id, asker_id, arrangement_id, kind, day, at, purpose, tell)
       values ($1, $2, $3, $4, $5, ($6::timestamptz at time zone 'UTC')::date, $6::timestamptz, $7, $8) on conflict do nothing`,
      [ids(), ownerId, ask.asker_id, ask.arrangement_id, kind, now.toISOString(), ask.purpose, ask.tell],
    );
}

/** The latest first. `told`: those alone whose asker named one of them; null: all. */
export function listAlerts(
  connection: Queryable,
  ownerId: string,
  told: readonly string[] | null,
  first: number,
): Promise<readonly AlertRow[]> {
  return connection.query<AlertRow>(
    `select id, asker_id, arrangement_id, kind, at, purpose, tell from matching_alert
     where owner_id = $1 and ($2::text[] is null or (tell = any($2::text[]) and kind in ('hit', 'follow_up')))
     order by at desc, id limit $3`,
    [ownerId, told, first],
  );
}
