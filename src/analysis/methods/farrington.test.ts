import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { poissonDraw } from '../../../test/support/seeded-draws.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { type FarringtonOptions, type FarringtonStep, farrington } from './farrington.ts';
import { poissonRegression } from './poisson-regression.ts';

const NEWPORT = '../shared/data/golden/change/salmNewport_germany.csv';

const WEEKLY: FarringtonOptions = {
  frequency: 52,
  years: 4,
  halfWindow: 3,
  seasons: 10,
  recentLeftOut: 26,
  trendBelow: 1,
  atLeast: [0, 4],
};

/** R's surveillance 1.20.3, farringtonFlexible, weeks 366–371, series without dates. Its fit stops earlier, so its last digits differ. */
const BY_R = [
  {
    of: 'the plug-in quantile, reweighted',
    options: { threshold: 'nbPlugin' },
    bound: [3, 4, 3, 4, 3, 3],
    expected: [
      1.120556890518, 1.261182521874, 1.186788035051, 1.247184067056, 1.108315781663, 1.096313596988,
    ],
    p: [0.6491736501435, 1, 0.1319196592302, 0.1461383238581, 0.1179225667026, 0.6404486685347],
    alarms: [35, 44, 45, 46, 47, 50, 51, 52],
  },
  {
    of: 'the windows alone',
    options: { threshold: 'nbPlugin', seasons: 1, recentLeftOut: 3 },
    bound: [2, 2, 2, 3, 3, 3],
    expected: [
      0.5034332040502, 0.612038039182, 0.6374621489722, 0.9758870499872, 0.9595768435176, 0.904027406408,
    ],
    p: [0.37750075751571, 1, 0.04183649443796, 0.09178809614784, 0.09132131639021, 0.55946163308776],
    alarms: [3, 11, 35, 44, 45, 46, 47, 50, 51, 52],
  },
  {
    of: 'effort that changes',
    options: {
      threshold: 'nbPlugin',
      effort: Array.from({ length: 528 }, (_, week) => 1000 + 10 * ((week + 1) % 37)),
    },
    bound: [4, 4, 4, 4, 3, 3],
    expected: [
      1.3100276005717, 1.4783733276494, 1.3880074488266, 1.4524807071566, 0.9500288602376, 0.9637221881911,
    ],
    p: [0.6985564835537, 1, 0.17737835843232, 0.19252643998509, 0.09059758773031, 0.57574810266238],
    alarms: [35, 44, 45, 46, 47, 50, 51, 52],
  },
  {
    of: 'the power 2/3, not reweighted',
    options: { threshold: 'delta', outlierAbove: Infinity },
    bound: [3.590273698173, 3.823327123607, 3.673416448139, 3.868548897428, 3.555086102864, 3.54640767993],
    expected: [1.093027070594, 1.200360797156, 1.12554703851, 1.174280091129, 1.059252203306, 1.06735533806],
    p: [
      0.53120084532643, 0.92104296772226, 0.10310536613532, 0.11957210225061, 0.09224062757206,
      0.52273665059564,
    ],
    alarms: [31, 35, 44, 45, 46, 47, 50, 51, 52],
  },
  {
    of: 'the upper end of the expected count, not reweighted',
    options: { threshold: 'muan', outlierAbove: Infinity },
    bound: [4, 4, 4, 5, 4, 4],
    expected: [1.093027070594, 1.200360797156, 1.12554703851, 1.174280091129, 1.059252203306, 1.06735533806],
    p: [0.7473472879414, 1, 0.2298590882758, 0.2509584966199, 0.2112982075729, 0.7404765553726],
    alarms: [44, 45, 46, 47, 51, 52],
  },
  {
    of: 'a trend only where it is significant',
    options: {
      threshold: 'nbPlugin',
      seasons: 1,
      recentLeftOut: 3,
      outlierAbove: Infinity,
      trendBelow: 0.05,
    },
    bound: [2, 2, 2, 5, 5, 5],
    expected: [
      0.5034332040502, 0.612038039182, 0.6374621489722, 1.9285714285721, 1.7500000000018, 1.7857142857161,
    ],
    p: [0.37750075751571, 1, 0.04183649443796, 0.30462743256421, 0.26368370017546, 0.7741791664038],
    alarms: [3, 11, 44, 45, 46, 47, 50, 51],
  },
] as const;

