/** Totals of red flags by points that change from day to day and from version to version. */
import { expect, it } from 'vitest';
import { weigh } from './weigh.ts';

const weight = (form: string, code: string, points: number, validFrom: string) => ({
  form,
  code,
  points,
  validFrom,
});
const WEIGHTS = [
  weight('form/1', 'evade_a', 9, '2026-01-01'),
  weight('form/1', 'evade_a', 2, '2024-01-01'),
  weight('form/1', 'evade_b', 3, '2024-01-01'),
  weight('form/2', 'evade_a', 7, '2024-01-01'),
];
const FLAGS = [
  { form: 'form/1', code: 'evade_b' },
  { form: 'form/1', code: 'evade_a' },
  { form: 'form/1', code: 'evade_c' },
];

it('counts what held on the day, and names flags that have no points', () => {
  expect(weigh(FLAGS, WEIGHTS, '2025-06-01', null)).toEqual([
    { form: 'form/1', points: 5, unweighted: ['evade_c'] },
  ]);
  expect(weigh(FLAGS, WEIGHTS, '2026-01-01', null)[0]?.points).toBe(12);
  expect(weigh(FLAGS, WEIGHTS, null, null)[0]?.points).toBe(12);
});

it('has no total where there are no weights, or none yet', () => {
  expect(weigh(FLAGS, [], null, null)).toEqual([]);
  expect(weigh(FLAGS, WEIGHTS, '2023-12-31', null)).toEqual([]);
  expect(weigh([], WEIGHTS, null, null)).toEqual([]);
});

it('weighs the flags of one version as another version does', () => {
  expect(weigh(FLAGS, WEIGHTS, null, 'form/2')).toEqual([
    { form: 'form/2', points: 7, unweighted: ['evade_b', 'evade_c'] },
  ]);
  expect(weigh(FLAGS, WEIGHTS, null, 'other/1')).toEqual([]);
  expect(weigh([{ form: 'other/1', code: 'evade_a' }], WEIGHTS, null, 'form/1')).toEqual([
    { form: 'form/1', points: 0, unweighted: [] },
  ]);
});
