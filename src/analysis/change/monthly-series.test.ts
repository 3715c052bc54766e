/** Series from lines, and what staff-time would find; and one change seen several ways. */
import { expect, it } from 'vitest';
import { readSeries, type SeriesBlock, tooFew } from './monthly-series.ts';
import { groupBySameIncidents } from './same-incidents.ts';

const FIRST = 2026 * 12;
const month = (kind: SeriesBlock['kind'], ...lines: string[]): SeriesBlock => ({
  kind,
  part: 'month',
  block: lines.join('\n'),
});
const staff = (placeId: string, name: string, staffMonths: number) => ({
  ownerId: 'o',
  placeId,
  month: name,
  staffMonths,
});

it('lines become series in one order, with the months that have none', () => {
  const blocks: SeriesBlock[] = [
    month('mode', 'bus\t2026-02\t4\t0'),
    month('crossing', 'b\t2026-03\t2\t0', 'b\t2026-01\t1\t0'),
    { kind: 'crossing', part: 'origins', block: 'b\t3' },
    { kind: 'crossing', part: 'few', block: '7' },
    { kind: 'mode', part: 'few', block: '2' },
  ];
  const read = readSeries(blocks, [], FIRST, 3);
  expect(read).toEqual([
    { kind: 'crossing', key: 'b', counts: [1, 0, 2], origins: 3, watched: null },
    { kind: 'mode', key: 'bus', counts: [0, 4, 0], origins: 0, watched: null },
  ]);
  expect(readSeries(blocks.toReversed(), [], FIRST, 3)).toEqual(read);
  expect(tooFew(blocks)).toBe(9);
});

it('staff-time finds in proportion to itself, each place at its own rate, and one that opened explains what it finds', () => {
  const blocks: SeriesBlock[] = [
    month('mode', 'bus\t2026-01\t6\t6', 'bus\t2026-02\t6\t6', 'bus\t2026-03\t18\t18'),
    { kind: 'mode', part: 'place', block: 'bus\to\told\t18\nbus\to\tnew\t12' },
  ];
  const worked = [
    ...['2026-01', '2026-02', '2026-03'].map((name) => staff('old', name, 2)),
    staff('new', '2026-03', 3),
    // Outside the window.
    staff('old', '2025-12', 9),
  ];
  const [bus] = readSeries(blocks, worked, FIRST, 3);
  expect(bus?.watched?.effort).toEqual([6, 6, 18]);
  expect(bus?.watched?.turned).toEqual([0, 0, 0.4]);
  expect(bus?.watched?.staffMonths.map((months) => Math.round(months * 10) / 10)).toEqual([1.2, 1.2, 2.4]);
});

it('what staff-time found less than half of is not told by it', () => {
  const blocks: SeriesBlock[] = [
    month('mode', 'bus\t2026-01\t10\t4'),
    { kind: 'mode', part: 'place', block: 'bus\to\told\t4' },
  ];
  expect(readSeries(blocks, [staff('old', '2026-01', 2)], FIRST, 1)[0]?.watched).toBeNull();
});

it('series with four fifths of the smaller one’s events are one change, if they go the same way, and not by chains', () => {
  const seen = (item: string, direction: -1 | 1, ...events: string[]) => ({
    item,
    direction,
    events: new Set(events),
  });
  const groups = groupBySameIncidents([
    seen('pair', 1, 'a', 'b', 'c', 'd', 'e'),
    seen('crossing', 1, 'a', 'b', 'c', 'd', 'x', 'y', 'z', 'w', 'v', 'u'),
    seen('crossing again', 1, 'a', 'b', 'c', 'd', 'e', 'x', 'y'),
    seen('far', 1, 'x', 'y', 'z', 'w', 'v', 'u'),
    seen('fall', -1, 'a', 'b', 'c', 'd', 'e'),
    seen('nothing', 1),
  ]);
  expect(groups.map(({ first, also }) => [first.item, ...also.map(({ item }) => item)])).toEqual([
    ['pair', 'crossing', 'crossing again'],
    ['far'],
    ['fall'],
    ['nothing'],
  ]);
});
