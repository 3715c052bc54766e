import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Position } from '../geo/position.ts';
import { greatCircleKm, interpolate } from '../geo/sphere.ts';
import { seededRandom } from '../kernel/random.ts';
import { crossingsOfLeg, nearestBorder } from './border-crossings.ts';
import { indexBorders } from './border-index.ts';
import { ON_THE_GROUND } from './border-policy.ts';
import { buildBorders } from './borders.ts';
import { COUNTRIES } from './countries.ts';
import { countryOf } from './country-of.ts';

const borders = buildBorders();
const index = indexBorders(borders);
const pairs = borders.map(({ countries }) => countries.join('-'));

describe('buildBorders', () => {
  it('has France, Norway and Kosovo under their own codes, and Guiana under its own', () => {
    for (const pair of ['BEL-FRA', 'NOR-SWE', 'SRB-XKX', 'BRA-GUF', 'GUF-SUR', 'IND-NPL', 'ESH-MAR'])
      expect(pairs).toContain(pair);
    expect(pairs).not.toContain('BRA-FRA');
    expect(pairs.every((pair) => /^[A-Z]{3}-[A-Z]{3}$/.test(pair))).toBe(true);
    expect(pairs).toEqual([...pairs].sort());
  });

  it('agrees with the published lists of neighbours but for disputes and bridges', () => {
    const listed = new Set(
      COUNTRIES.flatMap(({ code, neighbours }) => neighbours.map((other) => [code, other].sort().join('-'))),
    );
    const missing = [...listed].filter((pair) => !pairs.includes(pair));
    const extra = pairs.filter((pair) => !listed.has(pair));
    console.info(
      `borders ${pairs.length}; listed but not drawn: ${missing.join(' ')}; drawn but not listed: ${extra.join(' ')}`,
    );
    expect(missing.length + extra.length).toBeLessThan(20);
  });

  it('measures borders near their published lengths, a little short where rivers wind', () => {
    const km = (pair: string): number => borders[pairs.indexOf(pair)]?.lengthKm ?? 0;
    expect(km('IND-NPL')).toBeGreaterThan(1400);
    expect(km('IND-NPL')).toBeLessThan(1850);
    expect(km('PRT-ESP'.split('-').sort().join('-'))).toBeGreaterThan(900);
    expect(km('ARG-CHL')).toBeGreaterThan(4500);
  });

  it('follows the policy where a shape has no number', () => {
    const drawn = buildBorders({ ...ON_THE_GROUND, shapes: { ...ON_THE_GROUND.shapes, Kosovo: 'SRB' } });
    expect(drawn.some(({ countries }) => countries.includes('XKX'))).toBe(false);
    expect(drawn.some(({ countries }) => countries.join() === 'ALB,SRB')).toBe(true);
  });
});

