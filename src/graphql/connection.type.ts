/** Relay connections: pages by cursor, counted only when the count is asked for. */
import { Arg, Field, Int, ObjectType } from 'type-graphql';
import { type Cursor, readCursor, writeCursor } from '../kernel/cursor.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import type { KeysetPage } from '../platform/keyset.ts';

export const MOST_A_PAGE = 500;

@ObjectType({ description: 'Where this page stands in the whole list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether rows follow this page.' })
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Give it as `after` to read the next page.' })
  endCursor!: string | null;
}

export interface Connection<Node> {
  readonly nodes: readonly Node[];
  readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
  readonly pageInfo: PageInfo;
  /** Runs only when `totalCount` or `countUpTo` is selected. */
  readonly count: (upTo: number | null) => Promise<number>;
}

type ConnectionClass<Node> = new () => Connection<Node>;

/** The connection type of a node type, named after it. */
export function connectionOf<Node extends object>(
  name: string,
  node: () => new () => Node,
): ConnectionClass<Node> {
  @ObjectType(`${name}Edge`, { description: `One ${name} and its place in the list.` })
  class Edge {
    @Field(node)
    node!: Node;

    @Field(() => String)
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${name} records the viewer may see.` })
  class NodeConnection implements Connection<Node> {
    @Field(() => [node()])
    nodes!: Node[];

    @Field(() => [Edge])
    edges!: Edge[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;

    count!: (upTo: number | null) => Promise<number>;

    @Field(() => Int, {
      description: 'All rows of the list, counted exactly. Costs a full count: select it only when needed.',
    })
    totalCount(): Promise<number> {
      return this.count(null);
    }

    @Field(() => Int, {
      description:
        'Exact up to the limit; the limit itself means "that many or more". Cheap. Counts visible rows only.',
    })
    countUpTo(@Arg('limit', () => Int, { defaultValue: 10_000 }) limit: number): Promise<number> {
      return this.count(countLimit(limit));
    }
  }
  return NodeConnection;
}

/** Throws BAD_INPUT when `first` is outside 1…500 or `after` is not a cursor. */
export function readPaging(
  first: number,
  after: string | null | undefined,
): { first: number; after: Cursor | null } {
  if (!Number.isInteger(first) || first < 1 || first > MOST_A_PAGE) {
    throw new HeadwaterError(
      'BAD_INPUT',
      `first: found ${first}, wanted a whole number from 1 to ${MOST_A_PAGE}`,
    );
  }
  return { first, after: after === null || after === undefined ? null : readCursor(after) };
}

/** How far `countUpTo` counts. */
export function countLimit(limit: number): number {
  return Math.max(1, Math.min(limit, 1_000_000));
}

export function connection<Row, Node extends object>(
  type: ConnectionClass<Node>,
  page: KeysetPage<Row>,
  toNode: (row: KeysetPage<Row>['rows'][number]) => Node,
  count: (upTo: number | null) => Promise<number>,
): Connection<Node> {
  const edges = page.rows.map((row) => ({
    node: toNode(row),
    cursor: writeCursor({ value: row.cursor_value, id: row.cursor_id }),
  }));
  return Object.assign(new type(), {
    nodes: edges.map((edge) => edge.node),
    edges,
    pageInfo: { hasNextPage: page.hasNextPage, endCursor: edges.at(-1)?.cursor ?? null },
    count,
  });
}
