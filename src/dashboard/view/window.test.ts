import { describe, expect, it } from 'vitest';
import { monthAfter } from './asked.ts';
import { EVERYTHING } from './map-view.ts';
import { halves, lengthOf, movedTo, resized, stepped, windowOf } from './window.ts';

const MONTHS = Array.from({ length: 24 }, (_, index) => monthAfter('2024-11', index));

describe('a window of months', () => {
  it('is the time of the filter, and the first half-year where that is open', () => {
    expect(windowOf(EVERYTHING, MONTHS)).toEqual({ from: '2024-11', to: '2025-04' });
    expect(windowOf({ ...EVERYTHING, from: '2025-12' }, MONTHS)).toEqual({ from: '2025-12', to: '2026-10' });
    expect(windowOf(EVERYTHING, [])).toBeNull();
  });

  it('goes through every month once and ends at the last', () => {
    const seen: string[] = [];
    let window = windowOf(EVERYTHING, MONTHS);
    while (window !== null) {
      seen.push(window.to);
      expect(lengthOf(window, MONTHS)).toBe(6);
      window = stepped(window, 1, MONTHS);
    }
    expect(seen).toEqual(MONTHS.slice(5));
    expect(stepped({ from: '2024-11', to: '2025-04' }, -1, MONTHS)).toBeNull();
  });

  it('keeps its length at either end, and its place where it grows', () => {
    const window = { from: '2025-06', to: '2025-08' };
    expect(movedTo(window, 'first', MONTHS)).toEqual({ from: '2024-11', to: '2025-01' });
    expect(movedTo(window, 'last', MONTHS)).toEqual({ from: '2026-08', to: '2026-10' });
    expect(resized(window, 12, MONTHS)).toEqual({ from: '2025-06', to: '2026-05' });
    expect(resized({ from: '2026-09', to: '2026-10' }, 6, MONTHS)).toEqual({
      from: '2026-05',
      to: '2026-10',
    });
  });

  it('is held against the one before it, of the same length, sharing no month', () => {
    expect(halves(MONTHS)).toEqual({
      a: { from: '2025-11', to: '2026-04' },
      b: { from: '2026-05', to: '2026-10' },
    });
    expect(halves(['2026-09', '2026-10'])).toEqual({
      a: { from: '2026-09', to: '2026-09' },
      b: { from: '2026-10', to: '2026-10' },
    });
    expect(halves([])).toBeNull();
  });
});