describe('crossingsOfLeg', () => {
  const pokhara: Position = [83.97, 28.27];
  const gorakhpur: Position = [83.37, 26.76];

  it('finds the crossing of Pokhara – Gorakhpur near Sunauli', () => {
    const crossings = crossingsOfLeg(index, pokhara, gorakhpur);
    expect(crossings.map(({ countries }) => countries.join('-'))).toEqual(['IND-NPL']);
    expect(greatCircleKm(crossings[0]?.position ?? [0, 0], [83.468, 27.465])).toBeLessThan(25);
    const back = crossingsOfLeg(index, gorakhpur, pokhara);
    expect(back).toHaveLength(1);
    expect(greatCircleKm(back[0]?.position ?? [0, 0], crossings[0]?.position ?? [0, 0])).toBeLessThan(5);
  });

  it('finds none inside a country, over sea, or on a leg of no length', () => {
    expect(crossingsOfLeg(index, [85.32, 27.71], pokhara)).toEqual([]);
    expect(crossingsOfLeg(index, [-30, 30], [-40, 20])).toEqual([]);
    expect(crossingsOfLeg(index, pokhara, pokhara)).toEqual([]);
  });

  it('does not invent crossings on the far side of the globe, nor at the antimeridian', () => {
    expect(crossingsOfLeg(index, [179.4, -16.6], [-179.2, -17.4])).toEqual([]);
    expect(crossingsOfLeg(index, [96, 60], [-176, 66])).toEqual([]);
    const overPacific = crossingsOfLeg(index, [139.7, 35.7], [-115, 32.7]);
    expect(overPacific.every(({ countries }) => countries.includes('USA') || countries.includes('MEX'))).toBe(
      true,
    );
  });

  it('is the same when longitudes are shifted by 360°', () => {
    const shifted = crossingsOfLeg(index, [pokhara[0] + 360, pokhara[1]], [gorakhpur[0] - 360, gorakhpur[1]]);
    const plain = crossingsOfLeg(index, pokhara, gorakhpur);
    expect(shifted[0]?.alongKm).toBeCloseTo(plain[0]?.alongKm ?? Number.NaN, 6);
  });

  it('agrees with the countries passed through, sampled every few km, on most random legs', () => {
    const random = seededRandom(7);
    let agree = 0;
    const trials = 200;
    for (let i = 0; i < trials; i += 1) {
      const from: Position = [70 + 30 * random.next(), 10 + 20 * random.next()];
      const to: Position = [from[0] + 8 * random.next() - 4, from[1] + 8 * random.next() - 4];
      const passed: string[] = [];
      for (let step = 0; step <= 400; step += 1) {
        const code = countryOf(interpolate(from, to, step / 400));
        if (code !== null && code !== passed.at(-1)) passed.push(code);
      }
      const seen = new Set(passed.slice(1).map((code, j) => [passed[j], code].sort().join('-')));
      const found = new Set(crossingsOfLeg(index, from, to).map(({ countries }) => countries.join('-')));
      if (
        [...found].every((pair) => seen.has(pair)) &&
        [...seen].every((pair) => found.has(pair) || !pairs.includes(pair))
      )
        agree += 1;
    }
    console.info(`legs whose border crossings agree with country-coder: ${agree} of ${trials}`);
    expect(agree / trials).toBeGreaterThan(0.85);
  });

  it('takes 10,000 legs in well under a second', () => {
    const random = seededRandom(3);
    const started = performance.now();
    let crossings = 0;
    for (let i = 0; i < 10_000; i += 1) {
      const from: Position = [60 + 40 * random.next(), 5 + 30 * random.next()];
      crossings += crossingsOfLeg(index, from, [
        from[0] + 10 * random.next() - 5,
        from[1] + 10 * random.next() - 5,
      ]).length;
    }
    const ms = performance.now() - started;
    console.info(
      `10,000 legs, ${crossings} crossings, ${ms.toFixed(0)} ms (${(ms / 10).toFixed(1)} µs a leg)`,
    );
    expect(ms).toBeLessThan(3000);
  });
});

describe('nearestBorder', () => {
  it('finds Sunauli on the border of India and Nepal and nothing around Pokhara', () => {
    const found = nearestBorder(index, [83.468, 27.465], 25);
    expect(found?.countries).toEqual(['IND', 'NPL']);
    expect(found?.distanceKm).toBeLessThan(6);
    expect(nearestBorder(index, [83.97, 28.27], 25)).toBeNull();
    expect(nearestBorder(index, [83.468, 27.465], 800, ['BTN', 'IND'])?.countries).toEqual(['BTN', 'IND']);
  });

  it('agrees with a look at every vertex', () => {
    const random = seededRandom(11);
    for (let i = 0; i < 20; i += 1) {
      const at: Position = [360 * random.next() - 180, 120 * random.next() - 60];
      let brute = Number.POSITIVE_INFINITY;
      for (const { lines } of borders)
        for (const line of lines)
          for (const vertex of line) brute = Math.min(brute, greatCircleKm(at, vertex));
      const found = nearestBorder(index, at, 30_000);
      expect(found?.distanceKm).toBeLessThanOrEqual(brute + 1e-6);
      expect(greatCircleKm(at, found?.position ?? at)).toBeCloseTo(found?.distanceKm ?? Number.NaN, 3);
      expect(found?.distanceKm).toBeGreaterThan(brute - 60);
    }
  });

  const unlocode = new URL('../../../shared/data/borders/unlocode_border_crossings.csv', import.meta.url);
  it.skipIf(!existsSync(unlocode))('has real border posts of UN/LOCODE within a few km of a border', () => {
    const rows = readFileSync(unlocode, 'utf8').trim().split('\n').slice(1);
    const distances = rows
      .map((row) => row.split(',').slice(-3))
      .filter(([lat, lon]) => lat !== '' && lon !== '')
      .map(([lat, lon]) => nearestBorder(index, [Number(lon), Number(lat)], 100)?.distanceKm ?? 100)
      .sort((a, b) => a - b);
    const median = distances[Math.floor(distances.length / 2)] ?? 100;
    const within = (km: number): string =>
      `${Math.round((100 * distances.filter((d) => d <= km).length) / distances.length)} %`;
    console.info(
      `${distances.length} UN/LOCODE posts: median ${median.toFixed(1)} km from a drawn border; within 5 km ${within(5)}, 10 km ${within(10)}`,
    );
    expect(median).toBeLessThan(10);
  });
});
