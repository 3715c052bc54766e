/** Agreements as they are kept: read by their parties alone, and changed in the transaction that writes or ends their grants. */

import type { Handling } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import { canonical, type SharedClass, type Terms } from './agreement.ts';
import type { AgreementActKind, AgreementReason } from './agreement-words.ts';

export interface PartyRow {
  readonly organisation_id: string;
  readonly slug: string;
  readonly signed_at: Date | null;
  readonly signed_key: string | null;
  readonly suspended_at: Date | null;
}

export interface AgreementRow {
  readonly id: string;
  readonly drafted_by: string;
  readonly terms: Terms;
  readonly digest: Uint8Array;
  readonly version: number;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly review_on: string;
  readonly replaces: string | null;
  readonly revoked_at: Date | null;
  readonly created_at: Date;
}

export interface AgreementActRow {
  readonly agreement_id: string;
  readonly ordinal: number;
  readonly at: Date;
  readonly organisation_id: string;
  readonly key_id: string;
  readonly act: AgreementActKind;
  readonly reason: AgreementReason | null;
}

const COLUMNS = `a.id, a.drafted_by, a.terms, a.digest, a.version, a.starts_at, a.ends_at, a.review_on, a.replaces,
  a.revoked_at, a.created_at`;
const OF_PARTY = `exists (select 1 from agreement_party p where p.agreement_id = a.id and p.organisation_id = $1)`;

/** Of one party, the latest first; an agreement between others is as absent as one that is not there. */
export async function listAgreements(
  connection: Queryable,
  organisationId: string,
  ids: readonly string[] | null,
): Promise<readonly AgreementRow[]> {
  const rows = await connection.query<AgreementRow>(
    `select ${COLUMNS} from agreement a where ${OF_PARTY} and ($2::uuid[] is null or a.id = any($2::uuid[]))
     order by a.created_at desc, a.id`,
    [organisationId, ids],
  );
  return rows.map(asSigned);
}

/** Locked until the end of the transaction. Null for whoever is no party. */
export async function lockAgreement(
  connection: Queryable,
  organisationId: string,
  id: string,
): Promise<AgreementRow | null> {
  const [row] = await connection.query<AgreementRow>(
    `select ${COLUMNS} from agreement a where a.id = $2 and ${OF_PARTY} for update`,
    [organisationId, id],
  );
  return row === undefined ? null : asSigned(row);
}

/** The database orders the fields of JSON its own way. */
function asSigned(row: AgreementRow): AgreementRow {
  return { ...row, terms: canonical(row.terms) };
}

export function partiesOf(connection: Queryable, agreementId: string): Promise<readonly PartyRow[]> {
  return connection.query<PartyRow>(
    `select p.organisation_id, o.slug, p.signed_at, p.signed_key, p.suspended_at from agreement_party p
     join organisation o on o.id = p.organisation_id where p.agreement_id = $1 order by o.slug`,
    [agreementId],
  );
}

export function actsOf(connection: Queryable, agreementId: string): Promise<readonly AgreementActRow[]> {
  return connection.query<AgreementActRow>(
    'select agreement_id, ordinal, at, organisation_id, key_id, act, reason from agreement_act where agreement_id = $1 order by ordinal',
    [agreementId],
  );
}

export interface WrittenTerms {
  readonly id: string;
  readonly terms: Terms;
  readonly digest: Uint8Array;
  readonly version: number;
  readonly partyIds: readonly string[];
}

