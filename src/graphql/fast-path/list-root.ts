/** A root field that lists records, on the fast path. */
import { readPaging } from '../connection.type.ts';
import type { RequestContext } from '../context.ts';
import type { ListQuery } from '../list.sql.ts';
import type { FastRoot } from './fast-path.ts';
import { pageStatement } from './list-text.sql.ts';
import type { PrintedType } from './printed.ts';
import { selectsNamed } from './selected.ts';

/** `query`: what the resolver lists for the same filter. */
export function fastList<Filter>(
  node: PrintedType,
  query: (context: RequestContext, filter: Filter | null) => Promise<ListQuery>,
): FastRoot {
  return async (context, field) => {
    const { filter, first, after } = field.args as {
      readonly filter?: Filter | null;
      readonly first: number;
      readonly after?: string | null;
    };
    const paging = readPaging(first, after);
    let names = false;
    const slugs = (): ReturnType<RequestContext['slugs']> => {
      names = true;
      return context.slugs();
    };
    const listed = await query({ ...context, slugs }, filter ?? null);
    const owners = selectsNamed(field.below, 'owner') ? await slugs() : null;
    const statement = pageStatement(context.reader, listed, paging, node, field, owners);
    // Organisations may be named otherwise at any time.
    return { statement, lasts: !names };
  };
}
