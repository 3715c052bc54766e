/** Figures of data quality in words: a count out of how many, and days of a lag. */
import { number, say, share } from '../words/words.ts';

export interface SharedCount {
  readonly count: number;
  readonly of: number;
  readonly share: number | null;
}

export interface Lag {
  readonly median: number | null;
  readonly p90: number | null;
  readonly known: number;
  readonly unknown: number;
}

/** Like "9 % (14 of 159)". */
export function shareOf(one: SharedCount | null): string {
  if (one === null) return say('quality.notYours');
  if (one.share === null) return say('quality.nothing');
  return say('quality.share', { share: share(one.share), count: number(one.count), of: number(one.of) });
}

/** Like "12, nine of ten within 40". */
export function daysOf(one: Lag | null): string {
  if (one === null || one.median === null) return say('not.known');
  return say('quality.days', { median: Math.round(one.median), p90: Math.round(one.p90 ?? one.median) });
}