export async function insertAgreement(
  connection: Queryable,
  { id, terms, digest, version, partyIds }: WrittenTerms,
  draftedBy: string,
  now: Date,
): Promise<void> {
  await connection.execute(
    `insert into agreement (id, drafted_by, terms, digest, version, starts_at, ends_at, review_on, replaces, created_at)
     values ($1, $2, $3::jsonb, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      draftedBy,
      JSON.stringify(terms),
      digest,
      version,
      terms.startsAt,
      terms.endsAt,
      terms.reviewOn,
      terms.replaces,
      now.toISOString(),
    ],
  );
  await writeParties(connection, id, partyIds);
}

/** Whoever had signed the terms before has not signed these. */
export async function rewriteAgreement(
  connection: Queryable,
  { id, terms, digest, version, partyIds }: WrittenTerms,
): Promise<void> {
  await connection.execute(
    `update agreement set terms = $2::jsonb, digest = $3, version = $4, starts_at = $5, ends_at = $6, review_on = $7, replaces = $8
     where id = $1`,
    [
      id,
      JSON.stringify(terms),
      digest,
      version,
      terms.startsAt,
      terms.endsAt,
      terms.reviewOn,
      terms.replaces,
    ],
  );
  await connection.execute('delete from agreement_party where agreement_id = $1', [id]);
  await writeParties(connection, id, partyIds);
}

export async function signParty(
  connection: Queryable,
  agreementId: string,
  organisationId: string,
  keyId: string,
  digest: Uint8Array,
  now: Date,
): Promise<void> {
  await connection.execute(
    'update agreement_party set signed_at = $4, signed_key = $3, signed_digest = $5 where agreement_id = $1 and organisation_id = $2',
    [agreementId, organisationId, keyId, now.toISOString(), digest],
  );
}

export async function setSuspended(
  connection: Queryable,
  id: string,
  organisationId: string,
  suspendedAt: Date | null,
): Promise<void> {
  await connection.execute(
    'update agreement_party set suspended_at = $3 where agreement_id = $1 and organisation_id = $2',
    [id, organisationId, suspendedAt?.toISOString() ?? null],
  );
  await connection.execute('update agreement set version = version + 1 where id = $1', [id]);
}

/** For good. */
export async function setRevoked(connection: Queryable, id: string, now: Date): Promise<void> {
  await connection.execute('update agreement set revoked_at = $2, version = version + 1 where id = $1', [
    id,
    now.toISOString(),
  ]);
}

/** It ends no later than that, with what it granted. */
export async function endBy(connection: Queryable, id: string, moment: Date): Promise<void> {
  await connection.execute(
    'update agreement set ends_at = least(ends_at, $2), review_on = least(review_on, $2::date), version = version + 1 where id = $1',
    [id, moment.toISOString()],
  );
}

export async function setReview(connection: Queryable, id: string, reviewOn: string): Promise<void> {
  await connection.execute('update agreement set review_on = $2, version = version + 1 where id = $1', [
    id,
    reviewOn,
  ]);
}

export async function appendAct(
  connection: Queryable,
  act: Omit<AgreementActRow, 'ordinal'>,
  digest: Uint8Array,
): Promise<void> {
  await connection.execute(
    `insert into agreement_act (agreement_id, ordinal, at, organisation_id, key_id, act, reason, digest)
     select $1, coalesce(max(ordinal), 0) + 1, $2, $3, $4, $5, $6, $7 from agreement_act where agreement_id = $1`,
    [act.agreement_id, act.at.toISOString(), act.organisation_id, act.key_id, act.act, act.reason, digest],
  );
}

/** Ids by slug, of those that exist. */
export async function organisationsBySlug(
  connection: Queryable,
  slugs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await connection.query<{ id: string; slug: string }>(
    'select id, slug from organisation where slug = any($1::text[]) order by slug',
    [slugs],
  );
  return new Map(rows.map(({ id, slug }) => [slug, id]));
}

export interface GiverClass {
  readonly id: number;
  readonly record_class: SharedClass;
  readonly handling: Handling;
  /** Made from others' reports: shown under the agreements of its releases and no other. */
  readonly consented: boolean;
  /** Agreements under which its records were released. */
  readonly released_under: readonly string[];
}

/** What grants may reach: never a sensitive class. */
export function grantableClasses(connection: Queryable, ownerId: string): Promise<readonly GiverClass[]> {
  return connection.query<GiverClass>(
    `select id, record_class, handling, sensitivity = 'consented' as consented, released_under::text[] as released_under
     from visibility_class where owner_id = $1 and sensitivity <> 'sensitive' order by id`,
    [ownerId],
  );
}

async function writeParties(connection: Queryable, id: string, partyIds: readonly string[]): Promise<void> {
  await connection.execute(
    'insert into agreement_party (agreement_id, organisation_id) select $1, party from unnest($2::uuid[]) as of_it (party)',
    [id, partyIds],
  );
}
