import { expect, it } from 'vitest';
import { overlapUpperTail } from './hypergeometric.ts';

function choose(of: number, chosen: number): number {
  let product = 1;
  for (let i = 1; i <= chosen; i += 1) product = (product * (of - chosen + i)) / i;
  return chosen < 0 || chosen > of ? 0 : product;
}

it('tells the chance of Fisher’s tea: 3 of 4 cups or more by luck are 17 in 70', () => {
  expect(overlapUpperTail(3, 4, 4, 8)).toBeCloseTo(17 / 70, 14);
  expect(overlapUpperTail(4, 4, 4, 8)).toBeCloseTo(1 / 70, 15);
});

it('is what adding up all cases gives, at both ends and where everything is drawn', () => {
  let looked = 0;
  for (const all of [1, 7, 24]) {
    for (let marked = 0; marked <= all; marked += 1) {
      for (let drawn = 0; drawn <= all; drawn += 1) {
        for (let count = 0; count <= Math.min(marked, drawn) + 1; count += 1) {
          let sum = 0;
          for (let at = count; at <= marked; at += 1)
            sum += (choose(marked, at) * choose(all - marked, drawn - at)) / choose(all, drawn);
          expect(overlapUpperTail(count, marked, drawn, all)).toBeCloseTo(sum, 10);
          looked += 1;
        }
      }
    }
  }
  expect(looked).toBeGreaterThan(3_000);
});

it('keeps small values, and lies between its neighbours where the whole is a fraction', () => {
  expect(overlapUpperTail(40, 40, 50, 1_000)).toBeGreaterThan(0);
  expect(overlapUpperTail(40, 40, 50, 1_000)).toBeLessThan(1e-50);
  const between = overlapUpperTail(6, 12, 9, 40.5);
  expect(between).toBeLessThan(overlapUpperTail(6, 12, 9, 40));
  expect(between).toBeGreaterThan(overlapUpperTail(6, 12, 9, 41));
});
