/** A list that comes page by page, each after the last of the one before, so that nothing is told twice or left out where more comes in meanwhile. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Question } from './ask.ts';
import { type Answer, useAnswer } from './use-answer.ts';

export interface Paged<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

export interface Pages<A, Node> {
  readonly answer: Answer<A>;
  /** Of all pages that came. */
  readonly nodes: readonly Node[];
  readonly more: (() => void) | null;
}

/** `ask` and `read` are to be the same from one time to the next while the list is the same. */
export function usePages<A, Node extends { readonly id: string }>(
  ask: ((after: string | null) => Question) | null,
  read: (answer: A) => Paged<Node>,
): Pages<A, Node> {
  const [at, setAt] = useState<{ readonly of: unknown; readonly after: string | null }>({
    of: ask,
    after: null,
  });
  const after = at.of === ask ? at.after : null;
  const answer = useAnswer<A>(useMemo(() => ask?.(after) ?? null, [ask, after]));
  const page = answer.data === null || !answer.isCurrent ? null : read(answer.data);
  const [kept, setKept] = useState<{ readonly of: unknown; readonly nodes: readonly Node[] }>({
    of: ask,
    nodes: [],
  });
  const before = kept.of === ask ? kept.nodes : [];
  useEffect(() => {
    if (page === null) return;
    setKept((known) => {
      const nodes = known.of === ask && after !== null ? known.nodes : [];
      const ids = new Set(nodes.map(({ id }) => id));
      return { of: ask, nodes: [...nodes, ...page.nodes.filter(({ id }) => !ids.has(id))] };
    });
    // biome-ignore lint: a page is read once, when its answer came
  }, [answer.data, answer.isCurrent, ask, after]);
  const end = page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null;
  const more = useCallback(() => setAt({ of: ask, after: end }), [ask, end]);
  return { answer, nodes: before, more: end === null ? null : more };
}
