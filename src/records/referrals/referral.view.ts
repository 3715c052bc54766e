/** Reading which referrals an organisation made. */
import type { AsKnown } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { oneOfCondition } from '../../graphql/filter-conditions.sql.ts';
import { type ListAnswer, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import type { Parameters } from '../../platform/parameters.ts';
import type { ReferralColumns } from './referral.type.ts';

export interface ReferralSearch {
  readonly ids?: readonly string[] | undefined;
  readonly aboutIds?: readonly string[] | undefined;
  readonly reportIds?: readonly string[] | undefined;
  readonly agencyKinds?: readonly string[] | undefined;
  readonly consents?: readonly string[] | undefined;
}

export function listReferrals(
  reader: ViewerReader,
  search: ReferralSearch,
  asKnown: AsKnown,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<ReferralColumns>> {
  return readList<ReferralColumns>(
    reader,
    {
      table: 'referral',
      asKnown,
      sort: { column: 'r.written_at', type: 'timestamptz' },
      conditions: (parameters) => conditionsOf(search, parameters),
    },
    paging,
  );
}

/** Withdrawn ones stand as marks. */
function conditionsOf(search: ReferralSearch, parameters: Parameters): string[] {
  const conditions = ['r.retracted_at is null'];
  for (const [column, ids] of [
    ['r.id', search.ids],
    ['r.about_id', search.aboutIds],
    ['r.report_id', search.reportIds],
  ] as const)
    if (ids != null) conditions.push(`${column} = any(${parameters.bind(ids)}::uuid[])`);
  if (search.agencyKinds != null)
    conditions.push(oneOfCondition('r.agency_kind', search.agencyKinds, parameters));
  if (search.consents != null) conditions.push(oneOfCondition('r.consent', search.consents, parameters));
  return conditions;
}
