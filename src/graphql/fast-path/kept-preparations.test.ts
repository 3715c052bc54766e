import { type DocumentNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { KeptPreparations } from './kept-preparations.ts';

describe('what is prepared for operations', () => {
  const document = (name: string): DocumentNode => parse(`{ ${name} }`);

  it('is found again by its document and key alone', () => {
    const kept = new KeptPreparations<string>();
    const [a, b] = [document('a'), document('b')];
    kept.keep(a, 'x', 'of a', 10);
    expect([kept.get(a, 'x'), kept.get(a, 'y'), kept.get(b, 'x')]).toEqual(['of a', undefined, undefined]);
  });

  it('is never more than was said, whatever is asked: the least asked for goes first', () => {
    const kept = new KeptPreparations<number>(1_000);
    const often = document('often');
    kept.keep(often, 'k', -1, 99);
    for (let number = 0; number < 500; number += 1) {
      kept.keep(document(`d${number}`), `k${number}`, number, 95);
      expect(kept.get(often, 'k')).toBe(-1);
      expect(kept.characters).toBeLessThanOrEqual(1_000);
    }
  });

  it('is not kept where one takes as much as thousands of others', () => {
    const kept = new KeptPreparations<number>();
    const one = document('one');
    kept.keep(one, 'x'.repeat(20_000), 1, 10);
    kept.keep(one, 'x', 1, 20_000);
    expect([kept.get(one, 'x'), kept.characters]).toEqual([undefined, 0]);
  });
});
