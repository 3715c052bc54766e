import { expect, it } from 'vitest';
import { detectionRate } from './detection-rate.ts';

it('a sum of tenths is shown as the tenths make it', () => {
  const worked = [0.1, 0.2].reduce((sum, months) => sum + months, 0);
  expect(worked).not.toBe(0.3);
  expect(detectionRate({ incidents: 20, independentOrigins: 5 }, worked).staffMonths).toBe(0.3);
  expect(detectionRate({ incidents: 2, independentOrigins: 1 }, worked)).toMatchObject({
    status: 'NOT_ENOUGH_DATA',
    rate: null,
    staffMonths: 0.3,
  });
});
