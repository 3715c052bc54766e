/** From which reports of which organisations a report was made, along every version of each of them. */
import type { Handling, Pap } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';

/** A report, and one that it or any version of it was made from, along whatever chain. */
export interface Origin {
  readonly report_id: string;
  readonly source_id: string;
  /** Null: it is not there any more, and nobody can say whose it was. */
  readonly owner_id: string | null;
}

/**
 * $1: reports, $2 with $3: what some of them are about to be made from besides. What a report said before still stands and was made from
 * something too; `union` ends circles.
 */
const CHAIN = `chain (root, id) as (
    (select r.id, r.id from unnest($1::uuid[]) as r (id)
      union select b.root, b.source from unnest($2::uuid[], $3::uuid[]) as b (root, source))
    union select c.root, s.derived_report_id from chain c
      cross join lateral (select c.id union all select h.id from report h where h.version_of = c.id) v (id)
      join statement s on s.report_id = v.id and s.derived_report_id is not null)`;

/** What is another organisation's, or not there any more. */
const ORIGINS = `origin as (
    select distinct c.root as report_id, c.id as source_id, r.owner_id from chain c
      join report o on o.id = c.root left join report r on r.id = c.id where r.owner_id is distinct from o.owner_id)`;

/** A report, and what it is about to be made from. */
export interface Becoming {
  readonly reportId: string;
  readonly derivedFrom: string;
}

export function originsOfReports(
  connection: Queryable,
  reportIds: readonly string[],
): Promise<readonly Origin[]> {
  return connection.query<Origin>(
    `with recursive ${CHAIN}, ${ORIGINS} select report_id, source_id, owner_id from origin order by 1, 2`,
    [reportIds, [], []],
  );
}

/** How those are marked now that any version of a report was made from, whoever owns them. */
export function marksOfSources(
  connection: Queryable,
  reportId: string,
): Promise<readonly { readonly handling: Handling; readonly pap: Pap }[]> {
  return connection.query(
    `with recursive ${CHAIN} select distinct r.handling, r.pap from chain c join report r on r.id = c.id where c.id <> c.root order by 1, 2`,
    [[reportId], [], []],
  );
}

export interface UnderAgreement {
  readonly report_id: string;
  readonly agreement_id: string;
}

/**
 * Of these, those for which every originator consents, to what it was shown of its own. Whoever cannot be asked, since what they reported is not there any more, does not; nor is a
 * report of which no originator is found anybody's to consent to.
 */
export function withConsent(
  connection: Queryable,
  asked: readonly UnderAgreement[],
  becoming: readonly Becoming[] = [],
): Promise<readonly UnderAgreement[]> {
  return connection.query<UnderAgreement>(
    `with recursive ${CHAIN}, ${ORIGINS}
     select distinct a.report_id, a.agreement_id from unnest($1::uuid[], $4::uuid[]) as a (report_id, agreement_id)
     where exists (select 1 from origin n where n.report_id = a.report_id)
       and not exists (select 1 from origin n where n.report_id = a.report_id and not exists (
         select 1 from onward_request q where q.report_id = n.report_id and q.agreement_id = a.agreement_id
           and q.originator_id = n.owner_id and q.state = 'consented' and n.source_id = any(q.source_ids)))
     order by 1, 2`,
    [
      asked.map(({ report_id }) => report_id),
      becoming.map(({ reportId }) => reportId),
      becoming.map(({ derivedFrom }) => derivedFrom),
      asked.map(({ agreement_id }) => agreement_id),
    ],
  );
}
