import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../kernel/random.ts';
import { idTable, numberOfId } from './id-table.ts';
import { leastIds } from './least-ids.ts';

describe('the least of many ids', () => {
  it('are the first of their texts sorted, each once, however many are asked for and however alike they begin', () => {
    const random = seededRandom(3);
    for (const alike of [false, true]) {
      const table = idTable();
      const texts = Array.from({ length: 2_000 }, () => {
        const text = randomUUID();
        return alike ? `0001${text.slice(4, 6)}00${text.slice(8)}` : text;
      });
      for (const text of texts) numberOfId(table, text);
      const numbers = Int32Array.from({ length: 3_000 }, () => random.int(table.size));
      const sorted = [...new Set(Array.from(numbers, (number) => texts[number]!))].sort();
      for (const most of [1, 10, 999, sorted.length, 5_000])
        expect(leastIds(table, numbers, most)).toEqual(sorted.slice(0, most));
      expect(leastIds(table, new Int32Array(0), 5)).toEqual([]);
    }
  });
});
