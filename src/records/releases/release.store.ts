/** Reports that their owner released under agreements, one by one, and the classes that everything a report tells moves to. */
import { type ReleasedUnder, releasedClasses } from '../../access/visibility.store.ts';
import type { IdSource } from '../../kernel/ids.ts';
import type { Handling } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import { REPORT_PARTS } from '../erasure/report-parts.sql.ts';

/** A report under an agreement. */
export interface Release {
  readonly agreementId: string;
  readonly ownerId: string;
  readonly reportId: string;
}

export interface Releasable {
  readonly handling: Handling;
  /** Made from what another organisation keeps: shown to third parties with every originator's consent alone. */
  readonly withheld: boolean;
  readonly withdrawn: boolean;
}

/** Locked until the transaction ends. */
export async function lockReleasable(
  connection: Queryable,
  ownerId: string,
  reportId: string,
): Promise<Releasable | null> {
  const [row] = await connection.query<Releasable>(
    `select c.handling, c.sensitivity <> 'routine' as withheld, r.retracted_at is not null as withdrawn from report r join visibility_class c on c.id = r.visibility_class_id
     where r.id = $1 and r.owner_id = $2 and r.known_to is null for update of r`,
    [reportId, ownerId],
  );
  return row ?? null;
}

export interface ReleaseRow {
  readonly report_id: string;
  readonly released_at: Date;
  readonly released_by: string;
  readonly ended_at: Date | null;
}

/** Agreements under which each report is released now; reports that are under none are left out. */
export async function releasesStanding(
  connection: Queryable,
  reportIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (reportIds.length === 0) return new Map();
  const rows = await connection.query<{ report_id: string; agreements: readonly string[] }>(
    `select report_id, array_agg(agreement_id::text order by agreement_id) as agreements from case_release
     where report_id = any($1::uuid[]) and ended_at is null group by report_id order by report_id`,
    [reportIds],
  );
  return new Map(rows.map(({ report_id, agreements }) => [report_id, agreements]));
}

/** False where it is released under it already. */
export async function insertRelease(
  connection: Queryable,
  ids: IdSource,
  release: Release,
  keyId: string,
  now: Date,
): Promise<boolean> {
  const added = await connection.execute(
    `insert into case_release (id, agreement_id, owner_id, report_id, released_at, released_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (report_id, agreement_id) where ended_at is null do nothing`,
    [ids(), release.agreementId, release.ownerId, release.reportId, now.toISOString(), keyId],
  );
  return added === 1;
}

/** False where it is not released under it. */
export async function endRelease(
  connection: Queryable,
  release: Release,
  keyId: string,
  now: Date,
): Promise<boolean> {
  const ended = await connection.execute(
    `update case_release set ended_at = greatest($4, released_at), ended_by = $5
     where agreement_id = $1 and owner_id = $2 and report_id = $3 and ended_at is null`,
    [release.agreementId, release.ownerId, release.reportId, now.toISOString(), keyId],
  );
  return ended === 1;
}

/** What one party released under an agreement, also what it took back; the latest first. */
export function releasesUnder(
  connection: Queryable,
  agreementId: string,
  ownerId: string,
  most: number,
): Promise<readonly ReleaseRow[]> {
  return connection.query<ReleaseRow>(
    `select report_id, released_at, released_by, ended_at from case_release where agreement_id = $1 and owner_id = $2
     order by released_at desc, id limit $3`,
    [agreementId, ownerId, most],
  );
}

/** What stays in its class: the owner's alone, what several reports share, and what moves with its report by itself. */
const STAYS: ReadonlySet<string> = new Set([
  'attachment',
  'attachment_content',
  'case_release',
  'comment_text',
  'learned_place_alias',
  'matching_exclusion',
  'matching_token',
  'onward_request',
  'place_reference',
  'place_reference_reading',
  'place_resolution',
  'recipient_before',
  'record_comment',
  'referral',
  'referral_text',
  'retention_decision',
  'same_incident_link',
  'shared_atom_member',
  'vault_item',
]);

const MOVES = REPORT_PARTS.filter(({ table }) => !STAYS.has(table)).map(({ table, where, told }) => ({
  table,
  where: `$1::uuid[] is not null and (${told ?? where})`,
}));

/** Moves every version of a report with all it tells, in the transaction of the release. Under none: back to the classes of their kind. */
export async function moveReport(
  connection: Queryable,
  reportId: string,
  under: ReleasedUnder,
): Promise<void> {
  await moveReportTo(connection, reportId, (classes) => releasedClasses(connection, classes, under));
}

/** `into`: by each class that something of the report is in, the one it moves to. Returns how many classes were left. */
export async function moveReportTo(
  connection: Queryable,
  reportId: string,
  into: (classIds: readonly number[]) => Promise<ReadonlyMap<number, number>>,
): Promise<number> {
  const used = await connection.query<{ id: number }>(
    MOVES.map(({ table, where }) => `select a.visibility_class_id as id from ${table} a where ${where}`).join(
      ' union ',
    ),
    [[reportId]],
  );
  const to = await into(used.map(({ id }) => id));
  const moved = [...to].filter(([from, other]) => from !== other);
  if (moved.length === 0) return 0;
  const values = [[reportId], moved.map(([from]) => from), moved.map(([, other]) => other)];
  await keepLatestDecisions(connection, reportId, moved);
  for (const { table, where } of MOVES)
    await connection.execute(
      `update ${table} a set visibility_class_id = m.into_class from unnest($2::integer[], $3::integer[]) as m (from_class, into_class)
       where a.visibility_class_id = m.from_class and ${where}`,
      values,
    );
  return moved.length;
}

/** What is decided of a person stands once in each class: of those that come together by a move, the latest stays. */
async function keepLatestDecisions(
  connection: Queryable,
  reportId: string,
  moved: readonly (readonly [from: number, into: number])[],
): Promise<void> {
  const decided = MOVES.find(({ table }) => table === 'suspicion');
  if (decided === undefined) throw new Error('what is decided of persons does not move with their reports');
  const targets = [...new Set(moved.map(([, into]) => into))];
  await connection.execute(
    `delete from suspicion z using (
       select a.id, row_number() over (partition by a.person_id, m.into_class order by a.version desc, (a.visibility_class_id = m.into_class) desc, a.id) as place
       from suspicion a join unnest($2::integer[], $3::integer[]) as m (from_class, into_class) on a.visibility_class_id = m.from_class
       where a.known_to is null and ${decided.where}) d
     where z.id = d.id and d.place > 1`,
    [
      [reportId],
      [...moved.map(([from]) => from), ...targets],
      [...moved.map(([, into]) => into), ...targets],
    ],
  );
}
