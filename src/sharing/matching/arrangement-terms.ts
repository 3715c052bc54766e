/** What an owner says when it opens matching, and what is wrong with it. */
import type { Reason } from '../../kernel/errors.ts';
import { LEAST_BATCH, type MatchKind, MOST_QUOTA, MOST_SINGLES } from './match-words.ts';

export interface ArrangementTerms {
  readonly kinds: readonly MatchKind[];
  /** A batch of fewer is not looked at: a short list asks after somebody. */
  readonly minimumBatch: number;
  /** Selectors in batches, a day of UTC. */
  readonly dailyQuota: number;
  /** Single look-ups, a day of UTC. */
  readonly dailySingle: number;
  /** Whom to call: shown to whoever hits. */
  readonly contact: string;
}

const LEAST_CONTACT = 5;
const MOST_CONTACT = 300;

export function mistakesIn({
  kinds,
  minimumBatch,
  dailyQuota,
  dailySingle,
  contact,
}: ArrangementTerms): readonly Reason[] {
  const reasons: Reason[] = [];
  const want = (holds: boolean, where: string, found: string, wanted: string): void => {
    if (!holds) reasons.push({ where, found, wanted });
  };
  const within = (where: string, found: number, least: number, most: number): void =>
    want(found >= least && found <= most, where, String(found), `${least} to ${most}`);
  want(kinds.length > 0, 'kinds', 'none', 'one kind or more');
  within('minimumBatch', minimumBatch, LEAST_BATCH, MOST_QUOTA);
  within('dailyQuota', dailyQuota, Math.max(minimumBatch, LEAST_BATCH), MOST_QUOTA);
  within('dailySingle', dailySingle, 0, MOST_SINGLES);
  const length = contact.trim().length;
  want(
    length >= LEAST_CONTACT && length <= MOST_CONTACT,
    'contact',
    `${length} characters`,
    `${LEAST_CONTACT} to ${MOST_CONTACT}: a desk and how it is reached`,
  );
  return reasons;
}
