/** Pages of ids: the evidence behind a derived thing, in ascending order. */
import { HeadwaterError } from '../kernel/errors.ts';

export const MOST_IDS_A_PAGE = 1_000;

/** `ids` ascending. Throws BAD_INPUT when `first` is outside 1…1,000. */
export function pageOfIds(
  ids: readonly string[],
  first: number,
  after: string | null | undefined,
): readonly string[] {
  if (!(first >= 1 && first <= MOST_IDS_A_PAGE))
    throw new HeadwaterError('BAD_INPUT', `first: found ${first}, wanted 1 to ${MOST_IDS_A_PAGE}`);
  const from = after == null ? 0 : ids.findIndex((id) => id > after);
  return from < 0 ? [] : ids.slice(from, from + first);
}
