/** Referrals written, corrected and withdrawn, and their sealed texts found. */
import type { IdSource } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { isHeldReport } from '../composition/held.sql.ts';
import type { ReferralAbout } from './referral-words.ts';
import { dropReferralTexts } from './referred.sql.ts';
import type { ReferralAnswers } from './said-referral.ts';

const REPORT_OF: Readonly<Record<ReferralAbout, string>> = {
  report: 'select t.id as report_id from report t where t.retracted_at is null',
  incident:
    'select r.id as report_id from incident t join report r on r.id = t.report_id and r.known_to is null and r.retracted_at is null where true',
};

/** The own report that stands and that it is about, or is of the incident it is about; locked until the transaction ends. */
export async function lockReferred(
  connection: Queryable,
  ownerId: string,
  about: ReferralAbout,
  id: string,
): Promise<string | null> {
  const find = `${REPORT_OF[about]} and t.id = $1 and t.owner_id = $2 and t.known_to is null`;
  const [there] = await connection.query<{ report_id: string }>(find, [id, ownerId]);
  if (there === undefined) return null;
  await lockReport(connection, there.report_id);
  // Asked again under the lock: whoever withdraws, erases or purges takes it too.
  const [standing] = await connection.query<{ report_id: string }>(find, [id, ownerId]);
  return standing?.report_id ?? null;
}

export interface NewReferral {
  readonly id: string;
  readonly ownerId: string;
  readonly classId: number;
  readonly reportId: string;
  readonly about: ReferralAbout;
  readonly aboutId: string;
  readonly keyId: string;
  readonly now: Date;
}

export async function insertReferral(
  connection: Queryable,
  referral: NewReferral,
  answers: ReferralAnswers,
): Promise<void> {
  await connection.execute(
    `insert into referral (id, owner_id, visibility_class_id, report_id, about_kind, about_id, written_by, written_at, known_from,
       agency_kind, consent, legal_basis, retaliation, agency_corruption)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11, $12, $13)`,
    [
      referral.id,
      referral.ownerId,
      referral.classId,
      referral.reportId,
      referral.about,
      referral.aboutId,
      referral.keyId,
      referral.now.toISOString(),
      ...valuesOf(answers),
    ],
  );
}

export async function insertReferralText(
  connection: Queryable,
  text: {
    readonly id: string;
    readonly referralId: string;
    readonly ownerId: string;
    readonly classId: number;
    readonly keyId: string;
    readonly sealed: Uint8Array;
  },
): Promise<void> {
  await connection.execute(
    'insert into referral_text (id, referral_id, owner_id, visibility_class_id, key_id, sealed) values ($1, $2, $3, $4, $5, $6)',
    [text.id, text.referralId, text.ownerId, text.classId, text.keyId, text.sealed],
  );
}

export interface OwnReferral {
  readonly id: string;
  readonly version: number;
  readonly report_id: string;
  readonly about_kind: ReferralAbout;
  readonly about_id: string;
  readonly held: boolean;
}

/** One that stands, locked with its report until the transaction ends. */
export async function lockOwnReferral(
  connection: Queryable,
  ownerId: string,
  id: string,
): Promise<OwnReferral | null> {
  const find = `select f.id, f.version, f.report_id, f.about_kind, f.about_id,
       exists (select 1 from report r where r.id = f.report_id and ${isHeldReport('r')}) as held
     from referral f where f.id = $1 and f.owner_id = $2 and f.known_to is null and f.retracted_at is null`;
  const [there] = await connection.query<OwnReferral>(find, [id, ownerId]);
  if (there === undefined) return null;
  await lockReport(connection, there.report_id);
  const [row] = await connection.query<OwnReferral>(`${find} for update of f`, [id, ownerId]);
  return row ?? null;
}

/** What it says becomes a version of the past, with its text. Returns when the next one begins. */
export async function retireReferral(
  connection: Queryable,
  newId: IdSource,
  id: string,
  now: Date,
): Promise<string> {
  const [row] = await connection.query<{ at: string }>(
    `select greatest($2::timestamptz, known_from + interval '1 microsecond')::text as at from referral where id = $1`,
    [id, now.toISOString()],
  );
  const at = row?.at ?? now.toISOString();
  const historyId = newId();
  await connection.execute(
    'insert into referral select (jsonb_populate_record(t, $2::jsonb)).* from referral t where t.id = $1',
    [id, JSON.stringify({ id: historyId, version_of: id, known_to: at })],
  );
  await connection.execute('update referral_text set referral_id = $2 where referral_id = $1', [
    id,
    historyId,
  ]);
  return at;
}

export async function nextAnswers(
  connection: Queryable,
  id: string,
  keyId: string,
  at: string,
  answers: ReferralAnswers,
): Promise<void> {
  await connection.execute(
    `update referral set version = version + 1, written_by = $2, known_from = $3, agency_kind = $4, consent = $5,
       legal_basis = $6, retaliation = $7, agency_corruption = $8 where id = $1`,
    [id, keyId, at, ...valuesOf(answers)],
  );
}

/** What was written in any version goes. */
export async function markReferralWithdrawn(connection: Queryable, id: string, at: string): Promise<void> {
  await connection.execute(dropReferralTexts('(f.id = $1 or f.version_of = $1)'), [id]);
  await connection.execute(
    'update referral set version = version + 1, known_from = $2, retracted_at = $2 where id = $1',
    [id, at],
  );
}

export async function tellReferral(connection: Queryable, topic: string, id: string): Promise<void> {
  await connection.execute('insert into outbox (topic, object_id) values ($1, $2)', [topic, id]);
}

export interface SealedReferral {
  readonly id: string;
  readonly referral_id: string;
  readonly version: number;
  readonly key_id: string;
  readonly sealed: Uint8Array;
}

/** Of one referral, or of all about a record; as they stand, or stood at a moment; the earliest first. */
export async function findReferralTexts(
  connection: Queryable,
  ownerId: string,
  about: string,
  at: Date | null,
): Promise<readonly SealedReferral[]> {
  const known =
    at === null
      ? 'f.known_to is null and $3::timestamptz is null'
      : 'f.known_from <= $3 and (f.known_to is null or f.known_to > $3)';
  return connection.query<SealedReferral>(
    `select t.id, coalesce(f.version_of, f.id) as referral_id, f.version, t.key_id, t.sealed
     from referral f join referral_text t on t.referral_id = f.id
     where f.owner_id = $1 and $2 in (coalesce(f.version_of, f.id), f.about_id, f.report_id) and f.retracted_at is null and ${known}
     order by f.written_at, f.id`,
    [ownerId, about, at?.toISOString() ?? null],
  );
}

async function lockReport(connection: Queryable, reportId: string): Promise<void> {
  await connection.query('select id from report where id = $1 for update', [reportId]);
}

function valuesOf(answers: ReferralAnswers): readonly string[] {
  const { agencyKind, consent, legalBasis, retaliation, agencyCorruption } = answers;
  return [agencyKind, consent, legalBasis, retaliation, agencyCorruption];
}
