/** Why the blocks of candidate-pairs.sql.ts lose no pair of grade 0.5: every combination of levels outside of them adds up to less. */
import { describe, expect, it } from 'vitest';
import {
  FURTHER_SELECTOR_WEIGHT,
  type Level,
  MOST_FURTHER_SELECTORS,
  OWNER,
  PARTY,
  PERSONS,
  PLACE,
  POPULATION,
  PRIOR_WEIGHT,
  ROLES,
  ROUTE,
  SELECTORS,
  TIME,
  weightOf,
} from './evidence-levels.ts';

type Table = Readonly<Record<string, Level>>;
const most = (table: Table): number => Math.max(0, ...Object.values(table).map(weightOf));
/** All that says little, at its best. */
const REST = most(ROLES) + most(PERSONS) + most(PARTY) + most(ROUTE) + most(OWNER) + most(POPULATION);
const options = (table: Table): [name: string, weight: number][] => [
  ['unknown', 0],
  ...Object.entries(table).map(([name, level]): [string, number] => [name, weightOf(level)]),
];
const IDENTIFIERS: [name: string, weight: number][] = [
  ['no shared', 0],
  ['weak', weightOf(SELECTORS.weak as Level)],
  ['strong', weightOf(SELECTORS.strong as Level) + MOST_FURTHER_SELECTORS * FURTHER_SELECTOR_WEIGHT],
];

/** What the blocks look for, by the same words. */
function isBlocked(time: string, place: string, identifiers: string): boolean {
  const days = ['sameHours', 'sameDays'].includes(time);
  if (days && ['sameSpot', 'sameTown'].includes(place)) return true;
  if (identifiers === 'strong') return time !== 'apart';
  return identifiers === 'weak' && (days || time === 'sameMonths');
}

describe('the blocks', () => {
  it('hold every combination of levels that a grade of 0.5 takes', () => {
    const all = options(TIME).flatMap(([time, t]) =>
      options(PLACE).flatMap(([place, p]) =>
        IDENTIFIERS.map(([held, s]) => ({ time, place, held, total: PRIOR_WEIGHT + t + p + s + REST })),
      ),
    );
    expect(all).toHaveLength(8 * 8 * 3);
    const reaching = all.filter(({ total }) => total >= 0);
    expect(reaching.length).toBeGreaterThan(20);
    expect(reaching.filter(({ time, place, held }) => !isBlocked(time, place, held))).toEqual([]);
  });
});
