/** Reading weights of red flags. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { oneOfCondition } from '../../graphql/filter-conditions.sql.ts';
import { type ListAnswer, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { RedFlagWeightColumns } from './red-flag.type.ts';

export interface RedFlagWeightSearch {
  readonly ids?: readonly string[] | undefined;
  readonly forms?: readonly string[] | undefined;
  readonly codes?: readonly string[] | undefined;
  readonly ownerIds?: readonly string[] | undefined;
}

export function listRedFlagWeights(
  reader: ViewerReader,
  search: RedFlagWeightSearch,
  asKnown: AsKnown,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<RedFlagWeightColumns>> {
  return readList<RedFlagWeightColumns>(
    reader,
    {
      table: 'red_flag_weight',
      asKnown,
      sort: { column: 'r.valid_from', type: 'date' },
      conditions: (parameters) => {
        const conditions: string[] = ['r.retracted_at is null'];
        if (search.ids != null) conditions.push(`r.id = any(${parameters.bind(search.ids)}::uuid[])`);
        if (search.forms != null) conditions.push(oneOfCondition('r.form', search.forms, parameters));
        if (search.codes != null) conditions.push(oneOfCondition('r.code', search.codes, parameters));
        if (search.ownerIds != null)
          conditions.push(`r.owner_id = any(${parameters.bind(search.ownerIds)}::uuid[])`);
        return conditions;
      },
    },
    paging,
  );
}

/** All that stand, of each owner: some dozens a form. */
export async function weightsOfOwners(
  reader: ViewerReader,
  ownerIds: readonly string[],
  asKnown: AsKnown,
): Promise<readonly RedFlagWeightColumns[]> {
  const parameters = new Parameters();
  const from = projected('red_flag_weight', reader.viewer, parameters, asKnown);
  const text =
    `select r.* from ${from} r where r.owner_id = any(${parameters.bind(ownerIds)}::uuid[]) and r.retracted_at is null ` +
    `order by r.valid_from, r.id`;
  return reader.read((connection) => connection.query<RedFlagWeightColumns>(text, parameters.values));
}
