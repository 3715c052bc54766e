/** How the map looks at time: month by month, two periods against each other, and what was done on the way. */
import type { Address } from './address.ts';

/** Months like 2026-04, both of them inside. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

export const PACES = ['slow', 'even', 'fast'] as const;
export type Pace = (typeof PACES)[number];

export type Side = 'a' | 'b';

export interface Swipe extends Readonly<Record<Side, Span>> {
  /** Where the divider stands, in hundredths of the width. */
  readonly split: number;
  /** On which of the maps what is open was opened. */
  readonly side: Side;
}

export interface TimeView {
  /** While a window is stepped through; the window itself is the time of the filter. */
  readonly pace: Pace | null;
  readonly swipe: Swipe | null;
  /** What was done on the way that is open: an id, or a month with all of it. */
  readonly mark: string | null;
  /** Whether what was done on the way is on the map. */
  readonly marks: boolean;
}

export const PLAIN_TIME: TimeView = { pace: null, swipe: null, mark: null, marks: true };

export const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const MARK = /^[\w-]{1,64}$/;
const MIDDLE = 50;

export function readTimeView(params: Address['params']): TimeView {
  const swipe = readSwipe(params);
  return {
    pace: swipe === null ? (PACES.find((one) => one === params.play) ?? null) : null,
    swipe,
    mark: MARK.test(params.mark ?? '') ? (params.mark ?? null) : null,
    marks: params.marks !== 'no',
  };
}

export function writeTimeView({
  pace,
  swipe,
  mark,
  marks,
}: TimeView): Readonly<Record<string, string | null>> {
  return {
    play: pace,
    a: swipe === null ? null : `${swipe.a.from},${swipe.a.to}`,
    b: swipe === null ? null : `${swipe.b.from},${swipe.b.to}`,
    split: swipe === null || swipe.split === MIDDLE ? null : String(swipe.split),
    side: swipe?.side === 'b' ? 'b' : null,
    mark,
    marks: marks ? null : 'no',
  };
}

function readSwipe({ a, b, split, side }: Address['params']): Swipe | null {
  const before = readSpan(a);
  const after = readSpan(b);
  if (before === null || after === null) return null;
  const at = Number(split ?? MIDDLE);
  return {
    a: before,
    b: after,
    split: Number.isFinite(at) ? Math.round(Math.min(100, Math.max(0, at))) : MIDDLE,
    side: side === 'b' ? 'b' : 'a',
  };
}

function readSpan(text: string | undefined): Span | null {
  const [from = '', to = ''] = (text ?? '').split(',');
  return MONTH.test(from) && MONTH.test(to) && from <= to ? { from, to } : null;
}