describe("Farrington's flexible method", () => {
  it.skipIf(!existsSync(NEWPORT)).each(BY_R)('judges salmonella Newport as R does, by $of', (golden) => {
    const counts = readFileSync(NEWPORT, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[1]));
    const steps = Array.from(
      { length: 52 },
      (_, week) => farrington(counts, 365 + week, { ...WEEKLY, ...golden.options })!,
    );
    for (let week = 0; week < 6; week += 1) {
      expect(steps[week]!.bound).toBeCloseTo(golden.bound[week]!, 4);
      expect(steps[week]!.expected).toBeCloseTo(golden.expected[week]!, 6);
      expect(steps[week]!.p).toBeCloseTo(golden.p[week]!, 4);
    }
    expect(steps.flatMap(({ alarm }, week) => (alarm ? [week + 1] : []))).toEqual([...golden.alarms]);
  });

  const MONTHLY: FarringtonOptions = { frequency: 12, years: 5, halfWindow: 1, seasons: 4, recentLeftOut: 3 };
  const noise = (random: Random, mean: number, season: number): number[] =>
    Array.from({ length: 72 }, (_, month) =>
      poissonDraw(random, mean * Math.exp(season * Math.sin((2 * Math.PI * month) / 12))),
    );

  it('calls at most 5 in 100 months of noise, with and without a season', () => {
    const random = seededRandom(307);
    for (const [mean, season] of [
      [0.5, 0],
      [4, 0.5],
      [30, 0],
    ] as const) {
      let alarms = 0;
      for (let run = 0; run < 1_000; run += 1) {
        if (farrington(noise(random, mean, season), 71, { ...MONTHLY, atLeast: [0, 4] })?.alarm) alarms += 1;
      }
      tellFigure(`Farrington flexible, last month, ${mean} a month`, `${alarms} of 1,000 null worlds`);
      expect(alarms / 1_000).toBeLessThanOrEqual(0.05);
    }
  });

  it('finds a doubling, and no alarm where watching doubled too', () => {
    const random = seededRandom(311);
    const counts = noise(random, 20, 0.3);
    counts[71] = 80;
    expect(farrington(counts, 71, MONTHLY)!.alarm).toBe(true);
    const effort = counts.map((_, month) => (month === 71 ? 4 : 1));
    expect(farrington(counts, 71, { ...MONTHLY, effort })!.alarm).toBe(false);
  });

  it('does not see the unit of effort, nor steps it was told to leave out', () => {
    const random = seededRandom(313);
    const counts = noise(random, 6, 0.4);
    const straight = farrington(counts, 71, MONTHLY)!;
    const near = (step: FarringtonStep): FarringtonStep => ({
      ...step,
      expected: expect.closeTo(step.expected, 8) as number,
      p: expect.closeTo(step.p, 8) as number,
      error: expect.closeTo(step.error, 8) as number,
      dispersion: expect.closeTo(step.dispersion, 8) as number,
      score: expect.closeTo(step.score, 8) as number,
      trend: step.trend === null ? null : (expect.closeTo(step.trend, 8) as number),
    });
    expect(farrington(counts, 71, { ...MONTHLY, effort: counts.map(() => 250) })).toEqual(near(straight));
    const outbreak = counts.map((count, month) => (month >= 68 && month < 71 ? 900 : count));
    expect(farrington(outbreak, 71, MONTHLY)).toEqual(near(straight));
    expect(farrington([9, 9, 9, ...counts], 74, MONTHLY)!.expected).toBeCloseTo(straight.expected, 8);
  });

  it('lets an old outbreak weigh little', () => {
    const counts = noise(seededRandom(317), 6, 0);
    const outbreak = counts.map((count, month) => (month === 35 ? 200 : count));
    const blunt = farrington(outbreak, 71, { ...MONTHLY, outlierAbove: Infinity })!;
    expect(farrington(outbreak, 71, MONTHLY)!.bound).toBeLessThan(blunt.bound);
  });

  it('says nothing where the past is short or empty, and refuses seasons there is no room for', () => {
    const counts = noise(seededRandom(331), 6, 0);
    expect(farrington(counts, 60, MONTHLY)).toBeNull();
    expect(farrington(counts, 61, MONTHLY)).not.toBeNull();
    expect(farrington(counts, 72, MONTHLY)).toBeNull();
    expect(farrington(Array(72).fill(0), 71, MONTHLY)).toBeNull();
    const few = counts.map((_, month) => (month === 71 || month % 9 === 0 ? 1 : 0));
    expect(farrington(few, 71, { ...MONTHLY, seasons: 1, atLeast: [5, 4] })?.alarm ?? false).toBe(false);
    expect(() => farrington(counts, 71, { ...MONTHLY, seasons: 11 })).toThrow('wanted room');
  });
});

describe('Poisson regression', () => {
  it('meets R with offsets and weights', () => {
    const counts = [2, 3, 6, 7, 8, 9, 10, 12, 15, 20];
    const found = poissonRegression(
      counts,
      [counts.map(() => 1), counts.map((_, i) => i + 1)],
      [1, 1, 2, 2, 2, 2, 2, 2, 3, 3].map(Math.log),
      [1, 1, 0.5, 1, 1, 1, 2, 1, 1, 1],
    )!;
    expect(found.coefficients[0]).toBeCloseTo(0.842133373630753, 11);
    expect(found.coefficients[1]).toBeCloseTo(0.103335489284372, 11);
    expect(found.dispersion).toBeCloseTo(0.0992006125744627, 10);
    expect(found.leverages[9]).toBeCloseTo(0.471385995969085, 10);
    expect(found.unscaled[3]).toBeCloseTo(0.001748139430516, 10);
    expect(found.leverages.reduce((sum, value) => sum + value, 0)).toBeCloseTo(2, 9);
  });

  it('fits a constant as total over effort, and does not fit what says the same twice', () => {
    const effort = [1, 5, 2];
    const found = poissonRegression([3, 9, 0], [[1, 1, 1]], effort.map(Math.log))!;
    expect(Math.exp(found.coefficients[0]!)).toBeCloseTo(12 / 8, 12);
    expect(
      poissonRegression(
        [1, 2, 3],
        [
          [1, 1, 1],
          [2, 2, 2],
        ],
      ),
    ).toBeNull();
  });
});
