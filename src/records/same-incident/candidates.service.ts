/** Pairs of incidents that may be one event, graded from what the viewer sees, for a person to decide. */
import type { ViewerReader } from '../../access/reader.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import type { PairSearch } from './candidate-pairs.sql.ts';
import { type Graded, gradeSameIncident } from './grade.ts';
import { mayJudge } from './judges.ts';
import { type Comparable, readCandidatePairs, readComparables } from './seen-incident.view.ts';

export interface Candidate extends Graded {
  readonly one: string;
  readonly other: string;
}

export interface FoundCandidates {
  /** The likeliest first. */
  readonly candidates: readonly Candidate[];
  /** How many reach the grade, shown or not. */
  readonly total: number;
  /** False when there were more pairs than are looked at in one question. */
  readonly complete: boolean;
}

/** Below this, pairs are not looked for: the blocks would leave some out. */
export const LEAST_GRADE = 0.5;
/** Of which each is graded. A year of a large organisation has some hundreds. */
const MOST_PAIRS = 20_000;
const IDS_AT_ONCE = 5_000;

/** Nothing for roles that do not judge, as where nothing is. Throws BAD_INPUT for a grade below 0.5 or above 1. */
export async function findCandidates(
  reader: ViewerReader,
  search: Omit<PairSearch, 'limit'>,
  { gradeAtLeast, first }: { readonly gradeAtLeast: number; readonly first: number },
): Promise<FoundCandidates> {
  if (!(gradeAtLeast >= LEAST_GRADE && gradeAtLeast <= 1)) {
    throw new HeadwaterError('BAD_INPUT', `gradeAtLeast: found ${gradeAtLeast}, wanted ${LEAST_GRADE} to 1`);
  }
  if (!mayJudge(reader.viewer.role) || reader.viewer.organisationId === null)
    return { candidates: [], total: 0, complete: true };
  const found = await readCandidatePairs(reader, { ...search, limit: MOST_PAIRS + 1 });
  const pairs = found.slice(0, MOST_PAIRS);
  const incidents = await comparablesOf(reader, [
    ...new Set(pairs.flatMap(({ one, other }) => [one, other])),
  ]);
  const candidates = pairs
    .flatMap(({ one, other }): Candidate[] => {
      const [a, b] = [incidents.get(one), incidents.get(other)];
      return a === undefined || b === undefined ? [] : [{ one, other, ...gradeSameIncident(a, b) }];
    })
    .filter(({ grade }) => grade >= gradeAtLeast)
    .sort((a, b) => b.grade - a.grade || (a.one + a.other < b.one + b.other ? -1 : 1));
  return {
    candidates: candidates.slice(0, first),
    total: candidates.length,
    complete: found.length <= MOST_PAIRS,
  };
}

async function comparablesOf(
  reader: ViewerReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Comparable>> {
  const all = new Map<string, Comparable>();
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE)
    for (const [id, incident] of await readComparables(reader, ids.slice(start, start + IDS_AT_ONCE)))
      all.set(id, incident);
  return all;
}
