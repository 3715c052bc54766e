/** A movement filter after names became ids: what views and analyses are given. */
import type { AsKnown } from '../../access/projected.sql.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { ownerIds } from '../../graphql/owned-record.type.ts';
import type { MovementFilter } from './movement-filter.input.ts';

export interface MovementSearch extends Omit<MovementFilter, 'owners' | 'asKnownAt'> {
  readonly ownerIds?: readonly string[];
}

export interface AskedMovements {
  readonly search: MovementSearch;
  readonly asKnown: AsKnown;
}

export async function askedMovements(
  context: RequestContext,
  filter: MovementFilter | null | undefined,
): Promise<AskedMovements> {
  const { owners, asKnownAt, ...search } = filter ?? {};
  return {
    search: owners == null ? search : { ...search, ownerIds: await ownerIds(context, owners) },
    asKnown: { at: asKnownAt ?? null },
  };
}
