import { expect, it } from 'vitest';
import { plantCorridors } from '../../bench/movement-corridors.ts';
import { generateMovements } from '../../bench/movement-generator.ts';

const options = { movements: 20_000 };

function column(seed: number, batchSize: number): readonly number[] {
  return [...generateMovements(seed, { ...options, batchSize })].flatMap((batch) => [
    ...batch.originLongitude,
  ]);
}

it('gives the same movements for the same seed, however they are batched', () => {
  expect(column(1, 777)).toEqual(column(1, 20_000));
  expect(column(2, 20_000)).not.toEqual(column(1, 20_000));
});

it('plants every corridor over forty pairs, by Zipf, and keeps each to its months', () => {
  const planted = plantCorridors(1, options);
  expect(new Set(planted.map(({ pair }) => `${pair.origin} ${pair.destination}`)).size).toBe(40);
  expect(planted.map(({ weight }) => weight).sort((a, b) => b - a)).toEqual(
    planted.map((_, rank) => 1 / (rank + 1)),
  );
  const counts = new Map<number, number>();
  for (const batch of generateMovements(1, options))
    for (const [row, id] of batch.corridor.entries()) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
      const corridor = planted[id];
      if (corridor === undefined) continue;
      expect(batch.month[row]).toBeGreaterThanOrEqual(corridor.from);
      expect(batch.month[row]).toBeLessThan(corridor.to);
      expect(batch.purpose[row]).not.toBe('return');
    }
  expect(counts.size).toBe(301);
  const unplanted = counts.get(-1) ?? 0;
  expect(unplanted / options.movements).toBeGreaterThan(0.15);
  expect(unplanted / options.movements).toBeLessThan(0.22);
  const [heaviest] = [...planted].sort((a, b) => b.weight - a.weight);
  expect(Math.max(...[...counts].filter(([id]) => id >= 0).map(([, count]) => count))).toBe(
    counts.get(heaviest?.id ?? 0),
  );
});
