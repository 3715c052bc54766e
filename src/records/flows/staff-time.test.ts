import { describe, expect, it } from 'vitest';
import { obstacleToRate, wholeMonths } from './staff-time.ts';

const time = (text: string): Date => new Date(text);

describe('a filter that staff-time shares', () => {
  it('is none, owners, or whole months', () => {
    expect(obstacleToRate({})).toBeNull();
    expect(obstacleToRate({ ownerIds: ['one'], purposes: null, areaOf: 'crossing' })).toBeNull();
    const occurred = { from: time('2026-04-01T00:00:00Z'), to: time('2026-06-01T00:00:00Z') };
    expect(obstacleToRate({ occurred })).toBeNull();
    expect(wholeMonths(occurred)).toEqual({ from: '2026-04-01', to: '2026-06-01' });
    expect(wholeMonths({ from: time('2026-12-01T00:00:00Z') })).toEqual({ from: '2026-12-01', to: null });
    expect(wholeMonths(undefined)).toEqual({ from: null, to: null });
  });

  it.each(['2026-04-02T00:00:00Z', '2026-04-01T00:00:01Z', '2026-03-31T18:15:00Z'])(
    'is not one that cuts a month at %s',
    (end) => {
      expect(wholeMonths({ from: time(end) })).toBeNull();
      expect(obstacleToRate({ occurred: { to: time(end) } })).toContain('"occurred"');
    },
  );

  it.each(['area', 'countries', 'purposes', 'modes', 'gradeAtLeast', 'ids', 'incidentIds', 'verifications'])(
    'is not %s, which the reason names',
    (part) => {
      expect(obstacleToRate({ [part]: [] })).toContain(`"${part}"`);
    },
  );
});
