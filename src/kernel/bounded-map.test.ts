import { describe, expect, it } from 'vitest';
import { BoundedMap } from './bounded-map.ts';

describe('a bounded map', () => {
  it('lets go what was asked for longest ago', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    expect(map.get('a')).toBe(1);
    map.set('c', 3);
    expect([map.get('a'), map.get('b'), map.get('c'), map.weight]).toEqual([1, undefined, 3, 2]);
  });

  it('counts weights, those of what is replaced and taken away no more', () => {
    const map = new BoundedMap<string, string>(10, (value, key) => value.length + key.length);
    map.set('a', 'xxxx');
    map.set('a', 'xx');
    map.set('b', 'xxx');
    expect(map.weight).toBe(7);
    map.delete('b');
    map.delete('b');
    expect(map.weight).toBe(3);
    map.set('c', 'x'.repeat(40));
    expect([map.get('a'), map.get('c'), map.weight]).toEqual([undefined, undefined, 0]);
  });

  it('is empty when it was cleared', () => {
    const map = new BoundedMap<string, number>(3);
    map.set('a', 1);
    map.clear();
    expect([map.get('a'), map.weight]).toEqual([undefined, 0]);
  });
});
