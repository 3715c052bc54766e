/** What looks like probing, from what a hub can see without learning what was asked. */
import type { AskHistory } from './ask.store.ts';
import type { AlertKind, AskKind, AskRefusal } from './match-words.ts';

/** The same value so often in a month: whoever had an answer has no need of another. */
const SAME_VALUE = 3;
/** So many single look-ups in a month, and hardly one of them known: somebody is trying numbers. */
const SINGLES = 20;
const MISSES = 0.9;
/** So many batches in a week that are no larger than they must be: one value among the same others. */
const SMALL_BATCHES = 3;
/** A batch is barely large enough up to so many times the least. */
const BARELY = 1.1;
/** Whom to call is asked by who hit. */
const MISSED_FOLLOW_UPS = 3;

export const smallBatch = (minimum: number): number => Math.floor(minimum * BARELY);

const OF_REFUSAL: Readonly<Record<AskRefusal, AlertKind | null>> = {
  not_open: 'not_open',
  purpose: 'not_open',
  kind: 'not_open',
  quota: 'quota',
  below_minimum: 'below_minimum',
};

/** Of an asking that was just kept. */
export function signsOfProbing(
  kind: AskKind,
  refusal: AskRefusal | null,
  { same, singles, misses, small_batches, missed_follow_ups }: AskHistory,
): readonly AlertKind[] {
  const signs: AlertKind[] = [];
  const refused = refusal === null ? null : OF_REFUSAL[refusal];
  if (refused !== null) signs.push(refused);
  if (kind === 'single' && same >= SAME_VALUE) signs.push('same_value');
  if (kind === 'single' && singles >= SINGLES && misses >= MISSES * singles) signs.push('mostly_misses');
  if (kind === 'batch' && small_batches >= SMALL_BATCHES) signs.push('barely_minimum');
  if (kind === 'follow_up' && missed_follow_ups >= MISSED_FOLLOW_UPS) signs.push('follow_up_missed');
  return signs;
}
